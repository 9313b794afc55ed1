"""De Objecttypen API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.objecttypen.bronnen import OBJECTTYPEN
from registraties.objecttypen.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Objecttypen API."""
    return maak_registratie_app(installatie, OBJECTTYPEN)


deel = Deel("objecttypen", "registraties.objecttypen", "/objecttypen/api/v2", maak_app, Basis.metadata)
