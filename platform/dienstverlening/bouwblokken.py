"""`dienstverlening bouwblokken MAP`: van elk bouwblok van deze installatie een beheerpagina en een elementsjabloon voor de modelleur."""

from pathlib import Path

import click
import orjson

from contracten import Bouwblokken
from contracten.sjabloon import documentatie, element_template
from kern.instellingen import laad_instellingen
from kern.plugins import laad_plugins


@click.command("bouwblokken")
@click.argument("doel", type=click.Path(path_type=Path, file_okay=False))
def bouwblokken(doel: Path) -> None:
    """Schrijf per bouwblok een pagina (.md) en een elementsjabloon (.json) in de map DOEL; PLUGINS bepaalt welke er zijn."""
    alle = Bouwblokken(laad_plugins(laad_instellingen(omgeving="demo")).verzamel("bouwblokken"))
    doel.mkdir(parents=True, exist_ok=True)
    for sleutel, blok in alle.items():
        (doel / f"{sleutel}.md").write_text(documentatie(blok), encoding="utf-8")
        (doel / f"{sleutel}.json").write_bytes(orjson.dumps(element_template(blok), option=orjson.OPT_INDENT_2))
    click.echo(f"{len(alle)} bouwblokken staan in {doel}.")
