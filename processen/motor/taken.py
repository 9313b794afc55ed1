"""Taken voor mensen: wat de motor vraagt aan wie de taken bewaart (de Taken API, via `integratie`)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kern.installatie import Installatie


@dataclass(frozen=True)
class TaakOpdracht:
    """Een te maken taak. `kenmerk` is bij elke poging hetzelfde en komt terug bij `Motor.taak_afgerond`.

    `invoer` zijn de variabelen uit de invoerafbeelding van het element, `variabelen` alle die het ziet (alleen verwijzingen en
    routegegevens), `eigenschappen` de `zeebe:properties`, al uitgerekend.
    """

    kenmerk: UUID
    instantie: UUID
    bedrijfssleutel: str
    definitie: str
    element: str
    naam: str
    formulier: str = ""
    toegewezen: str = ""
    groepen: tuple[str, ...] = ()
    uiterlijk: datetime | None = None
    opvolgen: datetime | None = None
    prioriteit: str = ""
    invoer: dict[str, Any] = field(default_factory=dict)
    variabelen: dict[str, Any] = field(default_factory=dict)
    eigenschappen: dict[str, str] = field(default_factory=dict)


class TaakPoort(Protocol):
    """Maakt taken en trekt ze in. Beide lopen zonder open transactie en mogen vaker gebeuren met hetzelfde gevolg."""

    def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        """Maak de taak (of vind haar op `kenmerk`) en geef haar URL."""
        ...

    def trek_in(self, installatie: Installatie, kenmerk: UUID, verwijzing: str) -> None:
        """De taak vervalt. `verwijzing` is leeg als de URL nog niet vastlag; bestaat de taak niet, dan is dat goed."""
        ...


class GeenTaken:
    """Voor processen zonder taken: elke taak is een fout (en dus een incident)."""

    def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        del installatie
        raise LookupError(f"er is geen takenregistratie voor {taak.element}")

    def trek_in(self, installatie: Installatie, kenmerk: UUID, verwijzing: str) -> None:
        """Er is niets gemaakt, dus niets in te trekken."""
