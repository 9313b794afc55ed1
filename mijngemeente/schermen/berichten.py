"""Berichten van de gemeente, met hun bijlagen."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from mijngemeente import bewaking
from mijngemeente.berichten import lees_berichten, lees_bijlagen, open_bericht, zaaknummer_van
from mijngemeente.bladeren import Bladzijde, bladeradres
from mijngemeente.bronnen import bronnen
from mijngemeente.documenten import download
from mijngemeente.schermen.basis import blauwdruk, inwoner


@blauwdruk.get("/berichten")
@inwoner
def berichten() -> ResponseReturnValue:
    bladzijde = Bladzijde.gevraagd()
    gevonden, totaal = lees_berichten(bronnen(), bladzijde)
    return render_template(
        "mijngemeente/berichten.html",
        berichten=gevonden,
        pagina=bladzijde.nummer,
        paginas=bladzijde.aantal(totaal),
        adres=bladeradres(),
    )


@blauwdruk.get("/berichten/<uuid:bericht>")
@inwoner
def bericht(bericht: UUID) -> ResponseReturnValue:
    gevonden = bewaking.mijn_bericht(bericht)
    open_bericht(bronnen(), gevonden)
    return render_template(
        "mijngemeente/bericht.html",
        bericht=gevonden,
        bijlagen=lees_bijlagen(bronnen(), gevonden),
        zaaknummer=zaaknummer_van(gevonden),
    )


@blauwdruk.get("/berichten/<uuid:bericht>/bijlagen/<uuid:document>")
@inwoner
def bijlage(bericht: UUID, document: UUID) -> ResponseReturnValue:
    return download(bewaking.mijn_bijlage(bericht, document))
