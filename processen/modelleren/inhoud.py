"""De inhoud van een werkversie zoals zij is: ook half af te lezen, wat (nog) niet klopt telt niet mee."""

import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import orjson

import dmn

Bestanden = Mapping[str, bytes]


def kop(bestanden: Bestanden) -> dict[str, Any]:
    """De inhoud van `pakket.toml`; leeg als die niet te lezen is."""
    try:
        return tomllib.loads(bestanden.get("pakket.toml", b"").decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def delen(bestanden: Bestanden, map_: str) -> dict[str, dict[str, Any]]:
    """De JSON-bestanden in een map, op naam zonder uitgang; wat geen JSON-object is blijft weg."""
    gelezen = {naam: _json(inhoud) for naam, inhoud in in_map(bestanden, map_).items()}
    return {naam: inhoud for naam, inhoud in gelezen.items() if isinstance(inhoud, dict)}


def in_map(bestanden: Bestanden, map_: str) -> dict[str, bytes]:
    """De bestanden in een map, op naam zonder uitgang."""
    return {PurePosixPath(pad).stem: inhoud for pad, inhoud in bestanden.items() if pad.startswith(f"{map_}/")}


def namen(bestanden: Bestanden) -> dict[str, set[str]]:
    """Per soort verwijzing in een proces (statustype, formulier, sjabloon, beslissing …) de namen die het pakket heeft."""
    zaaktypen = list(delen(bestanden, "zaaktypen").values())

    def onder(lijst: str, veld: str) -> set[str]:
        return {str(deel[veld]) for zaaktype in zaaktypen for deel in zaaktype.get(lijst, ()) if deel.get(veld)}

    return {
        "zaaktype": {str(zaaktype["identificatie"]) for zaaktype in zaaktypen if zaaktype.get("identificatie")},
        "statustype": onder("statustypen", "omschrijving"),
        "resultaattype": onder("resultaattypen", "omschrijving"),
        "roltype": onder("roltypen", "omschrijving"),
        "eigenschap": onder("eigenschappen", "naam"),
        "besluittype": onder("besluittypen", "omschrijving"),
        "documenttype": onder("documenttypen", "omschrijving"),
        "producttype": {str(p["code"]) for p in delen(bestanden, "producten").values() if p.get("code")},
        "formulier": set(in_map(bestanden, "formulieren")),
        "sjabloon": set(in_map(bestanden, "sjablonen")),
        "beslissing": {naam for inhoud in in_map(bestanden, "beslissingen").values() for naam in beslissingen(inhoud)},
    }


def beslissingen(inhoud: bytes) -> list[str]:
    """De namen van de beslissingen in een DMN-bestand; leeg als het niet te lezen is."""
    try:
        return list(dmn.lees(inhoud).beslissingen)
    except dmn.DmnFout:
        return []


def _json(inhoud: bytes) -> Any:
    try:
        return orjson.loads(inhoud)
    except orjson.JSONDecodeError:
        return None
