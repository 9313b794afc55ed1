"""De Klantinteracties API als onderdeel van het platform."""

from flask import Flask

from kern.deel import Deel
from kern.installatie import Installatie
from kit import maak_registratie_app
from registraties.klantinteracties.bronnen import KLANTINTERACTIES
from registraties.klantinteracties.modellen import Basis


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Klantinteracties API."""
    return maak_registratie_app(installatie, KLANTINTERACTIES)


deel = Deel("klantinteracties", "registraties.klantinteracties", "/klantinteracties/api/v1", maak_app, Basis.metadata)
