"""De vloer onder elke meting: een kale Flask-route die vaste bytes geeft, onder dezelfde webserver."""

import os
from pathlib import Path

from flask import Flask, Response


def maak_vloer() -> Flask:
    """Een app die op `/<naam>` de bytes van het bestand met die naam uit `VLOER` geeft."""
    app = Flask("vloer")
    inhoud = {bestand.name: bestand.read_bytes() for bestand in Path(os.environ["VLOER"]).iterdir()}

    @app.get("/gezond")
    def gezond() -> Response:
        return Response(b"goed")

    @app.get("/<naam>")
    def antwoord(naam: str) -> Response:
        return Response(inhoud[naam], content_type="application/json")

    return app
