"""De samengestelde acties: alles of niets, met de regels, rechten en sporen van de resources zelf (regels 9)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from integratie.basis import ApiClient
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.outbox import plaats
from registraties.zaken.samengesteld import TERUGDRAAIEN
from tests.integratie.registraties.rechten import fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen
from tests.integratie.registraties.zaken.hulp import (
    BSN,
    maak_document,
    maak_zaak,
    rol_json,
    zaak_json,
    zet_resultaat,
    zet_status,
)

GEZET = "2026-01-07T09:00:00+01:00"


@pytest.fixture
def zaak(zaken: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(zaken, typen)["url"])


def rol(typen: Typen, soort: str = "initiator", **velden: Any) -> dict[str, Any]:
    json = rol_json("", typen.rollen[soort], **velden)
    return {naam: waarde for naam, waarde in json.items() if naam != "zaak"}


def registratie(typen: Typen, **velden: Any) -> dict[str, Any]:
    return {
        "zaak": zaak_json(typen, omschrijving="Samen"),
        "rollen": [rol(typen), rol(typen, "behandelaar")],
        "zaakobjecten": [{"objectType": "pand", "objectIdentificatie": {"identificatie": "0123"}}],
        "status": {"statustype": typen.begin, "datumStatusGezet": GEZET},
        **velden,
    }


def uuid(url: str) -> str:
    return url.rpartition("/")[2]


def test_registreren(zaken: ZakenClient, typen: Typen) -> None:
    """Eén verzoek geeft dezelfde resources, audittrail en weergaven als losse verzoeken."""
    gemaakt = zaken.vraag("POST", "zaak_registreren", json=registratie(typen))
    zaak = zaken.vraag("GET", gemaakt["zaak"]["url"])
    assert gemaakt["zaak"] == zaak
    assert zaak["status"] == gemaakt["status"]["url"]
    assert zaak["rollen"] == [deel["url"] for deel in gemaakt["rollen"]]
    assert zaak["zaakobjecten"] == [gemaakt["zaakobjecten"][0]["url"]]
    assert gemaakt["rollen"][0]["betrokkeneIdentificatie"]["inpBsn"] == BSN
    trail = [(regel["actie"], regel["resource"]) for regel in zaken.vraag("GET", f"{zaak['url']}/audittrail")]
    assert trail == [("create", naam) for naam in ("zaak", "rol", "rol", "zaakobject", "status")]


def test_registreren_meldt_alle_fouten_met_hun_plek(baas: ZakenClient, typen: Typen) -> None:
    json = registratie(
        typen,
        rollen=[rol(typen), rol(typen, "behandelaar", betrokkeneIdentificatie={"inpBsn": "1"})],
        status={"statustype": typen.begin, "datumStatusGezet": "morgen"},
        zaakinformatieobjecten=[{"informatieobject": "https://elders.example/1"}],
    )
    json["zaak"]["startdatum"] = "gisteren"
    assert fouten_van(baas, "POST", "zaak_registreren", json) == {
        "zaak.startdatum": "invalid",
        "rollen.1.betrokkeneIdentificatie.inpBsn": "invalid",
        "status.datumStatusGezet": "invalid",
        "zaakinformatieobjecten.0.informatieobject": "bad-url",
    }
    assert fouten_van(baas, "POST", "zaak_registreren", {"zaak": []}) == {"zaak": "invalid"}
    assert fouten_van(baas, "POST", "zaak_registreren", {}) == {"zaak": "required"}
    assert baas.vraag("GET", "zaken")["count"] == 0


def test_registreren_is_alles_of_niets(baas: ZakenClient, typen: Typen) -> None:
    """Ook een regel die pas in de transactie blijkt draait alles terug: twee initiatoren."""
    json = registratie(typen, rollen=[rol(typen), rol(typen)])
    assert fouten_van(baas, "POST", "zaak_registreren", json) == {"rollen.1.roltype": "max-occurences"}
    assert baas.vraag("GET", "zaken")["count"] == 0
    assert baas.vraag("GET", "rollen")["count"] == 0


def test_registreren_met_documenten(installatie: Installatie, zaken: ZakenClient, typen: Typen) -> None:
    """De koppeling staat in beide registraties."""
    document = maak_document(installatie, typen.informatieobjecttype)
    json = registratie(typen, zaakinformatieobjecten=[{"informatieobject": document, "titel": "Aanvraag"}])
    gemaakt = zaken.vraag("POST", "zaak_registreren", json=json)
    [koppeling] = gemaakt["zaakinformatieobjecten"]
    assert gemaakt["zaak"]["zaakinformatieobjecten"] == [koppeling["url"]]
    assert (koppeling["informatieobject"], koppeling["titel"]) == (document, "Aanvraag")
    assert [deel["object"] for deel in spiegels(installatie, document)] == [gemaakt["zaak"]["url"]]


def spiegels(installatie: Installatie, document: str) -> list[dict[str, Any]]:
    client = DocumentenClient(installatie, namens="documenten")
    gevonden: list[dict[str, Any]] = client.vraag(
        "GET", "objectinformatieobjecten", params={"informatieobject": document}
    )
    return gevonden


def test_registreren_met_een_document_dat_niet_kan(
    installatie: Installatie, baas: ZakenClient, typen: Typen, werk_outbox_af: Callable[[], int]
) -> None:
    """Lukt het tweede document niet (twee keer hetzelfde), dan is er na afloop geen zaak en geen koppeling."""
    document = maak_document(installatie, typen.informatieobjecttype)
    json = registratie(typen, zaakinformatieobjecten=[{"informatieobject": document}] * 2)
    assert fouten_van(baas, "POST", "zaak_registreren", json) == {"zaakinformatieobjecten.1.nonFieldErrors": "unique"}
    werk_outbox_af()
    assert baas.vraag("GET", "zaken")["count"] == 0
    assert spiegels(installatie, document) == []


def test_half_geregistreerde_zaak_wordt_opgeruimd(
    installatie: Installatie, baas: ZakenClient, typen: Typen, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    """Viel het proces na de eerste transactie, dan haalt de outbox de zaak weg: de aanroeper kreeg nooit antwoord."""
    zaak = maak_zaak(baas, typen)
    with installatie.db.schrijven() as verbinding:
        vanaf = klok.nu() + timedelta(seconds=30)
        plaats(installatie, verbinding, TERUGDRAAIEN, {"zaak": zaak["uuid"]}, vanaf=vanaf)
    werk_outbox_af()
    assert baas.vraag("GET", zaak["url"])
    klok.verzet(timedelta(minutes=1))
    werk_outbox_af()
    assert status_van(baas, "GET", zaak["url"]) == 404


@pytest.mark.parametrize("met_document", [False, True])
def test_registreren_is_een_keer_per_sleutel(
    installatie: Installatie, baas: ZakenClient, typen: Typen, met_document: bool
) -> None:
    json = registratie(typen)
    if met_document:
        document = maak_document(installatie, typen.informatieobjecttype)
        json["zaakinformatieobjecten"] = [{"informatieobject": document}]
    with ThreadPoolExecutor(4) as draden:
        antwoorden = list(
            draden.map(lambda _: baas.vraag("POST", "zaak_registreren", json=json, sleutel="eens"), range(4))
        )
    assert {antwoord["zaak"]["url"] for antwoord in antwoorden} == {antwoorden[0]["zaak"]["url"]}
    assert baas.vraag("GET", "zaken")["count"] == 1
    assert baas.vraag("GET", antwoorden[0]["zaak"]["url"]) == antwoorden[0]["zaak"]


def test_bijwerken(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    json = {
        "zaak": {"omschrijving": "Nieuw"},
        "rollen": [rol(typen)],
        "status": {"statustype": typen.begin, "datumStatusGezet": GEZET},
    }
    gemaakt = zaken.vraag("POST", f"zaak_bijwerken/{uuid(zaak)}", json=json)
    assert gemaakt["zaak"] == zaken.vraag("GET", zaak)
    assert (gemaakt["zaak"]["omschrijving"], gemaakt["zaak"]["status"]) == ("Nieuw", gemaakt["status"]["url"])
    assert gemaakt["zaak"]["rollen"] == [gemaakt["rollen"][0]["url"]]
    fout: dict[str, Any] = json | {"zaak": {"startdatum": None}, "rollen": [], "status": None}
    assert fouten_van(zaken, "POST", f"zaak_bijwerken/{uuid(zaak)}", fout) == {"zaak.startdatum": "null"}


@pytest.mark.parametrize(
    ("actie", "groep"),
    [
        ("zaak_opschorten", {"opschorting": {"indicatie": True, "reden": "Wacht op stukken"}}),
        ("zaak_verlengen", {"verlenging": {"reden": "Advies", "duur": "P14D"}}),
    ],
)
def test_opschorten_en_verlengen(
    zaken: ZakenClient, typen: Typen, zaak: str, actie: str, groep: dict[str, dict[str, Any]]
) -> None:
    naam = next(iter(groep))
    status = {"statustype": typen.midden, "datumStatusGezet": GEZET}
    gemaakt = zaken.vraag("POST", f"{actie}/{uuid(zaak)}", json={"zaak": groep, "status": status})
    assert groep[naam].items() <= gemaakt["zaak"][naam].items()
    assert zaken.vraag("GET", zaak)["status"] == gemaakt["status"]["url"]
    assert fouten_van(zaken, "POST", f"{actie}/{uuid(zaak)}", {"zaak": {}}) == {f"zaak.{naam}": "required"}
    leeg = {"zaak": {naam: {"reden": 1}}, "status": status}
    assert f"zaak.{naam}.reden" in fouten_van(zaken, "POST", f"{actie}/{uuid(zaak)}", leeg)
    assert zaken.vraag("GET", "statussen", params={"zaak": zaak})["count"] == 1


def test_afsluiten(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """Resultaat en eindstatus samen: zrc-007 en zrc-021 zien het resultaat dat in hetzelfde verzoek komt."""
    pad = f"zaak_afsluiten/{uuid(zaak)}"
    json: dict[str, Any] = {
        "zaak": {"toelichting": "Klaar"},
        "resultaat": {"resultaattype": typen.resultaattype, "toelichting": "Verleend"},
        "status": {"statustype": typen.eind, "datumStatusGezet": GEZET},
    }
    for naam in ("zaak", "resultaat", "status"):
        zonder = {deel: inhoud for deel, inhoud in json.items() if deel != naam}
        assert fouten_van(zaken, "POST", pad, zonder) == {naam: "required"}
    assert fouten_van(zaken, "POST", pad, json | {"resultaat": {}}) == {
        "resultaat.resultaattype": "required",
        "status.nonFieldErrors": "resultaat-does-not-exist",
    }
    gemaakt = zaken.vraag("POST", pad, json=json)
    assert gemaakt["zaak"] == zaken.vraag("GET", zaak)
    nu = gemaakt["zaak"]
    assert (nu["einddatum"], nu["archiefactiedatum"], nu["toelichting"]) == ("2026-01-07", "2036-01-07", "Klaar")
    assert nu["resultaat"] == gemaakt["resultaat"]["url"]
    assert status_van(zaken, "POST", pad, json) == 403


def test_afsluiten_draait_alles_terug(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """Een tweede resultaat kan niet; de wijziging van de zaak en de status gaan dan ook niet door."""
    zet_resultaat(zaken, zaak, typen.resultaattype)
    json = {
        "zaak": {"toelichting": "Klaar"},
        "resultaat": {"resultaattype": typen.resultaattype},
        "status": {"statustype": typen.eind, "datumStatusGezet": GEZET},
    }
    assert fouten_van(zaken, "POST", f"zaak_afsluiten/{uuid(zaak)}", json) == {"resultaat.zaak": "unique"}
    nu = zaken.vraag("GET", zaak)
    assert (nu["toelichting"], nu["einddatum"], nu["status"]) == ("", None, None)


def test_rechten_zijn_die_van_de_delen(installatie: Installatie, typen: Typen, zaak: str) -> None:
    def client(naam: str, *scopes: str, va: str = "zeer_geheim") -> ApiClient:
        autorisatie = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": va}
        geef_rechten(installatie, {**autorisatie, "scopes": list(scopes)}, namens=naam)
        return ZakenClient(installatie, namens=naam)

    pad = f"zaak_bijwerken/{uuid(zaak)}"
    status = {"statustype": typen.begin, "datumStatusGezet": GEZET}
    lezer = client("lezer", "zaken.lezen")
    assert status_van(lezer, "POST", "zaak_registreren", registratie(typen)) == 403
    assert status_van(lezer, "POST", pad, {"zaak": {}}) == 403
    werker = client("werker", "zaken.bijwerken", "zaken.lezen")
    assert status_van(werker, "POST", pad, {"zaak": {"omschrijving": "x"}, "status": status}) == 403
    assert werker.vraag("GET", zaak)["omschrijving"] == ""
    laag = client("laag", "zaken.bijwerken", "zaken.aanmaken", va="openbaar")
    assert status_van(laag, "POST", pad, {"zaak": {}}) == 403
    assert status_van(laag, "POST", "zaak_registreren", registratie(typen)) == 403
    assert status_van(werker, "POST", f"zaak_bijwerken/{uuid(zaak)[:-4]}0000", {"zaak": {}}) == 404


def test_acht_keer_tegelijk_bijwerken(zaken: ZakenClient, typen: Typen, zaak: str) -> None:
    """Niets gaat verloren: elke rol is er, elke status is er, en de laatste wijziging per veld staat er."""

    def werk(nummer: int) -> None:
        status = {"statustype": typen.midden, "datumStatusGezet": f"2026-01-0{nummer + 1}T09:00:00Z"}
        json = {"zaak": {"toelichting": str(nummer)}, "rollen": [rol(typen, "behandelaar")], "status": status}
        zaken.vraag("POST", f"zaak_bijwerken/{uuid(zaak)}", json=json)

    zet_status(zaken, zaak, typen.begin, "2026-01-05T08:00:00Z")
    with ThreadPoolExecutor(4) as draden:
        list(draden.map(werk, range(4, 8)))
    assert zaken.vraag("GET", "statussen", params={"zaak": zaak})["count"] == 5
    assert zaken.vraag("GET", "rollen", params={"zaak": zaak})["count"] == 4
