"""Een onderdeel van het platform: een eigen Flask-app op een eigen pad, met eigen tabellen en eigen outbox-werk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import MetaData

if TYPE_CHECKING:
    from flask import Flask

    from kern.installatie import Installatie
    from kern.outbox import Verwerker


@dataclass(frozen=True)
class Deel:
    """Wat `dienstverlening` van een onderdeel moet weten om het in elkaar te zetten.

    `pad` is het begin van alle adressen van het onderdeel (`/zaken/api/v1`); `tabellen` staan in het schema `naam` en hun
    migraties in `<pakket>/migraties/versies`.
    """

    naam: str
    pakket: str
    pad: str = ""
    maak_app: "Callable[[Installatie], Flask] | None" = None
    tabellen: MetaData | None = None
    verwerkers: "Callable[[Installatie], Iterable[Verwerker]] | None" = None
