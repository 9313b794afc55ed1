"""Een kanaal: een manier om iemand een bericht te geven (e-mail, sms, brief, portaalbericht)."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contracten.bouwblok import Tekst
from contracten.verzameling import OpSleutel
from kern.installatie import Installatie


@dataclass(frozen=True)
class Bijlage:
    """Een document bij een zending, als verwijzing naar de Documenten API: het kanaal haalt de inhoud zelf op."""

    document: str
    bestandsnaam: str
    mediatype: str = "application/pdf"
    titel: str = ""


@dataclass(frozen=True)
class Zending:
    """Wat er uit moet. `sleutel` en `moment` zijn bij elke poging hetzelfde (Message-ID, bestandsnaam, natuurlijke sleutel).

    `adres` is het adres in de vorm van het kanaal (e-mailadres, telefoonnummer, of leeg als de `partij` genoeg is);
    `partij` en `zaak` zijn URL's.
    """

    sleutel: UUID
    moment: datetime
    adres: str
    onderwerp: str
    tekst: str
    html: str = ""
    taal: str = "nl"
    partij: str = ""
    zaak: str = ""
    bijlagen: tuple[Bijlage, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    brief: bytes = b""
    """De tekst als PDF, voor een kanaal dat op papier gaat; leeg als een bijlage de brief is."""


class KanaalWeigert(Exception):
    """Dit adres kan dit niet ontvangen; herhalen helpt niet. De verzendregel kiest een ander kanaal."""


class Kanaal(ABC):
    """Basis van elk kanaal. `verstuur` loopt zonder open transactie en mag twee keer gebeuren met hetzelfde gevolg."""

    sleutel: ClassVar[str]
    naam: ClassVar[Tekst]
    adressoort: ClassVar[str] = ""
    """De `soortDigitaalAdres` waar dit kanaal naartoe gaat, of leeg."""

    def aanbieder(self, installatie: Installatie) -> str:
        """Door wie het kanaal gaat, voor het bewijs van verzending: een dienst of server, zonder geheimen."""
        del installatie
        return self.sleutel

    @abstractmethod
    def verstuur(self, installatie: Installatie, zending: Zending) -> str:
        """Verstuur en geef het kenmerk van het kanaal (Message-ID, bestandsnaam, URL). Fouten: `KanaalWeigert`, of herhaal later."""


class Kanalen(OpSleutel[Kanaal]):
    """De kanalen van een installatie op sleutel."""

    soort = "kanalen"
