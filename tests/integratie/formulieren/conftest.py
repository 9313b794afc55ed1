"""Het platform met het meegeleverde procespakket, en een browser."""

from collections.abc import Callable, Iterator

import pytest

from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.motoren import Motoren
from tests import opzet
from tests.integratie.formulieren.hulp import Browser, richt_voorbeeld_in


@pytest.fixture(scope="session")
def _voorbeeld(
    motoren: Motoren, maak_database: Callable[[], str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installatie, frozenset[str]]]:
    """Eén keer inrichten per testproces, want dat kost seconden; met de tabellen die daarbij gevuld raken."""
    data, prefix = tmp_path_factory.mktemp("voorbeeld"), f"{worker_naam}:formulieren:"
    instellingen = opzet.instellingen_voor(maak_database(), motoren.redis_url, data, redis_prefix=prefix)
    installatie = maak_platform(instellingen, VerzetbareKlok())
    richt_voorbeeld_in(installatie)
    yield installatie, frozenset(opzet.gevulde_tabellen(installatie))
    installatie.sluit()


@pytest.fixture
def ingericht(_voorbeeld: tuple[Installatie, frozenset[str]]) -> Iterator[Installatie]:
    """De ingerichte installatie. Na de test gaat leeg wat bij het inrichten nog leeg was."""
    installatie, behalve = _voorbeeld
    yield installatie
    installatie.klok = VerzetbareKlok()
    opzet.maak_leeg(installatie, behalve)
    opzet.vergeet(installatie)


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
