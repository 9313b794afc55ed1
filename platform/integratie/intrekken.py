"""Kan iemand zijn aanvraag, klacht of bezwaar nog intrekken? Alleen zolang er niet op beslist is."""

from typing import Any, Final, Protocol

from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient

INGETROKKEN: Final = "Ingetrokken"
"""Het resultaattype waarmee een zaaktype zegt dat intrekken kan."""


class Bronnen(Protocol):
    """De clients die nodig zijn."""

    @property
    def besluiten(self) -> BesluitenClient: ...

    @property
    def catalogi(self) -> CatalogiClient: ...


def waarom_niet(bron: Bronnen, zaak: str, zaaktype: str, einddatum: Any) -> str:
    """Waarom intrekken niet (meer) kan: `afgesloten`, `besloten` of `niet-mogelijk`; leeg als het kan."""
    if einddatum:
        return "afgesloten"
    if not any(soort.omschrijving == INGETROKKEN for soort in bron.catalogi.resultaattypen(zaaktype)):
        return "niet-mogelijk"
    return "besloten" if next(iter(bron.besluiten.besluiten(zaak=zaak)), None) else ""
