"""
De gebouwde CSS, JS en lettertypen: namen met een hash, eeuwig te bewaren, vooraf gecomprimeerd.

`tools/bouw_voorkant.py` maakt ze; zonder die stap geeft elke pagina één duidelijke fout in plaats van een kale pagina.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, abort, request

from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import openbaar
from kern.web import maak_scherm_app

BASIS: Final = "/static/huisstijl"
GEBOUWD: Final = Path(__file__).parent / "static" / "gebouwd"
BLIJVEND: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


class VoorkantOntbreektFout(RuntimeError):
    """De voorkant is niet gebouwd."""


@cache
def _lees_manifest(pad: Path, gewijzigd: int) -> dict[str, str]:  # noqa: ARG001  # gewijzigd hoort bij de cachesleutel
    inhoud: dict[str, str] = json.loads(pad.read_text("utf-8"))
    return inhoud


def manifest() -> dict[str, str]:
    """Naam -> naam met hash. Leest opnieuw als de voorkant opnieuw gebouwd is."""
    return lees_manifest(GEBOUWD)


def lees_manifest(map_: Path) -> dict[str, str]:
    """Het manifest in `map_`; `VoorkantOntbreektFout` als het er niet is."""
    pad = map_ / "manifest.json"
    try:
        return _lees_manifest(pad, pad.stat().st_mtime_ns)
    except FileNotFoundError as fout:
        raise VoorkantOntbreektFout("De voorkant is niet gebouwd; draai: python tools/bouw_voorkant.py") from fout


def adres(naam: str) -> str:
    """Adres van een gebouwd bestand, bijvoorbeeld `huisstijl.css`."""
    return f"{BASIS}/{manifest()[naam]}"


def inhoud(naam: str) -> bytes:
    """De bytes van een gebouwd bestand: voor wat niet via HTTP gaat, zoals het lettertype in een PDF."""
    return (GEBOUWD / manifest()[naam]).read_bytes()


def _gecomprimeerd(naam: str) -> tuple[str, str | None]:
    for soort, eind in (("br", ".br"), ("gzip", ".gz")):
        if request.accept_encodings[soort] and (GEBOUWD / (naam + eind)).is_file():
            return naam + eind, soort
    return naam, None


def lever(naam: str) -> Response:
    """Geeft een gebouwd bestand, zo klein als de browser aankan."""
    if "/" in naam or not (GEBOUWD / naam).is_file():
        abort(404)
    bestand, codering = _gecomprimeerd(naam)
    antwoord = Response(
        (GEBOUWD / bestand).read_bytes(), mimetype=_mediatype(naam), headers={**BLIJVEND, "Vary": "Accept-Encoding"}
    )
    if codering:
        antwoord.headers["Content-Encoding"] = codering
    return antwoord


def _mediatype(naam: str) -> str:
    soorten = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".txt": "text/plain"}
    return soorten.get(Path(naam).suffix, "application/octet-stream")


class Thema:
    """Eén CSS-bestand met variabelen: een meegebouwd thema (naam) of een eigen bestand van de gemeente (pad)."""

    def __init__(self, bron: str | Path) -> None:
        self._eigen = bron.read_bytes() if isinstance(bron, Path) else None
        self._naam = f"thema-{bron}.css"

    @property
    def adres(self) -> str:
        if self._eigen is None:
            return adres(self._naam)
        return f"{BASIS}/thema-{hashlib.sha256(self._eigen).hexdigest()[:12]}.css"

    @property
    def inhoud(self) -> bytes:
        """De CSS van het thema: voor wat niet via HTTP gaat, zoals de kleur van een brief."""
        return inhoud(self._naam) if self._eigen is None else self._eigen

    def lever(self, naam: str) -> Response:
        """Het eigen bestand als erom gevraagd wordt, anders een gebouwd bestand."""
        if self._eigen is None or not self.adres.endswith(naam):
            return lever(naam)
        return Response(self._eigen, mimetype="text/css", headers=BLIJVEND)


def blauwdruk(thema: Thema) -> Blueprint:
    """De route `/static/huisstijl/<bestand>`, voor elke app dezelfde. Voor iedereen gelijk, dus openbaar en te bewaren."""
    bp = Blueprint("huisstijl", __name__)

    @bp.get(f"{BASIS}/<naam>")
    @openbaar
    def static(naam: str) -> Response:
        return thema.lever(naam)

    return bp


def _maak_app(installatie: Installatie) -> Flask:
    """Alleen de bestanden: voor een installatie waarin geen scherm-app op `/` staat."""
    app = maak_scherm_app("huisstijl", installatie, import_naam="huisstijl", static_folder=None, template_folder=None)

    @app.get("/<naam>", endpoint="static")
    @openbaar
    def static(naam: str) -> Response:
        return lever(naam)

    return app


DEEL: Final = Deel("huisstijl", "huisstijl", BASIS, _maak_app)
