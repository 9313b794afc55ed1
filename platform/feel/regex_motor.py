"""De motor: een klein programma met terugzetten (backtracking) dat elke stand hoogstens één keer onderzoekt.

Zonder terugverwijzingen is het werk daardoor evenredig met patroon maal tekst; met terugverwijzingen bewaakt de
stappenteller van de aanroeper de grens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from feel.regex_parser import Een, Groep, Herhaal, Keus, Knoop, Plaats, Reeks, RegexFout, Terug, varianten

_EEN, _SPLITS, _SPRING, _BEWAAR, _PLAATS, _TERUG, _KLAAR = range(7)
_PROGRAMMA_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Treffer:
    """Waar het patroon paste; `groepen` zijn paren van begin en einde (of None)."""

    begin: int
    eind: int
    groepen: tuple[int | None, ...]

    def groep(self, bron: str, nummer: int) -> str:
        """De tekst van een groep; 0 is de hele treffer, een groep die niet meedeed is leeg."""
        if nummer == 0:
            return bron[self.begin : self.eind]
        if 2 * nummer > len(self.groepen):
            return ""
        begin, eind = self.groepen[2 * nummer - 2 : 2 * nummer]
        return bron[begin:eind] if begin is not None and eind is not None else ""


class _Schrijver:
    """Schrijft het programma van een boom."""

    def __init__(self) -> None:
        self.code: list[list[Any]] = []
        self.terug = False

    def zet(self, *instructie: Any) -> int:
        if len(self.code) >= _PROGRAMMA_MAX:
            raise RegexFout("het patroon is te groot", "the pattern is too large")
        self.code.append(list(instructie))
        return len(self.code) - 1

    def schrijf(self, knoop: Knoop) -> None:
        match knoop:
            case Een(test):
                self.zet(_EEN, test)
            case Plaats(begin):
                self.zet(_PLAATS, begin)
            case Terug(nummer):
                self.terug = True
                self.zet(_TERUG, nummer)
            case Reeks(delen):
                for deel in delen:
                    self.schrijf(deel)
            case Groep(nummer, deel):
                self.zet(_BEWAAR, 2 * nummer - 2)
                self.schrijf(deel)
                self.zet(_BEWAAR, 2 * nummer - 1)
            case Keus(delen):
                self._keus(delen)
            case Herhaal():
                self._herhaal(knoop)

    def _keus(self, delen: tuple[Knoop, ...]) -> None:
        sprongen = []
        for deel in delen[:-1]:
            splits = self.zet(_SPLITS, 0, 0)
            self.code[splits][1] = len(self.code)
            self.schrijf(deel)
            sprongen.append(self.zet(_SPRING, 0))
            self.code[splits][2] = len(self.code)
        self.schrijf(delen[-1])
        for sprong in sprongen:
            self.code[sprong][1] = len(self.code)

    def _herhaal(self, knoop: Herhaal) -> None:
        for _ in range(knoop.minimum):
            self.schrijf(knoop.deel)
        if knoop.maximum is None:
            self._lus(knoop)
            return
        for _ in range(knoop.maximum - knoop.minimum):
            splits = self.zet(_SPLITS, 0, 0)
            self.schrijf(knoop.deel)
            self._kies(splits, splits + 1, len(self.code), knoop.gulzig)

    def _lus(self, knoop: Herhaal) -> None:
        splits = self.zet(_SPLITS, 0, 0)
        self.schrijf(knoop.deel)
        self.zet(_SPRING, splits)
        self._kies(splits, splits + 1, len(self.code), knoop.gulzig)

    def _kies(self, splits: int, in_: int, uit: int, gulzig: bool) -> None:
        self.code[splits][1:] = (in_, uit) if gulzig else (uit, in_)


class Machine:
    """Een patroon als programma."""

    def __init__(self, gelezen: tuple[Knoop, int], vlaggen: str) -> None:
        schrijver = _Schrijver()
        schrijver.schrijf(gelezen[0])
        schrijver.zet(_KLAAR)
        self.code, self.groepen, self.terug = schrijver.code, gelezen[1], schrijver.terug
        self.regels, self.blind = "m" in vlaggen, "i" in vlaggen

    def zoek(self, bron: str, vanaf: int, stap: Callable[[], None]) -> Treffer | None:
        """De eerste treffer op of na `vanaf`; `stap` telt elke stand."""
        gezien: set[Any] = set()
        for begin in range(vanaf, len(bron) + 1):
            treffer = self._probeer(bron, begin, stap, gezien)
            if treffer is not None:
                return treffer
        return None

    def _probeer(self, bron: str, begin: int, stap: Callable[[], None], gezien: set[Any]) -> Treffer | None:  # noqa: C901 - de binnenste lus: één tak per instructie
        stapel: list[tuple[int, int, tuple[int | None, ...]]] = [(0, begin, (None,) * (2 * self.groepen))]
        code, terug = self.code, self.terug
        while stapel:
            pc, plek, groepen = stapel.pop()
            while True:
                stap()
                stand = (pc, plek, groepen) if terug else (pc, plek)
                if stand in gezien:
                    break
                gezien.add(stand)
                instructie = code[pc]
                soort = instructie[0]
                if soort == _EEN:
                    if plek >= len(bron) or not instructie[1](bron[plek]):
                        break
                    pc, plek = pc + 1, plek + 1
                elif soort == _KLAAR:
                    return Treffer(begin, plek, groepen)
                elif soort == _SPLITS:
                    stapel.append((instructie[2], plek, groepen))
                    pc = instructie[1]
                elif soort == _SPRING:
                    pc = instructie[1]
                elif soort == _BEWAAR:
                    nummer = instructie[1]
                    groepen = (*groepen[:nummer], plek, *groepen[nummer + 1 :])
                    pc += 1
                else:
                    verder = self._nul_of_groep(bron, plek, instructie, groepen)
                    if verder is None:
                        break
                    pc, plek = pc + 1, verder
        return None

    def _nul_of_groep(self, bron: str, plek: int, instructie: list[Any], groepen: tuple[int | None, ...]) -> int | None:
        """`^`, `$` en terugverwijzingen: de plek waar het verder gaat, of None."""
        if instructie[0] == _PLAATS:
            return plek if self._op_plaats(bron, plek, instructie[1]) else None
        begin, eind = groepen[2 * instructie[1] - 2 : 2 * instructie[1]]
        if begin is None or eind is None:
            return plek
        deel = bron[begin:eind]
        hier = bron[plek : plek + len(deel)]
        if deel == hier or (self.blind and _zelfde_blind(deel, hier)):
            return plek + len(deel)
        return None

    def _op_plaats(self, bron: str, plek: int, begin: bool) -> bool:
        if begin:
            return plek == 0 or (self.regels and bron[plek - 1] == "\n" and plek < len(bron))
        return plek == len(bron) or (self.regels and bron[plek] == "\n")


def _zelfde_blind(a: str, b: str) -> bool:
    return len(a) == len(b) and all(not varianten(x).isdisjoint(varianten(y)) for x, y in zip(a, b, strict=True))
