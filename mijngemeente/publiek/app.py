"""De app op de wortel van het platform."""

from pathlib import Path

from flask import Flask

import huisstijl
from huisstijl import Navigatiepunt
from huisstijl.aanmelding import aangemelde_gebruiker, sessie_met
from kern.deel import Deel
from kern.installatie import Installatie
from kern.web import maak_scherm_app
from mijngemeente.publiek import schermen


def maak_app(installatie: Installatie) -> Flask:
    """Startpagina, zoeken en productpagina's."""
    app = maak_scherm_app(
        "publiek",
        installatie,
        import_naam="mijngemeente.publiek",
    )
    huisstijl.registreer(
        app,
        titel="Producten en diensten",
        vertalingen=Path(__file__).parent / "vertalingen",
        navigatie=lambda: [
            Navigatiepunt("Home", "/", exact=True),
            Navigatiepunt("Producten", "/producten"),
            Navigatiepunt("MijnGemeente", "/mijn/"),
        ],
        gebruiker=aangemelde_gebruiker,
        sessie=sessie_met("/actief"),
        aanmeldadres="/aanmelden/?voor=inwoner&terug=/mijn/",
    )
    app.register_blueprint(schermen.blauwdruk)
    return app


deel = Deel("publiek", "mijngemeente.publiek", "", maak_app)
