"""Een aangemelde KCC-medewerker, met rechten voor het onderdeel KCC."""

from collections.abc import Iterator

import pytest

from kern.installatie import Installatie
from tests.integratie.kcc.hulp import Medewerker, medewerker
from tests.integratie.registraties.rechten import geef_rechten


@pytest.fixture
def kim(installatie: Installatie) -> Iterator[Medewerker]:
    geef_rechten(installatie, namens="kcc")
    with medewerker(installatie) as kim:
        yield kim
