"""Waar een soort besluit toe strekt. Alleen wat toekent mag zonder mens genomen worden.

Een pakket zegt het bij elk besluittype met `strekking`. Zegt het niets (een ouder pakket, of een catalogus van een ander), dan telt het
eerste woord van `omschrijvingGeneriek`, de aard van het besluit in de standaard. Wat niet uitdrukkelijk toekent, telt als belastend: een
vergeten aanduiding laat nooit een computer weigeren.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, Protocol, get_args

from integratie.configuratie import PROCESPAKKET, Configuratie

Strekking = Literal["toekenning", "afwijzing", "buiten behandeling", "wijziging", "intrekking", "overig"]
STREKKINGEN: Final[tuple[Strekking, ...]] = get_args(Strekking)
TOEKENNING: Final = "toekenning"
UIT_GENERIEK: Final[Mapping[str, Strekking]] = {
    "Toekenning": "toekenning",
    "Afwijzing": "afwijzing",
    "Buiten": "buiten behandeling",
    "Wijziging": "wijziging",
    "Intrekking": "intrekking",
}
"""Het eerste woord van `omschrijvingGeneriek` en wat dat betekent, als het pakket niets zegt."""
AUTOMATISCH: Final = "Automatisch"
"""Kenmerk in de verantwoording van een besluit dat geen mens nam (AVG artikel 22)."""
JA: Final = "ja"


class MetAard(Protocol):
    """Een besluittype."""

    @property
    def omschrijving(self) -> str: ...

    @property
    def omschrijving_generiek(self) -> str: ...


Vastgelegd = Mapping[str, Strekking]
"""Omschrijving van een besluittype → wat een pakket erover vastlegde; zie `lees_strekkingen`."""


def strekking_van(besluittype: MetAard, vastgelegd: Vastgelegd) -> Strekking:
    """Wat het pakket zegt; anders het eerste woord van `omschrijvingGeneriek`; anders `overig`."""
    woord = besluittype.omschrijving_generiek.partition(" ")[0]
    return vastgelegd.get(besluittype.omschrijving) or UIT_GENERIEK.get(woord, "overig")


def kent_toe(besluittype: MetAard, vastgelegd: Vastgelegd) -> bool:
    """Krijgt de aanvrager met dit soort besluit wat hij vroeg?"""
    return strekking_van(besluittype, vastgelegd) == TOEKENNING


def is_afwijzing(besluittype: MetAard, vastgelegd: Vastgelegd) -> bool:
    """Weigert dit soort besluit (een deel van) wat de aanvrager vroeg, zodat Awb 4:7 kan gelden?"""
    return strekking_van(besluittype, vastgelegd) == "afwijzing"


def lees_strekkingen(configuratie: Configuratie) -> dict[str, Strekking]:
    """Wat de geïnstalleerde pakketten over hun besluittypen vastlegden."""
    return samen(pakket.get("strekkingen") or {} for pakket in configuratie.alle(PROCESPAKKET))


def samen(delen: Iterable[Mapping[str, Any]]) -> dict[str, Strekking]:
    """Meer pakketten samen. Zeggen zij over één besluittype iets anders, dan telt wat niet toekent: dan kijkt er een mens."""
    gevonden: dict[str, Strekking] = {}
    for deel in delen:
        for naam, strekking in deel.items():
            if gevonden.get(naam, TOEKENNING) == TOEKENNING:
                gevonden[naam] = strekking
    return gevonden
