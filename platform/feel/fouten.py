"""Fouten van FEEL: leesfouten voor auteurs, redenen bij null, en overschreden grenzen.

    Exception
    └── FeelFout        de tekst is geen geldige FEEL (regel, kolom, verwacht, suggestie)
    └── FeelGrens       een grens tegen vijandige modellen is bereikt (alleen binnen een evaluatie)

Een evaluatie werpt nooit: zij geeft null met een `Reden`, of een `Uitkomst` met `grens` gevuld.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class FeelFout(ValueError):
    """Een leesfout: regel en kolom tellen vanaf 1; `str()` is Nederlands, `engels` dezelfde zin in het Engels."""

    def __init__(
        self, nederlands: str, engels: str, *, regel: int = 1, kolom: int = 1, verwacht: str = "", suggestie: str = ""
    ) -> None:
        self.regel, self.kolom, self.verwacht, self.suggestie = regel, kolom, verwacht, suggestie
        self.nederlands = f"{nederlands} (regel {regel}, kolom {kolom})" + (
            f"; bedoelde u “{suggestie}”?" if suggestie else ""
        )
        self.engels = f"{engels} (line {regel}, column {kolom})" + (
            f"; did you mean “{suggestie}”?" if suggestie else ""
        )
        super().__init__(self.nederlands)


class FeelGrens(Exception):
    """Een grens is bereikt (diepte, stappen, lijst, tekst, getal, regex); `grens` zegt welke."""

    def __init__(self, grens: str, nederlands: str, engels: str) -> None:
        self.grens, self.nederlands, self.engels = grens, nederlands, engels
        super().__init__(nederlands)


class Telling:
    """Telt de elementen bij het aflopen van een geneste waarde: gedeelde lijsten kunnen samen oneindig groot lijken."""

    __slots__ = ("over",)

    def __init__(self, grens: int = 1_000_000) -> None:
        self.over = grens

    def tel(self) -> None:
        """Eén element; te veel is een FeelGrens."""
        self.over -= 1
        if self.over < 0:
            raise FeelGrens("lijst", "Een waarde is te groot om af te lopen", "A value is too large to walk through")


@dataclass(frozen=True, slots=True)
class Reden:
    """Waarom een waarde null werd, in twee talen; `code` is stabiel voor programma's."""

    code: str
    nederlands: str
    engels: str


def lijkt_op(naam: str, bekend: Iterable[str]) -> str:
    """De bekende naam die het meest op `naam` lijkt, of een lege tekst."""
    import difflib  # noqa: PLC0415 - alleen bij een fout nodig

    kandidaten = {b.casefold(): b for b in bekend}
    gevonden = difflib.get_close_matches(naam.casefold(), list(kandidaten), n=1, cutoff=0.75)
    return kandidaten[gevonden[0]] if gevonden else ""
