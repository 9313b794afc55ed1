"""De blauwdruk waar alle schermen aan hangen, met wie ze mag gebruiken en hoe storingen getoond worden."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from integratie.basis import ApiFout
from kern.toegang import voor_medewerker

NIET_GEVONDEN = 404
agent = voor_medewerker("kcc-medewerker")
collega = voor_medewerker("kcc-medewerker", "behandelaar", "teamleider")
blauwdruk = Blueprint("kcc", __name__)


@blauwdruk.errorhandler(ApiFout)
def storing(fout: ApiFout) -> ResponseReturnValue:
    """Een bron die niet antwoordt is geen fout van de medewerker: zeg het, en laat de rest staan."""
    if fout.status == NIET_GEVONDEN:
        return current_app.handle_user_exception(NotFound())
    return render_template("kcc/storing.html"), 503
