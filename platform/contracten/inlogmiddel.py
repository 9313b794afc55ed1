"""Inlogmiddelen van een plugin: een makelaar of provider die zelf weet hoe zijn middelen heten en welke claims hij geeft.

Een gemeente stelt middelen in met een TOML-bestand (INLOGMIDDELEN). Een plugin kan hetzelfde doen voor een bepaalde makelaar, zodat een
gemeente alleen haar eigen nummers en geheimen hoeft te geven. Het aanmelden zelf (PKCE, nonce, handtekening, niveau) blijft van het platform.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from contracten.bouwblok import Tekst
from contracten.verzameling import OpSleutel
from kern.aanmelden import Inlogmiddel as Middel
from kern.installatie import Installatie


class Inlogmiddel(ABC):
    """Basis van elke leverancier van inlogmiddelen."""

    sleutel: ClassVar[str]
    naam: ClassVar[Tekst]

    @abstractmethod
    def middelen(self, installatie: Installatie) -> Iterable[Middel]:
        """De middelen die in deze installatie aan staan; leeg als zij niet zijn ingesteld. Vraagt niets over het netwerk."""


class Inlogmiddelen(OpSleutel[Inlogmiddel]):
    """De leveranciers van inlogmiddelen van een installatie."""

    soort = "inlogmiddelen"

    def alle(self, installatie: Installatie) -> list[Middel]:
        """Alle middelen; twee met dezelfde naam is een fout."""
        gevonden: dict[str, Middel] = {}
        for leverancier in self.values():
            for middel in leverancier.middelen(installatie):
                if middel.naam in gevonden:
                    raise ValueError(f"twee inlogmiddelen met naam {middel.naam}")
                gevonden[middel.naam] = middel
        return list(gevonden.values())
