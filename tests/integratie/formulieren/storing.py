"""Een register dat even niet meewerkt, op de plek waar de aanroepen langskomen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from kern.installatie import Installatie

Soort = Literal["weg", "antwoord kwijt"]


@contextmanager
def storing(installatie: Installatie, pad: str, soort: Soort = "weg", methode: str = "") -> Iterator[list[str]]:
    """Laat aanroepen onder `pad` mislukken, vóór of (`antwoord kwijt`) nadat zij gedaan zijn. Geeft de mislukte aanroepen."""
    gewoon = installatie.wsgi
    mislukt: list[str] = []

    def stuk(omgeving: dict[str, Any], start_response: Any) -> Any:
        if not omgeving["PATH_INFO"].startswith(pad) or methode not in ("", omgeving["REQUEST_METHOD"]):
            return gewoon(omgeving, start_response)
        if soort == "antwoord kwijt":
            b"".join(gewoon(omgeving, lambda _status, _koppen, _fout=None: None))
        mislukt.append(f"{omgeving['REQUEST_METHOD']} {omgeving['PATH_INFO']}")
        start_response("503 Service Unavailable", [("Content-Type", "application/json")])
        return [b"{}"]

    installatie.stel_samen(stuk)
    try:
        yield mislukt
    finally:
        installatie.stel_samen(gewoon)
