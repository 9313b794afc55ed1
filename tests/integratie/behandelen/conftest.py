"""Een ingerichte gemeente met een eigen database, en aangemelde medewerkers."""

from collections.abc import Callable, Iterator

import pytest

from integratie.zaken.schemas import ZaakUit
from kern.instellingen import Instellingen
from tests.integratie.behandelen.hulp import BAS, Beoordeling, Browser, browser, registratie, te_beoordelen
from tests.reishulp import Gemeente, ingerichte_gemeente


@pytest.fixture(scope="module")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Gemeente]:
    with ingerichte_gemeente(eigen_instellingen("behandelen", ingericht=True)) as gemeente:
        yield gemeente


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
