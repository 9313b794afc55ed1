"""`dienstverlening referentielijsten`: de selectielijst en de andere referentielijsten laden."""

from pathlib import Path
from typing import Any

import click
import httpx
import orjson

from dienstverlening.opstarten import StartFout, lees, met_motoren
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from registraties.referentielijsten.laden import LaadFout, Uitkomst, haal_lijsten, laad, voorbeeldset

VOORBEELD = "voorbeeld"


@click.group()
def referentielijsten() -> None:
    """Referentielijsten en de gemeentelijke selectielijst."""


@referentielijsten.command(name="laad")
@click.argument("bron")
@click.option("--data", type=click.Path(path_type=Path), help="Datamap; anders DATA, anders ./data.")
def laad_opdracht(bron: str, data: Path | None) -> None:
    """Vervang de lijsten door die in BRON: een JSON-bestand, de URL van een dienst met deze API, of `voorbeeld`."""
    with met_motoren(lees(data=data)) as instellingen:
        installatie = maak_platform(instellingen)
        try:
            uitkomsten = laad_uit(installatie, bron)
        finally:
            installatie.sluit()
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
