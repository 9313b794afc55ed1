"""`dienstverlening catalogus`: een catalogus in- en uitlezen als zip, en twee catalogi vergelijken."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from dienstverlening.catalogus.beeld import Beeld
from dienstverlening.catalogus.inhoud import Inhoud, naar_zip, uit_api, uit_zip
from dienstverlening.catalogus.inlezen import FOUT, GELIJK, GEMAAKT, OVERGESLAGEN, Keuzen, lees_in
from dienstverlening.catalogus.vergelijken import verschillen
from dienstverlening.geopend import geopend, met_data
from integratie.catalogi import CatalogiClient


@click.group()
def catalogus() -> None:
    """Zaaktypen, besluittypen en documenttypen in- en uitlezen, en vergelijken."""


@contextmanager
def _client(data: Path | None) -> Iterator[CatalogiClient]:
    with geopend(data) as installatie:
        yield CatalogiClient(installatie, namens="catalogi", gebruiker="beheer", weergave="Opdrachtregel")


@catalogus.command()
@click.argument("bestand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--catalogus", "domein", default="", help="Domein van de catalogus waar de types in komen; anders die uit de zip."
)
@click.option(
    "--rsin", default="", help="RSIN van die catalogus, als het domein vaker voorkomt of zij nog niet bestaat."
)
@click.option(
    "--begin-geldigheid",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Begindatum van de nieuwe versies; anders die uit de zip.",
)
@click.option("--vervang-concepten", is_flag=True, help="Vervang concepten met dezelfde naam en begindatum.")
@met_data
def importeer(  # elk argument is een optie van de opdracht
    bestand: Path,
    domein: str,
    rsin: str,
    begin_geldigheid: datetime | None,
    *,
    vervang_concepten: bool,
    data: Path | None,
) -> None:
    """Lees BESTAND (een zip, ook van Open Zaak) in als nieuwe concepten; het verslag zegt wat er van elk type kwam."""
    beeld = Beeld(uit_zip(bestand))
    keuzen = Keuzen(domein, rsin, begin_geldigheid.date() if begin_geldigheid else None, vervang_concepten)
    with _client(data) as client:
        verslag = lees_in(client, beeld, keuzen)
    for regel in verslag:
        click.echo(str(regel))
    click.echo(", ".join(f"{verslag.aantal(wat)} {wat}" for wat in (GEMAAKT, GELIJK, OVERGESLAGEN, FOUT)))
    if verslag.aantal(FOUT):
        raise click.exceptions.Exit(1)


@catalogus.command()
@click.argument("domein")
@click.argument("bestand", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--rsin", default="", help="RSIN, als het domein vaker voorkomt.")
@met_data
def exporteer(domein: str, bestand: Path, rsin: str, data: Path | None) -> None:
    """Schrijf de catalogus met DOMEIN naar BESTAND, een zip die ook Open Zaak leest."""
    with _client(data) as client:
        inhoud = uit_api(client, domein, rsin)
    naar_zip(inhoud, bestand)
    click.echo(f"{bestand}: {sum(map(len, inhoud.rijen.values()))} types en onderdelen.")


@catalogus.command()
@click.argument("een")
@click.argument("ander")
@met_data
def vergelijk(een: str, ander: str, data: Path | None) -> None:
    """Vertel het verschil tussen EEN en ANDER: elk een zip, of het domein van een catalogus hier. Code 1 als er verschil is."""
    paden = {naam: Path(naam) for naam in (een, ander) if Path(naam).is_file()}
    inhouden: dict[str, Inhoud] = {naam: uit_zip(pad) for naam, pad in paden.items()}
    if len(inhouden) < len({een, ander}):
        with _client(data) as client:
            inhouden |= {naam: uit_api(client, naam) for naam in {een, ander} - inhouden.keys()}
    regels = list(verschillen(Beeld(inhouden[een]), Beeld(inhouden[ander]), Path(een).name, Path(ander).name))
    for regel in regels:
        click.echo(regel)
    click.echo(f"{len(regels)} verschillen" if regels else "Geen verschil.")
    if regels:
        raise click.exceptions.Exit(1)
