"""Cellen: wat er in een rekenblad staat, als FEEL, als tekst of als datum. Getallen en datums zoals een Nederlands rekenblad ze schrijft."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

GETAL: Final = re.compile(r"-?\d+(?:[.,]\d+)?")
DATUM: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
VERGELIJKING: Final = re.compile(r"([<>]=?)\s*(-?\d+(?:,\d+)?|\d{1,2}-\d{1,2}-\d{4})")
JA_NEE: Final = {"WAAR": True, "TRUE": True, "ONWAAR": False, "FALSE": False}
GEVAARLIJK: Final = ("=", "+", "-", "@", "\t", "\r")
"""Waarmee een rekenprogramma een formule herkent."""


@dataclass(frozen=True)
class Formule:
    """Een formule: wat zij uitrekent weten wij niet, dus zij wordt geweigerd."""

    tekst: str


Waarde = str | bool | Decimal | date | Formule


@dataclass(frozen=True)
class Cel:
    """Een cel met haar adres (`C7`), de tekst zoals een mens haar ziet, en de waarde."""

    plek: str
    ruw: str
    waarde: Waarde

    @property
    def leeg(self) -> bool:
        """Staat hier niets?"""
        return not self.ruw.strip()

    @property
    def is_formule(self) -> bool:
        """Staat hier een formule?"""
        return isinstance(self.waarde, Formule)

    def als_feel(self) -> str:
        """De waarde als FEEL: een datum als `date("2026-03-01")`, een getal met een punt."""
        if isinstance(self.waarde, bool):
            return "true" if self.waarde else "false"
        if isinstance(self.waarde, date):
            return f'date("{self.waarde.isoformat()}")'
        return f"{self.waarde:f}" if isinstance(self.waarde, Decimal) else str(self.waarde).strip()

    def als_datum(self) -> date | None:
        """De datum; None als de cel leeg is. `ValueError` als het geen datum is."""
        if isinstance(self.waarde, date):
            return self.waarde
        return None if self.leeg else lees_datum(self.ruw.strip())


Rooster = tuple[tuple[Cel, ...], ...]


def lees_datum(tekst: str) -> date:
    """`1-3-2026` of `2026-03-01`; anders `ValueError`."""
    if gevonden := DATUM.fullmatch(tekst):
        dag, maand, jaar = map(int, gevonden.groups())
        return date(jaar, maand, dag)
    if not ISO.fullmatch(tekst):
        raise ValueError(tekst)
    return date.fromisoformat(tekst)


def adres(rij: int, kolom: int) -> str:
    """Het adres van een cel; rij en kolom tellen vanaf 0."""
    letters, over = "", kolom + 1
    while over:
        over, rest = divmod(over - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{rij + 1}"


def uit_tekst(rij: int, kolom: int, tekst: str) -> Cel:
    """Een cel uit CSV of een geplakte tabel, waar alles tekst is. Een enkel aanhalingsteken ervoor zegt: neem dit letterlijk."""
    plek = adres(rij, kolom)
    if tekst.startswith("'"):
        return Cel(plek, tekst[1:], tekst[1:])
    kaal = tekst.strip()
    if kaal.startswith("="):
        return Cel(plek, tekst, Formule(kaal))
    waarde = _herken(kaal)
    if isinstance(waarde, str) and (gevonden := VERGELIJKING.fullmatch(kaal)):
        return Cel(plek, tekst, f"{gevonden[1]} {_als_feel(gevonden[2])}")
    return Cel(plek, tekst, tekst if isinstance(waarde, str) else waarde)


def _herken(kaal: str) -> Waarde:
    if kaal in JA_NEE:
        return JA_NEE[kaal]
    if GETAL.fullmatch(kaal):
        return Decimal(kaal.replace(",", "."))
    if DATUM.fullmatch(kaal):
        try:
            return lees_datum(kaal)
        except ValueError:
            return kaal
    return kaal


def _als_feel(tekst: str) -> str:
    return Cel("", tekst, _herken(tekst)).als_feel()


def als_csv(tekst: str, *, is_feel: bool) -> str:
    """Een tekst voor CSV: een enkel aanhalingsteken voor wat een rekenprogramma anders zou uitvoeren of omzetten; FEEL-getallen met een komma."""
    if is_feel and GETAL.fullmatch(tekst) and "," not in tekst:
        return tekst.replace(".", ",")
    gevaarlijk = tekst.startswith(("'", *GEVAARLIJK)) and tekst != "-"
    wordt_anders = (
        uit_tekst(0, 0, tekst).als_feel() != tekst if is_feel else bool(GETAL.fullmatch(tekst) and "." in tekst)
    )
    return f"'{tekst}" if gevaarlijk or wordt_anders else tekst
