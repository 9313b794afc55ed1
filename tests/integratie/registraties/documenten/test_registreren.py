"""Document registreren en documentnummers reserveren (uitbreidingen uit regels 9): alles of niets, en nooit dubbel."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from integratie.basis import ApiFout
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.tabellen import OutboxTabel
from kern.transport import WsgiApp
from tests.integratie.registraties.documenten.conftest import Maker
from tests.integratie.registraties.documenten.test_documenten import PAD, bestanden, drc_recht
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import RSIN, Typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, sluit

REGISTREREN = "document_registreren"
NUMMERS = "documentnummer_reserveren"


@pytest.fixture
def zrc(installatie: Installatie) -> ZakenClient:
    return ZakenClient(installatie, namens="zaken")


@pytest.fixture
def zaak(zrc: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(zrc, typen)["url"])


@pytest.fixture
def samen(invoer: Maker, zaak: str) -> Maker:
    """De invoer van document en koppeling; velden van de koppeling naar keuze anders."""

    def maak(**koppeling: Any) -> dict[str, Any]:
        return {
            "enkelvoudiginformatieobject": invoer(indicatieGebruiksrecht=False),
            "zaakinformatieobject": {"zaak": zaak, "titel": "Bijlage", **koppeling},
        }

    return maak


class Storing:
    """Een Zaken API die het koppelen niet (meer) doet: 503, of het proces valt, eventueel na het wel te doen."""

    def __init__(self, platform: WsgiApp) -> None:
        self._platform = platform
        self.aan = self.val = self.eerst_doen = False

    def __call__(self, omgeving: dict[str, Any], start: Any) -> Any:
        koppelt = omgeving["PATH_INFO"].endswith("/zaakinformatieobjecten") and omgeving["REQUEST_METHOD"] == "POST"
        if not (self.aan and koppelt):
            return self._platform(omgeving, start)
        if self.eerst_doen:
            b"".join(self._platform(omgeving, lambda *_: lambda _deel: None))
        if self.val:
            raise Val
        start("503 Storing", [("Content-Length", "0")])
        return []


class Val(BaseException):
    """Het proces viel: niets dat gewone fouten afhandelt vangt dit."""


@pytest.fixture
def storing(installatie: Installatie) -> Iterator[Storing]:
    platform = installatie.wsgi
    ervoor = Storing(platform)
    installatie.stel_samen(ervoor)
    yield ervoor
    installatie.stel_samen(platform)


def notificaties(installatie: Installatie) -> list[str]:
    with installatie.db.lezen() as verbinding:
        vraag = select(OutboxTabel.inhoud).where(OutboxTabel.verwerker == "notificatie").order_by(OutboxTabel.id)
        return [f"{bericht['resource']} {bericht['actie']}" for bericht in verbinding.scalars(vraag)]


def test_registreren_maakt_document_en_koppeling(
    drc: DocumentenClient, zrc: ZakenClient, samen: Maker, zaak: str, installatie: Installatie
) -> None:
    antwoord = drc.vraag("POST", REGISTREREN, json=samen())
    document, koppeling = antwoord["enkelvoudiginformatieobject"], antwoord["zaakinformatieobject"]
    assert (koppeling["zaak"], koppeling["informatieobject"]) == (zaak, document["url"])
    assert zrc.vraag("GET", zaak)["zaakinformatieobjecten"] == [koppeling["url"]]
    assert [deel.object for deel in drc.koppelingen(informatieobject=document["url"])] == [zaak]
    assert drc.vraag("GET", document["url"]) == {naam: deel for naam, deel in document.items() if naam != "lock"}
    assert drc.vraag("GET", PAD)["count"] == 1
    trail = drc.vraag("GET", f"{document['url']}/audittrail")
    eigen = [regel for regel in trail if regel["resource"] == "enkelvoudiginformatieobject"]
    assert [(regel["actie"], regel["gebruikersId"]) for regel in eigen] == [("create", "jan")]
    assert notificaties(installatie)[-2:] == ["zaakinformatieobject create", "enkelvoudiginformatieobject create"]


def test_herhalen_met_dezelfde_sleutel_geeft_hetzelfde(
    drc: DocumentenClient, samen: Maker, installatie: Installatie
) -> None:
    een, twee = (drc.vraag("POST", REGISTREREN, json=samen(), sleutel="s") for _ in range(2))
    assert een == twee
    assert drc.vraag("GET", PAD)["count"] == 1
    assert len(bestanden(installatie)) == 1


def test_fouten_noemen_hun_plek_en_laten_niets_achter(
    drc: DocumentenClient, samen: Maker, typen: Typen, installatie: Installatie, werk_outbox_af: Callable[[], int]
) -> None:
    fout = samen()
    fout["enkelvoudiginformatieobject"] |= {"titel": "", "taal": "x"}
    assert fouten_van(drc, "POST", REGISTREREN, fout) == {
        "enkelvoudiginformatieobject.titel": "blank",
        "enkelvoudiginformatieobject.taal": "min_length",
    }
    assert fouten_van(
        drc, "POST", REGISTREREN, {"enkelvoudiginformatieobject": samen()["enkelvoudiginformatieobject"]}
    ) == {"zaakinformatieobject.zaak": "required"}
    for koppeling, fouten in (
        ({"zaak": typen.catalogus}, {"zaakinformatieobject.zaak": "no_match"}),
        ({"zaak": "https://nergens.example/1"}, {"zaakinformatieobject.zaak": "bad-url"}),
        ({"status": typen.catalogus}, {"zaakinformatieobject.status": "no_match"}),
    ):
        gekregen = fouten_van(drc, "POST", REGISTREREN, samen(**koppeling))
        assert set(gekregen) == set(fouten), gekregen
    werk_outbox_af()
    assert drc.vraag("GET", PAD)["count"] == 0
    assert bestanden(installatie) == []


@pytest.mark.parametrize("eerst_doen", [False, True])
def test_een_zaken_api_die_niet_antwoordt(
    drc: DocumentenClient,
    zrc: ZakenClient,
    samen: Maker,
    zaak: str,
    storing: Storing,
    eerst_doen: bool,
    installatie: Installatie,
    werk_outbox_af: Callable[[], int],
) -> None:
    storing.aan, storing.eerst_doen = True, eerst_doen
    assert fouten_van(drc, "POST", REGISTREREN, samen()) == {
        "enkelvoudiginformatieobject.nonFieldErrors": "pending-relations"
    }
    storing.aan = False
    werk_outbox_af()
    assert drc.vraag("GET", PAD)["count"] == 0
    assert zrc.vraag("GET", zaak)["zaakinformatieobjecten"] == []
    assert bestanden(installatie) == []


@pytest.mark.parametrize("eerst_doen", [False, True])
def test_valt_het_proces_dan_draait_de_outbox_het_terug(
    drc: DocumentenClient,
    zrc: ZakenClient,
    samen: Maker,
    zaak: str,
    storing: Storing,
    eerst_doen: bool,
    installatie: Installatie,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
) -> None:
    storing.aan, storing.val, storing.eerst_doen = True, True, eerst_doen
    with pytest.raises((Val, ApiFout)):
        drc.vraag("POST", REGISTREREN, json=samen())
    storing.aan = False
    assert drc.vraag("GET", PAD)["count"] == 0  # nog niet af: niemand ziet het in een lijst
    assert "enkelvoudiginformatieobject create" not in notificaties(installatie)
    klok.verzet(timedelta(seconds=31))
    werk_outbox_af()
    klok.verzet(timedelta(seconds=31))
    werk_outbox_af()
    assert zrc.vraag("GET", zaak)["zaakinformatieobjecten"] == []
    assert bestanden(installatie) == []


def test_registreren_vraagt_beide_rechten(
    drc: DocumentenClient, zrc: ZakenClient, samen: Maker, zaak: str, typen: Typen, installatie: Installatie
) -> None:
    zrc_recht = {
        "component": "zrc",
        "zaaktype": typen.zaaktype,
        "scopes": ["zaken.bijwerken"],
        "maxVertrouwelijkheidaanduiding": "zeer_geheim",
    }
    aanmaken = drc_recht(typen, "documenten.aanmaken")
    geef_rechten(installatie, aanmaken, namens="een")
    geef_rechten(installatie, zrc_recht, namens="twee")
    geef_rechten(installatie, aanmaken, zrc_recht, namens="beide")
    een, twee, beide = (DocumentenClient(installatie, namens=naam) for naam in ("een", "twee", "beide"))
    assert status_van(een, "POST", REGISTREREN, samen()) == 403
    assert status_van(twee, "POST", REGISTREREN, samen()) == 403
    assert beide.vraag("POST", REGISTREREN, json=samen())["zaakinformatieobject"]["zaak"] == zaak
    sluit(zrc, zaak, typen)
    assert status_van(beide, "POST", REGISTREREN, samen()) == 403  # zrc-007: gesloten
    assert drc.vraag("GET", PAD)["count"] == 1


def test_reserveren_geeft_nummers_die_niemand_anders_krijgt(
    drc: DocumentenClient, document: Maker, klok: VerzetbareKlok
) -> None:
    een = drc.vraag("POST", NUMMERS, json={"bronorganisatie": RSIN})
    assert een["documentnummer"].startswith(f"DOCUMENT-{klok.vandaag().year}-")
    meer = drc.reserveer_nummers(RSIN, 3)
    assert len({een["documentnummer"], *meer}) == 4
    assert document()["identificatie"] not in {een["documentnummer"], *meer}
    assert document(identificatie=meer[1])["identificatie"] == meer[1]


def test_een_zelf_gekozen_nummer_wordt_overgeslagen(drc: DocumentenClient, document: Maker) -> None:
    begin, _, nummer = document(creatiedatum="2026-02-02")["identificatie"].rpartition("-")
    bezet = f"{begin}-{int(nummer) + 1:010d}"
    document(identificatie=bezet)
    assert document(creatiedatum="2026-02-02")["identificatie"] == f"{begin}-{int(nummer) + 2:010d}"


def test_reserveren_toetst_invoer_en_rechten(drc: DocumentenClient, installatie: Installatie, typen: Typen) -> None:
    assert fouten_van(drc, "POST", NUMMERS, {"bronorganisatie": "123456789", "aantal": 0}) == {
        "bronorganisatie": "invalid",
        "aantal": "min_value",
    }
    geef_rechten(installatie, drc_recht(typen, "documenten.lezen"))
    assert status_van(DocumentenClient(installatie, namens=PROEF), "POST", NUMMERS, {"bronorganisatie": RSIN}) == 403


def test_filters_van_open_zaak(drc: DocumentenClient, document: Maker) -> None:
    een = document(trefwoorden=["bouw"], beschrijving="Kaart")
    document(trefwoorden=["sloop"])
    document()
    drc.vergrendel(een["url"])

    def aantal(**criteria: Any) -> int:
        gevonden: int = drc.vraag("GET", PAD, params=criteria)["count"]
        return gevonden

    assert (aantal(locked="true"), aantal(locked="false")) == (1, 2)
    assert aantal(trefwoorden__overlap="bouw,sloop") == 2
    assert aantal(beschrijving="Kaart") == 1
    assert aantal(objectinformatieobjecten__objectType="zaak") == 0
