"""Simulator van NotifyNL voor sms: `POST /v2/notifications/sms`, en de verzonden berichten op `GET /v2/notifications`."""

import json
import re
from pathlib import Path

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.opslag import schrijf_heel

NUMMER = re.compile(r"(\+31|0031|0)6[0-9]{8}")
KENMERK = re.compile(r"[A-Za-z0-9-]{1,100}")


def maak_app(*, omgeving: str, map_: Path) -> Flask:
    """De simulator; elk bericht is een bestand in `map_`, op zijn kenmerk."""
    app = maak_flask("sms", omgeving)

    @app.post("/v2/notifications/sms")
    @openbaar
    def verstuur() -> ResponseReturnValue:
        vraag = request.get_json(silent=True) or {}
        nummer = re.sub(r"[ -]", "", str(vraag.get("phone_number", "")))
        kenmerk = str(vraag.get("reference", ""))
        if not NUMMER.fullmatch(nummer) or not KENMERK.fullmatch(kenmerk):
            fout = {"error": "ValidationError", "message": "phone_number is not a mobile number"}
            return jsonify(status_code=400, errors=[fout]), 400
        bericht = {"reference": kenmerk, "phone_number": nummer, "body": vraag["personalisation"]["bericht"]}
        schrijf_heel(map_ / f"{kenmerk}.json", json.dumps(bericht).encode(), vervang=False)
        return jsonify(id=kenmerk, reference=kenmerk, content={"body": bericht["body"]}), 201

    @app.get("/v2/notifications")
    @openbaar
    def lijst() -> ResponseReturnValue:
        gevraagd = request.args.get("reference", "")
        alle = [json.loads(bestand.read_bytes()) for bestand in sorted(map_.glob("*.json"))]
        return jsonify(notifications=[b for b in alle if gevraagd in ("", b["reference"])])

    return app
