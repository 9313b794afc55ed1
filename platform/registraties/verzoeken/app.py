"""De Verzoeken API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.verzoeken.bronnen import VERZOEKEN
from registraties.verzoeken.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Verzoeken API."""
    return maak_registratie_app(installatie, VERZOEKEN)


deel = Deel("verzoeken", "registraties.verzoeken", "/verzoeken/api/v1", maak_app, Basis.metadata)
