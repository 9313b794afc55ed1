"""Aanroepen tussen onderdelen in één proces: dezelfde HTTP en dezelfde aanmelding, zonder socket.

Anders dan `httpx.WSGITransport` stroomt dit in beide richtingen, maakt het van een uitzondering een 500, krijgt het binnenste
verzoek een schone context (geen identiteit of transactie van het buitenste) en stopt het bij te diepe nesting.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import Context, ContextVar
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, unquote, unquote_to_bytes, urlsplit

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
        context = _schone_context(str(request.url.copy_with(query=None)))
        status, koppen, stroom = _veilig(self._app(), _omgeving(request), context)
        return httpx.Response(status, headers=koppen, stream=stroom)


def roep_eigen(app: WsgiApp, methode: str, url: str, koppen: Mapping[str, str], inhoud: bytes) -> httpx.Response:
    """Een aanroep met een kort lichaam en een kort antwoord: als door `EigenTransport`, zonder de omhaal van een HTTP-client.

    `url` is al gecodeerd en van deze installatie. Schermen doen er tientallen per pagina.
    """
    context = _schone_context(url.partition("?")[0])
    status, antwoordkoppen, stroom = _veilig(app, _omgeving_van(methode, urlsplit(url), koppen, inhoud), context)
    try:
        return httpx.Response(status, headers=antwoordkoppen, content=b"".join(stroom))
    finally:
        stroom.close()


def _schone_context(url: str) -> Context:
    """De context van het binnenste verzoek, of een uitzondering als het er niet mag zijn."""
    eis_geen_transactie("API-aanroep")
    diepte = _diepte.get() + 1
    if diepte > GROOTSTE_DIEPTE:
        raise TeDiepGenest(url)
    context = Context()
    context.run(_diepte.set, diepte)
    return context


Antwoorddelen = tuple[int, list[tuple[str, str]], "_Antwoord"]


def _veilig(app: WsgiApp, omgeving: dict[str, Any], context: Context) -> Antwoorddelen:
    """Status, koppen en lichaam; valt de app om voor zij begint te antwoorden, dan is dat een 500."""
    try:
        return _voer_uit(app, omgeving, context)
    except Exception:
        log.exception("uitzondering in een onderdeel", pad=omgeving["PATH_INFO"])
        stroom = _Antwoord([b'{"code":"error","status":500}'], context)
        stroom.laad_eerste()
        return 500, [("Content-Type", "application/json")], stroom


def _voer_uit(app: WsgiApp, omgeving: dict[str, Any], context: Context) -> Antwoorddelen:
    kop: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        if exc_info:
            raise exc_info[1]
        kop[:] = [int(status.split(" ", 1)[0]), headers]
        return lambda _deel: None

    stroom = _Antwoord(context.run(app, omgeving, start_response), context)
    stroom.laad_eerste()
    return kop[0], kop[1], stroom


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
    poort = request.url.port or (443 if request.url.scheme == "https" else 80)
    omgeving = _vaste_omgeving(request.method, request.url.scheme, request.url.host, poort)
    omgeving["PATH_INFO"] = unquote(pad.decode("ascii"), "latin-1")
    omgeving["QUERY_STRING"] = query.decode("ascii")
    omgeving["wsgi.input"] = io.BufferedReader(_Invoer(request.stream))  # type: ignore[arg-type]  # alleen de synchrone stroom komt hier
    _zet_koppen(omgeving, request.headers)
    return omgeving


def _omgeving_van(methode: str, url: SplitResult, koppen: Mapping[str, str], inhoud: bytes) -> dict[str, Any]:
    poort = url.port or (443 if url.scheme == "https" else 80)
    omgeving = _vaste_omgeving(methode, url.scheme, url.hostname or "", poort)
    omgeving["PATH_INFO"] = unquote_to_bytes(url.path).decode("latin-1")
    omgeving["QUERY_STRING"] = url.query.encode().decode("latin-1")
    omgeving["wsgi.input"] = io.BytesIO(inhoud)
    omgeving["CONTENT_LENGTH"] = str(len(inhoud))
    _zet_koppen(omgeving, koppen)
    return omgeving


def _vaste_omgeving(methode: str, schema: str, host: str, poort: int) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": methode,
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": str(poort),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": schema,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _zet_koppen(omgeving: dict[str, Any], koppen: Mapping[str, str]) -> None:
    for naam, waarde in koppen.items():
        omgeving[_wsgi_naam(naam)] = waarde


@lru_cache(maxsize=200)
def _wsgi_naam(kop: str) -> str:
    sleutel = kop.upper().replace("-", "_")
    return sleutel if sleutel in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{sleutel}"
