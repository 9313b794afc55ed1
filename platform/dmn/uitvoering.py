"""Eén uitvoering: de vereistengrafiek aflopen, elke knoop één keer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dmn.elementen import Beslissing, Dienst, Element, Kennismodel
from dmn.staat import SPOOR_MAX, Beslisstaat, Knoopstap
from feel.naar_python import uit_python
from feel.staat import Omgeving, Staat
from feel.waarden import Functie, Parameter

if TYPE_CHECKING:
    from dmn.knopen import Knoop

_GEEN = object()


class Uitvoering:
    """Waarden van knopen bij één invoer; `vast` zijn waarden die een beslisservice van buiten krijgt."""

    __slots__ = ("bezig", "gedaan", "invoer", "met_ruimte", "staat")

    def __init__(self, invoer: Mapping[str, Any], staat: Staat, vast: dict[Knoop, Any] | None = None) -> None:
        self.invoer, self.staat = invoer, staat
        self.gedaan: dict[Knoop, Any] = dict(vast or {})
        self.bezig: set[Knoop] = set()
        self.met_ruimte = any("#" in naam for naam in invoer)

    def waarde(self, knoop: Knoop) -> Any:
        """De waarde van een knoop, één keer berekend; een kring geeft null met een reden."""
        gevonden = self.gedaan.get(knoop, _GEEN)
        if gevonden is not _GEEN:
            return gevonden
        if knoop.is_invoer:
            waarde = self.gedaan[knoop] = self._invoer(knoop)
            return waarde
        if knoop in self.bezig and isinstance(knoop.element, Kennismodel):
            return self._later(knoop, knoop.element)
        if knoop in self.bezig:
            naam = knoop.element.naam
            self.staat.meld("grafiek.kring", f"{naam} hangt van zichzelf af", f"{naam} depends on itself")
            return None
        self.bezig.add(knoop)
        waarde = self._bereken(knoop, knoop.element)
        self.bezig.discard(knoop)
        self.gedaan[knoop] = waarde
        return waarde

    def _later(self, knoop: Knoop, element: Kennismodel) -> Functie:
        """Een kennismodel dat (via een ander) zichzelf aanroept: de functie wordt pas bij de aanroep opgezocht."""
        parameters = element.functie.parameters if element.functie is not None else ()

        def werk(staat: Staat, argumenten: Sequence[Any]) -> Any:
            functie = self.gedaan.get(knoop)
            return functie.roep(staat, argumenten) if functie is not None else None

        return Functie(element.variabele.naam, tuple(Parameter(p.naam) for p in parameters), werk)

    def _bereken(self, knoop: Knoop, element: Element) -> Any:
        match element:
            case Beslissing():
                return self._beslissing(knoop)
            case Kennismodel():
                return knoop.doe(Omgeving(self.scope(knoop), None, self.staat))
            case Dienst():
                return dienst_als_functie(knoop)
        return None

    def _invoer(self, knoop: Knoop) -> Any:
        waarde = uit_python(knoop.uit_invoer(self.invoer, met_ruimte=self.met_ruimte))
        soort = knoop.soort
        if soort is None or waarde is None:
            return waarde
        goed, omgezet = soort.zet_om(waarde)
        if not goed:
            naam = knoop.element.naam
            self.staat.meld(
                "invoer.soort",
                f"De invoer {naam} is geen {soort.naam}",
                f"The input {naam} is not a {soort.naam}",
            )
        return omgezet

    def _beslissing(self, knoop: Knoop) -> Any:
        staat = self.staat
        scope = self.scope(knoop)
        if not isinstance(staat, Beslisstaat) or len(staat.knopen) >= SPOOR_MAX:
            return knoop.doe(Omgeving(scope, None, staat))
        stap = Knoopstap(knoop, len(staat.tabellen))
        stap.scope = scope
        stap.uitkomst = knoop.doe(Omgeving(scope, None, staat))
        stap.eind = len(staat.tabellen)
        staat.knopen.append(stap)
        return stap.uitkomst

    def scope(self, knoop: Knoop) -> dict[str, Any]:
        """De namen die een knoop ziet: zijn eisen; geïmporteerde staan onder de naam van de import."""
        scope: dict[str, Any] = {}
        for alias, naam, eis in knoop.eisen:
            if alias:
                scope.setdefault(alias, {})[naam] = self.waarde(eis)
            else:
                scope[naam] = self.waarde(eis)
        return scope


def dienst_als_functie(knoop: Knoop) -> Functie:
    """Een beslisservice als functie: eerst de invoergegevens, dan de invoerbeslissingen."""
    ingangen = knoop.ingangen
    parameters = tuple(Parameter(eis.element.variabele.naam, eis.soort) for eis in ingangen)

    def werk(staat: Staat, argumenten: Sequence[Any]) -> Any:
        vast = dict(zip(ingangen, argumenten, strict=True))
        return voer_dienst_uit(knoop, Uitvoering({}, staat, vast))

    return Functie(knoop.element.naam, parameters, werk)


def voer_dienst_uit(knoop: Knoop, uitvoering: Uitvoering) -> Any:
    """De uitkomst van een beslisservice: één waarde, of een context bij meer uitvoerbeslissingen."""
    uit = {eis.element.variabele.naam: uitvoering.waarde(eis) for eis in knoop.uitgangen}
    waarde = next(iter(uit.values())) if len(uit) == 1 else uit
    if knoop.soort is None or knoop.soort.grond == "function":
        return waarde
    return knoop.soort.zet_om(waarde)[1]
