"""De Klantinteracties API met haar eigen client."""

import pytest

from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie


@pytest.fixture
def klanten(installatie: Installatie) -> KlantinteractiesClient:
    return KlantinteractiesClient(installatie, namens="kcc", gebruiker="jan", weergave="Jan Jansen")
