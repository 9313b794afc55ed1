"""Verwijzingen naar elders: onbekend, intern, onbereikbaar of traag geeft binnen twee seconden een duidelijke 400, en er verandert niets.

Verbinding wordt alleen gemaakt met geregistreerde diensten (regels 1.7, valkuil 14).
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from dienstverlening.samenstellen import maak_platform
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.rechten import fouten_van, status_van
from tests.integratie.registraties.typen import SELECTIELIJST, Typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, zaak_json

RUIM_BINNEN = 8.0  # seconden: de gewone tijdslimiet van een client is tien, die van een verwijzing twee
GEVALLEN = ("zaaktype", "kanaal", "object", "besluit")


@pytest.fixture
def zaak(baas: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(baas, typen)["url"])


def verzoek(geval: str, url: str, zaak: str, typen: Typen) -> tuple[str, dict[str, Any], str]:
    """(pad, lichaam, veld) van een verzoek met deze URL op deze plaats; alle andere plaatsen staan in tests/veiligheid/zgw."""
    nieuw = zaak_json(typen)
    gevallen: dict[str, tuple[str, dict[str, Any], str]] = {
        "zaaktype": ("zaken", nieuw | {"zaaktype": url}, "zaaktype"),
        "kanaal": ("zaken", nieuw | {"communicatiekanaal": url}, "communicatiekanaal"),
        "object": ("zaakobjecten", {"zaak": zaak, "objectType": "pand", "object": url}, "object"),
        "besluit": (f"{zaak}/besluiten", {"besluit": url}, "besluit"),
    }
    return gevallen[geval]


@pytest.fixture
def luisteraar() -> Iterator[tuple[int, list[float]]]:
    """Een poort die elke verbinding aanneemt, telt, en nooit antwoordt."""
    verbindingen: list[float] = []
    vast: list[socket.socket] = []
    server = socket.create_server(("127.0.0.1", 0))

    def neem_aan() -> None:
        while True:
            try:
                vast.append(server.accept()[0])
            except OSError:
                return
            verbindingen.append(time.monotonic())

    threading.Thread(target=neem_aan, daemon=True).start()
    yield server.getsockname()[1], verbindingen
    server.close()
    for verbinding in vast:
        verbinding.close()


def afdruk(installatie: Installatie) -> dict[str, int]:
    """Hoeveel rijen er in elke tabel van de Zaken API en in de outbox staan."""
    with installatie.db.lezen() as verbinding:
        tabellen = verbinding.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'zaken'")).all()
        namen = [f"zaken.{tabel}" for tabel in tabellen] + ["kern.outbox"]
        return {naam: verbinding.scalar(text(f"SELECT count(*) FROM {naam}")) or 0 for naam in namen}  # noqa: S608  # namen uit de catalogus


@pytest.mark.parametrize("geval", GEVALLEN)
def test_adres_dat_niemand_kent(
    installatie: Installatie,
    baas: ZakenClient,
    typen: Typen,
    zaak: str,
    geval: str,
    luisteraar: tuple[int, list[float]],
) -> None:
    """Ook een intern adres: geen verbinding, een duidelijke fout, niets veranderd."""
    poort, verbindingen = luisteraar
    adressen = [
        f"http://127.0.0.1:{poort}/x",
        f"https://localhost:{poort}/zaaktypen/1",
        f"http://[::1]:{poort}/",
        "http://169.254.169.254/latest/meta-data/",
        f"{installatie.instellingen.adres}@127.0.0.1:{poort}/",
        "https://elders.example/catalogi/api/v1/zaaktypen/1",
        "file:///etc/passwd",
        f"{zaak}/../../../../gezond",
    ]
    voor = afdruk(installatie)
    for adres in adressen:
        pad, lichaam, veld = verzoek(geval, adres, zaak, typen)
        fouten = fouten_van(baas, "POST", pad, lichaam)
        assert fouten.get(veld) in ("bad-url", "invalid-resource"), (adres, fouten)
    assert verbindingen == []
    assert afdruk(installatie) == voor


@pytest.fixture
def met_trage_dienst(
    installatie: Installatie, luisteraar: tuple[int, list[float]]
) -> Iterator[Callable[[str], ZakenClient]]:
    """Een installatie op dezelfde gegevens, waarin deze dienst van een ander is en nooit antwoordt."""
    geopend: list[Installatie] = []

    def open_met(dienst: str) -> ZakenClient:
        adres = f"http://proef:{'geheim' * 8}@127.0.0.1:{luisteraar[0]}/api/v1"
        ander = installatie.instellingen.model_copy(update={f"dienst_{dienst}": adres})
        geopend.append(maak_platform(ander, installatie.klok))
        return ZakenClient(geopend[-1], namens="zaken")

    yield open_met
    for nieuw in geopend:
        nieuw.sluit()


def test_bewaard_type_bij_een_dienst_die_niet_antwoordt(
    installatie: Installatie, zaak: str, met_trage_dienst: Callable[[str], ZakenClient]
) -> None:
    """De zaak noemt een zaaktype bij een Catalogi die zwijgt: binnen twee seconden een duidelijke fout, en niets veranderd."""
    client = met_trage_dienst("catalogi")
    voor, begin = afdruk(installatie), time.monotonic()
    fouten = fouten_van(client, "PATCH", zaak, {"productenOfDiensten": ["https://producten.example/1"]})
    assert fouten == {"nonFieldErrors": "relation-lookup-error"}
    assert time.monotonic() - begin < RUIM_BINNEN
    begin = time.monotonic()
    assert status_van(client, "GET", zaak, expand="zaaktype") == 404
    assert time.monotonic() - begin < RUIM_BINNEN
    assert afdruk(installatie) == voor


def test_geregistreerde_dienst_die_niet_antwoordt(
    installatie: Installatie,
    typen: Typen,
    met_trage_dienst: Callable[[str], ZakenClient],
    luisteraar: tuple[int, list[float]],
) -> None:
    """Twee verwijzingen naar een dienst die zwijgt: samen binnen twee seconden, en maar één keer wachten."""
    poort, verbindingen = luisteraar
    basis = f"http://127.0.0.1:{poort}/api/v1"
    client = met_trage_dienst("referentielijsten")
    json = zaak_json(
        typen, communicatiekanaal=f"{basis}/communicatiekanalen/1", selectielijstklasse=f"{basis}/resultaten/1"
    )
    voor = afdruk(installatie)
    begin = time.monotonic()
    fouten = fouten_van(client, "POST", "zaken", json)
    assert time.monotonic() - begin < RUIM_BINNEN
    assert fouten == {"communicatiekanaal": "bad-url", "selectielijstklasse": "bad-url"}
    assert len(verbindingen) == 1
    assert afdruk(installatie) == voor


@pytest.mark.parametrize(
    ("veld", "url", "code"),
    [
        ("communicatiekanaal", "https://referentielijsten-api.vng.cloud/api/v1/communicatiekanalen/abc", ""),
        ("communicatiekanaal", "https://referentielijsten-api.vng.cloud/api/v1/", "bad-url"),
        ("communicatiekanaal", "https://selectielijst.openzaak.nl/api/v1/resultaten/abc", "invalid-resource"),
        ("selectielijstklasse", "https://selectielijst.openzaak.nl/api/v1/resultaten/abc", ""),
        ("selectielijstklasse", "https://selectielijst.openzaak.nl/api/v1/procestypen/abc", "invalid-resource"),
    ],
)
def test_zrc_010_openbare_lijsten(baas: ZakenClient, typen: Typen, veld: str, url: str, code: str) -> None:
    """URL's van de openbare dienst staan in bestaande gegevens en blijven herkend (regels 16); er wordt niets opgehaald."""
    json = zaak_json(typen, **{veld: url})
    if code:
        assert fouten_van(baas, "POST", "zaken", json) == {veld: code}
    else:
        assert baas.vraag("POST", "zaken", json=json)[veld] == url


def test_zrc_010_kanaal_uit_de_eigen_lijst(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Onze eigen lijst is na te gaan: een kanaal dat er niet is, of iets anders uit de lijst, is een fout."""
    basis = f"{installatie.instellingen.adres}/referentielijsten/api/v1"
    onbekend = f"{basis}/communicatiekanalen/00000000-0000-4000-8000-000000000000"
    assert fouten_van(baas, "POST", "zaken", zaak_json(typen, communicatiekanaal=onbekend)) == {
        "communicatiekanaal": "bad-url"
    }


def test_selectielijstklasse_die_niet_na_te_gaan_is(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Mag als een resultaattype van het zaaktype haar noemt; elke andere is `bad-url`, en er verandert niets."""
    eigen, ander = f"{SELECTIELIJST}/resultaten/1", f"{SELECTIELIJST}/resultaten/2"
    gemaakt = baas.vraag("POST", "zaken", json=zaak_json(typen, selectielijstklasse=eigen))
    assert gemaakt["selectielijstklasse"] == eigen
    voor = afdruk(installatie)
    geweigerd = {"selectielijstklasse": "bad-url"}
    assert fouten_van(baas, "POST", "zaken", zaak_json(typen, selectielijstklasse=ander)) == geweigerd
    assert fouten_van(baas, "PATCH", gemaakt["url"], {"selectielijstklasse": ander}) == geweigerd
    assert afdruk(installatie) == voor
