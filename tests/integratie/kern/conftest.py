"""Een kern-installatie per test, op een database per testproces."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.tabellen import Basis
from tests.kernhulp import maak_database, open_installatie


@pytest.fixture(scope="session")
def kern_url(motoren: Motoren) -> str:
    """De database van dit testproces."""
    return maak_database(motoren)


@pytest.fixture
def installatie(kern_url: str, motoren: Motoren, tmp_path: Path) -> Iterator[Installatie]:
    """Een lege installatie met alleen kern."""
    with open_installatie(kern_url, motoren.redis_url, tmp_path) as installatie:
        yield installatie
        tabellen = ", ".join(f"kern.{tabel.name}" for tabel in Basis.metadata.sorted_tables)
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(text(f"TRUNCATE {tabellen} RESTART IDENTITY"))
