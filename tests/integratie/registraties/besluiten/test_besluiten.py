"""De Besluiten API met echte databases: brc-001 tot en met brc-009, rechten en sporen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import InformatieObjectTypeIn
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.outbox import plaats
from kern.tabellen import OutboxTabel
from kit.marks import AANMAKEN, VERWIJDEREN
from registraties.besluiten.modellen import Audittrail, Besluit
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak

Maker = Callable[..., dict[str, Any]]


@pytest.fixture
def besluit(brc: BesluitenClient, invoer: Maker) -> Maker:
    def maak(**velden: Any) -> dict[str, Any]:
        gemaakt: dict[str, Any] = brc.vraag("POST", "besluiten", json=invoer(**velden))
        return gemaakt

    return maak


def test_aanmaken_lezen_wijzigen_en_zoeken(brc: BesluitenClient, besluit: Maker) -> None:
    een = besluit(vervalreden="tijdelijk")
    assert een["identificatie"].startswith("BESLUIT-2026-")
    assert een["vervalredenWeergave"] == "Besluit met tijdelijke werking"
    assert (een["zaak"], een["vervaldatum"]) == ("", None)
    assert brc.vraag("GET", een["url"]) == een
    assert brc.wijzig_besluit(een["url"], verzenddatum="2026-01-07").verzenddatum is not None
    zonder = besluit(identificatie="B-2")
    assert (zonder["vervalreden"], zonder["vervalredenWeergave"]) == ("", "")  # docs/standaarden/afwijkingen.md
    assert [deel.identificatie for deel in brc.besluiten(identificatie="B-2")] == ["B-2"]
    assert brc.vraag("GET", "besluiten", params={"verantwoordelijkeOrganisatie": RSIN})["count"] == 2
    assert fouten_van(brc, "GET", "besluiten?kleur=rood") == {"nonFieldErrors": "unknown-parameters"}


def test_veldfouten_komen_allemaal_tegelijk(brc: BesluitenClient) -> None:
    assert fouten_van(brc, "POST", "besluiten", {"vervalreden": "zomaar", "bestuursorgaan": "x" * 51}) == {
        "verantwoordelijkeOrganisatie": "required",
        "besluittype": "required",
        "datum": "required",
        "ingangsdatum": "required",
        "vervalreden": "invalid_choice",
        "bestuursorgaan": "max_length",
    }


def test_brc_001_besluittype(brc: BesluitenClient, invoer: Maker, besluit: Maker, typen: Typen) -> None:
    onbekend = typen.besluittype[:-4] + "0000"
    assert fouten_van(brc, "POST", "besluiten", invoer(besluittype=onbekend)) == {"besluittype": "bad-url"}
    assert fouten_van(brc, "POST", "besluiten", invoer(besluittype=typen.eigenschap)) == {
        "besluittype": "invalid-resource"
    }
    een = besluit()
    assert fouten_van(brc, "PATCH", een["url"], {"besluittype": onbekend}) == {
        "besluittype": "wijzigen-niet-toegelaten"
    }


def test_brc_002_identificatie(brc: BesluitenClient, invoer: Maker, besluit: Maker) -> None:
    een = besluit(identificatie="B-1")
    assert fouten_van(brc, "POST", "besluiten", invoer(identificatie="B-1")) == {
        "identificatie": "identificatie-niet-uniek"
    }
    anders = {"identificatie": "B-3", "verantwoordelijkeOrganisatie": "111222333"}
    assert fouten_van(brc, "PATCH", een["url"], anders) == dict.fromkeys(anders, "wijzigen-niet-toegelaten")
    assert brc.vraag("PUT", een["url"], json=invoer(toelichting="Nieuw"))["identificatie"] == "B-1"


def test_brc_002_uniek_bij_acht_tegelijk(besluit: Maker) -> None:
    with ThreadPoolExecutor(8) as draden:
        nummers = list(draden.map(lambda _nr: besluit()["identificatie"], range(16)))
    assert len(set(nummers)) == 16


def test_datum_ligt_niet_in_de_toekomst(brc: BesluitenClient, invoer: Maker, installatie: Installatie) -> None:
    morgen = (installatie.klok.vandaag() + timedelta(days=1)).isoformat()
    assert fouten_van(brc, "POST", "besluiten", invoer(datum=morgen)) == {"datum": "future_not_allowed"}


def test_brc_006_zaak_bestaat_en_blijft(
    brc: BesluitenClient, invoer: Maker, besluit: Maker, zaken: ZakenClient, typen: Typen
) -> None:
    zaak = maak_zaak(zaken, typen)["url"]
    assert fouten_van(brc, "POST", "besluiten", invoer(zaak=zaak[:-4] + "0000")) == {"zaak": "bad-url"}
    assert fouten_van(brc, "POST", "besluiten", invoer(zaak=typen.catalogus)) == {
        "zaak": "invalid-resource",
        "nonFieldErrors": "zaaktype-mismatch",
    }
    een = besluit(zaak=zaak)
    assert [deel.url for deel in brc.besluiten(zaak=zaak)] == [een["url"]]
    assert fouten_van(brc, "PATCH", een["url"], {"zaak": ""}) == {"zaak": "wijzigen-niet-toegelaten"}


def test_brc_007_besluittype_hoort_bij_zaaktype(
    brc: BesluitenClient, invoer: Maker, zaken: ZakenClient, installatie: Installatie, typen: Typen
) -> None:
    ander = maak_typen(installatie, "MELDING", besluittypen=[])
    zaak = maak_zaak(zaken, ander)["url"]
    assert fouten_van(brc, "POST", "besluiten", invoer(zaak=zaak)) == {"nonFieldErrors": "zaaktype-mismatch"}


def test_brc_003_en_008_documentkoppeling(
    brc: BesluitenClient, besluit: Maker, installatie: Installatie, typen: Typen
) -> None:
    url = besluit()["url"]
    document = maak_document(installatie, typen.informatieobjecttype)
    koppeling = {"besluit": url, "informatieobject": document}
    weg = {**koppeling, "informatieobject": document[:-4] + "0000"}
    assert fouten_van(brc, "POST", "besluitinformatieobjecten", weg) == {"informatieobject": "bad-url"}
    gemaakt = brc.vraag("POST", "besluitinformatieobjecten", json=koppeling)
    assert gemaakt == koppeling | {"url": gemaakt["url"]}
    assert fouten_van(brc, "POST", "besluitinformatieobjecten", koppeling) == {"nonFieldErrors": "unique"}
    assert brc.vraag("GET", "besluitinformatieobjecten", params={"besluit": url}) == [gemaakt]


def test_brc_008_documenttype_hoort_bij_besluittype(
    brc: BesluitenClient, besluit: Maker, installatie: Installatie, typen: Typen
) -> None:

    client = CatalogiClient(installatie, namens="catalogi")
    foto = client.zorg_voor_informatieobjecttype(
        InformatieObjectTypeIn.model_validate(
            {
                "catalogus": typen.catalogus,
                "omschrijving": "Foto",
                "vertrouwelijkheidaanduiding": "openbaar",
                "informatieobjectcategorie": "Beeld",
                "begin_geldigheid": "2020-01-01",
            }
        )
    )
    client.publiceer(foto.url)
    koppeling = {"besluit": besluit()["url"], "informatieobject": maak_document(installatie, foto.url)}
    assert fouten_van(brc, "POST", "besluitinformatieobjecten", koppeling) == {
        "nonFieldErrors": "missing-besluittype-informatieobjecttype-relation"
    }


def test_brc_005_en_009_de_koppeling_staat_ook_in_documenten(
    brc: BesluitenClient,
    besluit: Maker,
    installatie: Installatie,
    typen: Typen,
    werk_outbox_af: Callable[[], int],
) -> None:
    drc = DocumentenClient(installatie, namens="documenten")
    documenten = [maak_document(installatie, typen.informatieobjecttype) for _ in range(2)]
    url = besluit()["url"]
    koppelingen = [
        brc.vraag("POST", "besluitinformatieobjecten", json={"besluit": url, "informatieobject": document})["url"]
        for document in documenten
    ]
    assert [(k.informatieobject, k.object, k.object_type) for k in drc.koppelingen(object=url)] == [
        (document, url, "besluit") for document in documenten
    ]
    assert fouten_van(drc, "DELETE", documenten[0]) == {"nonFieldErrors": "pending-relations"}
    brc.verwijder(koppelingen[0])
    assert [k.informatieobject for k in drc.koppelingen(object=url)] == documenten[1:]
    brc.verwijder(url)
    assert status_van(brc, "GET", url) == 404
    werk_outbox_af()
    assert list(drc.koppelingen(object=url)) == []
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(select(func.count()).select_from(Audittrail)).scalar_one() == 0
    drc.verwijder(documenten[0])


def test_rechten_per_besluittype(besluit: Maker, invoer: Maker, installatie: Installatie, typen: Typen) -> None:
    een = besluit()["url"]
    recht = {"component": "brc", "besluittype": typen.besluittype}
    geef_rechten(installatie, {**recht, "scopes": ["besluiten.lezen"]})
    ander = {**recht, "besluittype": typen.besluittype[:-4] + "0000"}
    geef_rechten(installatie, {**ander, "scopes": ["besluiten.lezen", "besluiten.aanmaken"]}, namens="ander")
    lezer, vreemde = (BesluitenClient(installatie, namens=naam) for naam in (PROEF, "ander"))
    assert lezer.vraag("GET", "besluiten")["count"] == 1
    assert vreemde.vraag("GET", "besluiten")["count"] == 0
    assert status_van(vreemde, "GET", een) == 403
    assert status_van(vreemde, "POST", "besluiten", invoer()) == 403
    for methode, json in (("PATCH", {}), ("PUT", invoer()), ("DELETE", None)):
        assert status_van(lezer, methode, een, json) == 403
    assert status_van(lezer, "GET", f"{een}/audittrail") == 403


def test_audittrail_en_notificaties(
    brc: BesluitenClient, besluit: Maker, installatie: Installatie, typen: Typen, klok: VerzetbareKlok
) -> None:
    url = besluit()["url"]
    document = maak_document(installatie, typen.informatieobjecttype)
    koppeling = brc.vraag("POST", "besluitinformatieobjecten", json={"besluit": url, "informatieobject": document})[
        "url"
    ]
    brc.verwijder(koppeling)
    trail = brc.vraag("GET", f"{url}/audittrail")
    verwacht = [
        ("create", "besluit"),
        ("create", "besluitinformatieobject"),
        ("destroy", "besluitinformatieobject"),
    ]
    assert [(regel["actie"], regel["resource"]) for regel in trail] == verwacht
    assert {regel["gebruikersWeergave"] for regel in trail} == {"Jan Jansen"}
    with installatie.db.lezen() as verbinding:
        vraag = select(OutboxTabel.inhoud).where(OutboxTabel.verwerker == "notificatie").order_by(OutboxTabel.id)
        berichten = [bericht for bericht in verbinding.scalars(vraag) if bericht["kanaal"] == "besluiten"]
    assert [(bericht["actie"], bericht["resource"]) for bericht in berichten] == verwacht
    assert set(berichten[0]["kenmerken"]) == {
        "verantwoordelijkeOrganisatie",
        "besluittype",
        "besluittype.catalogus",
    }


def test_expand(brc: BesluitenClient, besluit: Maker, zaken: ZakenClient, typen: Typen) -> None:
    zaak = maak_zaak(zaken, typen)
    url = besluit(zaak=zaak["url"])["url"]
    uitgebreid = brc.vraag("GET", url, params={"expand": "besluittype,zaak"})["_expand"]
    assert uitgebreid["besluittype"]["omschrijving"] == "Vergunning"
    assert uitgebreid["zaak"]["identificatie"] == zaak["identificatie"]


def test_brc_004_koppeling_blijft_bij_haar_besluit(
    brc: BesluitenClient, besluit: Maker, installatie: Installatie, typen: Typen
) -> None:
    """Het bestand kent geen PUT en PATCH: wat er ook in staat, het is 405."""
    document = maak_document(installatie, typen.informatieobjecttype)
    json = {"besluit": besluit()["url"], "informatieobject": document}
    koppeling = brc.vraag("POST", "besluitinformatieobjecten", json=json)
    for methode in ("PUT", "PATCH"):
        for inhoud in (json, json | {"besluit": "bestaat niet"}):
            assert status_van(brc, methode, koppeling["url"], inhoud) == 405
    assert brc.vraag("GET", koppeling["url"]) == koppeling


@pytest.mark.parametrize("mark", [AANMAKEN, VERWIJDEREN])
def test_brc_006_half_gespiegeld_besluit_wordt_teruggedraaid(
    brc: BesluitenClient,
    besluit: Maker,
    zaken: ZakenClient,
    installatie: Installatie,
    typen: Typen,
    mark: str,
    werk_outbox_af: Callable[[], int],
) -> None:
    """Viel het proces halverwege, dan ziet alleen de Zaken API het besluit, en brengt de outbox alles terug naar hoe het was."""
    zaak = maak_zaak(zaken, typen)["url"]
    url = besluit(zaak=zaak)["url"]
    werk_outbox_af()
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Besluit).values(mark=mark))
        inhoud = {"bron": "besluit", "id": url.rpartition("/")[2]}
        plaats(installatie, verbinding, "spiegel.besluiten", inhoud)
    assert status_van(brc, "GET", url) == 404
    assert brc.vraag("GET", "besluiten")["count"] == 0
    kijker = BesluitenClient(installatie, namens="zaken")
    if mark == AANMAKEN:
        assert kijker.vraag("GET", url)["zaak"] == zaak
    else:
        assert status_van(kijker, "GET", url) == 404
    werk_outbox_af()
    over = [] if mark == AANMAKEN else [url]
    assert [deel["url"] for deel in brc.vraag("GET", "besluiten")["results"]] == over
    assert [deel["besluit"] for deel in zaken.vraag("GET", f"{zaak}/besluiten")] == over


def test_besluit_zonder_zaak_heeft_geen_spiegel(brc: BesluitenClient, besluit: Maker) -> None:
    los = besluit()["url"]
    brc.vraag("DELETE", los)
    assert status_van(brc, "GET", los) == 404
