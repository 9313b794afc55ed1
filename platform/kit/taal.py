"""Vertaalde velden lezen: de kolom houdt het Nederlands, de kolom `vertalingen` per taal de rest (regels hoofdstuk 14).

`Accept-Language` kiest, met terugval op het Nederlands. Schrijven gaat altijd over het Nederlands (`kit.vertalen` over de rest):
anders zou een PATCH met die kop de vertaling in de Nederlandse kolommen zetten.
"""

from collections.abc import Mapping
from typing import Any

from flask import has_request_context, request

HOOFDTAAL = "nl"
TALEN = ("en",)
_LEZEND = ("GET", "HEAD")


def gevraagde_taal() -> str:
    """De taal waarin dit verzoek gelezen wordt; buiten een verzoek en bij schrijven Nederlands."""
    if not has_request_context() or (request.method not in _LEZEND and not request.path.endswith("/_zoek")):
        return HOOFDTAAL
    # Niet best_match: dat kiest bij "en-GB, nl;q=0.5" het Nederlands, omdat alleen dat precies past.
    gevraagd = (waarde.partition("-")[0].lower() for waarde, gewicht in request.accept_languages if gewicht)
    return next((taal for taal in gevraagd if taal in (HOOFDTAAL, *TALEN)), HOOFDTAAL)


def vertaal(weergave: dict[str, Any], vertalingen: Mapping[str, Mapping[str, Any]]) -> None:
    """Zet de velden van een weergave om naar de gevraagde taal, als die er is, en zeg welke taal het werd."""
    taal = gevraagde_taal()
    gevonden = vertalingen.get(taal)
    weergave["taal"] = taal if gevonden else HOOFDTAAL
    weergave.update({naam: tekst for naam, tekst in (gevonden or {}).items() if tekst})
