"""Bouwstenen van een BRP-antwoord: waarden uit tabellen, getypeerde datums, leeftijd."""

from datetime import date
from typing import Any

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def gevuld(**velden: Any) -> dict[str, Any]:
    """Alleen de velden met een waarde: de BRP geeft lege velden niet."""
    return {naam: waarde for naam, waarde in velden.items() if waarde not in (None, "", {}, [])}


def waarde(paar: tuple[str, str]) -> dict[str, Any]:
    """Een code met omschrijving."""
    return gevuld(code=paar[0], omschrijving=paar[1])


def typeer_datum(tekst: str) -> dict[str, Any] | None:
    """Een datum uit het bestand (jjjj-mm-dd, jjjj-mm, jjjj, `onbekend`; leeg is geen datum) als een van de vier vormen."""
    if not tekst:
        return None
    if tekst == "onbekend":
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    delen = [int(deel) for deel in tekst.split("-")]
    match delen:
        case [jaar, maand, dag]:
            return {"type": "Datum", "datum": tekst, "langFormaat": f"{dag} {MAANDEN[maand - 1]} {jaar}"}
        case [jaar, maand]:
            lang = f"{MAANDEN[maand - 1]} {jaar}"
            return {"type": "JaarMaandDatum", "jaar": jaar, "maand": maand, "langFormaat": lang}
        case _:
            return {"type": "JaarDatum", "jaar": delen[0], "langFormaat": str(delen[0])}


def leeftijd(geboren: str, vandaag: date) -> int | None:
    """Leeftijd in jaren; None als de geboortedatum te onvolledig is om haar te weten."""
    delen = [int(deel) for deel in geboren.split("-") if deel.isdigit()]
    match delen:
        case [jaar, maand, dag]:
            return vandaag.year - jaar - ((vandaag.month, vandaag.day) < (maand, dag))
        case [jaar, maand] if maand != vandaag.month:
            return vandaag.year - jaar - (vandaag.month < maand)
        case _:
            return None
