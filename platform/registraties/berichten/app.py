"""De Berichten API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.berichten.bronnen import BERICHTEN
from registraties.berichten.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Berichten API."""
    return maak_registratie_app(installatie, BERICHTEN)


deel = Deel("berichten", "registraties.berichten", "/berichten/api/v1", maak_app, Basis.metadata)
