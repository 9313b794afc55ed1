"""Mijn contacten met de gemeente."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mijngemeente.bladeren import Bladzijde, bladeradres
from mijngemeente.bronnen import bronnen
from mijngemeente.contacten import lees_contacten
from mijngemeente.schermen.basis import blauwdruk, inwoner


@blauwdruk.get("/contacten")
@inwoner
def contacten() -> ResponseReturnValue:
    bladzijde = Bladzijde.gevraagd()
    gevonden, totaal = lees_contacten(bronnen(), bladzijde)
    return render_template(
        "mijngemeente/contacten.html",
        contacten=gevonden,
        pagina=bladzijde.nummer,
        paginas=bladzijde.aantal(totaal),
        adres=bladeradres(),
    )
