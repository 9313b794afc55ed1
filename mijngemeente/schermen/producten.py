"""Producten die ik heb."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from integratie.urn import ontleed
from mijngemeente import bewaking
from mijngemeente.bladeren import Bladzijde, bladeradres
from mijngemeente.bronnen import bronnen
from mijngemeente.producten import lees_producten
from mijngemeente.schermen.basis import blauwdruk, inwoner


@blauwdruk.get("/producten")
@inwoner
def producten() -> ResponseReturnValue:
    bladzijde = Bladzijde.gevraagd()
    gevonden, totaal = lees_producten(bronnen(), bladzijde)
    return render_template(
        "mijngemeente/producten.html",
        producten=gevonden,
        pagina=bladzijde.nummer,
        paginas=bladzijde.aantal(totaal),
        adres=bladeradres(),
    )


@blauwdruk.get("/producten/<uuid:product>")
@inwoner
def product(product: UUID) -> ResponseReturnValue:
    gevonden = bewaking.mijn_product(product)
    zaken = [nummer for deel in gevonden.zaken if (nummer := ontleed(deel.urn or "urn:::")["zaaknummer"])]
    return render_template("mijngemeente/product.html", product=gevonden, zaken=zaken)
