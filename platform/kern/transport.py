"""Aanroepen tussen onderdelen in één proces: dezelfde HTTP en dezelfde aanmelding, zonder socket.

Anders dan `httpx.WSGITransport` stroomt dit in beide richtingen, maakt het van een uitzondering een 500, krijgt het binnenste
verzoek een schone context (geen identiteit of transactie van het buitenste) en stopt het bij te diepe nesting.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context, ContextVar
from typing import Any
from urllib.parse import unquote

import httpx
import structlog

from kern.database import eis_geen_transactie

log = structlog.get_logger()
WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]

GROOTSTE_DIEPTE = 4
_diepte: ContextVar[int] = ContextVar("nesting", default=0)


class TeDiepGenest(RuntimeError):
    """Onderdelen roepen elkaar meer dan vier lagen diep aan: waarschijnlijk in een kring."""


class EigenTransport(httpx.BaseTransport):
    """httpx-transport op een WSGI-app in hetzelfde proces. `app` wordt bij elke aanroep opgevraagd."""

    def __init__(self, app: Callable[[], WsgiApp]) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        eis_geen_transactie("API-aanroep")
        diepte = _diepte.get() + 1
        if diepte > GROOTSTE_DIEPTE:
            raise TeDiepGenest(str(request.url.copy_with(query=None)))
        context = Context()
        context.run(_diepte.set, diepte)
        try:
            return _voer_uit(self._app(), request, context)
        except Exception:
            log.exception("uitzondering in een onderdeel", pad=request.url.path)
            return httpx.Response(500, json={"code": "error", "status": 500})


def _voer_uit(app: WsgiApp, request: httpx.Request, context: Context) -> httpx.Response:
    kop: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        if exc_info:
            raise exc_info[1]
        kop[:] = [int(status.split(" ", 1)[0]), headers]
        return lambda _deel: None

    stroom = _Antwoord(context.run(app, _omgeving(request), start_response), context)
    stroom.laad_eerste()
    return httpx.Response(kop[0], headers=kop[1], stream=stroom)


class _Antwoord(httpx.SyncByteStream):
    """Het lichaam van een WSGI-antwoord, stuk voor stuk gelezen in de context van het binnenste verzoek."""

    def __init__(self, delen: Iterable[bytes], context: Context) -> None:
        self._delen = delen
        self._lezer = iter(delen)
        self._context = context
        self._eerste: bytes | None = None

    def laad_eerste(self) -> None:
        """Lees het eerste stuk, want een WSGI-app hoeft pas dan zijn status te geven."""
        self._eerste = self._context.run(next, self._lezer, None)

    def __iter__(self) -> Iterator[bytes]:
        deel = self._eerste
        while deel is not None:
            yield deel
            deel = self._volgende()

    def _volgende(self) -> bytes | None:
        """Breekt het antwoord halverwege af, dan is dat voor de aanroeper een verbroken verbinding, net als bij een socket."""
        try:
            return self._context.run(next, self._lezer, None)
        except Exception as fout:
            log.exception("antwoord van een onderdeel brak af")
            raise httpx.ReadError("het antwoord brak af") from fout

    def close(self) -> None:
        sluit = getattr(self._delen, "close", None)
        if sluit:
            self._context.run(sluit)


class _Invoer(io.RawIOBase):
    """Het lichaam van een httpx-verzoek als leesbaar bestand, zonder het in zijn geheel in het geheugen te halen."""

    def __init__(self, delen: Iterable[bytes]) -> None:
        self._delen = iter(delen)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            deel = next(self._delen, None)
            if deel is None:
                return 0
            self._rest = deel
        stuk, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(stuk)] = stuk
        return len(stuk)


def _omgeving(request: httpx.Request) -> dict[str, Any]:
    pad, _, query = request.url.raw_path.partition(b"?")
    omgeving: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(pad.decode("ascii"), "latin-1"),
        "QUERY_STRING": query.decode("ascii"),
        "SERVER_NAME": request.url.host,
        "SERVER_PORT": str(request.url.port or (443 if request.url.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.url.scheme,
        "wsgi.input": io.BufferedReader(_Invoer(request.stream)),  # type: ignore[arg-type]  # alleen de synchrone stroom komt hier
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for naam, waarde in request.headers.items():
        sleutel = naam.upper().replace("-", "_")
        omgeving[sleutel if sleutel in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{sleutel}"] = waarde
    return omgeving
