"""Het platform met het meegeleverde procespakket, en een browser."""

from collections.abc import Iterator

import pytest

from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import Browser, richt_voorbeeld_in


@pytest.fixture
def ingericht(installatie: Installatie) -> Installatie:
    richt_voorbeeld_in(installatie)
    return installatie


@pytest.fixture
def browser(ingericht: Installatie) -> Iterator[Browser]:
    browser = Browser(ingericht)
    yield browser
    browser.http.close()
