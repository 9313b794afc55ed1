"""Foutpagina's van schermen: duidelijk, zonder techniek, met een kenmerk dat ook in het log staat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template_string, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kern.fouten import Probleem
from kern.toegang import BIJ_VERLOPEN

log = structlog.get_logger()

_TEKSTEN: dict[int, tuple[str, str, str, str]] = {
    400: (
        "Dat lukt niet",
        "Er klopt iets niet aan wat u stuurde. Ga terug en probeer het opnieuw.",
        "That did not work",
        "Something is wrong with what you sent. Go back and try again.",
    ),
    401: ("Log in", "U moet inloggen om verder te gaan.", "Sign in", "You need to sign in to continue."),
    403: (
        "Geen toegang",
        "U bent ingelogd, maar u mag deze pagina niet bekijken.",
        "No access",
        "You are signed in, but you may not view this page.",
    ),
    404: (
        "Niet gevonden",
        "Deze pagina bestaat niet, of niet meer.",
        "Not found",
        "This page does not exist, or no longer exists.",
    ),
    409: (
        "Intussen gewijzigd",
        "De gegevens zijn intussen gewijzigd. Bekijk de pagina opnieuw en probeer het nog een keer.",
        "Changed meanwhile",
        "The data has changed in the meantime. Reload the page and try again.",
    ),
    413: (
        "Te groot",
        "Wat u stuurde is te groot. Kies een kleiner bestand.",
        "Too large",
        "What you sent is too large. Choose a smaller file.",
    ),
    429: (
        "Even wachten",
        "U probeerde dit te vaak. Wacht even en probeer het dan opnieuw.",
        "Please wait",
        "You tried this too often. Wait a moment and try again.",
    ),
    500: (
        "Er ging iets mis",
        "Er ging iets mis bij ons. Probeer het later opnieuw.",
        "Something went wrong",
        "Something went wrong on our side. Please try again later.",
    ),
    503: (
        "Even niet bereikbaar",
        "Deze dienst is nu niet bereikbaar. Probeer het over een paar minuten opnieuw.",
        "Temporarily unavailable",
        "This service is unavailable right now. Please try again in a few minutes.",
    ),
}
_VERLOPEN = (
    "De pagina was te lang open",
    "Voor uw veiligheid is deze pagina verlopen. Ga terug naar de pagina en verstuur haar opnieuw.",
    "The page was open too long",
    "For your safety this page has expired. Go back to the page and send it again.",
)

_EENVOUDIG = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ fout.titel }}</title></head>
<body>
<main>
<h1>{{ fout.titel }}</h1>
<p>{{ fout.tekst }}</p>
<div lang="en"><h2>{{ fout.titel_en }}</h2><p>{{ fout.tekst_en }}</p></div>
{% if fout.terug %}<p><a href="{{ fout.terug }}">Terug naar de pagina (back to the page)</a></p>{% endif %}
{% if fout.kenmerk %}<p>Kenmerk (reference): {{ fout.kenmerk }}</p>{% endif %}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Fout:
    """Wat een foutpagina laat zien. `kenmerk` is de trace-id, `terug` een adres om het opnieuw te proberen (of leeg)."""

    status: int
    titel: str
    tekst: str
    titel_en: str
    tekst_en: str
    kenmerk: str = ""
    terug: str = ""


Foutpagina = Callable[[Fout], str]
BijVerlopen = Callable[[], ResponseReturnValue | None]


def zet_foutpagina(app: Flask, maak: Foutpagina) -> None:
    """Laat `maak` de foutpagina's van `app` opmaken (huisstijl); lukt dat niet, dan komt de eenvoudige pagina."""
    app.extensions["foutpagina"] = maak


def registreer_foutpaginas(app: Flask, bij_verlopen: BijVerlopen | None) -> None:
    """Laat een scherm-app elke fout als pagina tonen.

    `bij_verlopen` loopt als een formulier te laat komt: het CSRF-token klopt niet meer, of de sessie is voorbij. Het kan het
    formulier met de antwoorden opnieuw tonen, of ze als concept bij de (nieuwe, anonieme) sessie bewaren en naar
    `kern.toegang.aanmeldadres` sturen; None geeft de gewone pagina. Het verzoek is niet te vertrouwen: er mag verder niets gebeuren.
    """
    from flask_wtf.csrf import CSRFError  # noqa: PLC0415  # zie kern.web.app.maak_scherm_app

    app.extensions[BIJ_VERLOPEN] = bij_verlopen
    app.register_error_handler(CSRFError, lambda _fout: _verlopen(bij_verlopen))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Probleem, lambda fout: _antwoord(_van(fout.status), fout.headers))
    app.register_error_handler(Exception, _onverwacht)


def _verlopen(bij_verlopen: BijVerlopen | None) -> Any:
    eigen = bij_verlopen() if bij_verlopen else None
    terug = f"{request.script_root}{request.path}"
    return _antwoord(Fout(400, *_VERLOPEN, _kenmerk(), terug)) if eigen is None else eigen


def _http(fout: HTTPException) -> Response:
    koppen = {naam: waarde for naam, waarde in fout.get_headers() if naam in ("Allow", "Retry-After")}
    return _antwoord(_van(fout.code or 500), koppen)


def _onverwacht(fout: Exception) -> Response:
    log.error("onverwachte fout", exc_info=fout)
    return _antwoord(_van(500))


def _van(status: int) -> Fout:
    anders = 400 if status < 500 else 500  # noqa: PLR2004  # fout van de bezoeker of van ons
    return Fout(status, *_TEKSTEN.get(status, _TEKSTEN[anders]), _kenmerk())


def _kenmerk() -> str:
    return g.spoor.trace_id if "spoor" in g else ""


def _antwoord(fout: Fout, koppen: dict[str, str] | None = None) -> Response:
    antwoord = make_response(_pagina(fout), fout.status)
    antwoord.headers.update(koppen or {})
    return antwoord


def _pagina(fout: Fout) -> str:
    maak: Foutpagina | None = current_app.extensions.get("foutpagina")
    if maak:
        try:
            return maak(fout)
        except Exception:
            log.exception("de foutpagina zelf geeft een fout")
    return render_template_string(_EENVOUDIG, fout=fout)
