"""De wisselopstelling met en zonder Idempotency-Key, en een postvak."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kern.klok import Klok
from kern.motoren import Motoren
from simulatoren.postvak import Postvak
from tests.integratie.wissel.opstelling import Gescheiden, opgesteld


@pytest.fixture(scope="module")
def postvak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postvak]:
    with Postvak(tmp_path_factory.mktemp("postvak"), Klok(), omgeving="test") as postvak:
        yield postvak


@pytest.fixture(scope="module", params=[False, True], ids=["met-sleutel", "zonder-sleutel"])
def gemeente(
    request: pytest.FixtureRequest,
    motoren: Motoren,
    maak_database: Callable[[], str],
    worker_naam: str,
    tmp_path_factory: pytest.TempPathFactory,
    postvak: Postvak,
) -> Iterator[Gescheiden]:
    map_: Path = tmp_path_factory.mktemp("wissel")
    prefix = f"wissel-{worker_naam}-{'doof' if request.param else 'hoort'}"
    with opgesteld(motoren, maak_database, map_, prefix, doof=request.param, smtp_url=postvak.url) as gemeente:
        yield gemeente
