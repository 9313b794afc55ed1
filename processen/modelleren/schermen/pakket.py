"""Eén pakket: het overzicht en de geschiedenis."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from processen.modelleren.werkbank import Werkbank, beheerder


def maak_pakket(bank: Werkbank) -> Blueprint:
    """De blauwdruk van overzicht en versies."""
    blauwdruk = Blueprint("pakket", __name__)

    @blauwdruk.get("/<pakket>/")
    @beheerder
    def overzicht(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        return bank.pagina("overzicht.html", pakket, "overzicht", stand=stand, delen=bank.werkplaats.delen(pakket))

    @blauwdruk.get("/<pakket>/versies")
    @beheerder
    def versies(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        return bank.pagina("versies.html", pakket, "versies", stand=stand, stappen=bank.werkplaats.stappen(pakket))

    return blauwdruk
