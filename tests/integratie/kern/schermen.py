"""Een klein onderdeel met schermen, gekoppeld onder een pad zoals de echte onderdelen."""

from typing import Any

from flask import Flask, request, session, url_for
from pydantic import BaseModel
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from kern import sessies
from kern.installatie import Installatie
from kern.sessies import IDENTITEIT
from kern.toegang import bewaak, huidige_identiteit, openbaar, voor_beheer, voor_inwoner, voor_medewerker
from kern.web import maak_scherm_app, upload
from tests.kernhulp import BSN

FORMULIER = '<form method="post"><input type="hidden" name="csrf_token" value="{}"></form>'


def scherm_app(installatie: Installatie, identiteit: BaseModel | None = None, **kw: Any) -> Flask:
    """Een app met een route per soort toegang; POST /in meldt `identiteit` aan."""
    app = maak_scherm_app("proef", installatie, import_naam=__name__, **kw)
    _open_routes(app)
    _gesloten_routes(app)

    @app.post("/in")
    @openbaar
    def aanmelden() -> str:
        assert identiteit is not None
        sessies.wissel()
        session[IDENTITEIT] = identiteit.model_dump(mode="json")
        return "aangemeld"

    @app.post("/uit")
    @openbaar
    def afmelden() -> str:
        sessies.beeindig()
        return "afgemeld"

    return app


def _open_routes(app: Flask) -> None:
    @app.get("/")
    @openbaar
    def start() -> str:
        return app.jinja_env.from_string("{{ csrf_token() }}|{{ csp_nonce() }}").render()

    @app.get("/adres")
    @openbaar
    def adres() -> str:
        return f"{url_for('start')} {url_for('start', _external=True)} {request.url} {request.is_secure}"

    @app.post("/antwoord")
    @openbaar
    def antwoord() -> str:
        return f"ontvangen {request.form['naam']}"

    @app.post("/bestand")
    @openbaar
    @upload
    def bestand() -> str:
        return str(len(request.files["bestand"].read()))

    @app.get("/kapot")
    @openbaar
    def kapot() -> str:
        raise RuntimeError(f"burger {BSN} niet gevonden")


def _gesloten_routes(app: Flask) -> None:
    @app.get("/mijn")
    @voor_inwoner()
    def mijn() -> str:
        identiteit = huidige_identiteit()
        assert identiteit
        return identiteit.naam

    @app.get("/dossier/<bsn>")
    @voor_inwoner()
    def dossier(bsn: str) -> str:
        bewaak([("bsn", bsn)], huidige_identiteit())
        return "van u"

    @app.get("/kcc")
    @voor_medewerker("kcc-medewerker")
    def kcc() -> str:
        return "kcc"

    @app.get("/beheer")
    @voor_beheer("operator")
    def beheer() -> str:
        return "beheer"


def gekoppeld(app: Flask, pad: str = "/proef") -> Client:
    """Een client voor `app` zoals zij onder `pad` hangt."""

    def niets(_omgeving: Any, start_response: Any) -> list[bytes]:
        start_response("404 NOT FOUND", [])
        return []

    return Client(DispatcherMiddleware(niets, {pad: app}))


def token(client: Client, pad: str = "/proef/") -> str:
    """Het CSRF-token van deze sessie."""
    return client.get(pad).text.partition("|")[0]


def stuur(client: Client, pad: str, **velden: Any) -> Any:
    """Een POST met een geldig CSRF-token."""
    return client.post(pad, data={"csrf_token": token(client), **velden})


def neem_sessie_over(van: Client, naar: Client) -> None:
    """Geef `naar` de sessiecookie van `van`, zoals dezelfde browser die in een ander onderdeel heeft."""
    cookie = van.get_cookie("sessie")
    assert cookie
    naar.set_cookie("sessie", cookie.value)
