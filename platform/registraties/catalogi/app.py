"""De Catalogi API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.catalogi.bronnen import CATALOGI
from registraties.catalogi.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Catalogi API."""
    return maak_registratie_app(installatie, CATALOGI)


deel = Deel("catalogi", "registraties.catalogi", "/catalogi/api/v1", maak_app, Basis.metadata)
