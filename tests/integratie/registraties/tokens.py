"""Fouten van een API vergelijken in tests."""

from collections.abc import Callable
from typing import Any

import pytest

from integratie.basis import ApiFout


def fouten(doe: Callable[[], Any], status: int = 400) -> set[tuple[str, str]]:
    """(naam, code) van elke fout in het antwoord op `doe`, dat deze status moet hebben."""
    with pytest.raises(ApiFout) as gevangen:
        doe()
    assert gevangen.value.status == status
    return {(fout.naam, fout.code) for fout in gevangen.value.fouten}
