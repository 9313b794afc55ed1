"""De Objecten API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.objecten.bronnen import OBJECTEN
from registraties.objecten.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Objecten API."""
    return maak_registratie_app(installatie, OBJECTEN)


deel = Deel("objecten", "registraties.objecten", "/objecten/api/v2", maak_app, Basis.metadata)
