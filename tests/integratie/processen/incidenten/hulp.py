"""De schermen voor incidenten in een eigen app, met een operator erin, en een motor met iets dat misgaat."""

from typing import Any

from flask import Flask, session

import huisstijl
from contracten import Opdracht
from kern import sessies
from kern.toegang import openbaar
from kern.web import maak_scherm_app
from processen.incidenten import maak_incidenten
from tests.integratie.processen.motor.conftest import Proef
from tests.kernhulp import medewerker
from tests.procesmodel import bpmn, dienst, einde, start, taak

PAD = "/beheer/techniek"
MODEL = bpmn(
    "p", start(), dienst("a", "proef.echo", {"waarde": "=naam"}, herhalingen="0"), taak("t", name="Nakijken"), einde(),
    "start > a > t > einde",
)  # fmt: skip


class Storing(Exception):
    pass


def maak_app(proef: Proef, *rollen: str) -> Flask:
    """De blauwdruk met huisstijl; `/in` meldt iemand met deze rollen aan en geeft het CSRF-token."""
    app = maak_scherm_app("techniek", proef.installatie, import_naam=__name__)
    huisstijl.registreer(app, titel="Beheer", thuis=f"{PAD}/incidenten/")
    app.register_blueprint(maak_incidenten(proef.installatie, proef.motor))

    @app.get("/in")
    @openbaar
    def aanmelden() -> str:
        sessies.wissel()
        session["identiteit"] = medewerker(*rollen).model_dump(mode="json")
        return app.jinja_env.from_string("{{ csrf_token() }}").render()

    return app


def laat_mislukken(proef: Proef, aantal: int, **variabelen: Any) -> None:
    """Zoveel instanties (met deze variabelen erbij) die bij bouwblok `a` blijven staan; daarna werkt het bouwblok weer."""

    def kapot(_opdracht: Opdracht[Any, Any]) -> None:
        raise Storing("de registratie antwoordt niet")

    goed, proef.echo.gedrag = proef.echo.gedrag, kapot
    proef.zet_neer(MODEL)
    for nr in range(aantal):
        proef.start("p", f"verzoek-{nr:03}", naam="jansen", adres={"plaats": "Utrecht"}, **variabelen)
    proef.werk_af()
    proef.echo.gedrag = goed
