"""De Notificaties API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.notificaties.afleveren import aflevering_verwerker
from registraties.notificaties.bronnen import NOTIFICATIES
from registraties.notificaties.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Notificaties API."""
    return maak_registratie_app(installatie, NOTIFICATIES)


deel = Deel(
    "notificaties",
    "registraties.notificaties",
    "/notificaties/api/v1",
    maak_app,
    Basis.metadata,
    lambda _installatie: [aflevering_verwerker()],
)
