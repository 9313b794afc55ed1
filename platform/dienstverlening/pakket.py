"""`dienstverlening pakket`: procespakketten, met de optie --data die elke opdracht op een installatie heeft."""

from collections.abc import Callable
from pathlib import Path

import click

from dienstverlening.opstarten import lees, met_motoren
from dienstverlening.proefplaats import proefplaats
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from processen.pakketten.opdrachten import maak_opdrachten

SLEUTEL = "dienstverlening.data"


def _onthoud_data(context: click.Context, _optie: click.Parameter, waarde: Path | None) -> None:
    context.meta[SLEUTEL] = waarde


def _met_installatie(werk: Callable[[Installatie], None]) -> None:
    data = click.get_current_context().meta.get(SLEUTEL)
    with met_motoren(lees(data=data)) as instellingen:
        installatie = maak_platform(instellingen)
        try:
            werk(installatie)
        finally:
            installatie.sluit()


def _maak() -> click.Group:
    groep = maak_opdrachten(_met_installatie, proefplaats)
    for opdracht in groep.commands.values():
        soort = click.Path(path_type=Path)
        hulp = "Datamap; anders DATA, anders ./data."
        optie = click.Option(["--data"], type=soort, help=hulp, expose_value=False, callback=_onthoud_data)
        opdracht.params.append(optie)
    return groep


pakket = _maak()
