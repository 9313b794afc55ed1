"""Cellen als gebieden op een as: de basis van de index (snel zoeken) en van de controle (gaten, overlap).

Een cel met alleen letterlijke waarden, vergelijkingen en bereiken van één soort is exact zo'n gebied; elke andere cel
heeft geen gebied en wordt gewoon getest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from feel import boom
from feel.compileren import bouwer
from feel.fouten import FeelGrens
from feel.staat import Omgeving, Staat
from feel.tijd import DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd
from feel.vrij import vrije_namen

ZUIVER = frozenset(["date", "time", "date and time", "duration", "years and months duration"])
GEEN = object()


@dataclass(frozen=True, slots=True)
class Stuk:
    """Een stuk van de as; None is onbegrensd."""

    laag: Any
    laag_dicht: bool
    hoog: Any
    hoog_dicht: bool


@dataclass(frozen=True, slots=True)
class Gebied:
    """De waarden die een cel raakt; `soort` leeg is elke soort (het streepje, of alleen null)."""

    soort: str
    stukken: tuple[Stuk, ...]
    alles: bool = False


def sleutel(waarde: Any) -> tuple[str, Any]:  # noqa: PLR0911 - één geval per soort
    """(soort, plaats op de as) van een waarde; een lege soort heeft geen as."""
    match waarde:
        case bool():
            return "boolean", int(waarde)
        case Decimal():
            return "number", waarde
        case str():
            return "string", waarde
        case Datum():
            return "date", waarde.nummer
        case DagenDuur():
            return "days and time duration", waarde.nanos
        case MaandenDuur():
            return "years and months duration", waarde.maanden
        case DatumTijd() if waarde.verschil is None:
            return "date and time", waarde.plaatselijk
        case Tijd() if waarde.verschil is None:
            return "time", waarde.nanos
    return "", None


def constante(knoop: boom.Knoop) -> Any:
    """De waarde van een expressie zonder variabelen, of GEEN."""
    vast = isinstance(knoop, boom.Getal | boom.Tekst | boom.Waarheid | boom.Apenstaart | boom.Niets | boom.Min)
    aanroep = isinstance(knoop, boom.Aanroep) and isinstance(knoop.functie, boom.Naam) and knoop.functie.naam in ZUIVER
    if not (vast or aanroep) or not vrije_namen(knoop) <= ZUIVER:
        return GEEN
    try:
        return bouwer().maak(knoop)(Omgeving({}, None, Staat()))
    except FeelGrens:
        return GEEN


def gebied(cel: boom.Testen) -> Gebied | None:
    """Het gebied van een cel, of None als het niet exact te bepalen is."""
    if cel.alles:
        return Gebied("", (), alles=True)
    soorten: set[str] = set()
    stukken: list[Stuk] = []
    for deel in cel.delen:
        gevonden = _deel(deel)
        if gevonden is None:
            return None
        for soort, stuk in gevonden:
            soorten.add(soort)
            stukken.append(stuk)
    if len(soorten) > 1 or (cel.niet and not soorten):
        return None
    soort = next(iter(soorten), "")
    return Gebied(soort, tuple(_omgekeerd(stukken) if cel.niet else stukken))


def _deel(knoop: boom.Knoop) -> list[tuple[str, Stuk]] | None:
    """De stukken van één test; een letterlijke null heeft er geen."""
    if isinstance(knoop, boom.Operatortest):
        return _operator(knoop)
    if isinstance(knoop, boom.Bereik):
        return _bereik(knoop)
    if isinstance(knoop, boom.Lijst):
        delen = [_deel(deel) if not isinstance(deel, boom.Lijst) else None for deel in knoop.delen]
        return None if any(deel is None for deel in delen) else [stuk for deel in delen for stuk in deel or ()]
    waarde = constante(knoop)
    if waarde is None and isinstance(knoop, boom.Niets):
        return []
    soort, plek = sleutel(waarde)
    return [(soort, Stuk(plek, True, plek, True))] if soort else None


def _operator(knoop: boom.Operatortest) -> list[tuple[str, Stuk]] | None:
    soort, plek = sleutel(constante(knoop.deel))
    if not soort or (soort == "boolean" and knoop.op not in {"=", "!="}):
        return None
    onder = Stuk(None, False, plek, knoop.op == "<=")
    boven = Stuk(plek, knoop.op == ">=", None, False)
    stukken = {"<": [onder], "<=": [onder], ">": [boven], ">=": [boven], "!=": [onder, boven]}
    return [(soort, stuk) for stuk in stukken.get(knoop.op, [Stuk(plek, True, plek, True)])]


def _bereik(knoop: boom.Bereik) -> list[tuple[str, Stuk]] | None:
    kanten = [sleutel(constante(kant)) if kant is not None else None for kant in (knoop.laag, knoop.hoog)]
    soorten = {kant[0] for kant in kanten if kant is not None}
    if len(soorten) != 1 or soorten & {"", "boolean"}:
        return None
    laag, hoog = (kant[1] if kant is not None else None for kant in kanten)
    return [(soorten.pop(), Stuk(laag, knoop.laag_dicht, hoog, knoop.hoog_dicht))]


def _omgekeerd(stukken: Sequence[Stuk]) -> list[Stuk]:
    """Alles op de as wat niet in de stukken ligt."""
    punten = sorted({kant for stuk in stukken for kant in (stuk.laag, stuk.hoog) if kant is not None})
    as_ = As(punten)
    bezet = {vak for stuk in stukken for van, tot in [as_.vakken(stuk)] for vak in range(van, tot + 1)}
    return [as_.stuk(vak) for vak in range(as_.aantal) if vak not in bezet]


class As:
    """Een as met punten: de vakken zijn om en om een opening en een punt (2n+1 in totaal)."""

    __slots__ = ("punten",)

    def __init__(self, punten: Iterable[Any]) -> None:
        self.punten = list(punten)

    @property
    def aantal(self) -> int:
        return 2 * len(self.punten) + 1

    def vak(self, plek: Any) -> int:
        """Het vak waar deze plek in ligt."""
        nummer = bisect_left(self.punten, plek)
        raak = nummer < len(self.punten) and self.punten[nummer] == plek
        return 2 * nummer + 1 if raak else 2 * nummer

    def vakken(self, stuk: Stuk) -> tuple[int, int]:
        """Het eerste en laatste vak van een stuk waarvan de kanten punten van deze as zijn; leeg als eerste > laatste."""
        laag = 0 if stuk.laag is None else self.vak(stuk.laag) + (0 if stuk.laag_dicht else 1)
        hoog = self.aantal - 1 if stuk.hoog is None else self.vak(stuk.hoog) - (0 if stuk.hoog_dicht else 1)
        return laag, hoog

    def stuk(self, vak: int) -> Stuk:
        """Het stuk van één vak."""
        nummer, is_punt = divmod(vak, 2)
        if is_punt:
            return Stuk(self.punten[nummer], True, self.punten[nummer], True)
        laag = self.punten[nummer - 1] if nummer > 0 else None
        hoog = self.punten[nummer] if nummer < len(self.punten) else None
        return Stuk(laag, False, hoog, False)
