"""Het hele platform op een eigen poort en database, met gegevens van één klant, en Kim in een echte browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from kern.installatie import Installatie
from kern.instellingen import Instellingen
from tests.integratie.kcc.hulp import JAN
from tests.integratie.kcc.voorbeeld import maak_bericht, maak_contact, maak_verzoek, maak_zaken
from tests.integratie.registraties.rechten import geef_rechten
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort


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
def kantoor(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Kantoor]:
    with op_een_poort(eigen_instellingen("kcc")) as installatie:
        yield _vul(installatie)


def _vul(installatie: Installatie) -> Kantoor:
    geef_rechten(installatie, namens="kcc")
    zaken = maak_zaken(installatie, JAN, aantal=7)
    for nummer in range(7):
        maak_bericht(installatie, JAN, f"Bericht over uw aanvraag {nummer}", "Inhoud")
    maak_verzoek(installatie, JAN)
    gemaakt = maak_contact(installatie, JAN, "Vraag over de tekening", zaken[0]["uuid"], "klantcontactcentrum")
    assert gemaakt.interne_taak
    return Kantoor(
        installatie.instellingen.adres, zaken[0]["uuid"], str(gemaakt.klantcontact.uuid), str(gemaakt.interne_taak.uuid)
    )


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
