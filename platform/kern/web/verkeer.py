"""Wat elk verzoek nodig heeft, scherm of API: het vaste publieke adres, een spoor, een regel in het log en een meting."""

import logging
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request

from kern import spoor
from kern.installatie import Installatie
from kern.transport import WsgiApp

log = structlog.get_logger()
ZONDER_LOGREGEL = ("/gezond", "/gereed", "/metrics")


class VastAdres:
    """WSGI-laag die schema en host uit `PUBLIEK_ADRES` neemt: geen URL of omleiding komt ooit uit de Host-header."""

    def __init__(self, app: WsgiApp, adres: str) -> None:
        self._app = app
        delen = urlsplit(adres)
        self._schema, self._host = delen.scheme, delen.netloc

    def __call__(self, omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        omgeving["wsgi.url_scheme"] = self._schema
        omgeving["HTTP_HOST"] = self._host
        return self._app(omgeving, start_response)


def volg(app: Flask, naam: str, installatie: Installatie) -> None:
    """Geef elk verzoek van `app` een spoor, een logregel zonder query en een meting."""

    @app.before_request
    def _begin() -> None:
        g.begin = time.perf_counter()
        g.spoor = spoor.uit_kop(request.headers.get(spoor.KOP))
        g.gebonden = spoor.bind(g.spoor, deel=naam)

    @app.after_request
    def _eind(antwoord: Response) -> Response:
        if "begin" not in g:  # het verzoek kwam niet tot een route, bijvoorbeeld door een fout in de sessie
            return antwoord
        duur = time.perf_counter() - g.begin
        installatie.metingen.verzoek(naam, _route(), antwoord.status_code, duur)
        antwoord.headers["traceresponse"] = g.spoor.kop
        if logging.root.isEnabledFor(logging.INFO) and request.path not in ZONDER_LOGREGEL:
            log.info(
                "verzoek",
                methode=request.method,
                pad=f"{request.script_root}{request.path}",
                status=antwoord.status_code,
                ms=round(duur * 1000, 1),
            )
        return antwoord

    @app.teardown_request
    def _los(_fout: BaseException | None) -> None:
        structlog.contextvars.reset_contextvars(**g.pop("gebonden", {}))


def _route() -> str:
    """De route als patroon, want paden met nummers erin zouden een eindeloze reeks metingen geven."""
    return f"{request.script_root}{request.url_rule.rule}" if request.url_rule else "onbekend"
