"""`sort(list, precedes)`: stabiel; zonder functie de gewone volgorde."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from feel.staat import Staat
from feel.vergelijken import stand
from feel.waarden import Functie, Ingebouwd


class _GeenOrdeError(Exception):
    """Twee elementen hebben geen volgorde."""


def sort(staat: Staat, lijst: list[Any], voor: Functie | Ingebouwd | None) -> list[Any] | None:
    """De gesorteerde lijst, of null als elementen geen volgorde hebben."""

    def op_functie(a: Any, b: Any) -> int:
        assert voor is not None  # noqa: S101 - alleen gebruikt als er een functie is
        if _waar(voor.roep(staat, [a, b])):
            return -1
        return 1 if _waar(voor.roep(staat, [b, a])) else 0

    try:
        return sorted(lijst, key=cmp_to_key(_gewoon if voor is None else op_functie))
    except _GeenOrdeError:
        staat.meld("sort.orde", "Deze elementen hebben geen volgorde", "These elements have no order")
        return None


def _waar(antwoord: Any) -> bool:
    if not isinstance(antwoord, bool):
        raise _GeenOrdeError
    return antwoord


def _gewoon(a: Any, b: Any) -> int:
    verschil = stand(a, b)
    if verschil is None:
        raise _GeenOrdeError
    return verschil
