"""Waar een soort besluit toe strekt. Alleen wat toekent mag zonder mens genomen worden.

De standaard heeft hiervoor `omschrijvingGeneriek`, de aard van het besluit: het eerste woord telt. Wat niet uitdrukkelijk toekent, telt als belastend: een vergeten
aanduiding laat nooit een computer weigeren.
"""

from typing import Final, Protocol

TOEKENNING: Final = "Toekenning"
AFWIJZING: Final = "Afwijzing"
AUTOMATISCH: Final = "Automatisch"
"""Kenmerk in de verantwoording van een besluit dat geen mens nam (AVG artikel 22)."""
JA: Final = "ja"


class MetAard(Protocol):
    """Een besluittype."""

    @property
    def omschrijving_generiek(self) -> str: ...


def kent_toe(besluittype: MetAard) -> bool:
    """Krijgt de aanvrager met dit soort besluit wat hij vroeg?"""
    return besluittype.omschrijving_generiek.partition(" ")[0] == TOEKENNING


def is_afwijzing(besluittype: MetAard) -> bool:
    """Weigert dit soort besluit (een deel van) wat de aanvrager vroeg, zodat Awb 4:7 kan gelden?"""
    return besluittype.omschrijving_generiek.partition(" ")[0] == AFWIJZING
