"""De app onder /formulieren."""

from pathlib import Path

from flask import Flask

import formuliermotor
import huisstijl
from formulieren import schermen
from formulieren.definities import Definities
from formulieren.verlopen import red_antwoorden
from formulieren.voorinvulling import BRONNEN, bronnen_van
from huisstijl import Navigatiepunt
from huisstijl.aanmelding import aangemelde_gebruiker, sessie_met
from kern.deel import Deel
from kern.installatie import Installatie
from kern.web import maak_scherm_app

PAD = "/formulieren"


def maak_app(installatie: Installatie) -> Flask:
    """De schermen om een formulier in te vullen en in te dienen."""
    app = maak_scherm_app(
        "formulieren",
        installatie,
        import_naam="formulieren",
        bij_verlopen=red_antwoorden,
    )
    app.extensions[BRONNEN] = bronnen_van(installatie)
    huisstijl.registreer(
        app,
        titel="Formulieren",
        vertalingen=Path(__file__).parent / "vertalingen",
        navigatie=lambda: [Navigatiepunt("Producten", "/", exact=True), Navigatiepunt("MijnGemeente", "/mijn/")],
        gebruiker=aangemelde_gebruiker,
        sessie=sessie_met(f"{PAD}/actief"),
    )
    formuliermotor.registreer(app)
    app.extensions["definities"] = Definities(installatie)
    app.register_blueprint(schermen.blauwdruk)
    return app


deel = Deel("formulieren", "formulieren", PAD, maak_app)
