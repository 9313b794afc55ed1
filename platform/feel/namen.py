"""Namen met spaties en leestekens herkennen: de langste bekende naam op een plek in de tekst wint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from feel.lexer import NAAM_BEGIN, NAAM_DEEL, SLEUTELWOORDEN, WIT

_EENVOUDIG = re.compile(f"[{NAAM_BEGIN}][{NAAM_DEEL}]*")
_SPATIES = re.compile(f"{WIT}+")
LEESTEKENS = frozenset("./-'+*")
_OM_LEESTEKEN = re.compile(r" ?([./\-'+*]) ?")
_STUKKEN = re.compile(r" |[./\-'+*]|[^ ./\-'+*]+")


def net(naam: str) -> str:
    """De naam met enkele spaties: zo vergelijken namen."""
    return _SPATIES.sub(" ", naam.strip())


def is_samengesteld(naam: str) -> bool:
    """Heeft deze naam hulp van de scope nodig (spatie, leesteken, sleutelwoord)?"""
    return _EENVOUDIG.fullmatch(naam) is None or naam in SLEUTELWOORDEN


def samengesteld(namen: Iterable[str]) -> frozenset[str]:
    """Alleen de namen die de parser zonder scope niet kan lezen."""
    return frozenset(net(naam) for naam in namen if naam.strip() and is_samengesteld(naam))


def kern(naam: str) -> str:
    """De naam zonder spaties om leestekens: `a - b` en `a-b` zijn dezelfde rij tokens, dus dezelfde naam."""
    return _OM_LEESTEKEN.sub(r"\1", net(naam))


class Herkenner:
    """Vindt op een plek in de tekst de langste bekende naam (nooit midden in een woord)."""

    def __init__(self, namen: frozenset[str]) -> None:
        self._bij_kern = {kern(naam): naam for naam in sorted(namen)}
        delen = (_patroon(naam) for naam in sorted(self._bij_kern, key=len, reverse=True))
        self._patroon = re.compile(f"(?:{'|'.join(delen)})(?![{NAAM_DEEL}])" if namen else r"(?!)")

    def vind(self, bron: str, plek: int) -> tuple[str, int] | None:
        """(naam zoals bekend, eindplek) of None."""
        gevonden = self._patroon.match(bron, plek)
        if gevonden is None:
            return None
        return self._bij_kern[kern(gevonden.group())], plek + len(gevonden.group().rstrip())


def _patroon(naam: str) -> str:
    """Tussen woorden minstens één spatie, om leestekens nul of meer."""
    delen = (f"{WIT}+" if deel == " " else re.escape(deel) for deel in _STUKKEN.findall(naam))
    stukken = [f"{WIT}*{deel}{WIT}*" if len(deel) <= 2 and deel.lstrip("\\") in LEESTEKENS else deel for deel in delen]  # noqa: PLR2004
    return "".join(stukken)


@lru_cache(maxsize=4096)
def herkenner(namen: frozenset[str]) -> Herkenner:
    """De herkenner van deze namen."""
    return Herkenner(namen)
