"""Van eerste status tot afsluiten en heropenen: zrc-007, zrc-008, zrc-016 tot en met zrc-021."""

from datetime import timedelta
from typing import Any

import pytest

from dienstverlening.samenstellen import maak_platform
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.rechten import fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import (
    BSN,
    maak_document,
    maak_zaak,
    rol_json,
    sluit,
    zet_resultaat,
    zet_status,
)

NFE = "nonFieldErrors"


@pytest.fixture
def zaak(zaken: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(zaken, typen)["url"])


def test_sluiten(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-007 en zrc-021: einddatum en archivering volgen uit de eindstatus en het resultaattype."""
    status = zet_status(zaken, zaak, typen.begin)
    assert status["indicatieLaatstGezetteStatus"] is True
    json = {"zaak": zaak, "statustype": typen.eind, "datumStatusGezet": "2026-01-07T09:00:00+01:00"}
    assert fouten_van(zaken, "POST", "statussen", json) == {NFE: "resultaat-does-not-exist"}
    sluit(zaken, zaak, typen)
    nu = zaken.vraag("GET", zaak)
    assert (nu["einddatum"], nu["startdatumBewaartermijn"]) == ("2026-01-07", "2026-01-07")
    assert (nu["archiefnominatie"], nu["archiefactiedatum"]) == ("vernietigen", "2036-01-07")
    assert zaken.vraag("GET", status["url"])["indicatieLaatstGezetteStatus"] is False


@pytest.mark.parametrize(
    ("gezet", "einddatum"),
    [
        ("2026-01-08T00:30:00+01:00", "2026-01-08"),  # in UTC nog de 7e
        ("2026-01-07T23:30:00Z", "2026-01-07"),  # in Nederland al de 8e
        ("2026-01-08T00:30:00", "2026-01-08"),  # zonder zone: Nederlandse tijd
    ],
)
def test_einddatum_in_de_tijdzone_van_de_afnemer(
    zaken: ZakenClient, typen: Typen, zaak: str, gezet: str, einddatum: str
) -> None:
    sluit(zaken, zaak, typen, gezet)
    assert zaken.vraag("GET", zaak)["einddatum"] == einddatum


def test_document_zonder_gebruiksrecht_houdt_de_zaak_open(
    installatie: Installatie, zaken: ZakenClient, typen: Typen, zaak: str
) -> None:
    """zrc-007."""
    document = maak_document(installatie, typen.informatieobjecttype, indicatieGebruiksrecht=None)
    zaken.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})
    zet_resultaat(zaken, zaak, typen.resultaattype)
    json = {"zaak": zaak, "statustype": typen.eind, "datumStatusGezet": "2026-01-07T09:00:00+01:00"}
    assert fouten_van(zaken, "POST", "statussen", json) == {NFE: "indicatiegebruiksrecht-unset"}


def test_gesloten_zaak_is_beschermd(
    installatie: Installatie, zaken: ZakenClient, baas: ZakenClient, typen: Typen, zaak: str
) -> None:
    """zrc-007: zonder `zaken.geforceerd-bijwerken` is elke schrijfactie verboden, met die scope mag alles."""
    document = maak_document(installatie, typen.informatieobjecttype)
    eigenschap = zaken.vraag(
        "POST", f"{zaak}/zaakeigenschappen", json={"zaak": zaak, "eigenschap": typen.eigenschap, "waarde": "20260105"}
    )["url"]
    rol = zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))["url"]
    sluit(zaken, zaak, typen)
    resultaat = zaken.vraag("GET", zaak)["resultaat"]
    koppeling = {"zaak": zaak, "informatieobject": document}
    pogingen: list[tuple[str, str, Any]] = [
        ("PATCH", zaak, {"omschrijving": "x"}),
        ("PATCH", resultaat, {"toelichting": "x"}),
        ("DELETE", resultaat, None),
        ("POST", "rollen", rol_json(zaak, typen.rollen["behandelaar"])),
        ("PATCH", eigenschap, {"waarde": "20260106"}),
        ("DELETE", eigenschap, None),
        ("POST", "zaakinformatieobjecten", koppeling),
        ("DELETE", rol, None),
    ]
    for methode, pad, json in pogingen:
        assert status_van(zaken, methode, pad, json) == 403, (methode, pad)
    for methode, pad, json in pogingen:
        baas.vraag(methode, pad, json=json)
    assert zaken.vraag("GET", zaak)["omschrijving"] == "x"


def test_heropenen(installatie: Installatie, zaken: ZakenClient, baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-008: een andere status op een gesloten zaak, met `zaken.heropenen`, maakt einddatum en archivering leeg."""
    sluit(zaken, zaak, typen)
    json = {"zaak": zaak, "statustype": typen.midden, "datumStatusGezet": "2026-01-08T09:00:00+01:00"}
    assert status_van(zaken, "POST", "statussen", json) == 403
    autorisatie = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "intern"}
    geef_rechten(installatie, {**autorisatie, "scopes": ["zaken.heropenen", "zaken.lezen"]}, namens="heropener")
    heropener = ZakenClient(installatie, namens="heropener")
    heropener.vraag("POST", "statussen", json=json)
    nu = baas.vraag("GET", zaak)
    leeg = ("einddatum", "archiefactiedatum", "archiefnominatie", "startdatumBewaartermijn")
    assert [nu[naam] for naam in leeg] == [None] * 4


def test_statusscopes(installatie: Installatie, zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """Alleen `zaken.aanmaken` geeft precies de eerste status."""
    autorisatie = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "intern"}
    geef_rechten(installatie, {**autorisatie, "scopes": ["zaken.aanmaken", "zaken.lezen"]}, namens="aanmaker")
    aanmaker = ZakenClient(installatie, namens="aanmaker")
    zet_status(aanmaker, zaak, typen.begin)
    json = {"zaak": zaak, "statustype": typen.midden, "datumStatusGezet": "2026-01-06T10:00:00+01:00"}
    assert status_van(aanmaker, "POST", "statussen", json) == 403
    zaken.vraag("POST", "statussen", json=json)


def test_status_op_een_ander_tijdstip(
    installatie: Installatie, zaken: ZakenClient, typen: Typen, zaak: str, klok: VerzetbareKlok
) -> None:
    """De laatste status is die met het laatste tijdstip; een tijdstip is uniek en niet in de toekomst.

    Vóór de start geeft een waarschuwing, of met `STATUS_NA_STARTDATUM=true` een fout.
    """
    laat = zet_status(zaken, zaak, typen.midden, "2026-01-09T09:00:00Z")
    zet_status(zaken, zaak, typen.begin, "2026-01-06T09:00:00Z")
    assert zaken.vraag("GET", zaak)["status"] == laat["url"]
    json = {"zaak": zaak, "statustype": typen.begin, "datumStatusGezet": "2026-01-06T10:00:00+01:00"}
    assert fouten_van(zaken, "POST", "statussen", json) == {NFE: "unique"}
    morgen = (klok.nu() + timedelta(days=1)).isoformat()
    toekomst = {"datumStatusGezet": "date-in-future"}
    assert fouten_van(zaken, "POST", "statussen", json | {"datumStatusGezet": morgen}) == toekomst
    eerder = json | {"datumStatusGezet": "2026-01-04T10:00:00+01:00"}
    streng = maak_platform(installatie.instellingen.model_copy(update={"status_na_startdatum": True}), klok)
    try:
        strenge = ZakenClient(streng, namens="zaken")
        assert fouten_van(strenge, "POST", "statussen", eerder) == {"datumStatusGezet": "invalid"}
    finally:
        streng.sluit()
    assert zaken.vraag("POST", "statussen", json=eerder)["datumStatusGezet"] == "2026-01-04T09:00:00Z"
    assert status_van(zaken, "PATCH", laat["url"], {}) == 405
    assert status_van(zaken, "DELETE", laat["url"]) == 405


def test_gezetdoor_is_een_rol_van_deze_zaak(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    elders = maak_zaak(zaken, typen)["url"]
    json = {"zaak": zaak, "statustype": typen.begin, "datumStatusGezet": "2026-01-06T10:00:00+01:00"}
    rol = zaken.vraag("POST", "rollen", json=rol_json(elders, typen.rollen["initiator"]))["url"]
    assert fouten_van(zaken, "POST", "statussen", json | {"gezetdoor": rol}) == {NFE: "zaak-mismatch"}
    eigen = zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))["url"]
    status = zaken.vraag("POST", "statussen", json=json | {"gezetdoor": eigen})
    assert status["gezetdoor"] == eigen
    assert zaken.vraag("GET", eigen)["statussen"] == [status["url"]]


def test_onderdelen_horen_bij_het_zaaktype(
    installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str
) -> None:
    """zrc-016, zrc-018, zrc-019 en zrc-020."""
    ander = maak_typen(installatie, "ANDER")
    pogingen: list[tuple[str, dict[str, Any]]] = [
        ("statussen", {"statustype": ander.begin, "datumStatusGezet": "2026-01-06T10:00:00+01:00"}),
        ("resultaten", {"resultaattype": ander.resultaattype}),
        ("rollen", rol_json(zaak, ander.rollen["initiator"])),
        (f"{zaak}/zaakeigenschappen", {"eigenschap": ander.eigenschap, "waarde": "1"}),
    ]
    for pad, json in pogingen:
        assert fouten_van(baas, "POST", pad, json | {"zaak": zaak}) == {NFE: "zaaktype-mismatch"}, pad
    for pad, json in pogingen:
        weg = {naam: f"{waarde[:-4]}0000" for naam, waarde in json.items() if "/catalogi/" in str(waarde)}
        assert fouten_van(baas, "POST", pad, json | {"zaak": zaak} | weg) == dict.fromkeys(weg, "bad-url")


def test_resultaat_is_er_een_en_blijft(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    resultaat = zet_resultaat(zaken, zaak, typen.resultaattype)
    json = {"zaak": zaak, "resultaattype": typen.resultaattype}
    assert fouten_van(zaken, "POST", "resultaten", json) == {"zaak": "unique"}
    ander = maak_zaak(zaken, typen)["url"]
    assert fouten_van(zaken, "PATCH", resultaat, {"zaak": ander})["zaak"] == "wijzigen-niet-toegelaten"
    assert zaken.vraag("PUT", resultaat, json=json | {"toelichting": "Ja"})["toelichting"] == "Ja"
    zaken.vraag("DELETE", resultaat)
    assert zaken.vraag("GET", zaak)["resultaat"] is None


def test_rollen(zaken: ZakenClient, typen: Typen, zaak: str, klok: VerzetbareKlok) -> None:
    initiator = zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))
    assert (initiator["omschrijving"], initiator["omschrijvingGeneriek"]) == ("initiator", "initiator")
    assert initiator["registratiedatum"][:10] == klok.nu().date().isoformat()
    assert initiator["betrokkeneIdentificatie"]["inpBsn"] == BSN
    tweede = rol_json(zaak, typen.rollen["initiator"])
    assert fouten_van(zaken, "POST", "rollen", tweede) == {"roltype": "max-occurences"}
    leeg = rol_json(zaak, typen.rollen["behandelaar"], betrokkeneIdentificatie=None)
    assert fouten_van(zaken, "POST", "rollen", leeg) == {NFE: "invalid-betrokkene"}
    for _ in range(2):
        zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["behandelaar"]))
    assert status_van(zaken, "PATCH", initiator["url"], {}) == 405
    zaken.vraag("DELETE", initiator["url"])
    assert zaken.vraag("GET", "rollen", params={"zaak": zaak, "omschrijvingGeneriek": "initiator"})["count"] == 0


def test_zaakeigenschappen(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    pad = f"{zaak}/zaakeigenschappen"
    json = {"eigenschap": typen.eigenschap, "waarde": "20260105"}
    eigenschap = zaken.vraag("POST", pad, json=json)  # de zaak staat al in het pad
    assert (eigenschap["naam"], eigenschap["zaak"]) == ("bewaardatum", zaak)
    assert eigenschap["url"] == f"{pad}/{eigenschap['uuid']}"
    assert zaken.vraag("GET", pad) == [eigenschap]
    assert zaken.vraag("PATCH", eigenschap["url"], json={"waarde": "x"})["waarde"] == "x"
    ander = maak_zaak(zaken, typen)["url"]
    assert "zaak" in fouten_van(zaken, "POST", pad, json | {"zaak": ander})
    assert status_van(zaken, "GET", eigenschap["url"].replace(zaak, ander)) == 404


def test_documenten(installatie: Installatie, zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-003, zrc-004 en zrc-017."""
    pad = "zaakinformatieobjecten"
    document = maak_document(installatie, typen.informatieobjecttype)
    json = {"zaak": zaak, "informatieobject": document, "aardRelatieWeergave": "x", "registratiedatum": "2020-01-01"}
    koppeling = zaken.vraag("POST", pad, json=json)
    assert koppeling["aardRelatieWeergave"] == "Hoort bij, omgekeerd: kent"
    assert koppeling["registratiedatum"] > "2026"
    assert fouten_van(zaken, "POST", pad, json) == {NFE: "unique"}
    assert zaken.vraag("GET", pad, params={"zaak": zaak}) == [koppeling]
    weg = json | {"informatieobject": f"{document[:-4]}0000"}
    assert fouten_van(zaken, "POST", pad, weg) == {"informatieobject": "bad-url"}
    ander = maak_document(installatie, typen.informatieobjecttype)
    anders = {"informatieobject": "wijzigen-niet-toegelaten"}
    assert fouten_van(zaken, "PATCH", koppeling["url"], {"informatieobject": ander}) == anders
    zaken.vraag("DELETE", koppeling["url"])
    assert zaken.vraag("GET", zaak)["zaakinformatieobjecten"] == []


def test_handmatige_archivering_gaat_voor(zaken: ZakenClient, typen: Typen) -> None:
    velden = {
        "archiefnominatie": "blijvend_bewaren",
        "archiefactiedatum": "2050-01-01",
        "startdatumBewaartermijn": "2027-01-01",
    }
    zaak = maak_zaak(zaken, typen, **velden)["url"]
    sluit(zaken, zaak, typen)
    nu = zaken.vraag("GET", zaak)
    assert {naam: nu[naam] for naam in velden} == velden


def test_verwijderen_neemt_alles_mee(installatie: Installatie, zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-023: ook statussen, resultaat, rollen, eigenschappen en de audittrail."""
    rol = zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))["url"]
    status = zet_status(zaken, zaak, typen.begin)["url"]
    resultaat = zet_resultaat(zaken, zaak, typen.resultaattype)
    zaken.vraag("DELETE", zaak)
    for url in (zaak, rol, status, resultaat, f"{zaak}/audittrail"):
        assert status_van(zaken, "GET", url) == 404, url


def test_verwijzing_wordt_bewaard_zoals_zij_zichzelf_noemt(
    installatie: Installatie, zaken: ZakenClient, typen: Typen
) -> None:
    """Hoofdletters in een uuid wijzen hetzelfde aan: rechten en filters merken er niets van."""
    begin, _, uuid = typen.zaaktype.rpartition("/")
    zaak = maak_zaak(zaken, typen, zaaktype=f"{begin}/{uuid.upper()}")
    assert zaak["zaaktype"] == typen.zaaktype
    assert zaken.vraag("GET", "zaken", params={"zaaktype": typen.zaaktype})["count"] == 1
    document = maak_document(installatie, typen.informatieobjecttype)
    json = {"zaak": zaak["url"], "informatieobject": f"{document}/download"}
    assert fouten_van(zaken, "POST", "zaakinformatieobjecten", json) == {"informatieobject": "invalid-resource"}
