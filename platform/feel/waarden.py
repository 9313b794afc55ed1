"""De overige waarden van FEEL: bereik en functie; en de soort (het type) van elke waarde.

Getal is Decimal, tekst str, waarheid bool, niets None, lijst list, context dict; tijdswaarden staan in `feel.tijd`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from feel.staat import Staat
from feel.tijd import DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd

if TYPE_CHECKING:
    from feel.typen import Soort


@dataclass(frozen=True, slots=True)
class Bereik:
    """Een bereik; een onbegrensde kant is None en altijd open."""

    laag_dicht: bool
    laag: Any
    hoog: Any
    hoog_dicht: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """Een parameter van een functie; zonder soort mag alles."""

    naam: str
    soort: Soort | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Functie:
    """Een functie als waarde: van de auteur, van een kennismodel of van een beslisservice.

    `werk` krijgt de staat en de argumenten in volgorde, al omgezet naar de soort van de parameters.
    """

    naam: str
    parameters: tuple[Parameter, ...]
    werk: Callable[[Staat, Sequence[Any]], Any]
    resultaat: Soort | None = None

    def roep(self, staat: Staat, argumenten: Sequence[Any]) -> Any:
        """Aanroep op volgorde; verkeerd aantal of soort geeft null met een reden."""
        if len(argumenten) != len(self.parameters):
            staat.meld(
                "functie.aantal",
                f"{self.naam} vraagt {len(self.parameters)} argumenten en kreeg er {len(argumenten)}",
                f"{self.naam} takes {len(self.parameters)} arguments but got {len(argumenten)}",
            )
            return None
        waarden = []
        for parameter, argument in zip(self.parameters, argumenten, strict=True):
            goed, waarde = (True, argument) if parameter.soort is None else parameter.soort.zet_om(argument)
            if not goed:
                return self._verkeerde_soort(staat, parameter)
            waarden.append(waarde)
        staat.dieper()
        uitkomst = self.werk(staat, waarden)
        staat.diepte -= 1
        return self._resultaat(staat, uitkomst)

    def _resultaat(self, staat: Staat, uitkomst: Any) -> Any:
        if self.resultaat is None:
            return uitkomst
        goed, waarde = self.resultaat.zet_om(uitkomst)
        if not goed:
            staat.meld(
                "functie.resultaat",
                f"De uitkomst van {self.naam} is geen {self.resultaat.naam}",
                f"The result of {self.naam} is not a {self.resultaat.naam}",
            )
        return waarde

    def _verkeerde_soort(self, staat: Staat, parameter: Parameter) -> None:
        soort = parameter.soort.naam if parameter.soort else "Any"
        staat.meld(
            "functie.soort",
            f"{self.naam}: {parameter.naam} moet een {soort} zijn",
            f"{self.naam}: {parameter.naam} must be a {soort}",
        )

    def roep_op_naam(self, staat: Staat, argumenten: Mapping[str, Any]) -> Any:
        """Aanroep op naam; een naam die ontbreekt is null, een onbekende naam geeft null met een reden."""
        namen = [parameter.naam for parameter in self.parameters]
        if not argumenten.keys() <= set(namen):
            staat.meld(
                "functie.namen",
                f"{self.naam} vraagt de argumenten {', '.join(namen)}",
                f"{self.naam} takes the arguments {', '.join(namen)}",
            )
            return None
        return self.roep(staat, [argumenten.get(naam) for naam in namen])


@dataclass(frozen=True, slots=True)
class Vorm:
    """Eén manier om een functie aan te roepen: de namen van de parameters, hoeveel er moeten en mogen (None: onbegrensd)."""

    namen: tuple[str, ...]
    minstens: int
    hoogstens: int | None
    verplicht: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Ingebouwd:
    """Een ingebouwde (of door de aanroeper toegevoegde) functie; zij controleert zelf haar argumenten."""

    naam: str
    op_volgorde: Callable[[Staat, Sequence[Any]], Any]
    op_naam: Callable[[Staat, Mapping[str, Any]], Any]
    parameters: tuple[Parameter, ...] = field(default=())
    vormen: tuple[Vorm, ...] = field(default=())

    def roep(self, staat: Staat, argumenten: Sequence[Any]) -> Any:
        return self.op_volgorde(staat, argumenten)

    def roep_op_naam(self, staat: Staat, argumenten: Mapping[str, Any]) -> Any:
        return self.op_naam(staat, argumenten)


SOORTEN = {
    Decimal: "number", str: "string", bool: "boolean", list: "list", dict: "context", Datum: "date", Tijd: "time",
    DatumTijd: "date and time", DagenDuur: "days and time duration", MaandenDuur: "years and months duration",
    Bereik: "range", Functie: "function", Ingebouwd: "function", type(None): "Null",
}  # fmt: skip


def soortnaam(waarde: Any) -> str:
    """De naam van de soort van een waarde, zoals FEEL die noemt."""
    return SOORTEN.get(type(waarde), "Any")


def is_functie(waarde: Any) -> bool:
    """Is deze waarde aan te roepen?"""
    return isinstance(waarde, Functie | Ingebouwd)
