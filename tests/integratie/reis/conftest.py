"""Een ingerichte gemeente met een eigen database en een echte mailserver."""

from collections.abc import Callable, Iterator

import pytest

from kern.instellingen import Instellingen
from kern.klok import Klok
from simulatoren.postvak import Postvak
from tests.reishulp import Gemeente, ingerichte_gemeente


@pytest.fixture(scope="module")
def postvak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postvak]:
    with Postvak(tmp_path_factory.mktemp("postvak"), Klok(), omgeving="test") as postvak:
        yield postvak


@pytest.fixture(scope="module")
def gemeente(eigen_instellingen: Callable[..., Instellingen], postvak: Postvak) -> Iterator[Gemeente]:
    with ingerichte_gemeente(eigen_instellingen("gemeente", ingericht=True, smtp_url=postvak.url)) as gemeente:
        yield gemeente
