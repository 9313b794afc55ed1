"""Het onderdeel `termijnen`: de wettelijke klok met haar API, tabellen en outbox-werk."""

from flask import Flask

from kern.deel import Deel
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.web import maak_api_app
from processen.termijnen.api import API, maak_termijnen_api
from processen.termijnen.tabellen import Basis
from processen.termijnen.werk import verwerkers


def maak_app(installatie: Installatie) -> Flask:
    """De API van de klok."""
    app = maak_api_app(API, installatie, import_naam=__name__)
    app.register_blueprint(maak_termijnen_api(installatie))
    return app


deel = Deel(API, "processen.termijnen", API_PADEN[API][0], maak_app, Basis.metadata, verwerkers)
