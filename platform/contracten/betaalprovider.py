"""Een betaalprovider: een betaling beginnen, en erachter komen hoe zij afliep.

Een betaling begint met `begin`: de betaler gaat naar het adres dat terugkomt. De uitkomst komt op twee manieren binnen: als de provider het
meldt (`lees_melding`), en als iemand ernaar vraagt (`staat`). Beide mogen vaker gebeuren; alleen `staat` telt, want een melding kan vals zijn.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from contracten.bouwblok import Tekst
from contracten.verzameling import OpSleutel
from kern.installatie import Installatie

Betaalstaat = Literal["open", "betaald", "mislukt", "verlopen", "terugbetaald"]


class BetalingGeweigerd(Exception):
    """De provider neemt deze betaling niet aan; herhalen helpt niet. De tekst bevat nooit persoonsgegevens."""


@dataclass(frozen=True)
class Betaalverzoek:
    """Wat er betaald moet worden. `sleutel` is bij elke poging hetzelfde: dezelfde sleutel is dezelfde betaling.

    `waarvoor` is de betaaltaak; de provider bewaart dat, zodat een betaling voor iets anders hier nooit meetelt.
    `kenmerk` ziet de betaler op het afschrift. `terug` is waar de betaler na afloop heen gaat, `melden` waar de provider meldt.
    """

    sleutel: UUID
    waarvoor: UUID
    bedrag: Decimal
    kenmerk: str
    omschrijving: str
    terug: str
    melden: str
    taal: str = "nl"


@dataclass(frozen=True)
class Begonnen:
    """Een begonnen betaling: haar nummer bij de provider, en het adres waar de betaler heen gaat."""

    nummer: str
    adres: str


class Betaalprovider(ABC):
    """Basis van elke betaalprovider. Alle methoden lopen zonder open transactie."""

    sleutel: ClassVar[str]
    naam: ClassVar[Tekst]

    @abstractmethod
    def begin(self, installatie: Installatie, verzoek: Betaalverzoek) -> Begonnen:
        """Begin de betaling, of geef de bestaande met deze sleutel. Fouten: `BetalingGeweigerd`, of herhaal later."""

    @abstractmethod
    def staat(self, installatie: Installatie, nummer: str, waarvoor: UUID) -> Betaalstaat:
        """Hoe het nu met een betaling is, gevraagd bij de provider. `BetalingGeweigerd` als zij ergens anders voor is."""

    @abstractmethod
    def lees_melding(self, koppen: Mapping[str, str], inhoud: bytes) -> str:
        """Het nummer waarover de provider iets meldt. `ValueError` als de melding niet van de provider kan zijn."""


class Betaalproviders(OpSleutel[Betaalprovider]):
    """De betaalproviders van een installatie."""

    soort = "betaalproviders"
