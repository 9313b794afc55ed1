"""Wat plugins invullen: de basisklassen van bouwblokken en kanalen. De ingebouwde gebruiken dezelfde als die van derden."""

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
)
from contracten.kanaal import Bijlage, Kanaal, KanaalWeigert, Kanalen, Zending

__all__ = [
    "Bijlage",
    "Bouwblok",
    "Bouwblokken",
    "BpmnFout",
    "Fout",
    "Geen",
    "Gegevens",
    "Herhaling",
    "Kanaal",
    "KanaalWeigert",
    "Kanalen",
    "Onherstelbaar",
    "Opdracht",
    "Tekst",
    "Zending",
]
