"""De tabbladen proces en beslissingen: de lijst van modellen, downloaden en opnieuw inlezen."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from processen.modelleren.werkbank import Werkbank, beheerder


def maak_modellen(bank: Werkbank) -> Blueprint:
    """De blauwdruk van beide tabbladen."""
    blauwdruk = Blueprint("modellen", __name__)

    @blauwdruk.get("/<pakket>/proces")
    @beheerder
    def proces(pakket: str) -> ResponseReturnValue:
        return _lijst(bank, pakket, "proces", "processen")

    @blauwdruk.get("/<pakket>/beslissingen")
    @beheerder
    def beslissingen(pakket: str) -> ResponseReturnValue:
        return _lijst(bank, pakket, "beslissingen", "beslissingen")

    return blauwdruk


def _lijst(bank: Werkbank, pakket: str, tab: str, map_: str) -> str:
    stand = bank.open(pakket)
    delen = [deel for deel in bank.werkplaats.delen(pakket) if deel.pad.startswith(f"{map_}/")]
    return bank.pagina("modellen.html", pakket, tab, stand=stand, delen=delen, map_=map_)
