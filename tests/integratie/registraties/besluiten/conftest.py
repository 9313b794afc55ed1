"""Een besluittype met wat erbij hoort, en clients."""

from collections.abc import Callable
from typing import Any

import pytest

from integratie.besluiten import BesluitenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.typen import RSIN, Herhaal, Typen, maak_typen

Maker = Callable[..., dict[str, Any]]


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def brc(installatie: Installatie) -> BesluitenClient:
    return BesluitenClient(installatie, namens="besluiten", gebruiker="jan", weergave="Jan Jansen")


@pytest.fixture
def zaken(installatie: Installatie) -> ZakenClient:
    return ZakenClient(installatie, namens="zaken")


@pytest.fixture
def invoer(typen: Typen) -> Maker:
    def maak(**velden: Any) -> dict[str, Any]:
        basis = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype}
        return {**basis, "datum": "2026-01-05", "ingangsdatum": "2026-01-06", **velden}

    return maak
