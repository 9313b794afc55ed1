"""De knopen van de vereistengrafiek: elk element met zijn eisen, zijn soort en zijn (lui gecompileerde) logica."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dmn.compileren import benoemd, functie, niets
from dmn.elementen import Beslissing, Dienst, Element, Invoer, Kennismodel
from feel.bouwer import Closure
from feel.typen import Soort

if TYPE_CHECKING:
    from dmn.model import Model


@dataclass(eq=False)
class Knoop:
    """Een element in zijn model; vergelijkt op identiteit, zodat een uitvoering haar waarden er op bewaart."""

    element: Element
    model: Model
    naam: str = field(init=False)  # de naam van de variabele
    is_invoer: bool = field(init=False)

    def __post_init__(self) -> None:
        self.naam = self.element.variabele.naam
        self.is_invoer = isinstance(self.element, Invoer)

    @cached_property
    def eisen(self) -> tuple[tuple[str, str, Knoop], ...]:
        """(import of leeg, naam in scope, knoop) van alles wat dit element nodig heeft."""
        uit = []
        for verwijzing in self.element.eisen:
            alias, knoop = self.model.verwijzing(verwijzing, self.element)
            if knoop is not None:
                uit.append((alias, knoop.element.variabele.naam, knoop))
        return tuple(uit)

    @cached_property
    def soort(self) -> Soort | None:
        """De soort van de variabele; None is geen controle."""
        return self.model.compileerder(self.element.naam).soort(self.element.variabele.type)

    @cached_property
    def doe(self) -> Closure:
        """De logica; één keer gecompileerd."""
        namen = [naam for alias, naam, _ in self.eisen if not alias]
        c = self.model.compileerder(self.element.naam).met(*namen, *(alias for alias, _, _ in self.eisen if alias))
        element = self.element
        if isinstance(element, Beslissing):
            inhoud = benoemd(c, element.variabele.naam, element.logica)
            return c.gecontroleerd(inhoud, element.variabele.type, element.naam)
        if isinstance(element, Kennismodel) and element.functie is not None:
            return self._kennis(element)
        return niets

    def _kennis(self, element: Kennismodel) -> Closure:
        namen = [alias or naam for alias, naam, _ in self.eisen]
        c = self.model.compileerder(element.naam).met(*namen, element.variabele.naam)
        assert element.functie is not None  # noqa: S101 - hierboven gecontroleerd
        maak = functie(c, element.functie, element.variabele.naam)
        resultaat = self.soort if self.soort is not None and self.soort.grond != "function" else None

        def met_eigen_naam(o: Any) -> Any:
            waarde = maak(o)
            if waarde is None:
                return None
            from dataclasses import replace  # noqa: PLC0415

            eigen = replace(waarde, resultaat=waarde.resultaat or resultaat)
            o.waarden.setdefault(element.variabele.naam, eigen)
            return eigen

        return met_eigen_naam

    @cached_property
    def ingangen(self) -> tuple[Knoop, ...]:
        """De ingangen van een beslisservice, in volgorde van de parameters."""
        assert isinstance(self.element, Dienst)  # noqa: S101 - alleen voor diensten
        return self._knopen((*self.element.invoergegevens, *self.element.invoerbeslissingen))

    @cached_property
    def uitgangen(self) -> tuple[Knoop, ...]:
        """De uitvoerbeslissingen van een beslisservice."""
        assert isinstance(self.element, Dienst)  # noqa: S101 - alleen voor diensten
        return self._knopen(self.element.uitvoer)

    def _knopen(self, verwijzingen: tuple[str, ...]) -> tuple[Knoop, ...]:
        gevonden = (self.model.verwijzing(verwijzing, self.element)[1] for verwijzing in verwijzingen)
        return tuple(knoop for knoop in gevonden if knoop is not None)

    @cached_property
    def invoernamen(self) -> tuple[str, ...]:
        """De namen waaronder de waarde in de invoer kan staan."""
        vol = f"{self.model.definities.naamruimte}#{self.naam}"
        return (self.naam, vol, self.element.naam)

    def uit_invoer(self, invoer: Mapping[str, Any], *, met_ruimte: bool) -> Any:
        """De waarde in de invoer: onder de naam, of onder `naamruimte#naam` als een naam twee keer voorkomt."""
        naam, vol, eigen = self.invoernamen
        if naam in invoer and not met_ruimte:
            return invoer[naam]
        return invoer[vol] if vol in invoer else invoer.get(naam, invoer.get(eigen))
