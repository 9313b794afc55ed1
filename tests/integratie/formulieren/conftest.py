"""Het platform met het meegeleverde procespakket, en een browser."""

from collections.abc import Iterator

import pytest

from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.formulieren.hulp import Browser


@pytest.fixture
def klok(ingericht: Installatie) -> VerzetbareKlok:
    """De klok van `ingericht`."""
    assert isinstance(ingericht.klok, VerzetbareKlok)
    return ingericht.klok


@pytest.fixture
def browser(ingericht: Installatie) -> Iterator[Browser]:
    browser = Browser(ingericht)
    yield browser
    browser.http.close()
