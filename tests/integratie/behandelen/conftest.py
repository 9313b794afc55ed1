"""Een ingerichte gemeente met een eigen database, en aangemelde medewerkers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dienstverlening.samenstellen import maak_platform
from integratie.zaken.schemas import ZaakUit
from kern.klok import VerzetbareKlok
from kern.motoren import Motoren
from tests import opzet
from tests.integratie.behandelen.hulp import BAS, Beoordeling, Browser, browser, registratie, te_beoordelen
from tests.reishulp import Gemeente


@pytest.fixture(scope="module")
def gemeente(
    motoren: Motoren, maak_database: Callable[[], str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gemeente]:
    data: Path = tmp_path_factory.mktemp("behandelen")
    prefix = f"behandelen-{worker_naam}-{data.name}:"
    instellingen = opzet.instellingen_voor(maak_database(), motoren.redis_url, data, redis_prefix=prefix)
    installatie = maak_platform(instellingen, VerzetbareKlok())
    yield Gemeente(installatie).richt_in()
    installatie.sluit()


@pytest.fixture(scope="module")
def beoordeling(gemeente: Gemeente) -> Beoordeling:
    """Een zaak met een open taak, voor tests die alleen kijken."""
    return te_beoordelen(gemeente)


@pytest.fixture(scope="module")
def geregistreerd(gemeente: Gemeente) -> ZaakUit:
    """Een afgehandelde registratie, voor tests die alleen kijken."""
    return registratie(gemeente)


@pytest.fixture
def bas(gemeente: Gemeente) -> Iterator[Browser]:
    """Bas behandelt vergunningen."""
    with browser(gemeente.installatie, BAS) as bas:
        yield bas
