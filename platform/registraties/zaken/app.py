"""De Zaken API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from kit.spiegelen import spiegel_verwerkers
from registraties.zaken.bronnen import ZAKEN
from registraties.zaken.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Zaken API."""
    return maak_registratie_app(installatie, ZAKEN)


deel = Deel("zaken", "registraties.zaken", "/zaken/api/v1", maak_app, Basis.metadata, spiegel_verwerkers(ZAKEN))
