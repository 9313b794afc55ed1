"""Het JSON-eindpunt van de tekenvlakken: bestanden van een werkversie lezen en vanzelf bewaren. Zie docs/modelleren.md."""

import re
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import PreconditionRequired

from huisstijl import vertaal
from kern.web import upload
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing, Deel, GeenPakket, OnbekendPad, Stapregel

MEDIATYPEN = {
    "json": "application/json", "bpmn": "application/xml", "dmn": "application/xml", "toml": "text/plain", "yaml": "text/plain",
}  # fmt: skip
ETAG = re.compile(r'(?:W/)?"(\d+)"')


def maak_delen(bank: Werkbank) -> Blueprint:
    """De blauwdruk met de routes."""
    blauwdruk = Blueprint("delen", __name__)

    @blauwdruk.get("/<pakket>/delen")
    @beheerder
    def lijst(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        delen = [_als_json(deel) for deel in bank.werkplaats.delen(pakket)]
        return jsonify(versie=stand.versie, delen=delen, collegas=bank.werkplaats.meld_aanwezig(pakket, bank.wie()))

    @blauwdruk.get("/<pakket>/deel/<path:pad>")
    @beheerder
    def lees(pakket: str, pad: str) -> ResponseReturnValue:
        return _antwoord(bank.deel(pakket, pad))

    @blauwdruk.put("/<pakket>/deel/<path:pad>")
    @beheerder
    @upload
    def bewaar(pakket: str, pad: str) -> ResponseReturnValue:
        return _bewaar(bank, pakket, pad, request.get_data())

    @blauwdruk.delete("/<pakket>/deel/<path:pad>")
    @beheerder
    def verwijder(pakket: str, pad: str) -> ResponseReturnValue:
        return _bewaar(bank, pakket, pad, None)

    @blauwdruk.post("/<pakket>/delen/ongedaan")
    @beheerder
    def ongedaan(pakket: str) -> ResponseReturnValue:
        return _stap(bank.werkplaats.ongedaan(pakket, bank.wie()))

    @blauwdruk.post("/<pakket>/delen/opnieuw")
    @beheerder
    def opnieuw(pakket: str) -> ResponseReturnValue:
        return _stap(bank.werkplaats.opnieuw(pakket, bank.wie()))

    return blauwdruk


def _bewaar(bank: Werkbank, pakket: str, pad: str, inhoud: bytes | None) -> ResponseReturnValue:
    try:
        versie = _versie(bank, pakket, pad)
        if inhoud is None:
            bank.werkplaats.verwijder(pakket, pad, versie=versie, wie=bank.wie())
            return "", HTTPStatus.NO_CONTENT
        deel = bank.werkplaats.bewaar(pakket, pad, inhoud, versie=versie, wie=bank.wie())
    except Botsing as botsing:
        return _botsing(botsing)
    except OnbekendPad as fout:
        return jsonify(melding=str(fout)), HTTPStatus.BAD_REQUEST
    except GeenPakket:
        abort(404)
    antwoord = jsonify(**_als_json(deel), collegas=bank.werkplaats.meld_aanwezig(pakket, bank.wie(), pad))
    antwoord.headers["ETag"] = f'"{deel.versie}"'
    return antwoord


def _versie(bank: Werkbank, pakket: str, pad: str) -> int:
    """De versie die de aanroeper las: `If-Match`, of `If-None-Match: *` voor een nieuw bestand. Zonder een van beide: 428."""
    treffer = ETAG.fullmatch(request.headers.get("If-Match", "").strip())
    if treffer:
        return int(treffer[1])
    if request.headers.get("If-None-Match") == "*":
        nu = bank.werkplaats.kijk(pakket, pad)
        return nu.versie if nu.inhoud is None else 0
    raise PreconditionRequired


def _botsing(botsing: Botsing) -> ResponseReturnValue:
    melding = vertaal(
        "%(naam)s heeft dit intussen gewijzigd. Wat u had staat in de geschiedenis, als geparkeerd.",
        naam=botsing.nu.door_naam,
    )
    antwoord = jsonify(**_als_json(botsing.nu), melding=melding, geparkeerd=botsing.geparkeerd)
    antwoord.headers["ETag"] = f'"{botsing.nu.versie}"'
    return antwoord, HTTPStatus.PRECONDITION_FAILED


def _antwoord(deel: Deel) -> Response:
    antwoord = Response(deel.inhoud, mimetype=MEDIATYPEN[deel.pad.rpartition(".")[2]])
    antwoord.headers["ETag"] = f'"{deel.versie}"'
    antwoord.headers["Cache-Control"] = "no-store"
    return antwoord


def _als_json(deel: Deel) -> dict[str, Any]:
    gewijzigd = deel.gewijzigd.isoformat() if deel.gewijzigd else None
    grootte = len(deel.inhoud or b"")
    return {
        "pad": deel.pad, "versie": deel.versie, "grootte": grootte, "gewijzigd": gewijzigd, "door": deel.door_naam,
        "anders": deel.anders,
    }  # fmt: skip


def _stap(stap: Stapregel | None) -> ResponseReturnValue:
    return jsonify(stap=None if stap is None else {"nr": stap.nr, "paden": stap.paden, "wat": stap.wat})
