"""Alle onderdelen, geladen: voor wie ze allemaal nodig heeft (migreren, nakijken, inrichten). Een webproces laadt wat het gebruikt."""

from dienstverlening import plekken
from kern.deel import Deel
from kern.instellingen import Instellingen

DELEN: tuple[Deel, ...] = tuple(plek.laad() for plek in plekken.PLEKKEN)
SIMULATOREN: tuple[Deel, ...] = tuple(plek.laad() for plek in plekken.SIMULATOREN)


def delen_van(instellingen: Instellingen) -> tuple[Deel, ...]:
    """De onderdelen van deze soort installatie, ook die dit proces niet aanbiedt: hun tabellen bestaan wel."""
    return DELEN if instellingen.omgeving == "productie" else DELEN + SIMULATOREN
