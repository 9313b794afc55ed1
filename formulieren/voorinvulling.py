"""Wat wij al weten: antwoorden uit bronnen (de BRP, het handelsregister, die van plugins), opgehaald door de server."""

from typing import Any, Final

from contracten import Bronnen, BronNietBereikbaar, Vrager, vraag_bronnen
from formulieren.aanvrager import Aanvrager
from formuliermotor import Formulierdefinitie
from kern.installatie import Installatie

ACTIVITEIT: Final = "urn:dienstverlening:verwerking:formulier-invullen"
BRONNEN: Final = "bronnen"
"""Onder deze naam heeft de app haar bronnen bij zich."""


class BronOntbreekt(Exception):
    """De bron gaf geen antwoord; het formulier is ook zonder in te vullen."""


def bronnen_van(installatie: Installatie) -> Bronnen:
    """De bronnen van deze installatie, ingebouwd en van anderen."""
    return Bronnen(installatie.plugins.verzamel("bronnen"))


def haal_op(
    installatie: Installatie, bronnen: Bronnen, definitie: Formulierdefinitie, aanvrager: Aanvrager, kenmerk: str = ""
) -> dict[str, Any]:
    """Sleutel -> waarde van elke vraag die een bron kan beantwoorden. `BronOntbreekt` als een bron niet antwoordt.

    `kenmerk` is waar het adres naar verwees. Wie niet is aangemeld krijgt niets: een bron weet dan niet over wie het gaat.
    """
    if aanvrager.identiteit is None:
        return {}
    wie = Vrager(aanvrager.identiteit, ACTIVITEIT, definitie.slug, kenmerk)
    try:
        return vraag_bronnen(installatie, bronnen, definitie.voorinvullingen(), wie)
    except BronNietBereikbaar as fout:
        raise BronOntbreekt(str(fout)) from None
