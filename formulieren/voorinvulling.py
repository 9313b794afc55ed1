"""Wat wij al weten: antwoorden uit bronnen (de BRP, het handelsregister, die van plugins), opgehaald door de server."""

from collections.abc import Mapping
from typing import Any, Final

import structlog

from contracten import Bronnen, BronNietBereikbaar, Vrager
from formulieren.aanvrager import Aanvrager
from formuliermotor import Formulierdefinitie
from kern.installatie import Installatie
from kern.plugins import laad_plugins

log = structlog.get_logger()
ACTIVITEIT: Final = "urn:dienstverlening:verwerking:formulier-invullen"
BRONNEN: Final = "bronnen"
"""Onder deze naam heeft de app haar bronnen bij zich."""


class BronOntbreekt(Exception):
    """De bron gaf geen antwoord; het formulier is ook zonder in te vullen."""


def bronnen_van(installatie: Installatie) -> Bronnen:
    """De bronnen van deze installatie, ingebouwd en van anderen."""
    return Bronnen(laad_plugins(installatie.instellingen).verzamel("bronnen"))


def haal_op(
    installatie: Installatie, bronnen: Bronnen, definitie: Formulierdefinitie, aanvrager: Aanvrager, kenmerk: str = ""
) -> dict[str, Any]:
    """Sleutel -> waarde van elke vraag die een bron kan beantwoorden. `BronOntbreekt` als een bron niet antwoordt.

    `kenmerk` is waar het adres naar verwees. Wie niet is aangemeld krijgt niets: een bron weet dan niet over wie het gaat.
    """
    if aanvrager.identiteit is None:
        return {}
    per_bron: dict[str, dict[str, str]] = {}
    for sleutel, (bron, attribuut) in definitie.voorinvullingen().items():
        per_bron.setdefault(bron, {})[sleutel] = attribuut
    wie = Vrager(aanvrager.identiteit, ACTIVITEIT, definitie.slug, kenmerk)
    gevonden: dict[str, Any] = {}
    for bron, vragen in per_bron.items():
        gevonden |= _uit(installatie, bronnen, bron, vragen, wie)
    return gevonden


def _uit(
    installatie: Installatie, bronnen: Bronnen, naam: str, vragen: Mapping[str, str], wie: Vrager
) -> list[tuple[str, Any]]:
    bron = bronnen.get(naam)
    if bron is None or (wie.identiteit.machtiging is not None and not bron.ook_voor_ander):
        return []
    onbekend = set(bron.onbekend(vragen.values()))
    try:
        gevonden = bron.haal(installatie, wie, sorted(set(vragen.values()) - onbekend))
    except BronNietBereikbaar as fout:
        log.warning("voorinvullen lukt niet", bron=naam, formulier=wie.waarbij, fout=str(fout))
        raise BronOntbreekt(naam) from None
    paren = ((sleutel, gevonden.get(attribuut)) for sleutel, attribuut in vragen.items())
    return [(sleutel, waarde) for sleutel, waarde in paren if waarde not in (None, "")]
