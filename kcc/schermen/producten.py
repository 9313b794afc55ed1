"""De productcatalogus voor wie een vraag beantwoordt: zoeken zoals de inwoner, en lezen met wat alleen voor medewerkers is."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from huisstijl import huidige_taal
from integratie.producttypen import ProducttypenClient
from kcc.bronnen import NAAM
from kcc.schermen.basis import agent, blauwdruk
from kern.toegang import eis_identiteit
from kern.web import huidige_installatie

GROOTTE = 20
LANGSTE_VRAAG = 200


def _client() -> ProducttypenClient:
    wie = eis_identiteit()
    return ProducttypenClient(
        huidige_installatie(), namens=NAAM, gebruiker=wie.gebruikersnaam, weergave=wie.naam, taal=huidige_taal()
    )


@blauwdruk.get("/producten")
@agent
def productenlijst() -> ResponseReturnValue:
    vraag = request.args.get("q", "").replace("\0", "").strip()[:LANGSTE_VRAAG]
    return render_template(
        "kcc/producten.html", vraag=vraag, gevonden=_client().zoek_producten(vraag, page_size=GROOTTE)
    )


@blauwdruk.get("/producten/<code>")
@agent
def product(code: str) -> ResponseReturnValue:
    client = _client()
    gevonden = client.producttype(code) or abort(404)
    return render_template("kcc/product.html", product=gevonden, inhoud=list(client.content(gevonden.uuid)))
