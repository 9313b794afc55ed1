"""Verwacht tegenover gekregen, zo dat een verschil in één regel te lezen is."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

BEVAT = "~"


def verschillen(plek: str, verwacht: Any, gekregen: Any) -> list[str]:
    """Wat er anders is. Van een object tellen alleen de verwachte velden; `~tekst` hoeft alleen voor te komen."""
    if isinstance(verwacht, Mapping):
        if not isinstance(gekregen, Mapping):
            return [_regel(plek, verwacht, gekregen)]
        return [v for naam, deel in verwacht.items() for v in verschillen(f"{plek}.{naam}", deel, gekregen.get(naam))]
    if isinstance(verwacht, list):
        if not isinstance(gekregen, list) or len(gekregen) != len(verwacht):
            return [_regel(plek, verwacht, gekregen)]
        paren = enumerate(zip(verwacht, gekregen, strict=True))
        return [v for nr, (een, ander) in paren for v in verschillen(f"{plek}[{nr}]", een, ander)]
    return [] if _gelijk(verwacht, gekregen) else [_regel(plek, verwacht, gekregen)]


def _gelijk(verwacht: Any, gekregen: Any) -> bool:
    if isinstance(verwacht, str):
        tekst = "" if gekregen is None else str(gekregen)
        return verwacht[1:] in tekst if verwacht.startswith(BEVAT) else verwacht == tekst
    if isinstance(gekregen, Decimal):
        return bool(gekregen == verwacht)
    return bool(verwacht == gekregen) and isinstance(verwacht, bool) == isinstance(gekregen, bool)


def _regel(plek: str, verwacht: Any, gekregen: Any) -> str:
    return f"{plek}: verwacht {verwacht!r}, gekregen {gekregen!r}"
