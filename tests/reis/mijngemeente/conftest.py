"""Het hele platform op een eigen poort, met het dossier van Jan, en Jan in een echte browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dienstverlening.inrichten import richt_in
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from tests.integratie.mijngemeente.conftest import JAN
from tests.integratie.mijngemeente.voorbeeld import Dossier, maak_bericht, maak_dossier
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort


@dataclass(frozen=True)
class Portaal:
    """Een draaiend platform waar Jan een zaak, een taak, berichten en een product heeft."""

    installatie: Installatie
    dossier: Dossier

    @property
    def adres(self) -> str:
        return self.installatie.instellingen.adres


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def portaal(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Portaal]:
    with op_een_poort(eigen_instellingen("mijn")) as installatie:
        yield Portaal(installatie, _vul(installatie))


def _vul(installatie: Installatie) -> Dossier:
    richt_in(installatie)
    dossier = maak_dossier(installatie, JAN, "kiwi")
    for nummer in range(21):
        maak_bericht(installatie, JAN, f"Bericht over uw aanvraag met nummer {nummer}")
    return dossier


def log_in(context: BrowserContext, portaal: Portaal, pad: str = "/mijn/") -> Page:
    """Jan logt in bij de simulator en komt op `pad`."""
    pagina = context.new_page()
    pagina.goto(f"{portaal.adres}/aanmelden/digid?terug={pad}&niveau=midden")
    pagina.locator(f'input[name="persoon"][value="{JAN}"]').check()
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url(f"**{pad}")
    return pagina


@pytest.fixture(params=[1280, 320])
def jan(chromium: Browser, portaal: Portaal, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Jan is ingelogd; breed en smal scherm. Een fout in een script laat de test mislukken."""
    with chromium.new_context(viewport={"width": request.param, "height": 900}, base_url=portaal.adres) as context:
        pagina = log_in(context, portaal)
        fouten: list[str] = []
        pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
        yield pagina
        assert fouten == []
