"""Het overzicht: wat er te doen is, wat er nieuw is en wat er loopt. Elk blok komt van zijn eigen bron."""

from flask import render_template
from flask.typing import ResponseReturnValue

from integratie.tegelijk import tegelijk
from mijngemeente.berichten import lees_berichten
from mijngemeente.bladeren import Bladzijde
from mijngemeente.bronnen import bronnen
from mijngemeente.concepten import lees_begonnen
from mijngemeente.schermen.basis import blauwdruk, inwoner
from mijngemeente.taken import open_taken
from mijngemeente.zaken import lees_zaken

KORT = Bladzijde(1, 3)


@blauwdruk.get("/")
@inwoner
def overzicht() -> ResponseReturnValue:
    bron = bronnen()
    blokken = tegelijk(
        bron.installatie,
        {
            "taken": lambda: open_taken(bron),
            "berichten": lambda: lees_berichten(bron, KORT, geopendOp__isnull=True),
            "zaken": lambda: lees_zaken(bron, KORT, afgerond=False),
            "begonnen": lambda: lees_begonnen(bron),
        },
    )
    return render_template("mijngemeente/overzicht.html", blokken=blokken)


@blauwdruk.get("/sessie")
@inwoner
def sessie() -> ResponseReturnValue:
    """Houdt de sessie open; de waarschuwing op de pagina roept dit aan."""
    return "", 204
