"""De productcatalogus voor wie een vraag beantwoordt: zoeken zoals de inwoner, en lezen met wat alleen voor medewerkers is."""

from datetime import date

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from huisstijl import huidige_taal, lui
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import WAARHEEN
from kcc.bronnen import NAAM
from kcc.schermen.basis import agent, blauwdruk
from kern.toegang import eis_identiteit
from kern.web import huidige_installatie

GROOTTE = 20
LANGSTE_VRAAG = 200

KOPPEN = {
    WAARHEEN: lui("Waar kunt u terecht?"),
    "inleiding": lui("Inleiding"),
    "voorwaarden": lui("Voorwaarden"),
    "aanpak": lui("Aanpak"),
    "bewijsstukken": lui("Bewijsstukken"),
    "kosten": lui("Kosten"),
    "termijn": lui("Termijn"),
    "bezwaar": lui("Bezwaar"),
    "contact": lui("Contact"),
    "wetgeving": lui("Wetgeving"),
    "meer_informatie": lui("Meer informatie"),
}
"""De onderwerpen van een product, zoals het KCC ze noemt; een ander label staat er onder zijn eigen naam."""


def _client() -> ProducttypenClient:
    wie = eis_identiteit()
    return ProducttypenClient(
        huidige_installatie(), namens=NAAM, gebruiker=wie.gebruikersnaam, weergave=wie.naam, taal=huidige_taal()
    )


@blauwdruk.get("/producten")
@agent
def productenlijst() -> ResponseReturnValue:
    vraag = request.args.get("q", "").replace("\0", "").strip()[:LANGSTE_VRAAG]
    client = _client()
    gestopt = client.zoek_gestopt(vraag, _vandaag(), page_size=GROOTTE).results if vraag else []
    return render_template(
        "kcc/producten.html",
        vraag=vraag,
        gevonden=client.zoek_producten(vraag, page_size=GROOTTE),
        gestopt=[(product, product.gestopt_op(_vandaag())) for product in gestopt],
    )


def _vandaag() -> date:
    return huidige_installatie().klok.vandaag()


@blauwdruk.get("/producten/<code>")
@agent
def product(code: str) -> ResponseReturnValue:
    client = _client()
    gevonden = client.producttype(code) or abort(404)
    return render_template(
        "kcc/product.html",
        product=gevonden,
        gestopt=gevonden.gestopt_op(_vandaag()),
        inhoud=sorted(client.content(gevonden.uuid), key=lambda element: WAARHEEN not in element.labels),
        waarheen=WAARHEEN,
        koppen=KOPPEN,
    )
