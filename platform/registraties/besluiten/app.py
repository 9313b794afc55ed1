"""De Besluiten API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from kit.spiegelen import spiegel_verwerkers
from registraties.besluiten.bronnen import BESLUITEN
from registraties.besluiten.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Besluiten API."""
    return maak_registratie_app(installatie, BESLUITEN)


deel = Deel(
    "besluiten",
    "registraties.besluiten",
    "/besluiten/api/v1",
    maak_app,
    Basis.metadata,
    spiegel_verwerkers(BESLUITEN),
)
