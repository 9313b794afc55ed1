"""De openbare pagina's.

/                     startpagina met zoeken
/producten?q=&pagina= alle producten, of wat bij de zoekvraag past
/producten/<code>     één product, met zijn bestanden eronder
"""

from urllib.parse import quote
from uuid import UUID

import structlog
from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import huidige_taal
from integratie.basis import ApiFout, NietBereikbaar, Pagina
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import BestandKort, ProductTypeUit
from kern.limieten import begrens
from kern.toegang import openbaar
from kern.web import huidige_installatie
from mijngemeente.bladeren import Bladzijde, bladeradres
from mijngemeente.publiek.producten import blokken, blokken_bij_einde, direct_regelen, prijzen_op, verwijzingen

log = structlog.get_logger()
blauwdruk = Blueprint("publiek", __name__)
OP_STARTPAGINA = Bladzijde(grootte=6)
LANGSTE_VRAAG = 200
ZOEKEN = "300/minute"


def _client() -> ProducttypenClient:
    return ProducttypenClient(huidige_installatie(), namens="mijngemeente", taal=huidige_taal())


@blauwdruk.get("/actief")
@openbaar
def actief() -> ResponseReturnValue:
    """Houdt de sessie open van wie is ingelogd."""
    return "", 204


@blauwdruk.get("/")
@openbaar
def start() -> ResponseReturnValue:
    return render_template("publiek/start.html", gevonden=_zoek("", OP_STARTPAGINA))


@blauwdruk.get("/producten")
@openbaar
@begrens("producten-zoeken", ZOEKEN)
def lijst() -> ResponseReturnValue:
    vraag = request.args.get("q", "").replace("\0", "").strip()[:LANGSTE_VRAAG]
    bladzijde = Bladzijde.gevraagd()
    gevonden = _zoek(vraag, bladzijde)
    if gevonden is not None and not gevonden.results and bladzijde.nummer > 1:
        abort(404)
    return render_template(
        "publiek/lijst.html",
        vraag=vraag,
        gevonden=gevonden,
        pagina=bladzijde.nummer,
        paginas=bladzijde.aantal(gevonden.count if gevonden else 0),
        bladeradres=bladeradres(),
    ), 200 if gevonden is not None else 503


def _zoek(vraag: str, bladzijde: Bladzijde) -> Pagina[ProductTypeUit] | None:
    """De producten op deze bladzijde; None als de catalogus niet antwoordt."""
    try:
        return _client().zoek_producten(vraag, **bladzijde.params)
    except NietBereikbaar as fout:
        log.warning("producten niet bereikbaar", fout=str(fout))
        return None
    except ApiFout as fout:
        if fout.status != 404 or bladzijde.nummer == 1:  # noqa: PLR2004  # een bladzijde voorbij het einde
            raise
        return Pagina(count=0, results=[])


@blauwdruk.get("/producten/<code>")
@openbaar
def product(code: str) -> ResponseReturnValue:
    client = _client()
    try:
        gevonden = client.producttype(code)
        gestopt = gevonden.gestopt_op(huidige_installatie().klok.vandaag()) if gevonden else None
        if gevonden is None or not (gevonden.gepubliceerd or gestopt):
            abort(404)
        content = list(client.content(gevonden.uuid))
    except NietBereikbaar:
        abort(503)
    if gestopt:
        pagina = render_template(
            "publiek/gestopt.html", product=gevonden, dag=gestopt, blokken=blokken_bij_einde(content)
        )
        return pagina, {"X-Robots-Tag": "noindex"}
    return render_template(
        "publiek/product.html",
        product=gevonden,
        blokken=blokken(content),
        prijzen=prijzen_op(gevonden, huidige_installatie().klok.vandaag()),
        regelen=direct_regelen(gevonden),
        verwijzingen=verwijzingen(gevonden),
        bestanden=[(bestand.naam, _adres(code, bestand)) for bestand in gevonden.bestanden],
    )


def _adres(code: str, bestand: BestandKort) -> str:
    """Een bestand van de catalogus zelf gaat via ons, met onze aanmelding; een ander adres is al openbaar."""
    if huidige_installatie().diensten.bij_url(bestand.bestand) is None:
        return bestand.bestand
    return url_for(".bestand", code=code, bestand=bestand.uuid)


@blauwdruk.get("/producten/<code>/bestanden/<uuid:bestand>")
@openbaar
def bestand(code: str, bestand: UUID) -> ResponseReturnValue:
    client = _client()
    gevonden = client.producttype(code)
    gezocht = next((deel for deel in gevonden.bestanden if deel.uuid == bestand), None) if gevonden else None
    if gevonden is None or gezocht is None or not gevonden.gepubliceerd or _adres(code, gezocht) == gezocht.bestand:
        abort(404)
    return Response(
        client.stroom(gezocht.bestand),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(gezocht.naam)}",
            "X-Content-Type-Options": "nosniff",
        },
    )
