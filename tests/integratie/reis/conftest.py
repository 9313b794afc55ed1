"""Een ingerichte gemeente met een eigen database en een echte mailserver."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dienstverlening.samenstellen import maak_platform
from kern.klok import Klok, VerzetbareKlok
from kern.motoren import Motoren
from simulatoren.postvak import Postvak
from tests import opzet
from tests.reishulp import Gemeente


@pytest.fixture(scope="module")
def postvak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postvak]:
    with Postvak(tmp_path_factory.mktemp("postvak"), Klok(), omgeving="test") as postvak:
        yield postvak


@pytest.fixture(scope="module")
def gemeente(
    motoren: Motoren,
    maak_database: Callable[[], str],
    worker_naam: str,
    tmp_path_factory: pytest.TempPathFactory,
    postvak: Postvak,
) -> Iterator[Gemeente]:
    data: Path = tmp_path_factory.mktemp("gemeente")
    instellingen = opzet.instellingen_voor(
        maak_database(), motoren.redis_url, data, redis_prefix=f"reis-{worker_naam}-{data.name}:", smtp_url=postvak.url
    )
    installatie = maak_platform(instellingen, VerzetbareKlok())
    yield Gemeente(installatie).richt_in()
    installatie.sluit()
