"""Fouten als problem+json (RFC 9457, met `code` en `invalidParams` zoals de ZGW-standaarden ze kennen)."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

import orjson
import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

log = structlog.get_logger()

_CODES = {
    400: ("parse_error", "Ongeldig verzoek."),
    401: ("not_authenticated", "Niet aangemeld."),
    403: ("permission_denied", "U mag deze actie niet uitvoeren."),
    404: ("not_found", "Niet gevonden."),
    405: ("method_not_allowed", "Deze methode bestaat hier niet."),
    406: ("not_acceptable", "Deze vorm is niet beschikbaar."),
    409: ("conflict", "De gegevens zijn ondertussen gewijzigd."),
    412: ("precondition_failed", "Een verplichte header ontbreekt."),
    413: ("request_entity_too_large", "Het verzoek is te groot."),
    415: ("unsupported_media_type", "Dit soort inhoud wordt niet ondersteund."),
    429: ("throttled", "Te veel verzoeken. Probeer het later opnieuw."),
    500: ("error", "Er ging iets mis."),
    502: ("bad_gateway", "Een andere dienst is niet bereikbaar."),
}


@dataclass(frozen=True)
class ParamFout:
    """Eén fout in de invoer: `naam` in camelCase met punten en lijstindex (`opschorting.reden`), de `code` uit de standaard."""

    naam: str
    code: str
    reden: str

    def als_json(self) -> dict[str, str]:
        return {"name": self.naam, "code": self.code, "reason": self.reden}


class Probleem(Exception):
    """Een fout die als problem+json naar de aanroeper gaat. `fouten` vult `invalidParams`."""

    def __init__(
        self,
        status: int,
        *,
        code: str = "",
        detail: str = "",
        fouten: Iterable[ParamFout] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        standaard = _CODES.get(status, ("error", HTTPStatus(status).phrase))
        self.status = status
        self.code = code or standaard[0]
        self.titel = standaard[1]
        self.detail = detail or standaard[1]
        self.fouten = tuple(fouten)
        self.headers = headers or {}
        super().__init__(f"{self.status} {self.code}: {self.detail}")

    def als_antwoord(self) -> Response:
        """Het antwoord, met een eigen `instance` die ook in het log staat."""
        instantie = f"urn:uuid:{uuid4()}"
        lichaam: dict[str, object] = {
            "type": f"urn:dienstverlening:fout:{self.code}",
            "code": self.code,
            "title": self.titel,
            "status": self.status,
            "detail": self.detail,
            "instance": instantie,
        }
        if self.fouten:
            lichaam["invalidParams"] = [fout.als_json() for fout in self.fouten]
        log.info(
            "probleem",
            status=self.status,
            code=self.code,
            instance=instantie,
            velden=[fout.naam for fout in self.fouten],
        )
        return Response(orjson.dumps(lichaam), self.status, self.headers, content_type="application/problem+json")


class Ongeldig(Probleem):
    """400 `invalid`: de invoer klopt niet, met alle fouten tegelijk."""

    def __init__(self, *fouten: ParamFout) -> None:
        super().__init__(400, code="invalid", detail="De gegevens zijn niet geldig.", fouten=fouten)


def registreer_problemen(app: Flask) -> None:
    """Laat een API-app elke fout als problem+json geven, ook onverwachte (500, zonder inhoudelijke details)."""
    app.register_error_handler(Probleem, Probleem.als_antwoord)
    app.register_error_handler(
        HTTPException, lambda fout: Probleem(fout.code or 500, headers=_overgenomen(fout)).als_antwoord()
    )
    app.register_error_handler(Exception, _onverwacht)


def _overgenomen(fout: HTTPException) -> dict[str, str]:
    return {naam: waarde for naam, waarde in fout.get_headers() if naam in ("Allow", "Retry-After")}


def _onverwacht(fout: Exception) -> Response:
    log.error("onverwachte fout", exc_info=fout)
    return Probleem(500).als_antwoord()
