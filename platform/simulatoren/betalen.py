"""Simulator van de Mollie Payments API (v2), met een betaalpagina waarop iemand kiest hoe het afloopt.

POST /v2/payments          begin een betaling (Idempotency-Key: dezelfde sleutel is dezelfde betaling)
GET  /v2/payments/<id>     hoe het ermee is
GET  /betaal/<id>          de betaalpagina; POST met `uitkomst` (betaald, mislukt, verlopen) maakt haar af en meldt het
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from flask import Flask, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kern.installatie import Installatie
from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.opslag import schrijf_heel

UITKOMSTEN = {"betaald": "paid", "mislukt": "failed", "verlopen": "expired"}


class Kas:
    """De betalingen, elk een bestand."""

    def __init__(self, map_: Path) -> None:
        self._map = map_

    def lees(self, nummer: str) -> dict[str, Any] | None:
        """De betaling met dit nummer."""
        bestand = self._map / f"{nummer}.json"
        if not nummer.startswith("tr_") or not nummer[3:].isalnum() or not bestand.exists():
            return None
        gelezen: dict[str, Any] = json.loads(bestand.read_bytes())
        return gelezen

    def bewaar(self, betaling: dict[str, Any]) -> None:
        """Bewaar de betaling."""
        schrijf_heel(self._map / f"{betaling['id']}.json", json.dumps(betaling).encode())


def maak_app(installatie: Installatie, *, basis_url: str) -> Flask:
    """De simulator op `basis_url`; betalingen staan in de map van de simulator."""
    app = maak_flask("betalen", installatie.instellingen.omgeving)
    kas = Kas(installatie.instellingen.data.absolute() / "simulatoren" / "betalen")

    @app.post("/v2/payments")
    @openbaar
    def begin() -> ResponseReturnValue:
        vraag = request.get_json(silent=True) or {}
        if not vraag.get("amount", {}).get("value") or not vraag.get("redirectUrl"):
            return jsonify(status=422, title="Unprocessable Entity", detail="amount en redirectUrl zijn verplicht"), 422
        sleutel = request.headers.get("Idempotency-Key", "") or installatie.klok.nu().isoformat()
        nummer = f"tr_{hashlib.sha256(sleutel.encode()).hexdigest()[:12]}"
        betaling = kas.lees(nummer) or {"resource": "payment", "id": nummer, "status": "open", **vraag}
        betaling["_links"] = {"checkout": {"href": f"{basis_url}/betaal/{nummer}", "type": "text/html"}}
        kas.bewaar(betaling)
        return jsonify(betaling), 201

    @app.get("/v2/payments/<nummer>")
    @openbaar
    def staat(nummer: str) -> ResponseReturnValue:
        betaling = kas.lees(nummer)
        if betaling is None:
            return jsonify(status=404, title="Not Found"), 404
        return jsonify(betaling)

    @app.get("/betaal/<nummer>")
    @openbaar
    def pagina(nummer: str) -> ResponseReturnValue:
        return render_template("betalen.html", betaling=kas.lees(nummer) or abort(404))

    @app.post("/betaal/<nummer>")
    @openbaar
    def maak_af(nummer: str) -> ResponseReturnValue:
        betaling = kas.lees(nummer) or abort(404)
        uitkomst = UITKOMSTEN.get(request.form.get("uitkomst", ""))
        if uitkomst is None:
            abort(400)
        if betaling["status"] == "open":
            kas.bewaar(betaling | {"status": uitkomst})
        if betaling.get("webhookUrl"):
            installatie.http.post(betaling["webhookUrl"], data={"id": nummer})
        return redirect(betaling["redirectUrl"], 303)

    return app
