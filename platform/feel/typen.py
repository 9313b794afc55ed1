"""Soorten (types): hoort een waarde erbij (`instance of`), en de impliciete omzettingen van de standaard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feel import boom
from feel.tijd import Datum, DatumTijd, Tijd
from feel.waarden import SOORTEN, Bereik, Functie, Ingebouwd, soortnaam

ALIASSEN = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "date time": "date and time",
}
BASIS = frozenset(
    ["Any", "number", "string", "boolean", "date", "time", "date and time", "days and time duration",
     "years and months duration", "list", "context", "function", "range", "Null"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Soort:
    """Een soort; `deel` van een lijst of bereik, `velden` van een context, `delen` (en `deel`) van een functie.

    `test` zijn de toegestane waarden van een gedeclareerde soort.
    """

    naam: str
    deel: Soort | None = None
    velden: tuple[tuple[str, Soort], ...] | None = None
    delen: tuple[Soort, ...] | None = None
    test: Callable[[Any], bool] | None = None
    basis: str = ""
    grond: str = field(init=False)  # de ingebouwde soort waarop deze rust
    kaal: bool = field(init=False)  # geen delen, velden of toegestane waarden om na te lopen

    def __post_init__(self) -> None:
        zet = object.__setattr__
        zet(self, "grond", self.basis or self.naam)
        zet(self, "kaal", not (self.deel or self.velden or self.delen or self.test))

    def bevat(self, waarde: Any) -> bool:
        """`waarde instance of soort`; null hoort alleen bij Null."""
        if waarde is None:
            return self.grond == "Null"
        if self.grond not in {"Any", soortnaam(waarde)}:
            return False
        return self._vorm(waarde) and (self.test is None or self.test(waarde))

    def _vorm(self, waarde: Any) -> bool:
        match waarde:
            case list() if self.deel is not None:
                deel = self.deel
                return all(deel.bevat(element) for element in waarde)
            case dict() if self.velden is not None:
                return all(naam in waarde and soort.bevat(waarde[naam]) for naam, soort in self.velden)
            case Bereik() if self.deel is not None:
                return all(kant is None or self.deel.bevat(kant) for kant in (waarde.laag, waarde.hoog))
            case Functie() | Ingebouwd() if self.delen is not None:
                return self._functie(waarde)
        return True

    def _functie(self, waarde: Functie | Ingebouwd) -> bool:
        delen = self.delen or ()
        if len(waarde.parameters) != len(delen):
            return False
        goed = all(
            parameter.soort is None or gaat_op_in(deel, parameter.soort)
            for parameter, deel in zip(waarde.parameters, delen, strict=True)
        )
        resultaat = waarde.resultaat if isinstance(waarde, Functie) else None
        # Zonder gedeclareerde uitkomst is niet te zeggen dat de functie niet past.
        return goed and (self.deel is None or resultaat is None or gaat_op_in(resultaat, self.deel))

    def zet_om(self, waarde: Any) -> tuple[bool, Any]:
        """(goed, waarde na impliciete omzetting); null is altijd goed, een verkeerde soort geeft (False, None)."""
        if waarde is None or (self.kaal and self.grond == SOORTEN.get(type(waarde))):
            return True, waarde
        if self.grond == "Any":
            return (True, waarde) if self.test is None or self.test(waarde) else (False, None)
        if isinstance(waarde, list) and self.grond != "list":
            return self.zet_om(waarde[0]) if len(waarde) == 1 else (False, None)
        if self.grond == "list":
            return self._zet_lijst_om(waarde if isinstance(waarde, list) else [waarde])
        if self.grond == "date and time" and isinstance(waarde, Datum):
            waarde = DatumTijd(waarde, Tijd(0, 0, 0))
        if self.grond != soortnaam(waarde):
            return False, None
        if isinstance(waarde, dict) and self.velden is not None:
            goed, waarde = self._zet_context_om(waarde)
        else:
            goed = self._vorm(waarde)
        return (True, waarde) if goed and (self.test is None or self.test(waarde)) else (False, None)

    def _zet_lijst_om(self, waarde: list[Any]) -> tuple[bool, Any]:
        if self.deel is not None:
            paren = [self.deel.zet_om(element) for element in waarde]
            if not all(goed for goed, _ in paren):
                return False, None
            waarde = [element for _, element in paren]
        return (True, waarde) if self.test is None or self.test(waarde) else (False, None)

    def _zet_context_om(self, waarde: dict[str, Any]) -> tuple[bool, Any]:
        uit = dict(waarde)
        for naam, soort in self.velden or ():
            if naam not in uit:
                continue
            goed, uit[naam] = soort.zet_om(uit[naam])
            if not goed:
                return False, None
        return True, uit


ALLES = Soort("Any")


def gaat_op_in(smal: Soort, breed: Soort) -> bool:
    """Is elke waarde van `smal` ook een waarde van `breed`?"""
    if breed.grond == "Any" or smal.grond == "Null":
        return True
    if smal.grond != breed.grond:
        return False
    if breed.velden is not None:
        velden = dict(smal.velden or ())
        return all(naam in velden and gaat_op_in(velden[naam], soort) for naam, soort in breed.velden)
    if breed.delen is not None:
        return _functie_in(smal, breed)
    return breed.deel is None or gaat_op_in(smal.deel or ALLES, breed.deel)


def _functie_in(smal: Soort, breed: Soort) -> bool:
    smalle, brede = smal.delen or (), breed.delen or ()
    if len(smalle) != len(brede):
        return False
    delen = all(gaat_op_in(naar, van) for van, naar in zip(smalle, brede, strict=True))
    return delen and gaat_op_in(smal.deel or ALLES, breed.deel or ALLES)


# `instance of list` zonder `<...>` is volgens de grammatica geen type.
_MET_DELEN = frozenset(["list", "range", "context", "function"])


def maak_soort(soort: boom.Type, bekend: Mapping[str, Soort]) -> Soort | None:
    """De soort bij een geschreven type; None als de naam niet bestaat."""
    naam = ALIASSEN.get(soort.naam, soort.naam)
    if naam in bekend:
        return bekend[naam]
    if naam == "context" and soort.velden:
        velden = [(veld, maak_soort(deel, bekend)) for veld, deel in soort.velden]
        goede = tuple((veld, deel) for veld, deel in velden if deel is not None)
        return Soort("context", velden=goede) if len(goede) == len(velden) else None
    delen = [maak_soort(deel, bekend) for deel in soort.delen]
    gevonden = tuple(deel for deel in delen if deel is not None)
    if naam not in BASIS or len(gevonden) != len(delen):
        return None
    if not gevonden and naam in _MET_DELEN:
        return None
    if naam == "function" and gevonden:
        return Soort("function", deel=gevonden[-1], delen=gevonden[:-1])
    return Soort(naam, deel=gevonden[0]) if gevonden else Soort(naam)
