"""Simulator van e-mail: een echte mailserver (`Postvak`) en een pagina om te lezen wat er verstuurd is."""

from pathlib import Path

from flask import Flask, Response, abort, render_template
from flask.typing import ResponseReturnValue

from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.postvak.berichten import Bericht, Bijlage, bericht, berichten
from simulatoren.postvak.server import Postvak

__all__ = ["Bericht", "Bijlage", "Postvak", "bericht", "berichten", "maak_app"]

# De opmaak van een mail is van de afzender: zij staat in een eigen, afgesloten document zonder scripts, plaatjes van
# elders of toegang tot deze site. Alleen daarin mag opmaak in de HTML zelf staan.
_AFGESLOTEN = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'"
)
_MET_KADER = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def maak_app(*, omgeving: str, map_: Path) -> Flask:
    """De leespagina over de berichten in `map_`."""
    app = maak_flask("postvak", omgeving)

    @app.get("/")
    @openbaar
    def lijst() -> str:
        return render_template("postvak.html", berichten=berichten(map_))

    @app.get("/<nummer>/")
    @openbaar
    def lees(nummer: str) -> Response:
        antwoord = Response(render_template("postvak_bericht.html", bericht=_vind(map_, nummer)))
        antwoord.headers["Content-Security-Policy"] = _MET_KADER
        return antwoord

    @app.get("/<nummer>/html")
    @openbaar
    def html(nummer: str) -> Response:
        antwoord = Response(
            f'<base target="_blank">{_vind(map_, nummer).html}', content_type="text/html; charset=utf-8"
        )
        antwoord.headers["Content-Security-Policy"] = _AFGESLOTEN
        return antwoord

    @app.get("/<nummer>/bijlage/<int:plek>")
    @openbaar
    def bijlage(nummer: str, plek: int) -> ResponseReturnValue:
        bijlagen = _vind(map_, nummer).bijlagen
        return _download(bijlagen[plek]) if plek < len(bijlagen) else abort(404)

    return app


def _vind(map_: Path, nummer: str) -> Bericht:
    return bericht(map_, nummer) or abort(404)


def _download(bijlage: Bijlage) -> Response:
    """Altijd als download en nooit als document: een bijlage kan alles zijn."""
    antwoord = Response(bijlage.inhoud, content_type="application/octet-stream")
    antwoord.headers.set("Content-Disposition", "attachment", filename=bijlage.naam)
    return antwoord
