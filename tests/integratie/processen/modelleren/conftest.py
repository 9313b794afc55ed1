"""Een ingerichte gemeente met de werkbank, en de functioneel beheerder achter haar browser."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import delete

from kern.instellingen import Instellingen
from kern.tabellen import OutboxTabel
from processen import maak_motor
from processen.modelleren import Werkplaats, Wie
from tests.reishulp import Gemeente, ingerichte_gemeente
from tests.schermhulp import Venster, http_naar

FEMKE, JAN = Wie("femke", "Femke"), Wie("jan", "Jan")
PAKKET = "toeristische-verhuur"


@pytest.fixture(scope="package")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Gemeente]:
    with ingerichte_gemeente(eigen_instellingen("modelleren", ingericht=True)) as gemeente:
        yield gemeente


@pytest.fixture(autouse=True, scope="module")
def _zonder_nasleep(gemeente: Gemeente) -> Iterator[None]:
    """Wat een bestand liet liggen (notificaties, een proefrun om klaar te zetten) is niet het werk van het volgende."""
    yield
    with gemeente.installatie.db.schrijven() as verbinding:
        verbinding.execute(delete(OutboxTabel))


@pytest.fixture
def plaats(gemeente: Gemeente) -> Iterator[Werkplaats]:
    """Een werkplaats met een verse werkversie van toeristische-verhuur."""
    plaats = Werkplaats(gemeente.installatie, maak_motor(gemeente.installatie))
    plaats.open(PAKKET, FEMKE)
    yield plaats
    plaats.gooi_weg(PAKKET)


@pytest.fixture
def femke(gemeente: Gemeente, plaats: Werkplaats) -> Iterator[Venster]:  # de werkversie hoort er te zijn
    """Femke is functioneel beheerder; haar venster staat op de startpagina van de werkbank."""
    with http_naar(gemeente.installatie) as http:
        yield Venster(http).log_in("femke", "/beheer/pakketten/")
