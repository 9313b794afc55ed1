"""Ingebouwde functies beschrijven: een handtekening als tekst, en de controle en omzetting van argumenten.

`"string: string, start position: number, length: number?"`: `?` mag ontbreken, `~` mag null zijn, `*` is de rest.
Meer soorten met `|`. Een functie kan meer handtekeningen hebben; de eerste die past, geldt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feel.staat import Staat
from feel.tijd import Datum, DatumTijd, Tijd
from feel.typen import Soort
from feel.waarden import Ingebouwd, Parameter, Vorm, soortnaam

_MIS = object()


@dataclass(frozen=True, slots=True)
class _Param:
    naam: str
    soorten: frozenset[str]
    mag_weg: bool
    mag_null: bool
    rest: bool

    def zet_om(self, waarde: Any) -> Any:  # noqa: PLR0911 - één geval per soort
        """De waarde zoals de functie haar krijgt, of _MIS als de soort niet past."""
        if "Any" in self.soorten:
            return waarde
        if waarde is None:
            return None if self.mag_null else _MIS
        soort = soortnaam(waarde)
        if soort in self.soorten:
            return waarde
        if "list" in self.soorten:
            return [waarde]
        if soort == "list" and len(waarde) == 1 and soortnaam(waarde[0]) in self.soorten:
            return waarde[0]
        if soort == "date" and "date and time" in self.soorten:
            return DatumTijd(waarde, Tijd(0, 0, 0)) if isinstance(waarde, Datum) else _MIS
        return _MIS


def _lees_param(tekst: str) -> _Param:
    naam, _, soort = tekst.partition(":")
    kaal = soort.strip().rstrip("?~*")
    tekens = soort.strip()[len(kaal) :]
    soorten = frozenset(deel.strip() for deel in kaal.split("|"))
    return _Param(naam.strip(), soorten, "?" in tekens, "~" in tekens, "*" in tekens)


@dataclass(frozen=True, slots=True)
class Handtekening:
    """Eén manier om een functie aan te roepen."""

    params: tuple[_Param, ...]
    werk: Callable[..., Any]

    def bind(self, argumenten: Sequence[Any]) -> list[Any] | None:
        """De argumenten in volgorde voor `werk`, of None als deze handtekening niet past."""
        params = self.params
        if params and params[-1].rest:
            return self._bind_rest(argumenten)
        if len(argumenten) > len(params):
            return None
        waarden = [param.zet_om(waarde) for param, waarde in zip(params, argumenten, strict=False)]
        if not all(param.mag_weg for param in params[len(waarden) :]):
            return None
        waarden += [None] * (len(params) - len(waarden))
        return None if any(waarde is _MIS for waarde in waarden) else waarden

    def _bind_rest(self, argumenten: Sequence[Any]) -> list[Any] | None:
        vast = len(self.params) - 1
        if len(argumenten) <= vast:
            return None
        params = [*self.params[:vast], *[self.params[vast]] * (len(argumenten) - vast)]
        waarden = [param.zet_om(waarde) for param, waarde in zip(params, argumenten, strict=True)]
        return None if any(waarde is _MIS for waarde in waarden) else waarden

    def vorm(self) -> Vorm:
        """Namen en aantallen, om een aanroep te keuren zonder haar uit te voeren."""
        rest = bool(self.params) and self.params[-1].rest
        minstens = sum(1 for param in self.params if not param.mag_weg)
        verplicht = frozenset(p.naam for p in self.params if not (p.mag_weg or p.mag_null or "Any" in p.soorten))
        return Vorm(tuple(p.naam for p in self.params), minstens, None if rest else len(self.params), verplicht)

    def bind_namen(self, argumenten: Mapping[str, Any]) -> list[Any] | None:
        """Zoals `bind`, voor een aanroep op naam; wat ontbreekt is null."""
        namen = {param.naam for param in self.params}
        if not argumenten.keys() <= namen:
            return None
        waarden = []
        for param in self.params:
            gegeven = param.naam in argumenten
            waarden.append(None if param.mag_weg and not gegeven else param.zet_om(argumenten.get(param.naam)))
        return None if any(waarde is _MIS for waarde in waarden) else waarden


def maak_functie(naam: str, vormen: Mapping[str, Callable[..., Any]]) -> Ingebouwd:
    """Een ingebouwde functie uit handtekeningen met hun werk; `werk` krijgt de staat en de argumenten."""
    handtekeningen = [
        Handtekening(tuple(_lees_param(deel) for deel in tekst.split(",") if deel.strip()), werk)
        for tekst, werk in vormen.items()
    ]
    parameters = tuple(Parameter(p.naam, _param_soort(p)) for p in handtekeningen[0].params)

    def op_volgorde(staat: Staat, argumenten: Sequence[Any]) -> Any:
        for handtekening in handtekeningen:
            waarden = handtekening.bind(argumenten)
            if waarden is not None:
                return handtekening.werk(staat, *waarden)
        return _past_niet(staat, naam, vormen, [soortnaam(waarde) for waarde in argumenten])

    def op_naam(staat: Staat, argumenten: Mapping[str, Any]) -> Any:
        for handtekening in handtekeningen:
            waarden = handtekening.bind_namen(argumenten)
            if waarden is not None:
                return handtekening.werk(staat, *waarden)
        return _past_niet(staat, naam, vormen, [f"{n}: {soortnaam(w)}" for n, w in argumenten.items()])

    return Ingebouwd(naam, op_volgorde, op_naam, parameters, tuple(h.vorm() for h in handtekeningen))


def _param_soort(param: _Param) -> Soort | None:
    return Soort(next(iter(param.soorten))) if len(param.soorten) == 1 else None


def _past_niet(staat: Staat, naam: str, vormen: Mapping[str, Any], gekregen: list[str]) -> None:
    kan = " of ".join(f"{naam}({vorm})" for vorm in vormen)
    staat.meld(
        "functie.argumenten",
        f"{naam} kan niet met ({', '.join(gekregen)}); wel: {kan}",
        f"{naam} does not take ({', '.join(gekregen)}); expected: {kan.replace(' of ', ' or ')}",
    )
