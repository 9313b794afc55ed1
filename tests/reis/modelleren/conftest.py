"""Een ingerichte gemeente op een poort, en Femke (functioneel beheerder) in een echte browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from kern.installatie import Installatie
from kern.instellingen import Instellingen
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    with op_een_poort(eigen_instellingen("modelleurs", ingericht=True)) as installatie:
        yield installatie


@pytest.fixture
def femke(chromium: Browser, gemeente: Installatie) -> Iterator[Page]:
    """Femke is aangemeld op de werkbank; een fout in het script van een pagina laat de test mislukken."""
    pagina = chromium.new_page(viewport={"width": 1280, "height": 900}, base_url=gemeente.instellingen.adres)
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    pagina.goto("/beheer/pakketten/")
    pagina.get_by_label(re.compile("Femke|Functioneel beheerder")).first.check()
    pagina.get_by_role("button", name="Inloggen").click()
    yield pagina
    pagina.close()
    assert fouten == []
