"""Eén draaiend platform voor alle reizen over besluit en bekendmaking; elke reis begint met een eigen verzoek."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from kern.instellingen import Instellingen
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort
from tests.reishulp import Gemeente


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Gemeente]:
    with op_een_poort(eigen_instellingen("recht", ingericht=True)) as installatie:
        yield Gemeente(installatie)


@pytest.fixture
def pagina(chromium: Browser, gemeente: Gemeente, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Een verse browser; op de helft van de reizen zo smal als een telefoon."""
    breedte = getattr(request, "param", 1280)
    venster = chromium.new_context(
        viewport={"width": breedte, "height": 900}, base_url=gemeente.installatie.instellingen.adres
    )
    pagina = venster.new_page()
    yield pagina
    venster.close()
