"""Aanmelden met OpenID Connect: inlogmiddelen, de stroom, en wie er dan is aangemeld.

Een onderdeel leest `kern.toegang.huidige_identiteit()`; `dienstverlening` hangt de routes op met `maak_blauwdruk`.
Fouten: zie `kern.aanmelden.fouten`.
"""

from kern.aanmelden.aanmelder import Aanmelder, Poging
from kern.aanmelden.bestand import MiddelenFout, afmelddoelen, eigen_middelen, laad_middelen
from kern.aanmelden.blauwdruk import maak_blauwdruk
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
    "Aanmelder",
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
    "Poging",
    "PogingVerlopen",
    "afmelddoelen",
    "eigen_middelen",
    "herkomsten",
    "laad_middelen",
    "maak_blauwdruk",
]
