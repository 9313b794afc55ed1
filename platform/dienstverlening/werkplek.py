"""De werkplek: waar een medewerker begint, met alle schermen die bij zijn rollen horen. `/beheer/` leidt er ook naartoe."""

from pathlib import Path

from flask import Flask, redirect, render_template
from flask.typing import ResponseReturnValue

import huisstijl
from huisstijl.aanmelding import WERKPLEK, aangemelde_gebruiker
from huisstijl.werkplek import menu
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import openbaar, voor_medewerker
from kern.web import maak_scherm_app


def maak_app(installatie: Installatie) -> Flask:
    """De startpagina van medewerkers, voor wie één rol heeft of vele."""
    app = maak_scherm_app("werkplek", installatie, import_naam=__name__)
    vertalingen = Path(__file__).parent / "vertalingen"
    huisstijl.registreer(app, titel="Werkplek", gebruiker=aangemelde_gebruiker, thuis=WERKPLEK, vertalingen=vertalingen)

    @app.get("/")
    @voor_medewerker()
    def start() -> ResponseReturnValue:
        return render_template("werkplek.html", werk=menu("werk"), beheer=menu("beheer"), kies=huisstijl.kies)

    return app


def maak_omleiding(installatie: Installatie) -> Flask:
    """Wie `/beheer/` intikt komt op de werkplek."""
    app = maak_scherm_app("beheer", installatie, import_naam=__name__)
    huisstijl.registreer(app, titel="Beheer", thuis=WERKPLEK)

    @app.get("/")
    @openbaar
    def start() -> ResponseReturnValue:
        return redirect(WERKPLEK)

    return app


DELEN = (
    Deel("werkplek", "dienstverlening", WERKPLEK.rstrip("/"), maak_app),
    Deel("beheer", "dienstverlening", "/beheer", maak_omleiding),
)
