"""Het hele platform op een eigen poort en database, met gegevens van één klant, en Kim in een echte browser."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.motoren import Motoren
from tests import opzet
from tests.integratie.kcc.hulp import JAN
from tests.integratie.kcc.voorbeeld import maak_bericht, maak_contact, maak_verzoek, maak_zaken
from tests.integratie.registraties.rechten import geef_rechten
from tests.reis.huisstijl import hulp


@dataclass(frozen=True)
class Kantoor:
    """Een draaiend platform, met een zaak en een contactverzoek van Jan."""

    adres: str
    zaak: str
    contact: str
    taak: str


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def kantoor(
    motoren: Motoren, maak_database: Callable[[], str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kantoor]:
    platform: list[Installatie] = []
    # Het adres hoort bij het platform, en de poort is er pas als de server er is.
    dienst = make_server("127.0.0.1", 0, lambda *verzoek: platform[0].wsgi(*verzoek), threaded=True)  # noqa: PLW0108
    adres = f"http://localhost:{dienst.server_port}"
    data: Path = tmp_path_factory.mktemp("kcc")
    prefix = f"{worker_naam}-kcc:"
    instellingen = opzet.instellingen_voor(maak_database(), motoren.redis_url, data, redis_prefix=prefix)
    platform.append(maak_platform(instellingen.model_copy(update={"publiek_adres": adres})))
    draad = threading.Thread(target=dienst.serve_forever, daemon=True)
    draad.start()
    yield _vul(platform[0], adres)
    dienst.shutdown()
    draad.join()
    dienst.server_close()
    platform[0].sluit()


def _vul(installatie: Installatie, adres: str) -> Kantoor:
    geef_rechten(installatie, namens="kcc")
    zaken = maak_zaken(installatie, JAN, aantal=7)
    for nummer in range(7):
        maak_bericht(installatie, JAN, f"Bericht over uw aanvraag {nummer}", "Inhoud")
    maak_verzoek(installatie, JAN)
    gemaakt = maak_contact(installatie, JAN, "Vraag over de tekening", zaken[0]["uuid"], "klantcontactcentrum")
    assert gemaakt.interne_taak
    return Kantoor(adres, zaken[0]["uuid"], str(gemaakt.klantcontact.uuid), str(gemaakt.interne_taak.uuid))


@pytest.fixture(params=[1280, 320])
def kim(chromium: Browser, kantoor: Kantoor, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Kim is aangemeld; breed scherm en smal scherm."""
    pagina = chromium.new_page(viewport={"width": request.param, "height": 900}, base_url=kantoor.adres)
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    log_in(pagina, kantoor)
    yield pagina
    pagina.close()
    assert fouten == []


def log_in(pagina: Page, kantoor: Kantoor) -> None:
    """Aanmelden zoals een medewerker: via de inlogpagina van de simulator."""
    pagina.goto(f"{kantoor.adres}/kcc/")
    pagina.get_by_text("Kim Jansma").click()
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_url("**/kcc/")
