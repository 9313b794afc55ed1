"""`dienstverlening pakket`: procespakketten, met de optie --data die elke opdracht op een installatie heeft."""

from collections.abc import Callable
from pathlib import Path

import click

from dienstverlening.geopend import DATAMAP, geopend
from dienstverlening.proefplaats import proefplaats
from kern.installatie import Installatie
from processen.pakketten.opdrachten import maak_opdrachten

SLEUTEL = "dienstverlening.data"


def _onthoud_data(context: click.Context, _optie: click.Parameter, waarde: Path | None) -> None:
    context.meta[SLEUTEL] = waarde


def _met_installatie(werk: Callable[[Installatie], None]) -> None:
    with geopend(click.get_current_context().meta.get(SLEUTEL)) as installatie:
        werk(installatie)


def _maak() -> click.Group:
    groep = maak_opdrachten(_met_installatie, proefplaats)
    for opdracht in groep.commands.values():
        opdracht.params.append(click.Option(["--data"], **DATAMAP, expose_value=False, callback=_onthoud_data))
    return groep


pakket = _maak()
