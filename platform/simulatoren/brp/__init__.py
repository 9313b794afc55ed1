"""Simulator van BRP Personen bevragen 2.7: `POST /personen` over de verzonnen inwoners van Voorbeeldstad."""

import hmac
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from kern.fouten import ParamFout
from kern.klok import Klok
from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.brp.afleiden import persoon
from simulatoren.brp.bevolking import Bevolking
from simulatoren.brp.velden import filter_persoon, gevraagd, toegestaan
from simulatoren.brp.vraag import ZOEKVRAGEN, fouten
from simulatoren.brp.zoek import zoek

MEESTE_RESULTATEN = 10
_SECTIES = {401: "7235#section-3.1", 403: "7231#section-6.5.3", 404: "7231#section-6.5.4", 405: "7231#section-6.5.5"}
_TITELS = {
    401: ("Niet correct geauthenticeerd.", "authentication"),
    404: ("Opgevraagde resource bestaat niet.", "notFound"),
    405: ("Methode wordt niet ondersteund.", "methodNotAllowed"),
    406: ("Gevraagde contenttype wordt niet ondersteund.", "notAcceptable"),
    413: ("Verzoek is te groot.", "tooLarge"),
    415: ("Media Type wordt niet ondersteund.", "unsupported"),
}


def maak_app(*, omgeving: str, klok: Klok, sleutel: str = "", bevolking: Bevolking | None = None) -> Flask:
    """De simulator. Met `sleutel` moet elk verzoek haar als X-API-KEY meesturen; `bevolking` vervangt de meegeleverde."""
    app = maak_flask("brp", omgeving)
    inwoners = bevolking or Bevolking.voorbeeldstad()

    @app.post("/personen")
    @openbaar
    def personen() -> Response:
        if sleutel and not hmac.compare_digest(request.headers.get("X-API-KEY", ""), sleutel):
            return _probleem(401)
        vraag = _lees_vraag()
        if isinstance(vraag, Response):
            return vraag
        onjuist = fouten(vraag)
        return _parameterprobleem(onjuist) if onjuist else _antwoord(vraag, inwoners, klok)

    app.register_error_handler(HTTPException, lambda fout: _probleem(fout.code or 500))
    return app


def _lees_vraag() -> dict[str, Any] | Response:
    if request.mimetype != "application/json":
        return _probleem(415)
    if request.accept_mimetypes and not request.accept_mimetypes.accept_json:
        return _probleem(406)
    try:
        vraag = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        return _probleem(400, "Ongeldige JSON.", "parameters", "De inhoud van het verzoek is geen geldige JSON.")
    if not isinstance(vraag, dict):
        return _probleem(400, "Ongeldige JSON.", "parameters", "De inhoud van het verzoek is geen object.")
    return vraag


def _antwoord(vraag: Mapping[str, Any], inwoners: Bevolking, klok: Klok) -> Response:
    zoekvraag = ZOEKVRAGEN[vraag["type"]]
    gevonden = zoek(vraag, inwoners)
    if zoekvraag.beperkt and len(gevonden) > MEESTE_RESULTATEN:
        detail = f"Meer dan maximum van {MEESTE_RESULTATEN} zoekresultaten gevonden. Verfijn de zoekopdracht."
        return _probleem(400, "Teveel zoekresultaten.", "tooManyResults", detail)
    bestaand = toegestaan(beperkt=zoekvraag.beperkt, met_gezag=zoekvraag.met_gezag)
    boom = gevraagd(vraag["fields"], bestaand)
    personen = [filter_persoon(persoon(inwoner, inwoners, klok.vandaag()), boom) for inwoner in gevonden]
    return Response(
        orjson.dumps({"type": vraag["type"], "personen": personen}), content_type="application/json; charset=utf-8"
    )


def _parameterprobleem(onjuist: Sequence[ParamFout]) -> Response:
    namen = ", ".join(dict.fromkeys(fout.naam for fout in onjuist))
    return _probleem(
        400,
        "Een of meerdere parameters zijn niet correct.",
        "paramsValidation",
        f"De foutieve parameter(s) zijn: {namen}.",
        onjuist,
    )


def _probleem(
    status: int, titel: str = "", code: str = "", detail: str = "", onjuist: Sequence[ParamFout] = ()
) -> Response:
    """Een fout in de vorm van de standaard."""
    standaard = _TITELS.get(status, ("Interne server fout.", "serverError"))
    lichaam: dict[str, Any] = {
        "type": f"https://datatracker.ietf.org/doc/html/rfc{_SECTIES.get(status, '7231#section-6.5.1')}",
        "title": titel or standaard[0],
        "status": status,
        "instance": request.script_root + request.path,
        "code": code or standaard[1],
    }
    if detail:
        lichaam["detail"] = detail
    if onjuist:
        lichaam["invalidParams"] = [fout.als_json() for fout in onjuist]
    return Response(orjson.dumps(lichaam), status, content_type="application/problem+json")
