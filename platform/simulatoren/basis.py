"""Waar elke simulator op staat: weigeren buiten demo en test, veilige koppen, één sjabloon- en stijlmap."""

from pathlib import Path

from flask import Flask, Response
from jinja2 import StrictUndefined

HIER = Path(__file__).parent
TOEGESTAAN = ("demo", "test")
GROOTSTE_VERZOEK = 1_000_000

_KOPPEN = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class SimulatorGeweigerd(RuntimeError):
    """Een simulator laat iedereen zich voordoen als een ander: hij start alleen in demo en test."""


def eis_proefomgeving(omgeving: str, naam: str) -> None:
    """Geef `SimulatorGeweigerd` als de installatie geen demo of test is."""
    if omgeving not in TOEGESTAAN:
        raise SimulatorGeweigerd(
            f"De simulator {naam} start niet: OMGEVING is {omgeving!r} en simulatoren draaien alleen in demo en test."
        )


def maak_flask(naam: str, omgeving: str) -> Flask:
    """Een lege simulator-app die haar omgeving heeft getoetst."""
    eis_proefomgeving(omgeving, naam)
    app = Flask(
        f"simulatoren.{naam}",
        template_folder=str(HIER / "sjablonen"),
        static_folder=str(HIER / "stijl"),
        static_url_path="/stijl",
    )
    app.config["MAX_CONTENT_LENGTH"] = GROOTSTE_VERZOEK
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.after_request(_zet_koppen)
    return app


def _zet_koppen(antwoord: Response) -> Response:
    for naam, waarde in _KOPPEN.items():
        antwoord.headers.setdefault(naam, waarde)
    return antwoord
