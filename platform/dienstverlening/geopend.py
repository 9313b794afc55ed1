"""Een opdracht op een geopende installatie: de optie `--data`, en openen en weer sluiten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from dienstverlening.opstarten import lees, met_motoren
from kern.installatie import Installatie

F = TypeVar("F", bound=Callable[..., Any])
DATAMAP: dict[str, Any] = {"type": click.Path(path_type=Path), "help": "Datamap; anders DATA, anders ./data."}
"""Hoe de optie `--data` heet en wat zij aanneemt, ook voor wie haar zelf aan een opdracht hangt."""


def met_data(functie: F) -> F:
    """De optie die elke opdracht op een installatie heeft."""
    return click.option("--data", **DATAMAP)(functie)


@contextmanager
def geopend(data: Path | None) -> Iterator[Installatie]:
    """De installatie in deze datamap, met haar motoren; wat deze opdracht startte, stopt na afloop."""
    from dienstverlening.samenstellen import maak_platform  # noqa: PLC0415 - laadt het hele platform

    with met_motoren(lees(data=data)) as instellingen:
        installatie = maak_platform(instellingen)
        try:
            yield installatie
        finally:
            installatie.sluit()
