"""De Taken API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.taken.bronnen import TAKEN
from registraties.taken.modellen import Basis
from registraties.taken.verlopen import verwerkers


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Taken API."""
    return maak_registratie_app(installatie, TAKEN)


deel = Deel("taken", "registraties.taken", "/taken/api/v1", maak_app, Basis.metadata, verwerkers)
