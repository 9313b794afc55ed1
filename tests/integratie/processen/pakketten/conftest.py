"""Een plek voor scenario's, op de motoren van deze testloop."""

from collections.abc import Callable

import pytest
from sqlalchemy import make_url

from dienstverlening.proefplaats import Proefplaats
from kern.motoren import Motoren


@pytest.fixture(scope="module")
def lege_plaats(
    motoren: Motoren, maak_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Proefplaats:
    """Een proefplaats die niet zelf hoeft te migreren."""
    sjabloon = make_url(maak_database()).database
    assert sjabloon
    return Proefplaats(motoren, tmp_path_factory.mktemp("plaats"), sjabloon)
