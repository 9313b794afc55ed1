"""Tijdswaarden uit tekst (ISO 8601 zoals FEEL die vraagt); een ongeldige tekst geeft None."""

from __future__ import annotations

import re

from feel.kalender import SECONDEN_PER_DAG, zone
from feel.tijd import NANO, DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd, datum_van_nummer, maak_datum

_DATUM = re.compile(r"(-?)([0-9]{4}|[1-9][0-9]{4,8})-([0-9]{2})-([0-9]{2})")
_TIJD = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:(Z|z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z0-9_+\-/]+))?"
)
_MAANDEN = re.compile(r"(-?)P(?:([0-9]{1,18})Y)?(?:([0-9]{1,18})M)?")
_DAGEN = re.compile(
    r"(-?)P(?:([0-9]{1,18})D)?(?:T(?:([0-9]{1,18})H)?(?:([0-9]{1,18})M)?(?:([0-9]{1,18})(?:\.([0-9]+))?S)?)?"
)
OFFSET_MAX = 18 * 3600


def lees_datum(tekst: str) -> Datum | None:
    """`2024-02-29`, ook met een minteken of tot negen cijfers voor het jaar."""
    gevonden = _DATUM.fullmatch(tekst)
    if gevonden is None:
        return None
    jaar = int(gevonden[2]) * (-1 if gevonden[1] else 1)
    return maak_datum(jaar, int(gevonden[3]), int(gevonden[4]))


def _nano(cijfers: str | None) -> int:
    return int((cijfers or "")[:9].ljust(9, "0"))


def _lees_offset(gevonden: re.Match[str]) -> int | None:
    if gevonden[5]:
        return 0
    if not gevonden[6]:
        return None
    offset = int(gevonden[7]) * 3600 + int(gevonden[8]) * 60 + int(gevonden[9] or 0)
    return -offset if gevonden[6] == "-" else offset


def _ruwe_tijd(tekst: str) -> Tijd | None:
    """Een tijd; `24:00:00` geeft hier 86400 seconden."""
    gevonden = _TIJD.fullmatch(tekst)
    if gevonden is None:
        return None
    uur, minuut, seconde = int(gevonden[1]), int(gevonden[2]), int(gevonden[3])
    totaal, nano = uur * 3600 + minuut * 60 + seconde, _nano(gevonden[4])
    if minuut > 59 or seconde > 59 or totaal * NANO + nano > SECONDEN_PER_DAG * NANO:  # noqa: PLR2004
        return None
    offset, naam = _lees_offset(gevonden), gevonden[10]
    minuten_offset_goed = not gevonden[8] or (int(gevonden[8]) < 60 and int(gevonden[9] or 0) < 60)  # noqa: PLR2004
    if (naam and zone(naam) is None) or abs(offset or 0) > OFFSET_MAX or not minuten_offset_goed:
        return None
    return Tijd(totaal, nano, offset, naam)


def lees_tijd(tekst: str) -> Tijd | None:
    """`10:30:00`, met breuk, `Z`, `+02:00` of `@Europe/Amsterdam`; `24:00:00` is middernacht."""
    tijd = _ruwe_tijd(tekst)
    if tijd is None or tijd.seconden < SECONDEN_PER_DAG:
        return tijd
    return Tijd(0, 0, tijd.offset, tijd.zone)


def lees_datumtijd(tekst: str) -> DatumTijd | None:
    """`2024-02-29T10:30:00` met dezelfde staarten als een tijd; alleen een datum is middernacht."""
    dag, scheiding, rest = tekst.partition("T")
    datum = lees_datum(dag)
    if datum is None or not scheiding:
        return DatumTijd(datum, Tijd(0)) if datum else None
    tijd = _ruwe_tijd(rest)
    if tijd is None or tijd.seconden < SECONDEN_PER_DAG:
        return DatumTijd(datum, tijd) if tijd else None
    volgende = datum_van_nummer(datum.nummer + 1)
    return DatumTijd(volgende, Tijd(0, 0, tijd.offset, tijd.zone)) if volgende else None


def lees_duur(tekst: str) -> DagenDuur | MaandenDuur | None:
    """`P1Y6M` of `P2DT3H`; een mengvorm bestaat niet."""
    maanden = _MAANDEN.fullmatch(tekst)
    if maanden and (maanden[2] or maanden[3]):
        totaal = int(maanden[2] or 0) * 12 + int(maanden[3] or 0)
        return MaandenDuur(-totaal if maanden[1] else totaal)
    dagen = _DAGEN.fullmatch(tekst)
    if dagen is None or tekst.endswith("T") or not any(dagen[nummer] for nummer in range(2, 6)):
        return None
    seconden = int(dagen[2] or 0) * SECONDEN_PER_DAG + int(dagen[3] or 0) * 3600 + int(dagen[4] or 0) * 60
    nanos = (seconden + int(dagen[5] or 0)) * NANO + _nano(dagen[6])
    return DagenDuur(-nanos if dagen[1] else nanos)


def lees_tijdwaarde(tekst: str) -> Datum | Tijd | DatumTijd | DagenDuur | MaandenDuur | None:
    """Welke tijdswaarde dit ook is (voor `@"..."`)."""
    if "T" in tekst and not tekst.startswith(("P", "-P")):
        return lees_datumtijd(tekst)
    return lees_datum(tekst) or lees_tijd(tekst) or lees_duur(tekst)
