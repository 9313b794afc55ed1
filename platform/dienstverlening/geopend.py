"""Een opdracht op een geopende installatie: de optie `--data`, en openen en weer sluiten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from dienstverlening.opstarten import lees, met_motoren
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie

F = TypeVar("F", bound=Callable[..., Any])


def met_data(functie: F) -> F:
    """De optie die elke opdracht op een installatie heeft."""
    return click.option("--data", type=click.Path(path_type=Path), help="Datamap; anders DATA, anders ./data.")(functie)


@contextmanager
def geopend(data: Path | None) -> Iterator[Installatie]:
    """De installatie in deze datamap, met haar motoren; wat deze opdracht startte, stopt na afloop."""
    with met_motoren(lees(data=data)) as instellingen:
        installatie = maak_platform(instellingen)
        try:
            yield installatie
        finally:
            installatie.sluit()
