"""Een bekendmaker: waarlangs een officiële bekendmaking in een publicatieblad komt (Gemeenteblad, Provinciaal blad)."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from contracten.bouwblok import Tekst
from contracten.kanaal import Bijlage
from contracten.verzameling import OpSleutel
from kern.installatie import Installatie


@dataclass(frozen=True)
class Bekendmaking:
    """Wat er in het blad komt. `sleutel` is bij elke poging hetzelfde; `alineas` is de tekst, `gebied` een GeoJSON-geometrie in WGS84.

    `soort`, `rubriek` en `onderwerp` zijn namen uit de waardelijsten van de landelijke voorziening; `termijnen` is (naam, laatste dag of duur).
    `bijlagen` gaan als bestand mee: zij zijn openbaar, en nagemeten.
    """

    sleutel: UUID
    titel: str
    soort: str
    rubriek: str
    onderwerp: str
    alineas: tuple[str, ...]
    datum: date | None = None
    ingangsdatum: date | None = None
    gebied: Mapping[str, Any] | None = None
    locatie: str = ""
    termijnen: tuple[tuple[str, str], ...] = ()
    bijlagen: tuple[Bijlage, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gepubliceerd:
    """Wat het blad teruggeeft: het nummer (`gmb-2026-123`), de dag van uitgifte, en waar het staat."""

    nummer: str
    datum: date
    adres: str


class BekendmakingGeweigerd(Exception):
    """De voorziening neemt deze tekst niet aan; herhalen helpt niet. De tekst van de fout zegt waarom."""


class Bekendmaker(ABC):
    """Basis van elke bekendmaker. Beide aanroepen lopen zonder open transactie en mogen twee keer gebeuren met hetzelfde gevolg."""

    sleutel: ClassVar[str]
    naam: ClassVar[Tekst]

    @abstractmethod
    def lever_aan(self, installatie: Installatie, bekendmaking: Bekendmaking) -> str:
        """Lever aan en geef het kenmerk van de voorziening. Fouten: `BekendmakingGeweigerd`, of herhaal later."""

    @abstractmethod
    def zoek(self, installatie: Installatie, kenmerk: str) -> Gepubliceerd | None:
        """De publicatie bij dit kenmerk, of None zolang die er niet is."""


class Bekendmakers(OpSleutel[Bekendmaker]):
    """De bekendmakers van een installatie op sleutel."""

    soort = "bekendmakers"
