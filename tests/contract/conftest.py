"""Wat de toetsen van het gedrag delen."""

import pytest

from kern.installatie import Installatie
from tests.contract.decor import Aanroep, Decor
from tests.integratie.registraties.rechten import geef_rechten


@pytest.fixture
def doe(installatie: Installatie) -> Aanroep:
    geef_rechten(installatie, namens="conform")
    return Aanroep(installatie)


@pytest.fixture
def kaal(doe: Aanroep) -> Decor:
    """Alleen een catalogus."""
    return Decor(doe)


@pytest.fixture
def decor(kaal: Decor) -> Decor:
    return kaal.met_typen()


@pytest.fixture
def nergens(installatie: Installatie) -> str:
    """Een adres dat niemand kent."""
    assert installatie.diensten.bij_url("https://nergens.example") is None
    return "https://nergens.example/404"
