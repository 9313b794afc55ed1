"""`dienstverlening referentielijsten`: de selectielijst en de andere referentielijsten laden."""

from pathlib import Path
from typing import Any

import click
import httpx
import orjson

from dienstverlening.geopend import geopend, met_data
from dienstverlening.opstarten import StartFout
from kern.installatie import Installatie
from registraties.referentielijsten.laden import LaadFout, Uitkomst, haal_lijsten, laad, voorbeeldset

VOORBEELD = "voorbeeld"


@click.group()
def referentielijsten() -> None:
    """Referentielijsten en de gemeentelijke selectielijst."""


@referentielijsten.command(name="laad")
@click.argument("bron")
@met_data
def laad_opdracht(bron: str, data: Path | None) -> None:
    """Vervang de lijsten door die in BRON: een JSON-bestand, de URL van een dienst met deze API, of `voorbeeld`."""
    with geopend(data) as installatie:
        uitkomsten = laad_uit(installatie, bron)
    for uitkomst in uitkomsten:
        click.echo(
            f"{uitkomst.naam}: {uitkomst.totaal} geladen, {uitkomst.nieuw} nieuw, {uitkomst.vervallen} vervallen"
        )


def laad_uit(installatie: Installatie, bron: str) -> list[Uitkomst]:
    """Laad uit een bestand, een URL of de voorbeeldset; wat niet kan is een `StartFout`."""
    try:
        return laad(installatie, _inhoud(installatie, bron))
    except (LaadFout, OSError, httpx.HTTPError, orjson.JSONDecodeError) as fout:
        raise StartFout(f"{bron} is niet te laden: {fout}") from fout


def _inhoud(installatie: Installatie, bron: str) -> dict[str, Any]:
    if bron == VOORBEELD:
        return voorbeeldset()
    if bron.startswith("https://"):
        return haal_lijsten(installatie.http, bron)
    inhoud = orjson.loads(Path(bron).read_bytes())
    if not isinstance(inhoud, dict):
        raise LaadFout("Het bestand is geen JSON-object.")
    return inhoud
