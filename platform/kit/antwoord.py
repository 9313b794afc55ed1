"""Een antwoord van de kit: bytes die ook bewaard en opnieuw gegeven kunnen worden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import orjson
from flask import Response

_OPTIES = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def naar_json(waarde: Any) -> bytes:
    """JSON zoals de standaarden het geven: tijdstippen met Z, decimalen als tekst."""
    return orjson.dumps(waarde, default=_anders, option=_OPTIES)


def _anders(waarde: Any) -> Any:
    if isinstance(waarde, Decimal):
        return str(waarde)
    raise TypeError(type(waarde).__name__)


@dataclass(frozen=True)
class Antwoord:
    """Status, lichaam en eigen koppen."""

    status: int
    lichaam: bytes
    koppen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(
        cls, inhoud: Any, status: int = 200, koppen: Mapping[str, str] | None = None, plaats: str | None = None
    ) -> "Antwoord":
        """Een JSON-antwoord; `plaats` wordt de Location-kop."""
        extra = {"Location": plaats} if plaats else {}
        return cls(status, b"" if inhoud is None else naar_json(inhoud), {**(koppen or {}), **extra})

    def response(self) -> Response:
        """Het Flask-antwoord."""
        soort = "application/json" if self.lichaam else None
        return Response(self.lichaam, self.status, dict(self.koppen), content_type=soort)
