"""Het hele platform op een eigen poort, met de voorbeeldgemeente, en een browser die haar bezoekt."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from kern.installatie import Installatie
from kern.instellingen import Instellingen
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def platform(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    with op_een_poort(eigen_instellingen("reis-formulieren", ingericht=True)) as installatie:
        yield installatie


@pytest.fixture
def adres(platform: Installatie) -> str:
    return platform.instellingen.adres
