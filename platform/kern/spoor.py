"""Het spoor van een verzoek door alle onderdelen: W3C Trace Context (`traceparent`), in de logregels als `trace_id`."""

import re
import secrets
from collections.abc import Mapping
from contextvars import Token
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

KOP = "traceparent"
_VORM = re.compile(r"^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$")


@dataclass(frozen=True)
class Spoor:
    """Waar een logregel of aanroep bij hoort: `trace_id` (32 hex) is van het geheel, `span_id` (16 hex) van deze stap."""

    trace_id: str
    span_id: str

    @property
    def kop(self) -> str:
        """De waarde van de header `traceparent` voor een volgende stap."""
        return f"00-{self.trace_id}-{self.span_id}-01"


def uit_kop(waarde: str | None) -> Spoor:
    """Het spoor van een binnenkomend verzoek: hetzelfde geheel als de aanroeper, of een nieuw; altijd een nieuwe stap."""
    vondst = _VORM.match(waarde or "")
    return Spoor(vondst[1] if vondst else secrets.token_hex(16), secrets.token_hex(8))


def uit_trace_id(trace_id: str) -> Spoor:
    """Een nieuwe stap in een geheel dat eerder begon; zonder trace-id een nieuw geheel."""
    return Spoor(trace_id or secrets.token_hex(16), secrets.token_hex(8))


def huidig() -> Spoor:
    """Het spoor van de lopende code; buiten een verzoek of stuk werk een nieuw."""
    gebonden = structlog.contextvars.get_contextvars()
    return Spoor(gebonden.get("trace_id") or secrets.token_hex(16), gebonden.get("span_id") or secrets.token_hex(8))


def bind(spoor: Spoor, **velden: Any) -> Mapping[str, Token[Any]]:
    """Zet het spoor (en `velden`) op alle logregels van deze context; geef wat `structlog` nodig heeft om het terug te draaien."""
    return structlog.contextvars.bind_contextvars(trace_id=spoor.trace_id, span_id=spoor.span_id, **velden)


def geef_mee(request: httpx.Request) -> None:
    """Request-hook van httpx: geef het spoor door aan de volgende dienst."""
    request.headers.setdefault(KOP, huidig().kop)
