"""De startpagina: alle pakketten."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from processen.modelleren.lijst import alle_pakketten
from processen.modelleren.werkbank import Werkbank, beheerder


def maak_start(bank: Werkbank) -> Blueprint:
    """De blauwdruk van de startpagina."""
    blauwdruk = Blueprint("start", __name__)

    @blauwdruk.get("/")
    @beheerder
    def lijst() -> ResponseReturnValue:
        return render_template("modelleren/lijst.html", pakketten=alle_pakketten(bank))

    return blauwdruk
