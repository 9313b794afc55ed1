"""Beveiligingsheaders: strikte CSP met nonce voor schermen, de headers van de NL API Design Rules 2.1 voor API's."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Response, g, request, session

from kern.installatie import Installatie
from kern.sessies import IDENTITEIT
from kern.transport import WsgiApp

HSTS = "max-age=31536000; includeSubDomains"
_CSP: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
_MET_NONCE = ("script-src", "style-src")
_SCHERM = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_API = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def csp_nonce() -> str:
    """De nonce van dit verzoek, voor `<script nonce=…>` en `<style nonce=…>`; ook als `g.csp_nonce`."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def schermkoppen(installatie: Installatie, extra: Mapping[str, Iterable[str]]) -> Callable[[Response], Response]:
    """After-request voor schermen. `extra` zijn bronnen die dit onderdeel er per CSP-regel bij mag."""
    regels = {naam: [*_CSP.get(naam, ()), *extra.get(naam, ())] for naam in {**_CSP, **extra}}
    vast = _met_hsts(installatie, _SCHERM)

    def zet(antwoord: Response) -> Response:
        for naam, waarde in vast.items():
            antwoord.headers.setdefault(naam, waarde)
        antwoord.headers.setdefault("Content-Security-Policy", _csp(regels, csp_nonce()))
        if "Cache-Control" not in antwoord.headers or (session.get(IDENTITEIT) and not _is_bestand()):
            antwoord.headers["Cache-Control"] = "no-store"
        return antwoord

    return zet


def _csp(regels: Mapping[str, list[str]], nonce: str) -> str:
    bronnen = {
        naam: [*waarden, f"'nonce-{nonce}'"] if naam in _MET_NONCE else waarden for naam, waarden in regels.items()
    }
    return "; ".join(f"{naam} {' '.join(waarden)}" for naam, waarden in bronnen.items())


def _is_bestand() -> bool:
    """Een bestand van de app zelf, voor iedereen gelijk."""
    return (request.endpoint or "").rpartition(".")[2] == "static"


def apikoppen(app: WsgiApp, installatie: Installatie, versie: str) -> WsgiApp:
    """WSGI-laag voor API's: de vaste koppen op elk antwoord. Alleen het OpenAPI-document is leesbaar vanaf andere websites."""
    vast = _met_hsts(installatie, _API | ({"API-Version": versie} if versie else {}))
    eigen_site = tuple((vast | {"Access-Control-Allow-Origin": installatie.instellingen.adres}).items())
    elke_site = tuple((vast | {"Access-Control-Allow-Origin": "*"}).items())

    def met_koppen(omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        vaste = elke_site if omgeving.get("PATH_INFO", "").endswith("/openapi.json") else eigen_site

        def start(status: str, koppen: list[tuple[str, str]], exc_info: Any = None) -> Any:
            eigen = {naam for naam, _ in koppen}
            extra = [kop for kop in vaste if kop[0] not in eigen]
            return start_response(status, [*koppen, *extra], exc_info)

        return app(omgeving, start)

    return met_koppen


def _met_hsts(installatie: Installatie, koppen: Mapping[str, str]) -> dict[str, str]:
    https = installatie.instellingen.adres.startswith("https://")
    return {**koppen, **({"Strict-Transport-Security": HSTS} if https else {})}
