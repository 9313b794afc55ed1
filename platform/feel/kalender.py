"""Rekenen met de (proleptische) Gregoriaanse kalender over alle jaren van FEEL, van -999999999 tot 999999999."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

JAAR_MAX = 999_999_999
SECONDEN_PER_DAG = 86_400
_DAGEN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_schrikkeljaar(jaar: int) -> bool:
    """Heeft dit jaar een 29 februari?"""
    return jaar % 4 == 0 and (jaar % 100 != 0 or jaar % 400 == 0)


def dagen_in_maand(jaar: int, maand: int) -> int:
    """Het aantal dagen van deze maand (1-12)."""
    return 29 if maand == 2 and is_schrikkeljaar(jaar) else _DAGEN[maand - 1]  # noqa: PLR2004 - februari


def dagnummer(jaar: int, maand: int, dag: int) -> int:
    """Het aantal dagen sinds 1970-01-01."""
    verschoven = jaar - (maand <= 2)  # noqa: PLR2004 - het rekenjaar begint in maart
    era, jaar_van_era = divmod(verschoven, 400)
    dag_van_jaar = (153 * ((maand + 9) % 12) + 2) // 5 + dag - 1
    return era * 146_097 + jaar_van_era * 365 + jaar_van_era // 4 - jaar_van_era // 100 + dag_van_jaar - 719_468


def van_dagnummer(nummer: int) -> tuple[int, int, int]:
    """Jaar, maand en dag bij een aantal dagen sinds 1970-01-01."""
    era, rest = divmod(nummer + 719_468, 146_097)
    jaar_van_era = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
    dag_van_jaar = rest - (365 * jaar_van_era + jaar_van_era // 4 - jaar_van_era // 100)
    maand_van_jaar = (5 * dag_van_jaar + 2) // 153
    dag = dag_van_jaar - (153 * maand_van_jaar + 2) // 5 + 1
    maand = maand_van_jaar + 3 if maand_van_jaar < 10 else maand_van_jaar - 9  # noqa: PLR2004 - maart is maand nul
    return era * 400 + jaar_van_era + (maand <= 2), maand, dag  # noqa: PLR2004


@lru_cache(maxsize=64)
def zone(naam: str) -> ZoneInfo | None:
    """De tijdzone met deze naam, of None als zij niet bestaat."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - alleen wie een zone noemt, heeft de tabellen nodig

    return ZoneInfo(naam) if naam in _zones() else None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    from zoneinfo import available_timezones  # noqa: PLC0415 - zie `zone`

    return frozenset(available_timezones())


def zone_offset(naam: str, jaar: int, maand: int, dag: int, seconden: int) -> int:
    """De afstand tot UTC in seconden op dit plaatselijke moment; jaren buiten 1-9999 volgen een gelijk jaar."""
    gevonden = zone(naam)
    if gevonden is None:
        return 0
    if not 1 < jaar < 9999:  # noqa: PLR2004 - wat datetime kan
        jaar = (400 if jaar <= 1 else 8000) + jaar % 400
    moment = datetime(jaar, maand, dag, seconden // 3600, seconden // 60 % 60, seconden % 60, tzinfo=gevonden)
    verschil = moment.utcoffset()
    return 0 if verschil is None else int(verschil.total_seconds())


def zone_offset_utc(naam: str, epoch: int) -> int:
    """De afstand tot UTC in seconden op dit moment (seconden sinds 1970 in UTC)."""
    dag, seconden = divmod(epoch, SECONDEN_PER_DAG)
    jaar, maand, dag_van_maand = van_dagnummer(dag)
    gok = zone_offset(naam, jaar, maand, dag_van_maand, seconden)
    for kandidaat in (gok, gok - 3600, gok + 3600):
        dag, seconden = divmod(epoch + kandidaat, SECONDEN_PER_DAG)
        if zone_offset(naam, *van_dagnummer(dag), seconden) == kandidaat:
            return kandidaat
    return gok
