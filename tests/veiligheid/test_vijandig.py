"""Vijandige verzoeken naar elke API: een duidelijke 4xx, er verandert niets, en er gaat geen verbinding naar buiten."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.machines import Ondertekening
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen, resultaattype_invoer, zaaktype_invoer
from tests.integratie.registraties.zaken.hulp import zaak_json

MB = 1 << 20
HANGT = 30.0  # seconden; hoe snel het weigert meet tools/bench/weigeren.py
APIS = tuple(naam for naam in API_PADEN if naam not in ("processen", "logboek"))
LICHAMEN = {
    "leeg": b"",
    "null": b"null",
    "lijst": b"[]",
    "tekst": b'"x"',
    "afgebroken": b'{"a": ',
    "geen utf-8": b'{"a": "\xff"}',
    "erachter": b"{} {}",
    "diep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "groot": b'{"a":"' + b"x" * (11 * MB) + b'"}',
}


def namens(installatie: Installatie, api: str) -> Ondertekening:
    return Ondertekening(installatie, installatie.diensten[api], api)


def tabellen(installatie: Installatie) -> dict[str, int]:
    """Hoeveel rijen er staan in elke tabel van de registraties en in de outbox."""
    with installatie.db.lezen() as verbinding:
        namen = verbinding.scalars(
            text("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY(:schemas)"),
            {"schemas": list(APIS)},
        ).all()
        vraag = " UNION ALL ".join(f"SELECT '{naam}', count(*) FROM {naam}" for naam in [*namen, "kern.outbox"])  # noqa: S608  # namen uit de catalogus
        return {rij[0]: rij[1] for rij in verbinding.execute(text(vraag))}


def posts(installatie: Installatie, api: str) -> list[str]:
    """De paden waar iets te maken is, zonder padparameters."""
    document = installatie.http.get(f"{installatie.diensten[api].basis}/openapi.json").json()
    gevuld = {pad: deel["post"] for pad, deel in document["paths"].items() if "post" in deel and "{" not in pad}
    return [pad for pad, operatie in gevuld.items() if "requestBody" in operatie]


@pytest.mark.parametrize("api", APIS)
def test_vreemde_diepe_en_grote_lichamen(installatie: Installatie, api: str) -> None:
    basis, wie, voor = installatie.diensten[api].basis, namens(installatie, api), tabellen(installatie)
    koppen = {"Content-Type": "application/json", "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
    for nummer, pad in enumerate(posts(installatie, api)):
        for naam, lichaam in LICHAMEN.items():
            if nummer and len(lichaam) > MB // 4:
                continue  # de grote lichamen gaan overal langs dezelfde poort: één pad per API is genoeg
            begin = time.monotonic()
            antwoord = installatie.http.post(f"{basis}{pad}", content=lichaam, headers=koppen, auth=wie)
            assert 400 <= antwoord.status_code < 500, (pad, naam, antwoord.status_code)
            assert antwoord.headers["Content-Type"] == "application/problem+json", (pad, naam)
            assert time.monotonic() - begin < HANGT, (pad, naam)
    assert tabellen(installatie) == voor


@pytest.fixture
def luisteraar() -> Iterator[tuple[int, list[Any]]]:
    """Een poort op deze machine die elke verbinding telt en nooit antwoordt."""
    verbindingen: list[Any] = []
    server = socket.create_server(("127.0.0.1", 0))

    def neem_aan() -> None:
        while True:
            try:
                verbindingen.append(server.accept()[0])
            except OSError:
                return

    threading.Thread(target=neem_aan, daemon=True).start()
    yield server.getsockname()[1], verbindingen
    server.close()
    for verbinding in verbindingen:
        verbinding.close()


def verwijzingen(installatie: Installatie, typen: Typen, url: str) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Per veld dat naar een andere API verwijst: de API, het pad en een verder goed verzoek met daarin deze URL."""
    document = {
        "bronorganisatie": RSIN, "creatiedatum": "2026-01-05", "titel": "x", "auteur": "x", "taal": "nld",
        "informatieobjecttype": url, "inhoud": "aGFsbG8=",
    }  # fmt: skip
    zaaktype = zaaktype_invoer(typen.catalogus, "NIEUW", selectielijst_procestype=url).als_json()
    klasse = resultaattype_invoer(typen.zaaktype, "Nieuw", selectielijstklasse=url).als_json()
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "datum": "2026-01-06", "ingangsdatum": "2026-01-07"}
    return {
        "zaak.zaaktype": ("zaken", "zaken", zaak_json(typen, zaaktype=url)),
        "zaak.communicatiekanaal": ("zaken", "zaken", zaak_json(typen, communicatiekanaal=url)),
        "zaak.relevanteAndereZaken": (
            "zaken", "zaken", zaak_json(typen, relevanteAndereZaken=[{"url": url, "aardRelatie": "vervolg"}])
        ),
        "zaak.gerelateerdeZaken": ("zaken", "zaken", zaak_json(typen, gerelateerdeZaken=[{"url": url}])),
        "document.informatieobjecttype": ("documenten", "enkelvoudiginformatieobjecten", document),
        "besluit.besluittype": ("besluiten", "besluiten", besluit | {"besluittype": url}),
        "besluit.zaak": ("besluiten", "besluiten", besluit | {"besluittype": typen.besluittype, "zaak": url}),
        "zaaktype.selectielijstProcestype": ("catalogi", "zaaktypen", zaaktype),
        "resultaattype.selectielijstklasse": ("catalogi", "resultaattypen", klasse),
        "object.type": (
            "objecten", "objects", {"type": url, "record": {"typeVersion": 1, "data": {}, "startAt": "2026-01-01"}}
        ),
        "verzoek.verzoekType": ("verzoeken", "verzoeken", {"verzoekType": url, "aanvraagGegevens": {}}),
        "abonnement.callbackUrl": (
            "notificaties", "abonnement", {"callbackUrl": url, "auth": "Bearer x", "kanalen": []}
        ),
    }  # fmt: skip


def test_een_intern_adres_wordt_nergens_opgehaald(installatie: Installatie, luisteraar: tuple[int, list[Any]]) -> None:
    """SSRF: wat een aanroeper ook als verwijzing opgeeft, naar een adres dat geen dienst is gaat geen verbinding."""
    poort, verbindingen = luisteraar
    typen = maak_typen(installatie)
    voor = tabellen(installatie)
    adressen = (
        f"http://127.0.0.1:{poort}/x",
        f"https://localhost:{poort}/a",
        "http://169.254.169.254/latest/meta-data/",
    )
    for adres in adressen:
        for veld, (api, pad, lichaam) in verwijzingen(installatie, typen, adres).items():
            begin = time.monotonic()
            antwoord = stuur(installatie, api, pad, lichaam)
            if not veld.startswith(("zaaktype.", "resultaattype.")):  # het beheer van types gaat door (regels 16)
                assert 400 <= antwoord.status_code < 500, (veld, adres, antwoord.text)
            assert time.monotonic() - begin < HANGT, (veld, adres)
    assert verbindingen == []
    gewijzigd = {naam for naam, aantal in tabellen(installatie).items() if aantal != voor[naam]}
    assert gewijzigd <= {"catalogi.zaaktype", "catalogi.resultaattype", "kern.outbox"}


def stuur(installatie: Installatie, api: str, pad: str, lichaam: dict[str, Any]) -> httpx.Response:
    return installatie.http.post(
        f"{installatie.diensten[api].basis}/{pad}",
        json=lichaam,
        headers={"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"},
        auth=namens(installatie, api),
    )
