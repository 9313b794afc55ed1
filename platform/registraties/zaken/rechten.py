"""Welke scope bij welke operatie hoort (regels 1.10); onderdelen volgen de rechten van hun zaak."""

from typing import Any

from kit import TypeRechten
from registraties.zaken.modellen import Zaak

AANMAKEN = ("zaken.aanmaken",)
LEZEN = ("zaken.lezen",)
GEFORCEERD = ("zaken.geforceerd-bijwerken",)
BIJWERKEN = ("zaken.bijwerken", *GEFORCEERD)
KOPPELEN = (*AANMAKEN, *BIJWERKEN)
STATUS = (*AANMAKEN, "zaken.statussen.toevoegen", "zaken.heropenen")
VERWIJDEREN = ("zaken.verwijderen",)
ONTKOPPELEN = (*BIJWERKEN, *VERWIJDEREN)
ONDERDEEL = {
    "lijst": LEZEN,
    "haal": LEZEN,
    "maak": BIJWERKEN,
    "vervang": BIJWERKEN,
    "wijzig": BIJWERKEN,
    "verwijder": BIJWERKEN,
}


def rechten(via: Any = None) -> TypeRechten:
    """Rechten per zaaktype en vertrouwelijkheid; `via` is de kolom waarmee een onderdeel naar zijn zaak verwijst."""
    return TypeRechten("zrc", type=Zaak.zaaktype, va=Zaak.vertrouwelijkheidaanduiding, via=via)
