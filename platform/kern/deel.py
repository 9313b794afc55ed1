"""Een onderdeel van het platform: een eigen Flask-app op een eigen pad, met eigen tabellen en eigen outbox-werk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol

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


class MetMigraties(Protocol):
    """Wat nodig is om na te gaan of een schema bij is."""

    @property
    def naam(self) -> str:
        """De naam van het schema."""

    @property
    def pakket(self) -> str:
        """Het pakket waar de migraties in staan."""


@dataclass(frozen=True)
class Menupunt:
    """Een scherm op de werkplek van medewerkers: `naam` en `uitleg` per taal (`nl`, `en`), en met welke rollen het opengaat."""

    adres: str
    naam: Mapping[str, str]
    uitleg: Mapping[str, str]
    rollen: tuple[str, ...]
    groep: Literal["werk", "beheer"] = "beheer"


@dataclass(frozen=True)
class Plek:
    """Waar een onderdeel te vinden is, zonder het te laden: zo laadt een proces alleen wat het gebruikt.

    `bron` is `module:naam` van het `Deel`, of van een reeks waar het in zit. `pakket` is leeg als er geen tabellen zijn.
    """

    naam: str
    pad: str
    bron: str
    pakket: str = ""

    def laad(self) -> Deel:
        """Het onderdeel zelf."""
        module, _, naam = self.bron.partition(":")
        gevonden: Deel | tuple[Deel, ...] = getattr(import_module(module), naam)
        return gevonden if isinstance(gevonden, Deel) else next(deel for deel in gevonden if deel.naam == self.naam)
