"""Expressies: één keer lezen en compileren, vaak evalueren; nooit een uitzondering uit een evaluatie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from feel import boom
from feel.compileren import bouwer
from feel.drukker import druk_af
from feel.fouten import FeelFout, FeelGrens, Reden
from feel.functies import INGEBOUWD, Functies
from feel.grenzen import STANDAARD, Grenzen
from feel.naar_python import naar_python, uit_python
from feel.namen import samengesteld
from feel.parser import ontleed
from feel.staat import Klok, Omgeving, Staat
from feel.vrij import vrije_namen
from feel.waarden import Ingebouwd


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """De waarde (als Python-waarde), de redenen van null-waarden onderweg, en de grens als die bereikt werd."""

    waarde: Any
    redenen: tuple[Reden, ...] = ()
    grens: FeelGrens | None = None


class Expressie:
    """Een gecompileerde expressie; veilig om te delen tussen draden."""

    __slots__ = ("_doe", "_zoek", "boom", "namen_gebruikt", "tekst", "unair")

    def __init__(self, tekst: str, knoop: boom.Knoop, functies: Mapping[str, Ingebouwd], *, unair: bool) -> None:
        self.tekst, self.boom, self.unair = tekst, knoop, unair
        self._doe = bouwer(functies).maak(knoop)
        self._zoek = vrije_namen(knoop) | ({"?"} if unair else frozenset())
        self.namen_gebruikt = frozenset(n for n in vrije_namen(knoop) if n not in INGEBOUWD and n not in functies)

    def __repr__(self) -> str:
        return f"Expressie({druk_af(self.boom)!r})"

    def evalueer(
        self, context: Mapping[str, object] | None = None, *, klok: Klok | None = None, grenzen: Grenzen = STANDAARD
    ) -> Uitkomst:
        """De uitkomst in deze context (Python-waarden). Werpt niet; een bereikte grens staat in `Uitkomst.grens`."""
        staat = Staat(klok, grenzen)
        staat.bekend = context or ()
        try:
            waarde = naar_python(self._doe(Omgeving(self._scope(context or {}), None, staat)))
        except FeelGrens as grens:
            return _begrensd(staat, grens)
        except (RecursionError, MemoryError):
            return _begrensd(staat, FeelGrens("diepte", "De berekening ging te diep", "The evaluation went too deep"))
        return Uitkomst(waarde, tuple(staat.redenen))

    def _scope(self, context: Mapping[str, object]) -> dict[str, Any]:
        """Alleen de namen die deze expressie gebruikt; ingebouwde namen kunnen in de context verborgen zijn."""
        scope = {naam: uit_python(context[naam]) for naam in self._zoek if naam in context}
        if not self.namen_gebruikt <= scope.keys():
            for naam, waarde in context.items():
                kort = " ".join(naam.split())
                if kort != naam and kort in self.namen_gebruikt:
                    scope.setdefault(kort, uit_python(waarde))
        return scope

    def test(
        self, waarde: object, context: Mapping[str, object] | None = None, *, klok: Klok | None = None
    ) -> bool | None:
        """Haalt `waarde` deze unaire testen? (Voor `compileer(..., unair=True)`.)"""
        uit = self.evalueer({**(context or {}), "?": waarde}, klok=klok).waarde
        return uit if isinstance(uit, bool) else None


def _begrensd(staat: Staat, grens: FeelGrens) -> Uitkomst:
    reden = Reden(f"grens.{grens.grens}", grens.nederlands, grens.engels)
    return Uitkomst(None, (*staat.redenen, reden), grens)


_GEEN = Functies()


@lru_cache(maxsize=8192)
def _compileer(tekst: str, namen: frozenset[str], functies: Functies, unair: bool) -> Expressie:
    knoop = ontleed(tekst, namen | samengesteld(functies.functies), unair=unair)
    try:
        return Expressie(tekst, knoop, functies.functies, unair=unair)
    except RecursionError:
        raise FeelFout("Deze expressie is te diep genest", "This expression is nested too deeply") from None


def compileer(
    tekst: str, *, namen: Iterable[str] = (), unair: bool = False, functies: Functies | None = None
) -> Expressie:
    """Lees en compileer een expressie (of, met `unair`, de testen van een cel); de uitkomst komt uit een cache.

    `namen` zijn de namen in scope; alleen die met spaties of leestekens zijn nodig. Werpt FeelFout.
    """
    return _compileer(tekst, samengesteld(namen), functies or _GEEN, unair)


def evalueer(
    tekst: str, context: Mapping[str, object] | None = None, *, klok: Klok | None = None,
    functies: Functies | None = None,
) -> Any:  # fmt: skip
    """De waarde van een expressie in een context; namen in de context mogen spaties hebben. Werpt FeelFout."""
    return compileer(tekst, namen=context or (), functies=functies).evalueer(context, klok=klok).waarde
