"""`dienstverlening pakket …`: procespakketten nakijken en installeren."""

from collections.abc import Callable
from pathlib import Path

import click

from kern.installatie import Installatie
from processen.onderdeel import maak_motor
from processen.pakketten.controle import controleer
from processen.pakketten.formaat import Pakket, PakketFout, lees_pakket
from processen.pakketten.installeren import installeer

MapVanPakket = click.Path(exists=True, file_okay=False, path_type=Path)


def maak_opdrachten(met_installatie: Callable[[Callable[[Installatie], None]], None]) -> click.Group:
    """De opdrachten; `met_installatie` opent de installatie waarop zij werken."""

    @click.group()
    def pakket() -> None:
        """Procespakketten: alles wat een dienst nodig heeft in één map."""

    @pakket.command("controleer")
    @click.argument("pad", type=MapVanPakket)
    def controleer_(pad: Path) -> None:
        """Kijk een pakket na, zonder iets te veranderen."""

        def werk(installatie: Installatie) -> None:
            _eis_goed(controleer(_lees(pad), maak_motor(installatie)))

        met_installatie(werk)
        click.echo("Het pakket is in orde.")

    @pakket.command("installeer")
    @click.argument("pad", type=MapVanPakket)
    def installeer_(pad: Path) -> None:
        """Installeer een pakket; herhalen verandert niets."""
        gelezen = _lees(pad)

        def werk(installatie: Installatie) -> None:
            try:
                installeer(installatie, maak_motor(installatie), gelezen, door="opdrachtregel")
            except PakketFout as fout:
                _eis_goed(fout.fouten)

        met_installatie(werk)
        click.echo(f"{gelezen.kop.titel} {gelezen.kop.versie} is geïnstalleerd.")

    return pakket


def _lees(pad: Path) -> Pakket:
    try:
        return lees_pakket(pad)
    except PakketFout as fout:
        raise click.ClickException(str(fout)) from None


def _eis_goed(bevindingen: list[str]) -> None:
    if bevindingen:
        raise click.ClickException("\n".join(["Het pakket kan zo niet geïnstalleerd worden:", *bevindingen]))
