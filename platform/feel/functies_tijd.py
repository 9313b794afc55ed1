"""Datum- en tijdfuncties: maken, ontleden, nu en vandaag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from feel.getallen import DECIMAAL
from feel.kalender import zone
from feel.naar_python import uit_python
from feel.rekenen import als_datumtijd
from feel.staat import Staat
from feel.tijd import NANO, DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd, maak_datum
from feel.tijd_lezen import OFFSET_MAX, lees_datum, lees_datumtijd, lees_duur, lees_tijd

_DAGEN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MAANDEN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _fout(staat: Staat, soort: str, waarde: object) -> Any:
    staat.meld("tijd.ongeldig", f"“{waarde}” is geen geldige {soort}", f"“{waarde}” is not a valid {soort}")


def _uit_tekst(soort: str, lees: Callable[[str], Any]) -> Callable[[Staat, str], Any]:
    def doe(staat: Staat, bron: str) -> Any:
        waarde = lees(bron)
        return waarde if waarde is not None else _fout(staat, soort, bron)

    return doe


def _heel(*getallen: Decimal) -> list[int] | None:
    if not all(getal == getal.to_integral_value() and abs(getal) < 10**10 for getal in getallen):
        return None
    return [int(getal) for getal in getallen]


def date(staat: Staat, jaar: Decimal, maand: Decimal, dag: Decimal) -> Datum | None:
    """`date(year, month, day)`."""
    delen = _heel(jaar, maand, dag)
    datum = maak_datum(*delen) if delen else None
    return datum if datum is not None else _fout(staat, "date", f"{jaar}-{maand}-{dag}")


def time(staat: Staat, uur: Decimal, minuut: Decimal, seconde: Decimal, offset: DagenDuur | None) -> Tijd | None:
    """`time(hour, minute, second, offset)`; seconden mogen een breuk hebben."""
    delen = _heel(uur, minuut)
    seconden = offset.seconden if offset is not None else None
    if delen is None or not (0 <= delen[0] < 24 and 0 <= delen[1] < 60 and 0 <= seconde < 60):  # noqa: PLR2004
        _fout(staat, "time", f"{uur}:{minuut}:{seconde}")
        return None
    if seconden is not None and abs(seconden) > OFFSET_MAX:
        _fout(staat, "time", f"{offset}")
        return None
    nanos = int(DECIMAAL.multiply(seconde, Decimal(NANO)))
    return Tijd(delen[0] * 3600 + delen[1] * 60 + nanos // NANO, nanos % NANO, seconden)


def _tijd_van(_staat: Staat, moment: DatumTijd | Datum | Tijd) -> Tijd:
    if isinstance(moment, Tijd):
        return moment
    return als_datumtijd(moment).tijd


def _datum_van(_staat: Staat, moment: DatumTijd | Datum) -> Datum:
    return moment if isinstance(moment, Datum) else moment.datum


def _samen(_staat: Staat, datum: DatumTijd | Datum, tijd: Tijd) -> DatumTijd:
    return DatumTijd(datum if isinstance(datum, Datum) else datum.datum, tijd)


def _datumtijd_delen(staat: Staat, *delen: Any) -> DatumTijd | None:
    """`date and time(year, month, day, hour, minute, second, offset of timezone)`."""
    staart = delen[6]
    tijd = time(staat, delen[3], delen[4], delen[5], staart if isinstance(staart, DagenDuur) else None)
    datum = date(staat, delen[0], delen[1], delen[2])
    if isinstance(staart, str):
        if zone(staart) is None:
            _fout(staat, "timezone", staart)
            return None
        tijd = Tijd(tijd.seconden, tijd.nano, None, staart) if tijd else None
    return DatumTijd(datum, tijd) if datum and tijd else None


def _maanden_tussen(_staat: Staat, van: DatumTijd | Datum, tot: DatumTijd | Datum) -> MaandenDuur:
    """`years and months duration(from, to)`: hele maanden tussen de dagen, naar nul afgekapt."""
    eerste, laatste = als_datumtijd(van), als_datumtijd(tot)
    maanden = (laatste.datum.jaar - eerste.datum.jaar) * 12 + laatste.datum.maand - eerste.datum.maand
    if maanden > 0 and laatste.datum.dag < eerste.datum.dag:
        maanden -= 1
    elif maanden < 0 and laatste.datum.dag > eerste.datum.dag:
        maanden += 1
    return MaandenDuur(maanden)


def _duur(staat: Staat, bron: str) -> Any:
    duur = lees_duur(bron)
    return duur if duur is not None else _fout(staat, "duration", bron)


def _nu(staat: Staat) -> DatumTijd:
    waarde = uit_python(staat.moment())
    return waarde if isinstance(waarde, DatumTijd) else DatumTijd(waarde, Tijd(0))


def _zelf(_staat: Staat, waarde: Any) -> Any:
    return waarde


_DAG_OF_MOMENT = "date: date | date and time"


def _van_datum(werk: Callable[[Datum], Any]) -> dict[str, Callable[..., Any]]:
    return {_DAG_OF_MOMENT: lambda staat, moment: werk(_datum_van(staat, moment))}


FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "date": {
        "from: string": _uit_tekst("date", lees_datum),
        "from: date | date and time": _datum_van,
        "year: number, month: number, day: number": date,
    },
    "time": {
        "from: string": _uit_tekst("time", lees_tijd),
        "from: time | date | date and time": _tijd_van,
        "hour: number, minute: number, second: number, offset: days and time duration?~": time,
    },
    "date and time": {
        "from: string": _uit_tekst("date and time", lees_datumtijd),
        "from: date and time": _zelf,
        "date: date | date and time, time: time": _samen,
        "year: number, month: number, day: number, hour: number, minute: number, second: number, "
        "offset: days and time duration?~": _datumtijd_delen,
        "year: number, month: number, day: number, hour: number, minute: number, second: number, "
        "timezone: string": _datumtijd_delen,
    },
    "duration": {"from: string": _duur, "from: days and time duration | years and months duration": _zelf},
    "years and months duration": {"from: date | date and time, to: date | date and time": _maanden_tussen},
    "now": {"": _nu},
    "today": {"": lambda staat: _nu(staat).datum},
    "day of year": _van_datum(lambda datum: Decimal(datum.dag_van_jaar)),
    "day of week": _van_datum(lambda datum: _DAGEN[datum.weekdag - 1]),
    "month of year": _van_datum(lambda datum: _MAANDEN[datum.maand - 1]),
    "week of year": _van_datum(lambda datum: Decimal(datum.week)),
}
