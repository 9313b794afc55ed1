"""Simulator van de KVK-API's van het Handelsregister, over verzonnen bedrijven.

/api/v2/zoeken
/api/v1/basisprofielen/<kvkNummer>  (ook /eigenaar, /hoofdvestiging, /vestigingen)
/api/v1/vestigingsprofielen/<vestigingsnummer>
"""

import hmac
import re

from flask import Blueprint, Flask, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.kvk.register import Bedrijf, Register
from simulatoren.kvk.zoek import Vraagfout, zoek

_PROFIELPARAMETERS = {"geoData": r"(true|false)"}


def maak_app(*, omgeving: str, basis_url: str, sleutel: str = "", register: Register | None = None) -> Flask:
    """De simulator op `basis_url`. Met `sleutel` moet elk verzoek haar als `apikey` meesturen."""
    app = maak_flask("kvk", omgeving)
    app.register_blueprint(_routes(register or Register.voorbeeldstad(basis_url)), url_prefix="/api")

    @app.before_request
    def eis_sleutel() -> None:
        if sleutel and not hmac.compare_digest(request.headers.get("apikey", ""), sleutel):
            abort(401)

    app.register_error_handler(Vraagfout, lambda fout: _fout(400, fout.code, fout.omschrijving))
    app.register_error_handler(HTTPException, lambda fout: _fout(fout.code or 500, "IPD9999", fout.name))
    return app


def _routes(register: Register) -> Blueprint:
    routes = Blueprint("kvk", __name__)

    @routes.get("/v2/zoeken")
    @openbaar
    def zoeken() -> ResponseReturnValue:
        gevonden = zoek(request.args.to_dict(), register)
        return jsonify(gevonden) if gevonden else _fout(404, "IPD5200", "Geen gegevens gevonden.")

    @routes.get("/v1/basisprofielen/<nummer>")
    @routes.get("/v1/basisprofielen/<nummer>/<deel>")
    @openbaar
    def basisprofiel(nummer: str, deel: str = "") -> ResponseReturnValue:
        geo = _geo()
        if not re.fullmatch("[0-9]{8}", nummer):
            raise Vraagfout("IPD0004", "Het KVK-nummer is niet valide.")
        bedrijf = register.bedrijven.get(nummer)
        if bedrijf is None:
            return _fout(404, "IPD0005", "Er is geen product met dit KVK-nummer.")
        return _deel(register, bedrijf, deel, geo)

    @routes.get("/v1/vestigingsprofielen/<nummer>")
    @openbaar
    def vestigingsprofiel(nummer: str) -> ResponseReturnValue:
        geo = _geo()
        if not re.fullmatch("[0-9]{12}", nummer):
            raise Vraagfout("IPD0006", "Het vestigingsnummer is niet valide.")
        if nummer not in register.vestigingen:
            return _fout(404, "IPD0007", "Er is geen product met dit vestigingsnummer.")
        return jsonify(register.vestigingsprofiel(*register.vestigingen[nummer], geo=geo))

    return routes


def _deel(register: Register, bedrijf: Bedrijf, deel: str, geo: bool) -> ResponseReturnValue:
    match deel:
        case "":
            return jsonify(register.basisprofiel(bedrijf, geo=geo))
        case "eigenaar":
            return jsonify(register.eigenaar(bedrijf, geo=geo))
        case "vestigingen":
            return jsonify(register.vestigingenlijst(bedrijf))
        case "hoofdvestiging" if bedrijf.hoofdvestiging:
            return jsonify(register.vestigingsprofiel(bedrijf, bedrijf.hoofdvestiging, geo=geo))
        case "hoofdvestiging":
            return _fout(404, "IPD0005", "Er is geen hoofdvestiging.")
        case _:
            return abort(404)


def _geo() -> bool:
    """De enige parameter van de profielen."""
    for naam, waarde in request.args.items():
        if not re.fullmatch(_PROFIELPARAMETERS.get(naam, r"(?!)"), waarde):
            code = "IPD1999" if naam in _PROFIELPARAMETERS else "IPD1998"
            raise Vraagfout(code, f"Parameter {naam} is ongeldig.")
    return request.args.get("geoData") == "true"


def _fout(status: int, code: str, omschrijving: str) -> ResponseReturnValue:
    return jsonify(fout=[{"code": code, "omschrijving": omschrijving}]), status
