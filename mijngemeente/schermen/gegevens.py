"""Mijn gegevens bij de basisregistraties, en wie mijn gegevens gebruikte."""

from flask import render_template
from flask.typing import ResponseReturnValue

from integratie.tegelijk import tegelijk
from kern.ldv import gebruik_per_dag
from kern.toegang import eis_identiteit
from kern.verwerkingsactiviteiten import register
from mijngemeente.bronnen import bronnen
from mijngemeente.gegevens import lees_gegevens
from mijngemeente.schermen.basis import blauwdruk, inwoner

MEESTE_REGELS = 100


@blauwdruk.get("/gegevens")
@inwoner
def gegevens() -> ResponseReturnValue:
    bron = bronnen()
    bij_bron = bron.ik.soort != "pseudoniem"
    uitkomst = tegelijk(bron.installatie, {"gegevens": lambda: lees_gegevens(bron)})["gegevens"] if bij_bron else None
    return render_template(
        "mijngemeente/gegevens.html", uitkomst=uitkomst, soort=bron.ik.soort, identiteit=eis_identiteit()
    )


@blauwdruk.get("/gegevens/gebruik")
@inwoner
def gebruik() -> ResponseReturnValue:
    """Waarvoor mijn gegevens gebruikt zijn: één vraag aan het verwerkingenlogboek."""
    bron = bronnen()
    regels = gebruik_per_dag(bron.installatie, bron.ik.eigenaar, hoogstens=MEESTE_REGELS)
    activiteiten = register(bron.installatie.instellingen.verwerkingsregister)
    return render_template("mijngemeente/gebruik.html", regels=regels, activiteiten=activiteiten, meeste=MEESTE_REGELS)
