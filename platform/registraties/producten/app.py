"""De Producten API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.producten.bronnen import PRODUCTEN
from registraties.producten.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Producten API."""
    return maak_registratie_app(installatie, PRODUCTEN)


deel = Deel("producten", "registraties.producten", "/producten/api/v1", maak_app, Basis.metadata)
