"""Antwoorden redden als de sessie voorbij is terwijl iemand een stap verstuurt; wie zich als een ander aanmeldt ziet ze nooit."""

from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from formulieren.bezoek import inlogadres, passende_aanvrager, zoek_definitie
from formuliermotor.redding import red_velden

STAP: Final = "formulieren.verwerk_stap"


def red_antwoorden() -> ResponseReturnValue | None:
    """Voor `bij_verlopen`: bewaar wat er verstuurd werd en ga inloggen, of (nog aangemeld) meteen terug naar de stap."""
    if request.endpoint != STAP or "X-Fragment" in request.headers:
        return None
    gegevens = request.view_args or {}
    definitie = zoek_definitie(gegevens["slug"], ook_gestopt=True)  # de stap zelf zegt het als het formulier gestopt is
    terug = url_for("formulieren.stap", **gegevens)
    red_velden(terug)
    return redirect(terug if passende_aanvrager(definitie) else inlogadres(definitie, terug), 303)
