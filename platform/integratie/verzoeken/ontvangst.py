"""Wanneer een verzoek ontvangen is: digitaal op het moment van registreren, anders op de dag die de medewerker vastlegde (Awb 4:13)."""

from datetime import date, datetime
from typing import Final

from integratie.verzoeken.schemas import VerzoekUit
from kern.klok import NEDERLAND

ONTVANGEN: Final = "ontvangstdatum"
"""Het antwoord waarin de dag van ontvangst staat als een medewerker het verzoek invoerde."""
OP_PAPIER: Final = ("balie", "telefoon", "post")
"""De kanalen waarlangs een medewerker een verzoek invoert."""


def ontvangst_van(verzoek: VerzoekUit) -> date | datetime:
    """Wat een ontvangstbevestiging noemt: digitaal het tijdstip (Awb 4:3a), anders de dag."""
    return ontvangen_op(verzoek) if verzoek.kanaal in OP_PAPIER else verzoek.geregistreerd_op


def ontvangen_op(verzoek: VerzoekUit) -> date:
    """De dag van ontvangst, nooit na de registratie. Wat een inwoner zelf als dag opgeeft telt niet."""
    geregistreerd = verzoek.geregistreerd_op.astimezone(NEDERLAND).date()
    gegeven = verzoek.aanvraag_gegevens.get(ONTVANGEN)
    if verzoek.kanaal not in OP_PAPIER or not isinstance(gegeven, str):
        return geregistreerd
    try:
        return min(date.fromisoformat(gegeven), geregistreerd)
    except ValueError:
        return geregistreerd
