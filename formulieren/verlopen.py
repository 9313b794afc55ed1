"""Antwoorden redden als de sessie voorbij is terwijl iemand een stap verstuurt.

Ze gaan versleuteld opzij en komen terug bij dezelfde stap van dezelfde inzending, als de eigenaar daarvan zich aanmeldt. Wie
zich als een ander aanmeldt ziet ze nooit, en na een uur zijn ze weg. Bestanden moet iemand opnieuw kiezen.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from formulieren.bezoek import inlogadres, passende_aanvrager, zoek_definitie
from kern.concepten import Concepten, GeenConcept
from kern.web import huidige_installatie

GERED: Final = "geredde_stap"
GELDIG: Final = timedelta(hours=1)
STAP: Final = "formulieren.verwerk_stap"
NIET_MEE: Final = frozenset({"csrf_token", "actie"})


def red_antwoorden() -> ResponseReturnValue | None:
    """Voor `bij_verlopen`: bewaar wat er verstuurd werd en ga inloggen, of (nog aangemeld) meteen terug naar de stap."""
    if request.endpoint != STAP or "X-Fragment" in request.headers:
        return None
    gegevens = request.view_args or {}
    definitie = zoek_definitie(gegevens["slug"])
    terug = url_for("formulieren.stap", **gegevens)
    session[GERED] = str(_concepten().maak(GERED, (GERED, GERED), _inhoud(gegevens)).id)
    return redirect(terug if passende_aanvrager(definitie) else inlogadres(definitie, terug), 303)


def neem_geredde(inzending: UUID, stap: str) -> MultiDict[str, str] | None:
    """De geredde velden van deze stap; zij zijn daarna weg."""
    if GERED not in session:
        return None
    id_ = UUID(session[GERED])
    try:
        inhoud = _concepten().lees(id_, (GERED, GERED)).inhoud
    except GeenConcept:
        session.pop(GERED)
        return None
    if (inhoud["inzending"], inhoud["stap"]) != (str(inzending), stap):
        return None
    session.pop(GERED)
    _concepten().verwijder(id_, (GERED, GERED))
    return MultiDict([(naam, waarde) for naam, waarde in inhoud["velden"]])


def _inhoud(gegevens: dict[str, Any]) -> dict[str, Any]:
    velden = [(naam, waarde) for naam, waarde in request.form.items(multi=True) if naam not in NIET_MEE]
    return {"inzending": str(gegevens["inzending"]), "stap": gegevens["stap"], "velden": velden}


def _concepten() -> Concepten:
    return Concepten(huidige_installatie(), geldig=GELDIG)
