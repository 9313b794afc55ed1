"""Willekeurige verzoeken naar de API's van producten."""

import pytest

from tests.veiligheid.fuzz.conftest import Doelen
from tests.veiligheid.fuzz.machine import DELEN


@pytest.mark.parametrize("deel", range(DELEN))
@pytest.mark.parametrize("api", ["producttypen", "producten"])
def test_willekeurige_verzoeken(doel: Doelen, api: str, deel: int) -> None:
    doel(api).beproef(deel)
