"""`dienstverlening pakket …`: procespakketten nakijken en installeren."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import click

from kern.installatie import Installatie
from processen.onderdeel import maak_motor
from processen.pakketten.beproeven import beproef
from processen.pakketten.controle import controleer
from processen.pakketten.exporteren import lees_geinstalleerd, schrijf
from processen.pakketten.formaat import Pakket, PakketFout, lees_pakket
from processen.pakketten.installeren import installeer
from processen.pakketten.invoeren import VERSLAG, dringend, samenvatting, voer_in
from processen.pakketten.nieuw import VOORBEELD, maak_nieuw
from processen.pakketten.openen import MEEGELEVERD, geopend
from processen.pakketten.schemas import schemas
from processen.pakketten.spelen import Proefplaats
from processen.pakketten.verschil import verschil
from processen.pakketten.verwijderen import verwijder

MetInstallatie = Callable[[Callable[[Installatie], None]], None]
PadVanPakket = click.Path(exists=True, path_type=Path)
__all__ = ["MEEGELEVERD", "maak_opdrachten"]


def maak_opdrachten(
    met_installatie: MetInstallatie,
    proefplaats: Callable[[], AbstractContextManager[Proefplaats]],
) -> click.Group:
    """De opdrachten; `met_installatie` opent de installatie waarop zij werken, `proefplaats` wegwerpinstallaties voor scenario's."""

    @click.group()
    def pakket() -> None:
        """Procespakketten: alles wat een dienst nodig heeft in één map."""

    @pakket.command("controleer")
    @click.argument("pad", type=PadVanPakket)
    def controleer_(pad: Path) -> None:
        """Kijk een pakket na, zonder iets te veranderen."""

        def werk(installatie: Installatie) -> None:
            _eis_goed(controleer(_lees(pad), maak_motor(installatie)))

        met_installatie(werk)
        click.echo("Het pakket is in orde.")

    @pakket.command("installeer")
    @click.argument("pad", type=PadVanPakket)
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

    pakket.add_command(_test(proefplaats))
    pakket.add_command(_nieuw())
    pakket.add_command(_schema())
    for opdracht in (_vergelijk, _exporteer, _verwijder, _importeer):
        pakket.add_command(opdracht(met_installatie))
    return pakket


def _nieuw() -> click.Command:
    @click.command("nieuw")
    @click.argument("naam")
    @click.argument("doel", type=click.Path(path_type=Path), required=False)
    @click.option("--titel", default="", help="Hoe de dienst voor mensen heet; anders de naam.")
    @click.option("--voorbeeld", type=PadVanPakket, help="Een map, zip of meegeleverd pakket om mee te beginnen.")
    def nieuw_(naam: str, doel: Path | None, titel: str, voorbeeld: Path | None) -> None:
        """Maak een klein pakket dat meteen werkt, in de map DOEL (anders ./NAAM)."""
        try:
            with geopend(voorbeeld or VOORBEELD) as map_:
                waar = maak_nieuw(naam, doel or Path(naam), titel=titel, voorbeeld=map_)
        except PakketFout as fout:
            raise click.ClickException(str(fout)) from None
        click.echo(f"Het pakket staat in {waar}. Kijk het na met: dienstverlening pakket controleer {waar}")

    return nieuw_


def _schema() -> click.Command:
    @click.command("schema")
    @click.argument("doel", type=click.Path(path_type=Path, file_okay=False))
    def schema_(doel: Path) -> None:
        """Schrijf het JSON Schema van elk deel van een pakket in de map DOEL."""
        doel.mkdir(parents=True, exist_ok=True)
        for naam, inhoud in schemas().items():
            (doel / naam).write_bytes(inhoud)
        click.echo(f"De schema's staan in {doel}.")

    return schema_


def _vergelijk(met_installatie: MetInstallatie) -> click.Command:
    @click.command("vergelijk")
    @click.argument("pad", type=PadVanPakket)
    @click.argument("met", type=PadVanPakket, required=False)
    def vergelijk_(pad: Path, met: Path | None) -> None:
        """Wat er verandert als dit pakket geïnstalleerd wordt, of tussen twee pakketten."""
        nieuw, regels = _lees(pad), list[str]()

        def werk(installatie: Installatie) -> None:
            regels.extend(verschil(lees_geinstalleerd(installatie, maak_motor(installatie), nieuw.kop.naam), nieuw))

        if met is None:
            _netjes(met_installatie, werk)
        else:
            regels += verschil(nieuw, _lees(met))
        click.echo("\n".join(regels) or "Er is geen verschil.")

    return vergelijk_


def _exporteer(met_installatie: MetInstallatie) -> click.Command:
    @click.command("exporteer")
    @click.argument("naam")
    @click.argument("doel", type=click.Path(path_type=Path))
    def exporteer_(naam: str, doel: Path) -> None:
        """Schrijf een geïnstalleerd pakket naar een map of een zip."""

        def werk(installatie: Installatie) -> None:
            schrijf(lees_geinstalleerd(installatie, maak_motor(installatie), naam), doel)

        _netjes(met_installatie, werk)
        click.echo(f"{naam} staat in {doel}.")

    return exporteer_


def _importeer(met_installatie: MetInstallatie) -> click.Command:
    @click.command("importeer")
    @click.argument("bestanden", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1, required=True)
    @click.argument("doel", type=click.Path(file_okay=False, path_type=Path))
    def importeer_(bestanden: tuple[Path, ...], doel: Path) -> None:
        """Zet modellen van Camunda, Operaton of GZAC (BPMN, DMN, process links in JSON) in de map DOEL, met een verslag."""

        def werk(installatie: Installatie) -> None:
            for naam, model in voer_in(bestanden, doel, maak_motor(installatie)).items():
                click.echo(samenvatting(naam, model))
                for regel in dringend(model):
                    click.echo(f"  {regel}")

        _netjes(met_installatie, werk)
        click.echo(f"Alles staat in {doel}; lees {doel / VERSLAG}.")

    return importeer_


def _verwijder(met_installatie: MetInstallatie) -> click.Command:
    @click.command("verwijder")
    @click.argument("naam")
    def verwijder_(naam: str) -> None:
        """Stop een dienst en haal haar pakket weg; niet zolang er instanties van lopen. Zaaktypen blijven, en producten zeggen dat de dienst stopte."""

        def werk(installatie: Installatie) -> None:
            for regel in verwijder(installatie, maak_motor(installatie), naam):
                click.echo(f"Weg: {regel}")

        _netjes(met_installatie, werk)
        click.echo(f"{naam} is verwijderd. De producten zeggen dat de dienst gestopt is; zaaktypen blijven bestaan.")

    return verwijder_


def _netjes(met_installatie: MetInstallatie, werk: Callable[[Installatie], None]) -> None:
    """Doe het werk; een fout in het pakket is een nette melding."""
    try:
        met_installatie(werk)
    except PakketFout as fout:
        raise click.ClickException(str(fout)) from None


def _test(proefplaats: Callable[[], AbstractContextManager[Proefplaats]]) -> click.Command:
    @click.command("test")
    @click.argument("pad", type=PadVanPakket, required=False)
    @click.option("--alles", is_flag=True, help="Elk meegeleverd pakket.")
    @click.option("--dekking", is_flag=True, help="Noem wat geen enkel scenario raakt.")
    @click.option("--scenario", default="", help="Alleen het scenario met deze naam.")
    def test_(pad: Path | None, *, alles: bool, dekking: bool, scenario: str) -> None:
        """Speel de scenario's van een pakket op een verse installatie met de echte motor en registraties."""
        if bool(pad) == alles:
            raise click.UsageError("Geef een pad, of --alles.")
        paden = [pad] if pad else sorted(kop.parent for kop in MEEGELEVERD.glob("*/pakket.toml"))
        try:
            with proefplaats() as plaats, ExitStack() as open_:
                mappen = [open_.enter_context(geopend(pad)) for pad in paden]
                uitslagen = [beproef(map_, plaats, maak_motor, click.echo, scenario) for map_ in mappen]
        except PakketFout as fout:
            raise click.ClickException(str(fout)) from None
        for gemist in [g for uitslag in uitslagen for g in uitslag.dekking.gemist() if dekking]:
            click.echo(f"Niet geraakt: {gemist}")
        mislukt = sum(uitslag.mislukt for uitslag in uitslagen)
        click.echo(f"{sum(uitslag.geslaagd for uitslag in uitslagen)} passed, {mislukt} failed")
        if mislukt:
            raise SystemExit(1)

    return test_


def _lees(pad: Path) -> Pakket:
    try:
        with geopend(pad) as map_:
            return lees_pakket(map_)
    except PakketFout as fout:
        raise click.ClickException(str(fout)) from None


def _eis_goed(bevindingen: list[str]) -> None:
    if bevindingen:
        raise click.ClickException("\n".join(["Het pakket kan zo niet geïnstalleerd worden:", *bevindingen]))
