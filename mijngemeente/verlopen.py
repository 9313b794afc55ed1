"""De sessie is voorbij terwijl iemand een stap van een taak verstuurt: zijn antwoorden zijn er nog na het inloggen."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from formuliermotor.redding import red_velden
from kern.toegang import aanmeldadres, huidige_identiteit

STAP = "mijngemeente.verwerk_taakstap"


def red_antwoorden() -> ResponseReturnValue | None:
    """Voor `bij_verlopen`: bewaar wat er verstuurd werd en ga inloggen, of (nog aangemeld) meteen terug naar de stap."""
    if request.endpoint != STAP or "X-Fragment" in request.headers:
        return None
    terug = url_for("mijngemeente.taakstap", **(request.view_args or {}))
    red_velden(terug)
    return redirect(terug if huidige_identiteit() else aanmeldadres("inwoner", terug=terug), 303)
