"""De clients van de productcatalogus."""

import pytest

from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from tests.integratie.registraties.producten.hulp import Catalogus


@pytest.fixture
def catalogus(installatie: Installatie) -> Catalogus:
    return Catalogus(ProducttypenClient(installatie, namens="processen"))
