"""`dienstverlening objecten`: onderhoud aan de Objecten API."""

from pathlib import Path

import click

from dienstverlening.geopend import geopend, met_data
from integratie.objecttypen import ObjecttypenClient
from kern.installatie import Installatie
from registraties.objecten.indexen import werk_bij


@click.group()
def objecten() -> None:
    """Onderhoud aan de Objecten API."""


@objecten.command()
@met_data
def indexeer(data: Path | None) -> None:
    """Bouw de indexen op de paden die de objecttypen aanwijzen, en herstel wat afgebroken is. Er mag intussen gewerkt worden."""
    with geopend(data) as installatie:
        indexeer_alles(installatie)


def indexeer_alles(installatie: Installatie) -> None:
    """Werk de indexen van elk objecttype bij, en noem ze."""
    for type_ in ObjecttypenClient(installatie, namens="objecten").typen():
        werk_bij(installatie, installatie.diensten.naar_opslag(type_.url), type_.indexed_paths)
        if type_.indexed_paths:
            click.echo(f"{type_.name}: {', '.join(type_.indexed_paths)}")
