"""Namen met spaties en leestekens herkennen: de langste bekende naam op een plek in de tekst wint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from feel.lexer import NAAM_BEGIN, NAAM_DEEL, SLEUTELWOORDEN, WIT

_EENVOUDIG = re.compile(f"[{NAAM_BEGIN}][{NAAM_DEEL}]*")
_SPATIES = re.compile(f"{WIT}+")
LEESTEKENS = frozenset("./-'+*")


def net(naam: str) -> str:
    """De naam met enkele spaties: zo vergelijken namen."""
    return _SPATIES.sub(" ", naam.strip())


def is_samengesteld(naam: str) -> bool:
    """Heeft deze naam hulp van de scope nodig (spatie, leesteken, sleutelwoord)?"""
    return _EENVOUDIG.fullmatch(naam) is None or naam in SLEUTELWOORDEN


def samengesteld(namen: Iterable[str]) -> frozenset[str]:
    """Alleen de namen die de parser zonder scope niet kan lezen."""
    return frozenset(net(naam) for naam in namen if naam.strip() and is_samengesteld(naam))


@lru_cache(maxsize=4096)
def herkenner(namen: frozenset[str]) -> re.Pattern[str]:
    """Een patroon dat op een plek de langste van deze namen vindt (nooit midden in een woord)."""
    gesorteerd = sorted(namen, key=len, reverse=True)
    delen = (f"{WIT}+".join(re.escape(woord) for woord in naam.split(" ")) for naam in gesorteerd)
    return re.compile(f"(?:{'|'.join(delen)})(?![{NAAM_DEEL}])" if gesorteerd else r"(?!)")
