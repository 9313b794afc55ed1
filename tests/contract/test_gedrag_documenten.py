"""Wat de conformiteitstests van de Documenten API vragen, en wat er van een zaak overblijft als zij verdwijnt."""

import re
from typing import Any

import pytest

from kern.installatie import Installatie
from tests.contract.decor import DAG, NFE, RSIN, Aanroep, Decor
from tests.integratie.registraties.rechten import geef_rechten

EIO, OIO = "documenten:enkelvoudiginformatieobjecten", "documenten:objectinformatieobjecten"


@pytest.fixture
def besluit(doe: Aanroep, decor: Decor) -> str:
    """Een besluit waar het documenttype bij mag."""
    soort = doe.maak("catalogi:besluittypen", decor.besluittype_json("Met stuk", informatieobjecttypen=["Stuk"]))
    doe("POST", f"{soort}/publish")
    velden = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": soort, "datum": DAG, "ingangsdatum": "2018-01-01"}
    return doe.maak("besluiten:besluiten", velden)


def test_drc_001_het_type_van_een_document(doe: Aanroep, decor: Decor) -> None:
    """drc-001: een type in concept kan niet, en na publiceren wel; een document heeft verder weinig nodig."""
    concept = doe.maak("catalogi:informatieobjecttypen", decor.documenttype_json("Concept"))
    invoer: dict[str, Any] = {"bronorganisatie": RSIN, "creatiedatum": DAG, "titel": "x", "auteur": "x", "taal": "eng"}
    invoer |= {"inhoud": "c3RyaW5n", "bestandsnaam": "iets.pdf", "bestandsomvang": 6, "informatieobjecttype": concept}
    assert doe.eerste_fout("POST", EIO, invoer) == ("informatieobjecttype", "not-published")
    assert doe("POST", f"{concept}/publish")["concept"] is False
    assert doe("POST", EIO, invoer)["indicatieGebruiksrecht"] is None  # drc-006


def test_drc_002_tot_004_object_van_een_koppeling(doe: Aanroep, decor: Decor, besluit: str, nergens: str) -> None:
    """Het object bestaat en is van zijn soort; de koppeling bestaat aan de andere kant, en hier nog niet."""
    zaak, document = decor.zaak(), decor.document()
    for soort, object_, ander in (("zaak", zaak, besluit), ("besluit", besluit, zaak)):
        invoer = {"informatieobject": document, "object": object_, "objectType": soort}
        assert doe.eerste_fout("POST", OIO, invoer | {"object": nergens}) == ("object", "bad-url")
        assert doe.eerste_fout("POST", OIO, invoer | {"object": ander})[0] == "object"
        assert doe.eerste_fout("POST", OIO, invoer) == (NFE, "inconsistent-relation")
        bron = {"zaak": "zaken:zaakinformatieobjecten", "besluit": "besluiten:besluitinformatieobjecten"}[soort]
        doe.maak(bron, {soort: object_, "informatieobject": document})
        assert doe.eerste_fout("POST", OIO, invoer) == (NFE, "unique")


def test_drc_006_gebruiksrechten(doe: Aanroep, decor: Decor) -> None:
    """De indicatie volgt de gebruiksrechten, en gaat er niet aan vooraf."""
    fout = doe.eerste_fout("POST", EIO, decor.document_json(indicatieGebruiksrecht=True))
    assert fout == ("indicatieGebruiksrecht", "missing-gebruiksrechten")
    document = decor.document(indicatieGebruiksrecht=None)
    recht = {"informatieobject": document, "startdatum": "2019-01-01T12:00:00", "omschrijvingVoorwaarden": "x"}
    url = doe.maak("documenten:gebruiksrechten", recht)
    assert doe("GET", document)["indicatieGebruiksrecht"] is True
    assert doe("DELETE", url) is None
    assert doe("GET", document)["indicatieGebruiksrecht"] is None


def test_drc_007_vertrouwelijkheid(doe: Aanroep, decor: Decor) -> None:
    """Wat wordt opgegeven geldt, bij maken, vervangen en deels wijzigen; anders geldt die van het type."""
    assert doe("POST", EIO, decor.document_json())["vertrouwelijkheidaanduiding"] == "openbaar"
    document = decor.document(vertrouwelijkheidaanduiding="vertrouwelijk")
    slot = doe("POST", f"{document}/lock", {})
    nieuw = decor.document_json(vertrouwelijkheidaanduiding="geheim", url=document) | slot
    assert doe("PUT", document, nieuw)["vertrouwelijkheidaanduiding"] == "geheim"
    gewijzigd = doe("PATCH", document, {"vertrouwelijkheidaanduiding": "zeer_geheim"} | slot)
    assert gewijzigd["vertrouwelijkheidaanduiding"] == "zeer_geheim"


def test_drc_008_verwijderen(doe: Aanroep, decor: Decor) -> None:
    """Een gekoppeld document blijft; een los document neemt gebruiksrechten en spoor mee."""
    gekoppeld, los = decor.document(), decor.document(indicatieGebruiksrecht=None)
    doe.maak("zaken:zaakinformatieobjecten", {"zaak": decor.zaak(), "informatieobject": gekoppeld})
    assert doe.eerste_fout("DELETE", gekoppeld) == (NFE, "pending-relations")
    recht = {"informatieobject": los, "startdatum": "2019-01-01T12:00:00", "omschrijvingVoorwaarden": "x"}
    doe.maak("documenten:gebruiksrechten", recht)
    assert doe("DELETE", los) is None
    assert doe("GET", f"documenten:gebruiksrechten?informatieobject={los}") == []
    assert doe("GET", f"{los}/audittrail")[0] == 404


def test_drc_009_slot_zonder_geforceerde_scope(doe: Aanroep, decor: Decor, installatie: Installatie) -> None:
    """Een slot is hexadecimaal; openen zonder sleutel vraagt de scope daarvoor. Wie een niveau niet mag, ziet de koppeling niet."""
    scopes = ["documenten.aanmaken", "documenten.bijwerken", "documenten.lezen", "documenten.lock"]
    recht = {"component": "drc", "scopes": scopes, "informatieobjecttype": decor.documenttype}
    geef_rechten(installatie, recht | {"maxVertrouwelijkheidaanduiding": "intern"}, namens="beperkt")
    beperkt, document, geheim = (
        Aanroep(installatie, "beperkt"),
        decor.document(),
        decor.document(vertrouwelijkheidaanduiding="geheim"),
    )
    assert re.search("[0-9A-Fa-f]{6}", beperkt("POST", f"{document}/lock")["lock"])
    assert beperkt("POST", f"{document}/unlock")[0] == 400
    assert doe("POST", f"{document}/unlock") is None
    zaak = decor.zaak()
    doe.maak("zaken:zaakinformatieobjecten", {"zaak": zaak, "informatieobject": geheim})
    vraag = f"{OIO}?object={zaak}&informatieobject={geheim}"
    assert (len(doe("GET", vraag)), beperkt("GET", vraag)) == (1, [])


def test_zrc_022_archiefstatus(doe: Aanroep, decor: Decor) -> None:
    """Archiveren vraagt eerst gearchiveerde documenten, dan een nominatie en dan een datum; eerst mist de nominatie, dan de datum."""
    gemaakt = doe("POST", "zaken:zaken", {k: w for k, w in decor.zaak_json().items() if k != "archiefstatus"})
    zaak = gemaakt["url"]
    assert gemaakt["archiefstatus"] == "nog_te_archiveren"
    document = decor.document(status="in_bewerking")
    doe.maak("zaken:zaakinformatieobjecten", {"zaak": zaak, "informatieobject": document})
    compleet = {"archiefstatus": "gearchiveerd", "archiefnominatie": "blijvend_bewaren"}
    compleet |= {"archiefactiedatum": "2020-01-01"}
    slot = doe("POST", f"{document}/lock", {})

    def fouten(velden: dict[str, Any]) -> set[tuple[str, str]]:
        return {
            doe.eerste_fout("PUT", zaak, decor.zaak_json(**velden)),
            doe.eerste_fout("PATCH", zaak, velden),
        }

    assert fouten(compleet) == {("archiefstatus", "documents-not-archived")}
    doe("PATCH", document, {"status": "gearchiveerd"} | slot)
    del compleet["archiefactiedatum"]
    assert fouten(compleet) == {("archiefactiedatum", "archiefactiedatum-not-set")}
    assert fouten({"archiefstatus": "gearchiveerd"}) == {("archiefnominatie", "archiefnominatie-not-set")}
    compleet["archiefactiedatum"] = "2020-01-01"
    assert doe("PUT", zaak, decor.zaak_json(**compleet))["archiefstatus"] == "gearchiveerd"


def test_zrc_016_tot_020_onderdeel_van_een_ander_zaaktype(doe: Aanroep, decor: Decor) -> None:
    """Status, document, eigenschap, rol en resultaat zijn van een type dat bij het zaaktype van de zaak hoort."""
    zaak = decor.zaak(zaaktype=decor.deelzaaktype)
    natuurlijk = {"betrokkeneType": "natuurlijk_persoon", "betrokkene": "", "roltoelichting": "x"}
    document = decor.document()
    pogingen: list[tuple[str, dict[str, Any], str]] = [
        ("zaken:statussen", {"statustype": decor.begin, "datumStatusGezet": "2019-04-22T13:37:00"}, "zaaktype-mismatch"),
        (f"{zaak}/zaakeigenschappen", {"eigenschap": decor.eigenschap, "waarde": "goed"}, "zaaktype-mismatch"),
        ("zaken:rollen", natuurlijk | {"roltype": decor.roltype}, "zaaktype-mismatch"),
        ("zaken:resultaten", {"resultaattype": decor.resultaattype}, "zaaktype-mismatch"),
        ("zaken:zaakinformatieobjecten", {"informatieobject": document},
         "missing-zaaktype-informatieobjecttype-relation"),
    ]  # fmt: skip
    for pad, invoer, code in pogingen:
        assert doe.eerste_fout("POST", pad, {"zaak": zaak} | invoer) == (NFE, code), pad


def test_brc_009_koppelingen_van_een_besluit_verdwijnen(doe: Aanroep, decor: Decor, besluit: str) -> None:
    """Met een besluit verdwijnen zijn koppelingen in de Documenten API: meteen, en het document kan daarna weg."""
    document = decor.document()
    doe.maak("besluiten:besluitinformatieobjecten", {"besluit": besluit, "informatieobject": document})
    spiegel = doe("GET", f"{OIO}?object={besluit}")[0]["url"]
    assert doe("PUT", spiegel, {})[0] == doe("PATCH", spiegel, {})[0] == 405
    assert doe("DELETE", besluit) is None
    assert doe("GET", f"{OIO}?object={besluit}") == []
    assert doe("DELETE", document) is None


def test_zrc_023_alles_van_een_zaak_verdwijnt(doe: Aanroep, decor: Decor) -> None:
    """Een verwijderde zaak neemt al haar onderdelen mee, haar deelzaken en haar koppelingen in de Documenten API: meteen."""
    zaak, document = decor.zaak(), decor.document()
    van, pand = {"zaak": zaak}, {"objectType": "pand", "objectIdentificatie": {"identificatie": "toets"}}
    persoon = {"betrokkeneType": "natuurlijk_persoon", "roltoelichting": "x", "roltype": decor.roltype}
    urls = [
        doe.maak(pad, van | velden)
        for pad, velden in (
            ("zaken:statussen", {"statustype": decor.begin, "datumStatusGezet": "2019-04-22T13:37:00"}),
            ("zaken:resultaten", {"resultaattype": decor.resultaattype}),
            ("zaken:rollen", persoon | {"betrokkeneIdentificatie": {"geslachtsnaam": "Toets"}}),
            ("zaken:zaakobjecten", pand),
            (f"{zaak}/zaakeigenschappen", {"eigenschap": decor.eigenschap, "waarde": "goed"}),
            ("zaken:klantcontacten", {"datumtijd": "2019-02-22T00:00:00"}),
            ("zaken:zaakinformatieobjecten", {"informatieobject": document}),
        )
    ]
    urls += [deel["url"] for deel in doe("GET", f"{OIO}?object={zaak}")]
    urls.append(decor.zaak(zaaktype=decor.deelzaaktype, hoofdzaak=zaak))
    assert len(urls) == 9
    assert doe("DELETE", zaak) is None
    assert [doe("GET", url)[0] for url in [zaak, *urls, f"{zaak}/audittrail"]] == [404] * 11
