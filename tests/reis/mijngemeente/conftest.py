"""Het hele platform op een eigen poort, met het dossier van Jan, en Jan in een echte browser."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.motoren import Motoren
from tests import opzet
from tests.integratie.mijngemeente.conftest import JAN
from tests.integratie.mijngemeente.voorbeeld import Dossier, maak_bericht, maak_dossier
from tests.reis.huisstijl import hulp


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
def portaal(
    motoren: Motoren, maak_database: Callable[[], str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portaal]:
    platform: list[Installatie] = []
    # Het adres hoort bij het platform, en de poort is er pas als de server er is.
    dienst = make_server("127.0.0.1", 0, lambda *verzoek: platform[0].wsgi(*verzoek), threaded=True)  # noqa: PLW0108
    instellingen = opzet.instellingen_voor(
        maak_database(), motoren.redis_url, tmp_path_factory.mktemp("mijn"), redis_prefix=f"{worker_naam}:mijn:"
    )
    adres = f"http://localhost:{dienst.server_port}"
    platform.append(maak_platform(instellingen.model_copy(update={"publiek_adres": adres})))
    draad = threading.Thread(target=dienst.serve_forever, daemon=True)
    draad.start()
    yield Portaal(platform[0], _vul(platform[0]))
    dienst.shutdown()
    draad.join()
    dienst.server_close()
    platform[0].sluit()


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
