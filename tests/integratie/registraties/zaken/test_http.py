"""Het gedrag dat elke registratie uit de kit krijgt, aan de Zaken API: koppen, pagina's, filters, zoeken, spoor en herhalen."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiFout
from integratie.zaken import ZakenClient
from kern.database import TransactieOpen
from kern.installatie import Installatie
from kern.machines import Ondertekening
from kern.tabellen import OutboxTabel
from registraties.zaken.modellen import Zaak
from tests.integratie.registraties.rechten import fouten_van, status_van
from tests.integratie.registraties.typen import RSIN, Typen
from tests.integratie.registraties.zaken.hulp import BSN, maak_zaak, rol_json, sluit, zaak_json, zet_status

CRS = {"Accept-Crs": "EPSG:4326"}
HTTP = Callable[..., httpx.Response]


@pytest.fixture
def http(installatie: Installatie) -> HTTP:
    """Een kaal HTTP-verzoek als onderdeel dat alles mag; de koppen kiest de test."""
    auth = Ondertekening(installatie, installatie.diensten["zaken"], "zaken")

    def vraag(methode: str, url: str, **opties: Any) -> httpx.Response:
        return installatie.http.request(methode, url, auth=auth, **opties)

    return vraag


@pytest.fixture
def zaak(baas: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(baas, typen)["url"])


@pytest.fixture
def lijst(installatie: Installatie) -> str:
    return f"{installatie.instellingen.adres}/zaken/api/v1/zaken"


def test_etag(http: HTTP, baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """Regels 1.14: ook een afgeleide wijziging verandert de ETag, een andere weergave heeft een andere; vergelijken gaat zwak (RFC 9110)."""
    eerste = http("GET", zaak, headers=CRS)
    etag = eerste.headers["ETag"]
    assert eerste.headers["API-version"] == "1.7.0"
    gelijk = http("GET", zaak, headers=CRS | {"If-None-Match": f'"anders", {etag}'})
    assert (gelijk.status_code, gelijk.content, gelijk.headers["ETag"]) == (304, b"", etag)
    zwak = http("GET", zaak, headers=CRS | {"If-None-Match": f"W/{etag}"})
    assert zwak.status_code == 304, "een proxy die inpakt maakt de ETag zwak"
    zet_status(baas, zaak, typen.begin)
    nieuw = http("GET", zaak, headers=CRS | {"If-None-Match": etag})
    assert nieuw.status_code == 200
    assert nieuw.headers["ETag"] != etag
    assert http("GET", zaak, headers=CRS, params={"expand": "status"}).headers["ETag"] != nieuw.headers["ETag"]


def test_head(http: HTTP, zaak: str) -> None:
    get, head = (http(methode, zaak, headers=CRS) for methode in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    for naam in ("ETag", "Content-Type", "Content-Crs", "API-version"):
        assert head.headers[naam] == get.headers[naam]


def test_crs(http: HTTP, lijst: str, zaak: str, typen: Typen) -> None:
    """Regels 1.13: ontbreken is 412, iets anders is 406; DELETE heeft geen koppen nodig."""
    inhoud = {"Content-Crs": "EPSG:4326"}
    json = zaak_json(typen)
    assert http("GET", zaak).status_code == 412
    assert http("GET", lijst).status_code == 412
    assert http("GET", zaak, headers={"Accept-Crs": "EPSG:28992"}).status_code == 406
    assert http("POST", lijst, headers=CRS, json=json).status_code == 412
    assert http("POST", lijst, headers=inhoud, json=json).status_code == 412
    assert http("POST", lijst, headers=CRS | {"Content-Crs": "EPSG:28992"}, json=json).status_code == 406
    assert http("POST", f"{lijst}/_zoek", headers=CRS, json={"identificatie": "x"}).status_code == 412
    goed = http("POST", lijst, headers=CRS | inhoud, json=json)
    assert (goed.status_code, goed.headers["Content-Crs"]) == (201, "EPSG:4326")
    assert goed.headers["Location"] == goed.json()["url"]
    weg = http("DELETE", zaak)
    assert (weg.status_code, weg.content) == (204, b"")
    assert weg.headers["API-version"] == "1.7.0"


def test_foute_verzoeken(http: HTTP, lijst: str, zaak: str) -> None:
    koppen = CRS | {"Content-Crs": "EPSG:4326"}
    gevallen: list[tuple[str, str, dict[str, Any], int, str]] = [
        (
            "POST",
            lijst,
            {"content": b"{", "headers": koppen | {"Content-Type": "application/json"}},
            400,
            "parse_error",
        ),
        (
            "POST",
            lijst,
            {"content": b"a=1", "headers": koppen | {"Content-Type": "text/plain"}},
            415,
            "unsupported_media_type",
        ),
        ("POST", zaak, {"json": {}, "headers": koppen}, 405, "method_not_allowed"),
        ("GET", f"{lijst}/geen-uuid", {"headers": koppen}, 404, "not_found"),
        ("GET", f"{zaak}/", {"headers": koppen}, 404, "not_found"),
        ("GET", lijst, {"headers": koppen, "params": {"page": "0"}}, 404, "not_found"),
        ("GET", lijst, {"headers": koppen, "params": {"page": "99"}}, 404, "not_found"),
        ("GET", lijst, {"headers": koppen, "params": {"page": "een"}}, 404, "not_found"),
    ]
    for methode, url, opties, status, code in gevallen:
        antwoord = http(methode, url, **opties)
        assert (antwoord.status_code, antwoord.json()["code"]) == (status, code), url
        assert antwoord.headers["Content-Type"] == "application/problem+json"
        assert antwoord.headers["API-version"] == "1.7.0"
        assert antwoord.json()["instance"].startswith("urn:uuid:")


def test_zonder_aanmelding(client: httpx.Client, zaak: str) -> None:
    for koppen in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Token x"}):
        assert client.get(zaak, headers=CRS | koppen).status_code == 403


def test_paginas(baas: ZakenClient, typen: Typen, lijst: str) -> None:
    """Regels 1.2: `next` en `previous` houden de andere parameters."""
    gemaakt = [maak_zaak(baas, typen)["url"] for _ in range(5)]
    params = {"pageSize": "2", "bronorganisatie": RSIN}
    eerste = baas.vraag("GET", "zaken", params=params)
    assert (eerste["count"], eerste["previous"]) == (5, None)
    tweede = baas.vraag("GET", eerste["next"])
    derde = baas.vraag("GET", tweede["next"])
    assert tweede["previous"] == f"{lijst}?pageSize=2&bronorganisatie={RSIN}&page=1"
    assert derde["next"] is None
    assert [zaak["url"] for deel in (eerste, tweede, derde) for zaak in deel["results"]] == gemaakt


def test_filters(baas: ZakenClient, typen: Typen) -> None:
    """Regels 1.3: een onbekende parameter of foute waarde is een fout, een onbekende verwijzing een lege lijst."""
    een = maak_zaak(baas, typen, identificatie="A-1", startdatum="2026-01-05", vertrouwelijkheidaanduiding="openbaar")
    twee = maak_zaak(baas, typen, identificatie="B-2", startdatum="2026-02-05", vertrouwelijkheidaanduiding="geheim")
    sluit(baas, twee["url"], typen, "2026-02-07T09:00:00Z")
    baas.vraag("POST", "rollen", json=rol_json(een["url"], typen.rollen["initiator"]))

    def namen(**params: str) -> list[str]:
        return [zaak["identificatie"] for zaak in baas.vraag("GET", "zaken", params=params)["results"]]

    assert namen(identificatie="A-1") == ["A-1"]
    assert namen(startdatum__gt="2026-01-05") == ["B-2"]
    assert namen(startdatum__lte="2026-01-05") == ["A-1"]
    assert namen(einddatum__isnull="false") == ["B-2"]
    assert namen(archiefnominatie__in="vernietigen,blijvend_bewaren") == ["B-2"]
    assert namen(maximaleVertrouwelijkheidaanduiding="zaakvertrouwelijk") == ["A-1"]
    assert namen(zaaktype=typen.zaaktype, ordering="-startdatum") == ["B-2", "A-1"]
    assert namen(zaaktype="https://elders.example/zaaktypen/1") == []
    assert namen(rol__omschrijvingGeneriek="initiator", rol__betrokkeneType="natuurlijk_persoon") == ["A-1"]
    assert namen(rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn="999990627") == []
    fout = {"startdatum": "gisteren", "einddatum__isnull": "misschien", "onbekend": "1"}
    with pytest.raises(Exception, match="startdatum: invalid") as gevangen:
        baas.vraag("GET", "zaken", params=fout)
    codes = {(deel.naam, deel.code) for deel in gevangen.value.fouten}  # type: ignore[attr-defined]  # ApiFout
    assert codes == {
        ("startdatum", "invalid"),
        ("einddatum__isnull", "invalid"),
        ("nonFieldErrors", "unknown-parameters"),
    }
    assert status_van(baas, "GET", "zaken", ordering="toelichting") == 400
    assert status_van(baas, "GET", een["url"], onbekend="1") == 400
    for pad, naam in (
        ("zaken", "zaaktype"),
        ("zaken", "zaaktype__in"),
        ("zaken", "hoofdzaak"),
        ("zaken", "status__statustype"),
        ("rollen", "roltype"),
        ("zaaknotities", "gerelateerdAan"),
    ):
        with pytest.raises(ApiFout) as gevangen:
            baas.vraag("GET", pad, params={naam: "geen-url"})
        assert [(deel.naam.partition(".")[0], deel.code) for deel in gevangen.value.fouten] == [(naam, "invalid")], naam


def test_rolfilters_gaan_over_dezelfde_rol(baas: ZakenClient, typen: Typen) -> None:
    zaak = maak_zaak(baas, typen)
    baas.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"]))
    ander = {"betrokkeneIdentificatie": {"inpBsn": "999990627"}}
    baas.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["behandelaar"], **ander))

    def gevonden(bsn: str, soort: str) -> int:
        filters = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": bsn, "rol__omschrijvingGeneriek": soort}
        aantal: int = baas.vraag("POST", "zaken/_zoek", json=filters)["count"]
        return aantal

    assert gevonden(BSN, "initiator") == 1
    assert gevonden(BSN, "behandelaar") == 0


def test_zoeken(baas: ZakenClient, typen: Typen) -> None:
    een = maak_zaak(baas, typen)
    twee = maak_zaak(baas, typen)
    baas.vraag("POST", "rollen", json=rol_json(een["url"], typen.rollen["initiator"]))
    bsn = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": BSN}
    gevonden = baas.vraag("POST", "zaken/_zoek", json=bsn | {"expand": ["rollen"]})
    assert [zaak["uuid"] for zaak in gevonden["results"]] == [een["uuid"]]
    assert gevonden["results"][0]["_expand"]["rollen"][0]["omschrijving"] == "initiator"
    ids = {"uuid__in": [een["uuid"], twee["uuid"]], "zaaktype__in": [typen.zaaktype]}
    pagina = baas.vraag("POST", "zaken/_zoek", json=ids, params={"page": "1", "pageSize": "1"})
    assert (pagina["count"], len(pagina["results"])) == (2, 1)
    in_lichaam = ids | {"page": 2, "pageSize": 1}
    tweede = baas.vraag("POST", "zaken/_zoek", json=in_lichaam)
    assert ([zaak["uuid"] for zaak in tweede["results"]], tweede["next"]) == ([twee["uuid"]], None)
    assert baas.vraag("POST", tweede["previous"], json=in_lichaam)["results"][0]["uuid"] == een["uuid"]
    assert status_van(baas, "POST", "zaken/_zoek", ids | {"page": 3, "pageSize": 1}) == 404
    assert fouten_van(baas, "POST", "zaken/_zoek", {}) == {"nonFieldErrors": "empty_search_body"}
    lang = {"uuid__in": [een["uuid"]] * 5_000, "zaaktype__in": [typen.zaaktype] * 5_000}
    assert baas.vraag("POST", "zaken/_zoek", json=lang)["count"] == 1
    te_lang = {naam: [*waarden, waarden[0]] for naam, waarden in lang.items()}
    assert fouten_van(baas, "POST", "zaken/_zoek", te_lang) == dict.fromkeys(lang, "max_length")
    assert fouten_van(baas, "POST", "zaken/_zoek", {"x": 1}) == {"nonFieldErrors": "unknown-parameters"}


def test_expand(baas: ZakenClient, typen: Typen) -> None:
    """Regels 1.15: elk niveau onder `_expand`, tussenliggende niveaus vanzelf, en de URL blijft staan."""
    zaak = maak_zaak(baas, typen)["url"]
    zet_status(baas, zaak, typen.begin)
    params = {"expand": "zaaktype.catalogus,status.statustype,resultaat,hoofdzaak"}
    for weergave in (
        baas.vraag("GET", zaak, params=params),
        baas.vraag("GET", "zaken", params=params)["results"][0],
    ):
        assert weergave["zaaktype"] == typen.zaaktype
        assert weergave["_expand"]["zaaktype"]["_expand"]["catalogus"]["domein"] == "ALGEM"
        assert weergave["_expand"]["status"]["_expand"]["statustype"]["omschrijving"] == "Ontvangen"
        assert (weergave["_expand"]["resultaat"], weergave["_expand"]["hoofdzaak"]) == ({}, {})
    assert status_van(baas, "GET", zaak, expand="onzin") == 404
    assert status_van(baas, "GET", zaak, expand="zaaktype.onzin") == 404
    assert status_van(baas, "GET", zaak, expand="betrokkene") == 404
    assert status_van(baas, "GET", zaak, expand=",".join(["rollen.zaak"] * 26)) == 400


def test_audittrail(http: HTTP, zaken: ZakenClient, typen: Typen) -> None:
    """Regels 1.11: wie deed wat, met de volledige stand ervoor en erna, ook van wat onder de zaak hangt."""
    zaak = maak_zaak(zaken, typen)
    nu = zaken.vraag("PATCH", zaak["url"], json={"omschrijving": "Nieuw"})
    rol = zaken.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"]))
    zaken.vraag("DELETE", rol["url"])
    assert fouten_van(zaken, "PATCH", zaak["url"], {"startdatum": "x"})
    trail = zaken.vraag("GET", f"{zaak['url']}/audittrail")
    assert [(regel["actie"], regel["resource"], regel["resultaat"]) for regel in trail] == [
        ("create", "zaak", 201),
        ("partial_update", "zaak", 200),
        ("create", "rol", 201),
        ("destroy", "rol", 204),
    ]
    assert [regel["wijzigingen"] for regel in trail[:2]] == [
        {"oud": None, "nieuw": zaak},
        {"oud": zaak, "nieuw": nu},
    ]
    assert trail[3]["wijzigingen"] == {"oud": rol, "nieuw": None}
    assert {regel["gebruikersId"] for regel in trail} == {"jan"}
    assert trail[2]["hoofdObject"] == zaak["url"]
    assert trail[2]["resourceUrl"] == rol["url"]
    assert zaken.vraag("GET", f"{zaak['url']}/audittrail/{trail[1]['uuid']}") == trail[1]
    koppen = CRS | {"Content-Crs": "EPSG:4326", "X-Audit-Toelichting": "Op verzoek"}
    http("PATCH", zaak["url"], json={"toelichting": "x"}, headers=koppen)
    assert zaken.vraag("GET", f"{zaak['url']}/audittrail")[-1]["toelichting"] == "Op verzoek"


def test_notificaties_zonder_gegevens(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Regels 1.12: elke schrijfactie een bericht met kenmerken; een statuswijziging is er een op de zaak."""

    def berichten() -> list[dict[str, Any]]:
        with installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(select(OutboxTabel.inhoud).order_by(OutboxTabel.id)).scalars()
            return [rij for rij in rijen if rij.get("kanaal") == "zaken"]

    zaak = maak_zaak(baas, typen)
    baas.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"]))
    assert [(bericht["actie"], bericht["resource"]) for bericht in berichten()] == [
        ("create", "zaak"),
        ("create", "rol"),
    ]
    assert BSN not in str(berichten())
    assert berichten()[0]["kenmerken"] == {
        "bronorganisatie": RSIN,
        "zaaktype": installatie.diensten.naar_opslag(typen.zaaktype),
        "vertrouwelijkheidaanduiding": "intern",
        "zaaktype.catalogus": installatie.diensten.naar_opslag(
            typen.zaaktype
        ),  # bij het versturen de catalogus daarvan
    }
    fouten_van(baas, "POST", "zaken", {})
    assert len(berichten()) == 2


def test_idempotency_key(http: HTTP, installatie: Installatie, lijst: str, typen: Typen) -> None:
    """Hetzelfde verzoek nog eens geeft hetzelfde antwoord; met een ander lichaam is het een fout."""
    koppen = CRS | {"Content-Crs": "EPSG:4326", "Idempotency-Key": "k-1"}
    json = zaak_json(typen)
    eerste, tweede = (http("POST", lijst, json=json, headers=koppen) for _ in range(2))
    assert (eerste.status_code, tweede.status_code) == (201, 201)
    assert (eerste.content, eerste.headers["Location"]) == (tweede.content, tweede.headers["Location"])
    assert tweede.headers["Idempotency-Replayed"] == "true"
    anders = http("POST", lijst, json=json | {"omschrijving": "x"}, headers=koppen)
    assert (anders.status_code, anders.json()["code"]) == (409, "idempotency-key-hergebruikt")
    mislukt = {"Idempotency-Key": "k-2"}
    assert http("POST", lijst, json={}, headers=koppen | mislukt).status_code == 400
    assert http("POST", lijst, json=json, headers=koppen | mislukt).status_code == 201
    assert aantal_zaken(installatie) == 2


def test_gelijktijdig_dezelfde_sleutel(http: HTTP, installatie: Installatie, lijst: str, typen: Typen) -> None:
    koppen = CRS | {"Content-Crs": "EPSG:4326", "Idempotency-Key": "dubbel"}
    with ThreadPoolExecutor(8) as draden:
        antwoorden = list(draden.map(lambda _: http("POST", lijst, json=zaak_json(typen), headers=koppen), range(8)))
    assert {antwoord.status_code for antwoord in antwoorden} == {201}
    assert len({antwoord.content for antwoord in antwoorden}) == 1
    assert aantal_zaken(installatie) == 1


def aantal_zaken(installatie: Installatie) -> int:
    with installatie.db.lezen() as verbinding:
        return verbinding.execute(select(func.count()).select_from(Zaak)).scalar_one()


@pytest.fixture
def verhuisd(installatie: Installatie) -> Iterator[Installatie]:
    """Een tweede installatie op dezelfde gegevens, onder een ander adres."""
    ander = installatie.instellingen.model_copy(update={"publiek_adres": "http://verhuisd.test"})
    nieuw = maak_platform(ander, installatie.klok)
    yield nieuw
    nieuw.sluit()


def test_dezelfde_gegevens_onder_een_ander_adres(
    verhuisd: Installatie, installatie: Installatie, baas: ZakenClient, typen: Typen
) -> None:
    """URL's zijn identiteit: elk adres toont de zijne, en URL's onder het oude adres blijven werken."""
    zaak = maak_zaak(baas, typen)
    rol = baas.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"]))
    daar = ZakenClient(verhuisd, namens="zaken")
    oud, nieuw = installatie.instellingen.adres, verhuisd.instellingen.adres
    gezien = daar.vraag("GET", f"zaken/{zaak['uuid']}")
    assert gezien["url"] == zaak["url"].replace(oud, nieuw)
    assert gezien["zaaktype"] == typen.zaaktype.replace(oud, nieuw)
    assert gezien["rollen"] == [rol["url"].replace(oud, nieuw)]
    for zaaktype in (typen.zaaktype, gezien["zaaktype"]):
        assert daar.vraag("GET", "zaken", params={"zaaktype": zaaktype})["count"] == 1
    tweede = maak_zaak(daar, typen)  # met URL's van het oude adres
    assert tweede["zaaktype"] == gezien["zaaktype"]
    assert baas.vraag("GET", f"zaken/{tweede['uuid']}")["zaaktype"] == typen.zaaktype


def test_aanroep_in_een_transactie_is_een_fout(installatie: Installatie, baas: ZakenClient) -> None:
    """Aanroepen en transacties nesten nooit, ook niet per ongeluk in een outbox-verwerker."""
    with pytest.raises(TransactieOpen), installatie.db.schrijven():
        baas.vraag("GET", "zaken")
    with pytest.raises(TransactieOpen), installatie.db.lezen():
        baas.vraag("GET", "zaken")


def test_fout_in_een_gevolg_draait_alles_terug(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Mislukt het sluiten, dan is er ook geen status, geen auditregel en geen notificatie."""
    zaak = maak_zaak(baas, typen)["url"]
    with installatie.db.lezen() as verbinding:
        voor = verbinding.execute(select(func.count()).select_from(OutboxTabel)).scalar_one()
    json = {"zaak": zaak, "statustype": typen.eind, "datumStatusGezet": "2026-01-07T09:00:00Z"}
    fouten_van(baas, "POST", "statussen", json)
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(select(func.count()).select_from(OutboxTabel)).scalar_one() == voor
    assert baas.vraag("GET", "statussen", params={"zaak": zaak})["count"] == 0
    assert len(baas.vraag("GET", f"{zaak}/audittrail")) == 1


def test_aantal_vragen_hangt_niet_van_het_aantal_zaken_af(
    installatie: Installatie, baas: ZakenClient, typen: Typen
) -> None:
    """Hoogstens zes vragen per lijst, plus een per relatie in `expand`."""
    vragen: list[str] = []

    def tel(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        vragen.append(opdracht)

    def aantal_vragen(**params: str) -> int:
        vragen.clear()
        baas.vraag("GET", "zaken", params=params)
        return len(vragen)

    def maak(aantal: int) -> None:
        for _ in range(aantal):
            zaak = maak_zaak(baas, typen)["url"]
            zet_status(baas, zaak, typen.begin)
            baas.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))

    with installatie.db.meeluisteren(tel):
        maak(1)
        gewoon, breed = aantal_vragen(), aantal_vragen(expand="rollen,status.statustype,zaaktype")
        maak(6)
        assert aantal_vragen() == gewoon <= 6
        assert aantal_vragen(expand="rollen,status.statustype,zaaktype") == breed <= 6 + 4
