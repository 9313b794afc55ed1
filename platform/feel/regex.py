"""Reguliere expressies van XPath: vlaggen s, m, i, x en q, klassen met aftrek, eigenschappen, terugverwijzingen.

Eigen motor met een stappenteller: een kwaadaardig patroon stopt met `FeelGrens` in plaats van te blijven draaien.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from feel.fouten import FeelGrens
from feel.regex_motor import Machine, Treffer
from feel.regex_parser import RegexFout, lees
from feel.staat import Staat

_VLAGGEN = frozenset("smixq")


class Patroon:
    """Een gelezen patroon."""

    def __init__(self, machine: Machine, *, letterlijk: bool) -> None:
        self.machine, self.letterlijk = machine, letterlijk

    def _treffers(self, bron: str, staat: Staat) -> Iterator[Treffer]:
        teller = _Teller(staat)
        plek = 0
        while plek <= len(bron):
            treffer = self.machine.zoek(bron, plek, teller.stap)
            if treffer is None:
                return
            yield treffer
            plek = treffer.eind if treffer.eind > treffer.begin else treffer.eind + 1

    def zoek(self, bron: str, staat: Staat) -> Treffer | None:
        """De eerste treffer."""
        return self.machine.zoek(bron, 0, _Teller(staat).stap)

    def _niet_leeg(self, staat: Staat) -> None:
        if self.machine.zoek("", 0, _Teller(staat).stap) is not None:
            raise RegexFout("het past op een lege tekst", "it matches an empty string")

    def vervang(self, bron: str, vervanging: str, staat: Staat) -> str:
        """Alle treffers vervangen; `$1` is een groep."""
        self._niet_leeg(staat)
        delen = [vervanging] if self.letterlijk else _lees_vervanging(vervanging, self.machine.groepen)
        uit, plek = [], 0
        for treffer in self._treffers(bron, staat):
            uit.append(bron[plek : treffer.begin])
            uit += [deel if isinstance(deel, str) else treffer.groep(bron, deel) for deel in delen]
            plek = treffer.eind
        return "".join([*uit, bron[plek:]])

    def splits(self, bron: str, staat: Staat) -> list[str]:
        """De stukken tussen de treffers."""
        self._niet_leeg(staat)
        uit, plek = [], 0
        for treffer in self._treffers(bron, staat):
            uit.append(bron[plek : treffer.begin])
            plek = treffer.eind
        return [*uit, bron[plek:]]


class _Teller:
    """Telt de stappen van één zoekopdracht tegen de grens."""

    def __init__(self, staat: Staat) -> None:
        self.over = self.grens = staat.grenzen.regex

    def stap(self) -> None:
        self.over -= 1
        if self.over < 0:
            raise FeelGrens(
                "regex",
                f"Een reguliere expressie nam meer dan {self.grens} stappen",
                f"A regular expression took more than {self.grens} steps",
            )


def _lees_vervanging(vervanging: str, groepen: int) -> list[str | int]:
    uit: list[str | int] = []
    plek = 0
    while plek < len(vervanging):
        teken = vervanging[plek]
        if teken == "\\" and vervanging[plek + 1 : plek + 2] in {"\\", "$"}:
            uit.append(vervanging[plek + 1])
            plek += 2
        elif teken == "$" and vervanging[plek + 1 : plek + 2].isdigit():
            nummer, plek = _groepnummer(vervanging, plek + 1, groepen)
            uit.append(nummer)
        elif teken in "\\$":
            raise RegexFout("de vervanging heeft een losse \\ of $", "the replacement has a stray \\ or $")
        else:
            uit.append(teken)
            plek += 1
    return uit


def _groepnummer(vervanging: str, plek: int, groepen: int) -> tuple[int, int]:
    """Zoveel cijfers als er groepen zijn: `$12` is groep 1 met een 2 als er geen 12 groepen zijn."""
    nummer, plek = int(vervanging[plek]), plek + 1
    while plek < len(vervanging) and vervanging[plek].isdigit() and nummer * 10 + int(vervanging[plek]) <= groepen:
        nummer, plek = nummer * 10 + int(vervanging[plek]), plek + 1
    return nummer, plek


@lru_cache(maxsize=512)
def patroon(tekst: str, vlaggen: str) -> Patroon:
    """Het gelezen patroon; werpt RegexFout bij een fout of onbekende vlag."""
    if not set(vlaggen) <= _VLAGGEN:
        raise RegexFout(f"de vlaggen “{vlaggen}” bestaan niet", f"the flags “{vlaggen}” do not exist")
    return Patroon(Machine(lees(tekst, vlaggen), vlaggen), letterlijk="q" in vlaggen)


__all__ = ["Patroon", "RegexFout", "patroon"]
