"""Aanmelden met OpenID Connect: inlogmiddelen, de stroom, en wie er dan is aangemeld.

Een onderdeel leest `kern.toegang.huidige_identiteit()`; `dienstverlening` hangt de routes op met `kern.aanmelden.blauwdruk`. Die en de stroom
(`kern.aanmelden.aanmelder`) staan hier niet bij: ze laden een grote bibliotheek die alleen gebruikt wordt waar mensen aanmelden.
Fouten: zie `kern.aanmelden.fouten`.
"""

from kern.aanmelden.bestand import MiddelenFout, afmelddoelen, eigen_middelen, laad_middelen
from kern.aanmelden.fouten import (
    AanmeldFout,
    Afgebroken,
    AntwoordOngeldig,
    MiddelOnbereikbaar,
    NiveauTeLaag,
    PogingVerlopen,
)
from kern.aanmelden.identiteit import ROLLEN, Bron, Dienst, Doelgroep, Identiteit, Machtiging
from kern.aanmelden.middel import Claims, Inlogmiddel, herkomsten
from kern.aanmelden.niveaus import Niveau

__all__ = [
    "ROLLEN",
    "AanmeldFout",
    "Afgebroken",
    "AntwoordOngeldig",
    "Bron",
    "Claims",
    "Dienst",
    "Doelgroep",
    "Identiteit",
    "Inlogmiddel",
    "Machtiging",
    "MiddelOnbereikbaar",
    "MiddelenFout",
    "Niveau",
    "NiveauTeLaag",
    "PogingVerlopen",
    "afmelddoelen",
    "eigen_middelen",
    "herkomsten",
    "laad_middelen",
]
