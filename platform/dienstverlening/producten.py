"""`dienstverlening producten`: de uniforme productnamenlijst laden, en de catalogus ernaast leggen."""

from pathlib import Path

import click

from dienstverlening.geopend import geopend, met_data
from dienstverlening.opstarten import StartFout
from registraties.producttypen.upl import UplFout, laad, lees_csv, niet_in_de_upl


@click.group()
def producten() -> None:
    """De productcatalogus."""


@producten.command(name="laad-upl")
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@met_data
def laad_upl(bestand: Path, data: Path | None) -> None:
    """Laad de uniforme productnamen uit BESTAND (CSV van standaarden.overheid.nl) en toets de producttypen eraan."""
    with geopend(data) as installatie:
        try:
            uitkomst = laad(installatie, lees_csv(bestand))
        except (UplFout, OSError, UnicodeDecodeError) as fout:
            raise StartFout(f"{bestand} is niet te laden: {fout}") from fout
        onbekend = niet_in_de_upl(installatie)
    click.echo(f"{uitkomst.totaal} namen geladen, {uitkomst.nieuw} nieuw, {uitkomst.vervallen} vervallen")
    for code, naam in onbekend:
        click.echo(f"producttype {code}: {naam} staat niet (meer) in de lijst")
