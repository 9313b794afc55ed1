"""De tijdswaarden van FEEL: datum, tijd, datum en tijd, en de twee duren.

Gewone `datetime`-waarden kunnen geen jaar -2017, geen nanoseconden en geen tijd met zone zonder datum aan; deze wel.
Vergelijken met `==` is hier vergelijken op onderdelen (dat is wat `is()` doet); gelijkheid op de tijdlijn staat in
`feel.vergelijken`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from feel.kalender import (
    JAAR_MAX,
    SECONDEN_PER_DAG,
    dagen_in_maand,
    dagnummer,
    van_dagnummer,
    zone_offset,
    zone_offset_utc,
)

NANO = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Datum:
    """Een kalenderdag; jaar 0 en negatieve jaren bestaan."""

    jaar: int
    maand: int
    dag: int

    @property
    def nummer(self) -> int:
        """Dagen sinds 1970-01-01."""
        return dagnummer(self.jaar, self.maand, self.dag)

    @property
    def weekdag(self) -> int:
        """1 is maandag, 7 is zondag (ISO 8601)."""
        return (self.nummer + 3) % 7 + 1

    @property
    def dag_van_jaar(self) -> int:
        """1 tot en met 366."""
        return self.nummer - dagnummer(self.jaar, 1, 1) + 1

    @property
    def week(self) -> int:
        """Het weeknummer van ISO 8601."""
        donderdag = self.nummer - self.weekdag + 4
        return (donderdag - dagnummer(van_dagnummer(donderdag)[0], 1, 1)) // 7 + 1

    def plus_maanden(self, maanden: int) -> Datum | None:
        """Dezelfde dag zoveel maanden verder, of de laatste dag van die maand; None buiten de kalender."""
        jaar, maand = divmod(self.jaar * 12 + self.maand - 1 + maanden, 12)
        if abs(jaar) > JAAR_MAX:
            return None
        return Datum(jaar, maand + 1, min(self.dag, dagen_in_maand(jaar, maand + 1)))

    def __str__(self) -> str:
        jaar = f"{abs(self.jaar):04d}"
        return f"{'-' if self.jaar < 0 else ''}{jaar}-{self.maand:02d}-{self.dag:02d}"


def maak_datum(jaar: int, maand: int, dag: int) -> Datum | None:
    """Een datum, of None als die niet bestaat."""
    if abs(jaar) > JAAR_MAX or not 1 <= maand <= 12 or not 1 <= dag <= dagen_in_maand(jaar, maand):  # noqa: PLR2004
        return None
    return Datum(jaar, maand, dag)


def datum_van_nummer(nummer: int) -> Datum | None:
    """De datum bij dagen sinds 1970-01-01, of None buiten de kalender."""
    jaar, maand, dag = van_dagnummer(nummer)
    return Datum(jaar, maand, dag) if abs(jaar) <= JAAR_MAX else None


@dataclass(frozen=True, slots=True)
class Tijd:
    """Een tijd van de dag: seconden en nanoseconden sinds middernacht, met een offset (seconden) of zone of geen."""

    seconden: int
    nano: int = 0
    offset: int | None = None
    zone: str | None = None

    @property
    def uur(self) -> int:
        return self.seconden // 3600

    @property
    def minuut(self) -> int:
        return self.seconden // 60 % 60

    @property
    def seconde(self) -> int:
        return self.seconden % 60

    @property
    def nanos(self) -> int:
        """Nanoseconden sinds middernacht, plaatselijk."""
        return self.seconden * NANO + self.nano

    @property
    def verschil(self) -> int | None:
        """Seconden tot UTC; voor een zone zonder datum de wintertijd van die zone."""
        return self.offset if self.zone is None else zone_offset(self.zone, 2000, 1, 1, 0)

    def __str__(self) -> str:
        breuk = f".{self.nano:09d}".rstrip("0") if self.nano else ""
        achter = f"@{self.zone}" if self.zone else offset_tekst(self.offset)
        return f"{self.uur:02d}:{self.minuut:02d}:{self.seconde:02d}{breuk}{achter}"


def offset_tekst(offset: int | None) -> str:
    """`Z`, `+02:00` of leeg."""
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    uren, rest = divmod(abs(offset), 3600)
    minuten, seconden = divmod(rest, 60)
    return f"{'-' if offset < 0 else '+'}{uren:02d}:{minuten:02d}" + (f":{seconden:02d}" if seconden else "")


@dataclass(frozen=True)
class DatumTijd:
    """Een dag met een tijd."""

    datum: Datum
    tijd: Tijd

    @cached_property
    def verschil(self) -> int | None:
        """Seconden tot UTC op dit moment, of None zonder zone."""
        if self.tijd.zone is None:
            return self.tijd.offset
        return zone_offset(self.tijd.zone, self.datum.jaar, self.datum.maand, self.datum.dag, self.tijd.seconden)

    @cached_property
    def plaatselijk(self) -> int:
        """Nanoseconden sinds 1970-01-01 op de plaatselijke klok."""
        return self.datum.nummer * SECONDEN_PER_DAG * NANO + self.tijd.nanos

    def moment(self, anders: int | None = None) -> int:
        """Nanoseconden sinds 1970 in UTC; zonder zone geldt `anders` (seconden), of anders UTC."""
        verschil = self.verschil if self.verschil is not None else anders
        return self.plaatselijk - (verschil or 0) * NANO

    def __str__(self) -> str:
        return f"{self.datum}T{self.tijd}"


def datumtijd_van_plaatselijk(nanos: int, offset: int | None, zone: str | None) -> DatumTijd | None:
    """De datum en tijd bij plaatselijke nanoseconden sinds 1970, of None buiten de kalender."""
    seconden, nano = divmod(nanos, NANO)
    dag, rest = divmod(seconden, SECONDEN_PER_DAG)
    datum = datum_van_nummer(dag)
    return DatumTijd(datum, Tijd(rest, nano, offset, zone)) if datum else None


def datumtijd_van_moment(nanos: int, offset: int | None, zone: str | None) -> DatumTijd | None:
    """De datum en tijd bij nanoseconden sinds 1970 in UTC, uitgedrukt in deze offset of zone."""
    verschil = zone_offset_utc(zone, nanos // NANO) if zone else (offset or 0)
    return datumtijd_van_plaatselijk(nanos + verschil * NANO, offset, zone)


@dataclass(frozen=True, slots=True, order=True)
class DagenDuur:
    """Een duur in dagen en tijd, exact in nanoseconden."""

    nanos: int

    @property
    def seconden(self) -> int:
        """Hele seconden, naar nul afgekapt."""
        return _kap(self.nanos, NANO)

    def __str__(self) -> str:
        seconden, nano = divmod(abs(self.nanos), NANO)
        dagen, rest = divmod(seconden, SECONDEN_PER_DAG)
        delen = [(rest // 3600, "H"), (rest // 60 % 60, "M")]
        tijd = "".join(f"{aantal}{letter}" for aantal, letter in delen if aantal)
        breuk = f".{nano:09d}".rstrip("0") if nano else ""
        if rest % 60 or nano:
            tijd += f"{rest % 60}{breuk}S"
        tekst = (f"{dagen}D" if dagen else "") + (f"T{tijd}" if tijd else "")
        return ("-" if self.nanos < 0 else "") + "P" + (tekst or "T0S")


@dataclass(frozen=True, slots=True, order=True)
class MaandenDuur:
    """Een duur in jaren en maanden."""

    maanden: int

    def __str__(self) -> str:
        jaren, maanden = divmod(abs(self.maanden), 12)
        tekst = (f"{jaren}Y" if jaren else "") + (f"{maanden}M" if maanden else "")
        return ("-" if self.maanden < 0 else "") + "P" + (tekst or "0M")


def _kap(getal: int, deler: int) -> int:
    """Delen met afkappen naar nul."""
    return -(-getal // deler) if getal < 0 else getal // deler


def onderdelen(duur: DagenDuur) -> tuple[int, int, int, int, int]:
    """Dagen, uren, minuten, seconden en nanoseconden; bij een negatieve duur allemaal negatief."""
    teken = -1 if duur.nanos < 0 else 1
    seconden, nano = divmod(abs(duur.nanos), NANO)
    dagen, rest = divmod(seconden, SECONDEN_PER_DAG)
    return teken * dagen, teken * (rest // 3600), teken * (rest // 60 % 60), teken * (rest % 60), teken * nano
