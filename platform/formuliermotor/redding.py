"""Antwoorden redden als de sessie voorbij is terwijl iemand een stap verstuurt.

Ze gaan versleuteld opzij en komen terug op het adres van dezelfde stap, als daar iemand is ingelogd die haar mag zien: wie ze
neemt, toetst dat eerst. Na een uur zijn ze weg. Bestanden moet iemand opnieuw kiezen.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from flask import request, session
from werkzeug.datastructures import MultiDict

from kern.concepten import Concepten, GeenConcept
from kern.web import huidige_installatie

GERED: Final = "geredde_stap"
GELDIG: Final = timedelta(hours=1)
NIET_MEE: Final = frozenset({"csrf_token", "actie"})


def red_velden(adres: str) -> None:
    """Bewaar de verstuurde velden van dit verzoek voor de stap op `adres`."""
    velden = [(naam, waarde) for naam, waarde in request.form.items(multi=True) if naam not in NIET_MEE]
    inhoud = {"adres": adres, "velden": velden}
    session[GERED] = str(_concepten().maak(GERED, (GERED, GERED), inhoud).id)


def neem_geredde(adres: str) -> MultiDict[str, str] | None:
    """De geredde velden van de stap op `adres`; zij zijn daarna weg."""
    if GERED not in session:
        return None
    id_ = UUID(session[GERED])
    try:
        inhoud = _concepten().lees(id_, (GERED, GERED)).inhoud
    except GeenConcept:
        session.pop(GERED)
        return None
    if inhoud["adres"] != adres:
        return None
    session.pop(GERED)
    _concepten().verwijder(id_, (GERED, GERED))
    return MultiDict([(naam, waarde) for naam, waarde in inhoud["velden"]])


def _concepten() -> Concepten:
    return Concepten(huidige_installatie(), geldig=GELDIG)
