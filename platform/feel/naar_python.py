"""Waarden over de grens: tussen FEEL en Python (`datetime`, Decimal, int) en tussen FEEL en JSON, zonder verlies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any

from feel.fouten import Telling
from feel.getallen import DECIMAAL, literaal
from feel.tijd import DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd
from feel.tijd_lezen import lees_datum, lees_datumtijd, lees_duur, lees_tijd
from feel.waarden import Bereik

_MICRO = 1000
_EXACT = 10**34  # gehele getallen tot hier passen zonder afronden


def _getal(waarde: float | Decimal) -> Decimal | None:
    getal = Decimal(repr(waarde)) if isinstance(waarde, float) else Decimal(waarde)
    return literaal(str(getal)) if getal.is_finite() else None


def _uit_zone(zone: tzinfo | None, moment: datetime | time) -> tuple[int | None, str | None]:
    if zone is None:
        return None, None
    naam = getattr(zone, "key", "UTC")  # een ZoneInfo heeft een naam, een vaste offset niet
    if naam != "UTC":
        return None, naam
    verschil = moment.utcoffset()
    return (0 if verschil is None else int(verschil.total_seconds())), None


def _uit_tijd(waarde: time | datetime) -> Tijd:
    seconden = waarde.hour * 3600 + waarde.minute * 60 + waarde.second
    return Tijd(seconden, waarde.microsecond * _MICRO, *_uit_zone(waarde.tzinfo, waarde))


def _uit_datum(waarde: date) -> Datum:
    return Datum(waarde.year, waarde.month, waarde.day)


def _uit_datumtijd(waarde: datetime) -> DatumTijd:
    return DatumTijd(_uit_datum(waarde), _uit_tijd(waarde))


def _uit_duur(waarde: timedelta) -> DagenDuur:
    return DagenDuur(waarde // timedelta(microseconds=1) * _MICRO)


_UIT: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    str: str,
    int: lambda waarde: Decimal(waarde) if -_EXACT < waarde < _EXACT else literaal(str(waarde)),
    float: _getal,
    datetime: _uit_datumtijd,
    date: _uit_datum,
    time: _uit_tijd,
    timedelta: _uit_duur,
    list: lambda waarde: [uit_python(deel) for deel in waarde],
    tuple: lambda waarde: [uit_python(deel) for deel in waarde],
    dict: lambda waarde: {str(naam): uit_python(deel) for naam, deel in waarde.items()},
    Decimal: lambda waarde: DECIMAAL.plus(waarde) if waarde.is_finite() else None,
}


# De ouders van afgeleide soorten (IntEnum, StrEnum, een eigen datum); datetime komt voor date.
_OUDERS = (str, int, float, datetime, date, time, timedelta, list, tuple)


def uit_python(waarde: Any) -> Any:
    """De FEEL-waarde bij een Python-waarde; wat al FEEL is, blijft zo."""
    omzetter = _UIT.get(type(waarde))
    if omzetter is not None:
        return omzetter(waarde)
    if isinstance(waarde, Mapping):
        return {str(naam): uit_python(deel) for naam, deel in waarde.items()}
    for soort in _OUDERS:
        if isinstance(waarde, soort):
            return _UIT[soort](waarde)
    return waarde


def _zone(tijd: Tijd) -> tzinfo | None:
    if tijd.zone is not None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - alleen wie een zone noemt, heeft de tabellen nodig

        return ZoneInfo(tijd.zone)
    if tijd.offset is None:
        return None
    return UTC if tijd.offset == 0 else timezone(timedelta(seconds=tijd.offset))


def _naar_tijd(waarde: Tijd) -> Any:
    if waarde.nano % _MICRO:
        return waarde
    return time(waarde.uur, waarde.minuut, waarde.seconde, waarde.nano // _MICRO, tzinfo=_zone(waarde))


def _naar_datum(waarde: Datum) -> Any:
    return date(waarde.jaar, waarde.maand, waarde.dag) if 1 <= waarde.jaar <= 9999 else waarde  # noqa: PLR2004


def _naar_datumtijd(waarde: DatumTijd) -> Any:
    datum, tijd = _naar_datum(waarde.datum), _naar_tijd(waarde.tijd)
    if isinstance(datum, Datum) or isinstance(tijd, Tijd):
        return waarde
    return datetime.combine(datum, tijd)


_NAAR: dict[type, Callable[[Any], Any]] = {
    Datum: _naar_datum,
    Tijd: _naar_tijd,
    DatumTijd: _naar_datumtijd,
}


def naar_python(waarde: Any, telling: Telling | None = None) -> Any:
    """De Python-waarde: `datetime` waar die de waarde heel houdt, anders de eigen tijdswaarde; duren blijven FEEL.

    Werpt FeelGrens bij een waarde van meer dan een miljoen elementen.
    """
    soort = type(waarde)
    if soort is list or soort is dict:
        telling = telling or Telling()
        telling.tel()
        if soort is list:
            return [naar_python(deel, telling) for deel in waarde]
        return {naam: naar_python(deel, telling) for naam, deel in waarde.items()}
    omzetter = _NAAR.get(soort)
    return waarde if omzetter is None else omzetter(waarde)


_MERK = "$feel"
_LEZERS: dict[str, Callable[[Any], Any]] = {
    "number": literaal,
    "date": lees_datum,
    "time": lees_tijd,
    "date and time": lees_datumtijd,
    "duration": lees_duur,
    "range": lambda deel: Bereik(deel[0], _uit_json(deel[1]), _uit_json(deel[2]), deel[3]),
    "context": lambda deel: {naam: _uit_json(inhoud) for naam, inhoud in deel.items()},
}
_VEILIG_GEHEEL = 2**53


def _naar_getal(waarde: Decimal) -> Any:
    if waarde == waarde.to_integral_value() and abs(waarde) <= _VEILIG_GEHEEL and waarde.as_tuple().exponent == 0:
        return int(waarde)
    return {_MERK: "number", "waarde": str(waarde)}


def naar_json(waarde: Any) -> Any:
    """JSON-waarden zonder verlies: hele getallen, teksten en lijsten zoals zij zijn; de rest als `{"$feel": soort}`.

    Functies hebben geen JSON-vorm (TypeError).
    """
    waarde = uit_python(waarde)
    match waarde:
        case None | bool() | str():
            return waarde
        case Decimal():
            return _naar_getal(waarde)
        case list():
            return [naar_json(deel) for deel in waarde]
        case dict():
            velden = {naam: naar_json(deel) for naam, deel in waarde.items()}
            return {_MERK: "context", "waarde": velden} if _MERK in velden else velden
        case Bereik():
            kanten = [naar_json(waarde.laag), naar_json(waarde.hoog)]
            return {_MERK: "range", "waarde": [waarde.laag_dicht, *kanten, waarde.hoog_dicht]}
        case Datum() | Tijd() | DatumTijd() | DagenDuur() | MaandenDuur():
            soort = {Datum: "date", Tijd: "time", DatumTijd: "date and time"}.get(type(waarde), "duration")
            return {_MERK: soort, "waarde": str(waarde)}
    raise TypeError(f"{type(waarde).__name__} heeft geen JSON-vorm")


def _uit_json(waarde: Any) -> Any:
    match waarde:
        case dict() if _MERK in waarde:
            lezer = _LEZERS.get(str(waarde[_MERK]))
            if lezer is None:
                raise ValueError(f"Onbekende soort {waarde[_MERK]!r}")
            return lezer(waarde["waarde"])
        case dict():
            return {naam: _uit_json(deel) for naam, deel in waarde.items()}
        case list():
            return [_uit_json(deel) for deel in waarde]
    return uit_python(waarde)


def uit_json(waarde: Any) -> Any:
    """De Python-waarde bij wat `naar_json` gaf; gewone JSON-getallen worden Decimal."""
    return naar_python(_uit_json(waarde))
