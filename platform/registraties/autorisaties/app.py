"""De Autorisaties API als onderdeel van het platform."""

from flask import Flask

from kern.installatie import Installatie
from kit import maak_registratie_app
from kit.deel import registratiedeel
from registraties.autorisaties.bronnen import AUTORISATIES
from registraties.autorisaties.consumer import UitEigenTabellen
from registraties.autorisaties.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Autorisaties API."""
    return maak_registratie_app(installatie, AUTORISATIES, autorisatiebron=UitEigenTabellen(installatie))


deel = registratiedeel(AUTORISATIES, Basis.metadata, maak_app=maak_app)
