"""Tijdgebeurtenissen: van datum, duur of cyclus naar het tijdstip waarop de timer afgaat."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import feel
from kern.klok import NEDERLAND
from processen.motor.fouten import UitdrukkingFout

_DUUR = re.compile(
    r"(?P<min>-)?P(?:(?P<jaar>\d+)Y)?(?:(?P<maand>\d+)M)?(?:(?P<week>\d+)W)?(?:(?P<dag>\d+)D)?"
    r"(?:T(?:(?P<uur>\d+)H)?(?:(?P<minuut>\d+)M)?(?:(?P<seconde>\d+(?:\.\d+)?)S)?)?"
)
_GEWONE_DAG = datetime(2001, 1, 1, 12, tzinfo=UTC)
_CYCLUS = re.compile(r"R(?P<keren>\d*)/(?:(?P<begin>[^P/][^/]*)/)?(?P<duur>P[^/]+)")


@dataclass(frozen=True)
class Cyclus:
    """Zo vaak (None: zonder einde) met deze duur ertussen, de eerste keer op `begin` of na één duur."""

    keren: int | None
    duur: str
    begin: str = ""


def moment(waarde: Any) -> datetime:
    """Een datum of tijdstip als tijdstip in UTC. Een datum is het begin van die dag in Nederland."""
    if isinstance(waarde, str):
        waarde = _lees(waarde)
    if isinstance(waarde, datetime):
        return (waarde if waarde.tzinfo else waarde.replace(tzinfo=NEDERLAND)).astimezone(UTC)
    if isinstance(waarde, date):
        return datetime.combine(waarde, time(), NEDERLAND).astimezone(UTC)
    raise UitdrukkingFout(f"Geen datum of tijdstip: {_soort(waarde)}")


def na(vanaf: datetime, duur: Any) -> datetime:
    """Het tijdstip één duur na `vanaf`. Maanden en jaren tellen op de Nederlandse kalender en klok."""
    gevonden = _DUUR.fullmatch(str(duur)) if isinstance(duur, str | feel.DagenDuur | feel.MaandenDuur) else None
    if gevonden is None or str(duur).endswith(("P", "T")):
        raise UitdrukkingFout(f"Geen duur: {_soort(duur)}")
    deel = {naam: float(tekst or 0) for naam, tekst in gevonden.groupdict().items() if naam != "min"}
    teken = -1 if gevonden["min"] else 1
    hier = _plus_maanden(vanaf.astimezone(NEDERLAND), teken * int(deel["jaar"] * 12 + deel["maand"]))
    hier += timedelta(days=teken * (deel["week"] * 7 + deel["dag"]))
    precies = timedelta(hours=deel["uur"], minutes=deel["minuut"], seconds=deel["seconde"])
    return hier.astimezone(UTC) + teken * precies


def lengte(duur: str) -> timedelta:
    """Hoe lang een duur (ISO 8601) is, gerekend vanaf een gewone dag."""
    return na(_GEWONE_DAG, duur.strip()) - _GEWONE_DAG


def cyclus(waarde: Any) -> Cyclus:
    """Een herhaling (`R3/P1D`, `R/PT1H`, `R5/2026-01-01T00:00:00Z/P1D`)."""
    gevonden = _CYCLUS.fullmatch(waarde) if isinstance(waarde, str) else None
    if gevonden is None:
        raise UitdrukkingFout(f"Geen herhaling (R…/duur): {_soort(waarde)}")
    keren = int(gevonden["keren"]) if gevonden["keren"] else None
    return Cyclus(keren, gevonden["duur"], gevonden["begin"] or "")


def eerste(herhaling: Cyclus, nu: datetime) -> datetime:
    """Wanneer een herhaling voor het eerst afgaat."""
    return moment(herhaling.begin) if herhaling.begin else na(nu, herhaling.duur)


def _lees(tekst: str) -> date | datetime:
    waarde = feel.naar_python(feel.lees_tijdwaarde(tekst))
    if not isinstance(waarde, date):
        raise UitdrukkingFout(f"Geen datum of tijdstip: {tekst[:60]}")
    return waarde


def _plus_maanden(vanaf: datetime, maanden: int) -> datetime:
    if not maanden:
        return vanaf
    jaar, maand = divmod(vanaf.year * 12 + vanaf.month - 1 + maanden, 12)
    laatste = (date(jaar + (maand == 11), (maand + 1) % 12 + 1, 1) - timedelta(days=1)).day  # noqa: PLR2004  # december
    return vanaf.replace(year=jaar, month=maand + 1, day=min(vanaf.day, laatste))


def _soort(waarde: Any) -> str:
    return "leeg" if waarde is None else repr(waarde)[:60]
