"""De eigenschappen van waarden: velden van contexten, en `datum.year`, `duur.hours`, `bereik.start` enzovoort."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from feel.getallen import DECIMAAL
from feel.staat import Staat
from feel.tijd import NANO, DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd, onderdelen
from feel.waarden import Bereik, soortnaam


def _seconden(hele: int, nano: int) -> Decimal:
    return Decimal(hele) if not nano else DECIMAAL.add(Decimal(hele), DECIMAAL.divide(Decimal(nano), Decimal(NANO)))


def _offset(verschil: int | None) -> DagenDuur | None:
    return None if verschil is None else DagenDuur(verschil * NANO)


def _duurdeel(nummer: int) -> Callable[[DagenDuur], Decimal]:
    return lambda duur: Decimal(onderdelen(duur)[nummer])


def _jaren(duur: MaandenDuur) -> Decimal:
    return Decimal(int(duur.maanden / 12) if abs(duur.maanden) < 2**50 else duur.maanden // 12)


def _maanden(duur: MaandenDuur) -> Decimal:
    return Decimal(duur.maanden) - _jaren(duur) * 12


_DATUM: dict[str, Callable[[Datum], Any]] = {
    "year": lambda d: Decimal(d.jaar),
    "month": lambda d: Decimal(d.maand),
    "day": lambda d: Decimal(d.dag),
    "weekday": lambda d: Decimal(d.weekdag),
}
_TIJD: dict[str, Callable[[Tijd], Any]] = {
    "hour": lambda t: Decimal(t.uur),
    "minute": lambda t: Decimal(t.minuut),
    "second": lambda t: _seconden(t.seconde, t.nano),
}


def _van_datum(lezer: Callable[[Datum], Any]) -> Callable[[DatumTijd], Any]:
    return lambda moment: lezer(moment.datum)


def _van_tijd(lezer: Callable[[Tijd], Any]) -> Callable[[DatumTijd], Any]:
    return lambda moment: lezer(moment.tijd)


_EIGENSCHAPPEN: dict[type, dict[str, Callable[[Any], Any]]] = {
    Datum: _DATUM,
    Tijd: {**_TIJD, "time offset": lambda t: _offset(t.verschil), "timezone": lambda t: t.zone},
    DatumTijd: {
        **{naam: _van_datum(lezer) for naam, lezer in _DATUM.items()},
        **{naam: _van_tijd(lezer) for naam, lezer in _TIJD.items()},
        "time offset": lambda d: _offset(d.verschil),
        "timezone": lambda d: d.tijd.zone,
    },
    DagenDuur: {
        "days": _duurdeel(0),
        "hours": _duurdeel(1),
        "minutes": _duurdeel(2),
        "seconds": lambda d: _seconden(*onderdelen(d)[3:]),
    },
    MaandenDuur: {"years": _jaren, "months": _maanden},
    Bereik: {
        "start": lambda b: b.laag,
        "end": lambda b: b.hoog,
        "start included": lambda b: b.laag_dicht,
        "end included": lambda b: b.hoog_dicht,
    },
}


def eigenschap(staat: Staat, waarde: Any, naam: str) -> Any:
    """`waarde.naam`; op een lijst per element; wat niet bestaat is null met een reden."""
    if isinstance(waarde, list):
        return [eigenschap(staat, element, naam) for element in waarde]
    if isinstance(waarde, dict) and naam in waarde:
        return waarde[naam]
    lezer = _EIGENSCHAPPEN.get(type(waarde), {}).get(naam)
    if lezer is not None:
        return lezer(waarde)
    staat.meld(
        "pad.onbekend",
        f"Een {soortnaam(waarde)} heeft geen “{naam}”",
        f"A {soortnaam(waarde)} has no “{naam}”",
    )
    return None
