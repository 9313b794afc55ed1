"""Een patroon van XPath lezen tot een boom van kleine knopen."""

from __future__ import annotations

from collections.abc import Callable

from feel.regex_klassen import Tekentest, eigenschap, klasse_escape
from feel.vast import vast

_HERHAAL_MAX = 1000
_SPECIAAL = frozenset(".?*+{}()|[]^$")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"} | {teken: teken for teken in "\\|.-^?*+{}()[]$"}


class RegexFout(ValueError):
    """Het patroon klopt niet; `engels` is dezelfde zin in het Engels."""

    def __init__(self, nederlands: str, engels: str) -> None:
        self.engels = engels
        super().__init__(nederlands)


@vast
class Een:
    """Precies één teken dat de test haalt."""

    test: Tekentest


@vast
class Plaats:
    """`^` of `$`."""

    begin: bool


@vast
class Reeks:
    delen: tuple[Knoop, ...]


@vast
class Keus:
    delen: tuple[Knoop, ...]


@vast
class Groep:
    nummer: int
    deel: Knoop


@vast
class Herhaal:
    deel: Knoop
    minimum: int
    maximum: int | None
    gulzig: bool


@vast
class Terug:
    nummer: int


Knoop = Een | Plaats | Reeks | Keus | Groep | Herhaal | Terug


def varianten(teken: str) -> frozenset[str]:
    """De hoofd- en kleine letters die bij dit teken horen."""
    return frozenset(v for v in (teken, teken.lower(), teken.upper(), teken.casefold()) if len(v) == 1)


class Lezer:
    """Leest één patroon."""

    def __init__(self, bron: str, vlaggen: str) -> None:
        self.bron, self.plek, self.nesting = bron, 0, 0
        self.blind, self.punt_alles = "i" in vlaggen, "s" in vlaggen
        self.groepen = 0
        self.open: set[int] = set()

    def lees(self) -> Knoop:
        """Het hele patroon."""
        knoop = self._keus()
        if self.plek < len(self.bron):
            raise self._fout()
        return knoop

    def _fout(self) -> RegexFout:
        wat = self.bron[self.plek : self.plek + 1] or "…"
        return RegexFout(f"“{wat}” op plaats {self.plek + 1}", f"“{wat}” at position {self.plek + 1}")

    def _is(self, tekst: str) -> bool:
        return self.bron.startswith(tekst, self.plek)

    def _neem(self, tekst: str) -> bool:
        if not self._is(tekst):
            return False
        self.plek += len(tekst)
        return True

    def _keus(self) -> Knoop:
        delen = [self._reeks()]
        while self._neem("|"):
            delen.append(self._reeks())
        return delen[0] if len(delen) == 1 else Keus(tuple(delen))

    def _reeks(self) -> Knoop:
        delen: list[Knoop] = []
        while self.plek < len(self.bron) and self.bron[self.plek] not in "|)":
            delen.append(self._herhaling(self._atoom()))
        return Reeks(tuple(delen))

    def _herhaling(self, deel: Knoop) -> Knoop:
        aantallen = self._aantallen()
        if aantallen is None:
            return deel
        gulzig = not self._neem("?")
        if aantallen[1] is not None and (aantallen[0] > aantallen[1] or aantallen[1] > _HERHAAL_MAX):
            raise self._fout()
        return Herhaal(deel, *aantallen, gulzig)

    def _aantallen(self) -> tuple[int, int | None] | None:
        for teken, aantallen in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._neem(teken):
                return aantallen
        if not self._neem("{"):
            return None
        laag = self._cijfers()
        hoog: int | None = laag
        if self._neem(","):
            hoog = None if self._is("}") else self._cijfers()
        if not self._neem("}") or laag > _HERHAAL_MAX:
            raise self._fout()
        return laag, hoog

    def _cijfers(self) -> int:
        begin = self.plek
        while self.plek < len(self.bron) and self.bron[self.plek] in "0123456789" and self.plek - begin < 6:  # noqa: PLR2004
            self.plek += 1
        if begin == self.plek:
            raise self._fout()
        return int(self.bron[begin : self.plek])

    def _atoom(self) -> Knoop:
        teken = self.bron[self.plek]
        if teken == "(":
            return self._groep()
        if teken == "[":
            self.plek += 1
            return Een(self._klasse())
        if teken in "^$":
            self.plek += 1
            return Plaats(teken == "^")
        if teken == ".":
            self.plek += 1
            return Een((lambda _t: True) if self.punt_alles else (lambda t: t not in "\n\r"))
        if teken == "\\":
            return self._escape_atoom()
        if teken in _SPECIAAL:
            raise self._fout()
        self.plek += 1
        return Een(self._gelijk(teken))

    def _gelijk(self, teken: str) -> Tekentest:
        if not self.blind:
            return teken.__eq__
        eigen = varianten(teken)
        return lambda t: not eigen.isdisjoint(varianten(t))

    def _groep(self) -> Knoop:
        self.nesting += 1
        if self.nesting > 40:  # noqa: PLR2004 - dieper leest geen mens
            raise self._fout()
        self.plek += 1
        nummer = 0
        if not self._neem("?:"):
            self.groepen += 1
            nummer = self.groepen
            self.open.add(nummer)
        deel = self._keus()
        if not self._neem(")"):
            raise self._fout()
        self.open.discard(nummer)
        self.nesting -= 1
        return Groep(nummer, deel) if nummer else deel

    def _escape_atoom(self) -> Knoop:
        volgend = self.bron[self.plek + 1 : self.plek + 2]
        if volgend.isdigit():
            return self._terugverwijzing()
        return Een(self._escape()[0])

    def _terugverwijzing(self) -> Knoop:
        self.plek += 1
        nummer = int(self.bron[self.plek])
        while self.bron[self.plek + 1 : self.plek + 2].isdigit():
            langer = int(f"{nummer}{self.bron[self.plek + 1]}")
            if langer > self.groepen:
                break
            nummer, self.plek = langer, self.plek + 1
        if not 1 <= nummer <= self.groepen or nummer in self.open:
            raise self._fout()
        self.plek += 1
        return Terug(nummer)

    def _escape(self) -> tuple[Tekentest, str | None]:
        """De test van een ontsnapping, en het teken als het er één is."""
        letter = self.bron[self.plek + 1 : self.plek + 2]
        if letter in _ESCAPES:
            self.plek += 2
            return self._gelijk(_ESCAPES[letter]), _ESCAPES[letter]
        if letter in {"p", "P"} and letter:
            return self._eigenschap(letter == "P"), None
        test = klasse_escape(letter)
        if test is None:
            raise self._fout()
        self.plek += 2
        return test, None

    def _eigenschap(self, omgekeerd: bool) -> Tekentest:
        eind = self.bron.find("}", self.plek)
        if self.bron[self.plek + 2 : self.plek + 3] != "{" or eind < 0:
            raise self._fout()
        test = eigenschap(self.bron[self.plek + 3 : eind])
        if test is None:
            raise self._fout()
        self.plek = eind + 1
        return _niet(test) if omgekeerd else test

    def _klasse(self) -> Tekentest:
        """Een tekenklasse na `[`, tot en met `]`, met eventueel `-[...]` eraf."""
        niet = self._neem("^")
        testen: list[Tekentest] = []
        eraf: Tekentest | None = None
        while not self._neem("]"):
            if self._is("-[") and testen:
                self.plek += 2
                eraf = self._klasse()
                if not self._neem("]"):
                    raise self._fout()
                break
            testen.append(self._klassedeel(eerste=not testen))
        if not testen:
            raise self._fout()
        return self._stel_samen(testen, eraf, niet=niet)

    def _stel_samen(self, testen: list[Tekentest], eraf: Tekentest | None, *, niet: bool) -> Tekentest:
        blind = self.blind

        def test(teken: str) -> bool:
            tekens = varianten(teken) if blind else (teken,)
            erin = any(deel(t) for deel in testen for t in tekens)
            return erin is not niet and (eraf is None or not eraf(teken))

        return test

    def _klassedeel(self, *, eerste: bool) -> Tekentest:
        test, teken = self._klasseteken()
        volgend = self.bron[self.plek + 1 : self.plek + 2]
        if teken == "-" and not eerste and not self._is("]") and not self._is("-["):
            raise self._fout()
        if teken is None or not self._is("-") or volgend in {"]", "["}:
            return test
        self.plek += 1
        _, hoog = self._klasseteken()
        if hoog is None or hoog < teken:
            raise self._fout()
        return lambda t: teken <= t <= hoog

    def _klasseteken(self) -> tuple[Tekentest, str | None]:
        if self.plek >= len(self.bron):
            raise self._fout()
        teken = self.bron[self.plek]
        if teken == "\\":
            return self._escape()
        if teken in "[]":
            raise self._fout()
        self.plek += 1
        return teken.__eq__, teken


def _niet(test: Callable[[str], bool]) -> Tekentest:
    return lambda teken: not test(teken)


def _zonder_wit(bron: str) -> str:
    """Vlag x: witruimte weg, behalve in een tekenklasse."""
    uit, diep, vorig = [], 0, ""
    for teken in bron:
        if vorig != "\\":
            diep += (teken == "[") - (teken == "]" and diep > 0)
        if diep > 0 or teken not in " \t\n\r":
            uit.append(teken)
            vorig = "" if vorig == "\\" else teken
    return "".join(uit)


def lees(bron: str, vlaggen: str) -> tuple[Knoop, int]:
    """De boom van een patroon en het aantal groepen; werpt RegexFout."""
    if len(bron) > 10_000:  # noqa: PLR2004 - langer is geen patroon meer
        raise RegexFout("het patroon is te lang", "the pattern is too long")
    lezer = Lezer(bron, vlaggen)
    if "q" in vlaggen:
        return Reeks(tuple(Een(lezer._gelijk(teken)) for teken in bron)), 0  # noqa: SLF001 - zelfde module
    lezer.bron = _zonder_wit(bron) if "x" in vlaggen else bron
    return lezer.lees(), lezer.groepen
