"""Willekeurige verzoeken naar de API's rond documenten, besluiten, autorisaties en notificaties."""

import pytest

from tests.veiligheid.fuzz.conftest import Doelen
from tests.veiligheid.fuzz.machine import DELEN


@pytest.mark.parametrize("deel", range(DELEN))
@pytest.mark.parametrize("api", ["documenten", "besluiten", "autorisaties", "notificaties"])
def test_willekeurige_verzoeken(doel: Doelen, api: str, deel: int) -> None:
    doel(api).beproef(deel)
