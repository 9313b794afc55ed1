"""De opdrachtregel `dienstverlening`. Elke fout die een beheerder kan verhelpen is één regel, met code 2."""

import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from dienstverlening import opdrachten
from dienstverlening.demo import demo as draai_demo
from dienstverlening.geopend import met_data
from dienstverlening.kinderen import Kinderen, KindFout
from dienstverlening.opstarten import StartFout, lees, met_motoren, omgeving
from kern.instellingen import Instellingen, InstellingenFout
from kern.logboek import richt_in as richt_log_in
from kern.motoren import MotorFout

VERHELPBAAR = (InstellingenFout, MotorFout, opdrachten.PoortFout, KindFout, StartFout)
# Groepen van andere onderdelen, als module:naam. Ze laden pas als iemand ze gebruikt, zodat de demo snel start.
GROEPEN = {
    "applicatie": "dienstverlening.applicatie:applicatie",
    "bouwblokken": "dienstverlening.bouwblokken:bouwblokken",
    "catalogus": "dienstverlening.catalogus.opdrachten:catalogus",
    "dmn": "dmn.opdrachten:dmn",
    "importeer": "dienstverlening.importeren.opdrachten:importeer",
    "objecten": "dienstverlening.objecten:objecten",
    "pakket": "dienstverlening.pakket:pakket",
    "producten": "dienstverlening.producten:producten",
    "referentielijsten": "dienstverlening.referentielijsten:referentielijsten",
    "token": "dienstverlening.token:token",
}
F = TypeVar("F", bound=Callable[..., Any])


class Groep(click.Group):
    """Toont een verhelpbare fout als één regel per fout, zonder traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *GROEPEN])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in GROEPEN:
            return super().get_command(ctx, cmd_name)
        module, _, naam = GROEPEN[cmd_name].partition(":")
        opdracht: click.Command = getattr(import_module(module), naam)
        return opdracht

    def invoke(self, ctx: click.Context) -> Any:
        # Een SIGTERM tijdens het starten ruimt zo ook op; `Kinderen.draai` vangt hem daarna zelf.
        vorige = signal.signal(signal.SIGTERM, _beeindig)
        try:
            return super().invoke(ctx)
        except VERHELPBAAR as fout:
            for regel in str(fout).splitlines():
                click.echo(f"dienstverlening: {regel}", err=True)
            ctx.exit(2)
        finally:
            signal.signal(signal.SIGTERM, vorige)


def _beeindig(sein: int, _frame: object) -> None:
    raise SystemExit(128 + sein)


def met_poort(functie: F) -> F:
    """De optie voor wie een webserver start."""
    return click.option("--poort", type=click.IntRange(1, 65535), help="Poort; anders POORT, anders 8000.")(functie)


@click.group(cls=Groep)
@click.version_option(package_name="dienstverlening", message="%(prog)s %(version)s")
def groep() -> None:
    """Het dienstverleningsplatform: draaien, bijwerken en inrichten."""


def main() -> None:
    """De ingang van het programma. Logregels van een opdracht gaan naar stderr; stdout is voor de uitkomst."""
    richt_log_in("warning", uitvoer=sys.stderr)
    groep(prog_name="dienstverlening")


@groep.command()
@met_data
@met_poort
def demo(data: Path | None, poort: int | None) -> None:
    """Start het platform met een voorbeeldgemeente en eigen database."""
    draai_demo(data, poort)


@groep.command()
@met_data
@met_poort
def web(data: Path | None, poort: int | None) -> None:
    """Start de webserver."""
    instellingen = lees(data=data, poort=poort)
    opdrachten.eis_vrije_poort(instellingen.luister_op, instellingen.poort)
    _draai(instellingen, opdrachten.web)


@groep.command()
@met_data
@met_poort
def worker(data: Path | None, poort: int | None) -> None:
    """Start de workers, die het werk uit de outbox doen."""
    _draai(lees(data=data, poort=poort), opdrachten.workers)


def _draai(instellingen: Instellingen, maak: Callable[[Instellingen], dict[str, list[str]]]) -> None:
    with met_motoren(instellingen) as volledig:
        kinderen = Kinderen(maak(volledig), omgeving(volledig))
        kinderen.start()
        kinderen.draai()


@groep.group()
def db() -> None:
    """De database."""


@db.command()
@met_data
def bijwerken(data: Path | None) -> None:
    """Breng de database en de eigen rechten naar de versie van deze uitgave."""
    from dienstverlening.bijwerken import werk_installatie_bij  # noqa: PLC0415 - laadt het hele platform

    with met_motoren(lees(data=data)) as instellingen:
        werk_installatie_bij(instellingen)
    click.echo("De database is bij.")


@groep.command()
@met_data
def controleer(data: Path | None) -> None:
    """Kijk na of instellingen, database, Redis en opslag kloppen."""
    from dienstverlening.nakijken import kijk_na  # noqa: PLC0415 - laadt het hele platform

    with met_motoren(lees(data=data)) as instellingen:
        uitkomsten = kijk_na(instellingen)
    for uitkomst in uitkomsten:
        click.echo(
            f"{'goed ' if uitkomst.goed else 'FOUT '} {uitkomst.wat}{f': {uitkomst.tekst}' if uitkomst.tekst else ''}"
        )
    if not all(uitkomst.goed for uitkomst in uitkomsten):
        raise click.exceptions.Exit(1)
