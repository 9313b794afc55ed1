"""Wat plugins invullen: de basisklassen van bouwblokken, kanalen, bronnen, veldtypen, betaalproviders en inlogmiddelen.

De ingebouwde gebruiken dezelfde als die van derden.
"""

from contracten.bekendmaker import Bekendmaker, Bekendmakers, Bekendmaking, BekendmakingGeweigerd, Gepubliceerd
from contracten.betaalprovider import (
    Begonnen,
    Betaalprovider,
    Betaalproviders,
    Betaalstaat,
    Betaalverzoek,
    BetalingGeweigerd,
)
from contracten.bouwblok import (
    Bouwblok,
    Bouwblokken,
    BpmnFout,
    Fout,
    Geen,
    Gegevens,
    Herhaling,
    Onherstelbaar,
    Opdracht,
    Tekst,
    of_invoer,
)
from contracten.bron import Bron, Bronnen, BronNietBereikbaar, Veld, Vrager, vraag_bronnen
from contracten.inlogmiddel import Inlogmiddel, Inlogmiddelen
from contracten.kanaal import Bijlage, Kanaal, KanaalWeigert, Kanalen, Zending
from contracten.nabootsing import Afspraak, Nagebootst, boots_na
from contracten.veldtype import Ongeldig, Veldtype, Veldtypen, veldtypen_van

__all__ = [
    "Afspraak",
    "Begonnen",
    "Bekendmaker",
    "Bekendmakers",
    "Bekendmaking",
    "BekendmakingGeweigerd",
    "Betaalprovider",
    "Betaalproviders",
    "Betaalstaat",
    "Betaalverzoek",
    "BetalingGeweigerd",
    "Bijlage",
    "Bouwblok",
    "Bouwblokken",
    "BpmnFout",
    "Bron",
    "BronNietBereikbaar",
    "Bronnen",
    "Fout",
    "Geen",
    "Gegevens",
    "Gepubliceerd",
    "Herhaling",
    "Inlogmiddel",
    "Inlogmiddelen",
    "Kanaal",
    "KanaalWeigert",
    "Kanalen",
    "Nagebootst",
    "Ongeldig",
    "Onherstelbaar",
    "Opdracht",
    "Tekst",
    "Veld",
    "Veldtype",
    "Veldtypen",
    "Vrager",
    "Zending",
    "boots_na",
    "of_invoer",
    "veldtypen_van",
    "vraag_bronnen",
]
