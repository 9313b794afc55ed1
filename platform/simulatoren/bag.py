"""Simulator van de BAG API Individuele Bevragingen: `GET /adressenuitgebreid` over de adressen van Voorbeeldstad."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.gegevens import lees

PLEKKEN = {"huisnummer": "huisnummer", "huisletter": "huisletter", "huisnummertoevoeging": "toevoeging"}
STANDAARD = {"oppervlakte": 84, "gebruiksdoelen": ["woonfunctie"], "bouwjaar": "1932"}


def maak_app(*, omgeving: str) -> Flask:
    """De simulator."""
    app = maak_flask("bag", omgeving)
    adressen = [adres for adres in lees("personen")["adressen"].values() if adres.get("bag")]

    @app.get("/adressenuitgebreid")
    @openbaar
    def zoek() -> ResponseReturnValue:
        if not request.args.get("postcode") or not request.args.get("huisnummer", "").isdigit():
            return _probleem(400, "badRequest", "Geef een postcode en een huisnummer.")
        gevonden = [adres for adres in adressen if _past(adres, request.args)]
        if not gevonden:
            return _probleem(404, "notFound", "Er is geen adres gevonden.")
        antwoord = jsonify({"_embedded": {"adressen": [_adres(adres) for adres in gevonden]}})
        antwoord.content_type = "application/hal+json"
        return antwoord

    return app


def _past(adres: Mapping[str, Any], vraag: Mapping[str, str]) -> bool:
    if adres["postcode"] != vraag["postcode"]:
        return False
    exact = vraag.get("exacteMatch") == "true"
    delen = ((str(adres.get(veld, "")), vraag.get(naam, "")) for naam, veld in PLEKKEN.items())
    return all(eigen.lower() == gevraagd.lower() or not (gevraagd or exact) for eigen, gevraagd in delen)


def _adres(adres: Mapping[str, Any]) -> dict[str, Any]:
    gemeente, nummer = adres.get("gemeente", "9999"), adres["bag"]
    return {
        "openbareRuimteNaam": adres["straat"],
        "huisnummer": adres["huisnummer"],
        "huisletter": adres.get("huisletter", ""),
        "huisnummertoevoeging": adres.get("toevoeging", ""),
        "postcode": adres["postcode"],
        "woonplaatsNaam": adres["woonplaats"],
        "nummeraanduidingIdentificatie": f"{gemeente}20{nummer}",
        "adresseerbaarObjectIdentificatie": f"{gemeente}01{nummer}",
        "pandIdentificaties": [f"{gemeente}10{nummer}"],
        "typeAdresseerbaarObject": "Verblijfsobject",
        "adresseerbaarObjectStatus": "Verblijfsobject in gebruik",
        "gebruiksdoelen": adres.get("gebruiksdoelen", STANDAARD["gebruiksdoelen"]),
        "oppervlakte": adres.get("oppervlakte", STANDAARD["oppervlakte"]),
        "oorspronkelijkBouwjaar": [STANDAARD["bouwjaar"]],
    }


def _probleem(status: int, code: str, titel: str) -> ResponseReturnValue:
    return jsonify(status=status, title=titel, code=code), status
