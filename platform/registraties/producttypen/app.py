"""De Producttypen API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.producttypen.bronnen import PRODUCTTYPEN
from registraties.producttypen.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Producttypen API."""
    return maak_registratie_app(installatie, PRODUCTTYPEN)


deel = Deel("producttypen", "registraties.producttypen", "/producttypen/api/v1", maak_app, Basis.metadata)
