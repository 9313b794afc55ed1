"""Optellen, aftrekken, vermenigvuldigen, delen en machtsverheffen, voor getallen, teksten en tijdswaarden.

Elke functie geeft `None` als de bewerking voor deze soorten niet bestaat; de aanroeper bewaart de reden.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from feel.getallen import DECIMAAL
from feel.kalender import SECONDEN_PER_DAG
from feel.tijd import (
    NANO,
    DagenDuur,
    Datum,
    DatumTijd,
    MaandenDuur,
    Tijd,
    datum_van_nummer,
    datumtijd_van_moment,
    datumtijd_van_plaatselijk,
)

_DAG = SECONDEN_PER_DAG * NANO
_VER = 40  # cijfers: verder dan elke kalender
_EXACT = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_EVEN)


def plus(links: Any, rechts: Any) -> Any:  # noqa: PLR0911 - één geval per soort
    """`links + rechts`."""
    match links, rechts:
        case (Decimal(), Decimal()):
            return DECIMAAL.add(links, rechts)
        case (str(), str()):
            return links + rechts
        case (DagenDuur(), DagenDuur()):
            return DagenDuur(links.nanos + rechts.nanos)
        case (MaandenDuur(), MaandenDuur()):
            return MaandenDuur(links.maanden + rechts.maanden)
        case (DagenDuur() | MaandenDuur(), Datum() | DatumTijd() | Tijd()):
            return _schuif(rechts, links, 1)
        case (Datum() | DatumTijd() | Tijd(), DagenDuur() | MaandenDuur()):
            return _schuif(links, rechts, 1)
    return None


def min_(links: Any, rechts: Any) -> Any:
    """`links - rechts`."""
    match links, rechts:
        case (Decimal(), Decimal()):
            return DECIMAAL.subtract(links, rechts)
        case (DagenDuur(), DagenDuur()):
            return DagenDuur(links.nanos - rechts.nanos)
        case (MaandenDuur(), MaandenDuur()):
            return MaandenDuur(links.maanden - rechts.maanden)
        case (Datum() | DatumTijd() | Tijd(), DagenDuur() | MaandenDuur()):
            return _schuif(links, rechts, -1)
        case (Datum() | DatumTijd(), Datum() | DatumTijd()) | (Tijd(), Tijd()):
            return _tussen(links, rechts)
    return None


def _schuif(punt: Datum | DatumTijd | Tijd, duur: DagenDuur | MaandenDuur, teken: int) -> Any:
    """Een tijdpunt een duur verder (of terug)."""
    if isinstance(duur, MaandenDuur):
        if isinstance(punt, Tijd):
            return None
        datum = (punt if isinstance(punt, Datum) else punt.datum).plus_maanden(teken * duur.maanden)
        return datum if isinstance(punt, Datum) or datum is None else DatumTijd(datum, punt.tijd)
    nanos = teken * duur.nanos
    if isinstance(punt, Datum):
        return datum_van_nummer((punt.nummer * _DAG + nanos) // _DAG)
    if isinstance(punt, Tijd):
        seconden, nano = divmod((punt.nanos + nanos) % _DAG, NANO)
        return Tijd(seconden, nano, punt.offset, punt.zone)
    if punt.tijd.zone is None:
        return datumtijd_van_plaatselijk(punt.plaatselijk + nanos, punt.tijd.offset, None)
    return datumtijd_van_moment(punt.moment() + nanos, None, punt.tijd.zone)


def _tussen(links: Any, rechts: Any) -> DagenDuur | None:
    """De duur tussen twee tijdpunten; null als maar één van beide een zone heeft."""
    if isinstance(links, Tijd):
        verschil = links.nanos - rechts.nanos - ((links.verschil or 0) - (rechts.verschil or 0)) * NANO
        return DagenDuur(verschil) if (links.verschil is None) == (rechts.verschil is None) else None
    if isinstance(links, Datum) and isinstance(rechts, Datum):
        return DagenDuur((links.nummer - rechts.nummer) * _DAG)
    van, tot = als_datumtijd(rechts), als_datumtijd(links)
    if (van.verschil is None) != (tot.verschil is None):
        return None
    return DagenDuur(tot.moment() - van.moment())


def als_datumtijd(punt: Datum | DatumTijd) -> DatumTijd:
    """Een datum wordt middernacht UTC."""
    return punt if isinstance(punt, DatumTijd) else DatumTijd(punt, Tijd(0, 0, 0))


def _geheel(getal: Decimal) -> int:
    return int(getal.to_integral_value(decimal.ROUND_HALF_EVEN))


def maal(links: Any, rechts: Any) -> Any:
    """`links * rechts`."""
    match links, rechts:
        case (Decimal(), Decimal()):
            return DECIMAAL.multiply(links, rechts)
        case (DagenDuur() | MaandenDuur(), Decimal()):
            return _schaal(links, rechts, _EXACT.multiply)
        case (Decimal(), DagenDuur() | MaandenDuur()):
            return _schaal(rechts, links, _EXACT.multiply)
    return None


def deel(links: Any, rechts: Any) -> Any:
    """`links / rechts`; delen door nul bestaat niet."""
    match links, rechts:
        case (Decimal(), Decimal()):
            return DECIMAAL.divide(links, rechts) if rechts else None
        case (DagenDuur() | MaandenDuur(), Decimal()):
            return _schaal(links, rechts, _EXACT.divide) if rechts else None
        case (DagenDuur(), DagenDuur()):
            return DECIMAAL.divide(Decimal(links.nanos), Decimal(rechts.nanos)) if rechts.nanos else None
        case (MaandenDuur(), MaandenDuur()):
            return DECIMAAL.divide(Decimal(links.maanden), Decimal(rechts.maanden)) if rechts.maanden else None
    return None


def _schaal(duur: DagenDuur | MaandenDuur, getal: Decimal, bewerking: Callable[[Decimal, Decimal], Decimal]) -> Any:
    """Een duur keer of gedeeld door een getal; maanden worden naar nul afgekapt op hele maanden."""
    oud = Decimal(duur.nanos if isinstance(duur, DagenDuur) else duur.maanden)
    if abs(getal.adjusted()) > _VER or (nieuw := bewerking(oud, getal)).adjusted() > _VER:
        return None
    return DagenDuur(_geheel(nieuw)) if isinstance(duur, DagenDuur) else MaandenDuur(int(nieuw))


def macht(links: Any, rechts: Any) -> Any:
    """`links ** rechts`, alleen voor getallen."""
    if isinstance(links, Decimal) and isinstance(rechts, Decimal):
        return DECIMAAL.power(links, rechts)
    return None


def negatief(waarde: Any) -> Any:
    """`-waarde`, voor getallen en duren."""
    match waarde:
        case Decimal():
            return DECIMAAL.minus(waarde)
        case DagenDuur():
            return DagenDuur(-waarde.nanos)
        case MaandenDuur():
            return MaandenDuur(-waarde.maanden)
    return None


BEWERKINGEN: dict[str, Callable[[Any, Any], Any]] = {"+": plus, "-": min_, "*": maal, "/": deel, "**": macht}
GETALBEWERKING: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": DECIMAAL.add,
    "-": DECIMAAL.subtract,
    "*": DECIMAAL.multiply,
    "/": DECIMAAL.divide,
    "**": DECIMAAL.power,
}
