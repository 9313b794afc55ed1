"""De schermen; elke module hangt haar routes aan de blauwdruk."""

from mijngemeente.schermen import (
    berichten,
    contacten,
    gegevens,
    intrekken,
    overzicht,
    producten,
    taken,
    voorkeuren,
    zaken,
)
from mijngemeente.schermen.basis import blauwdruk

__all__ = [
    "berichten",
    "blauwdruk",
    "contacten",
    "gegevens",
    "intrekken",
    "overzicht",
    "producten",
    "taken",
    "voorkeuren",
    "zaken",
]
