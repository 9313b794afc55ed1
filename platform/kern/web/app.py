"""De twee soorten apps: schermen voor mensen en API's voor machines."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, request, session
from sqlalchemy.exc import DataError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule

from kern.aanmelden import afmelddoelen
from kern.fouten import Ongeldig, ParamFout, registreer_problemen
from kern.installatie import Installatie
from kern.machines import Poortwachter
from kern.sessies import GeenSessies, RedisSessies
from kern.toegang import eis_regel, toets_route
from kern.web.foutpagina import BijVerlopen, registreer_foutpaginas
from kern.web.koppen import apikoppen, csp_nonce, schermkoppen
from kern.web.verkeer import VastAdres, volg

MB = 1_000_000
UPLOAD = "grote_upload"
F = TypeVar("F", bound=Callable[..., Any])


class Verzoek(Request):
    """Een verzoek waarvan een te groot lichaam nooit stil wordt afgekapt, ook niet zonder Content-Length."""

    def get_data(self, *args: Any, **kw: Any) -> Any:
        gelezen = super().get_data(*args, **kw)
        grens = self.max_content_length
        if self.content_length is None and grens is not None and len(gelezen) >= grens:
            raise RequestEntityTooLarge
        return gelezen


class LuieRoute(Rule):
    """Een route die pas leert haar adres te maken als iemand erom vraagt.

    Een API maakt bijna nooit een adres van een route, en bij achthonderd routes is dit een kwart van de starttijd.
    """

    def _compile_builder(
        self, append_unknown: bool = True
    ) -> Callable[..., tuple[str, str]]:  # zo heet het bij werkzeug
        leer, geleerd = super()._compile_builder, list[Callable[..., tuple[str, str]]]()

        def maak(route: Rule, /, **waarden: Any) -> tuple[str, str]:
            if not geleerd:
                geleerd.append(leer(append_unknown))
            return geleerd[0](route, **waarden)

        return maak


class App(Flask):
    """Een Flask-app die alleen routes met een toegangsregel aanneemt (`ToegangFout` bij het registreren)."""

    request_class = Verzoek
    url_rule_class = LuieRoute

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Any = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        eis_regel(endpoint or str(getattr(view_func, "__name__", rule)), view_func)
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)


def maak_scherm_app(
    naam: str,
    installatie: Installatie,
    *,
    import_naam: str,
    bij_verlopen: BijVerlopen | None = None,
    csp: Mapping[str, Iterable[str]] | None = None,
    **kw: Any,
) -> Flask:
    """Een app met schermen: sessie, CSRF, CSP met nonce, toegangsregels, spoor en foutpagina's.

    `csp` voegt bronnen toe per regel (`{"form-action": ["https://inloggen.example"]}`), `bij_verlopen` toont een te laat
    verstuurd formulier opnieuw (zie `registreer_foutpaginas`), `kw` gaat naar `Flask`.
    """
    from flask_wtf import CSRFProtect  # noqa: PLC0415  # groot; een proces met alleen API's heeft geen schermen

    app = _basis(naam, installatie, import_naam, kw)
    app.session_interface = RedisSessies(installatie)
    app.config.update(
        SECRET_KEY=installatie.leid_af("schermen"),
        WTF_CSRF_TIME_LIMIT=None,  # het token leeft zo lang als de sessie
        WTF_CSRF_SSL_STRICT=False,  # Sec-Fetch-Site hieronder, dat werkt ook zonder Referer
    )
    app.before_request(_eis_sessie)
    app.before_request(_begrens)
    app.before_request(toets_route)
    app.before_request(_weiger_andere_site)
    CSRFProtect(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(schermkoppen(installatie, _met_afmelden(installatie, csp or {})))
    registreer_foutpaginas(app, bij_verlopen)
    return app


def _met_afmelden(installatie: Installatie, csp: Mapping[str, Iterable[str]]) -> dict[str, Iterable[str]]:
    """Elk scherm heeft een uitlogknop: een formulier dat doorstuurt naar het inlogmiddel."""
    doelen = [*csp.get("form-action", ()), *afmelddoelen(installatie.instellingen)]
    return {**csp, "form-action": doelen, "img-src": [*csp.get("img-src", ()), *_kaartdienst(installatie)]}


def _kaartdienst(installatie: Installatie) -> list[str]:
    """De oorsprong van de kaartdienst, als de gemeente die instelde: de browser haalt daar plaatjes."""
    url = urlsplit(installatie.instellingen.kaart_tegels)
    return [f"{url.scheme}://{url.netloc}"] if url.netloc else []


def maak_api_app(naam: str, installatie: Installatie, *, import_naam: str, versie: str = "", **kw: Any) -> Flask:
    """Een app voor een JSON-API: problem+json, headers van ADR 2.1, toegangsregels en spoor; geen sessie en geen CSRF.

    `versie` komt als `API-Version` op elk antwoord.
    """
    app = _basis(naam, installatie, import_naam, {"static_folder": None, **kw})
    app.session_interface = GeenSessies()
    app.extensions["poortwachter"] = Poortwachter(installatie)
    app.before_request(_begrens)
    app.before_request(toets_route)
    app.wsgi_app = apikoppen(app.wsgi_app, installatie, versie)  # type: ignore[assignment,method-assign]  # zo hoort het bij Flask
    registreer_problemen(app)
    app.register_error_handler(DataError, _past_niet)
    return app


def _past_niet(_fout: DataError) -> Response:
    """Een waarde die goed van vorm is maar niet in de database past: een te groot getal, of tekst met een NUL-teken."""
    return Ongeldig(
        ParamFout("nonFieldErrors", "invalid", "Een waarde is te groot of bevat een onmogelijk teken.")
    ).als_antwoord()


def huidige_installatie() -> Installatie:
    """De installatie van de app die dit verzoek afhandelt."""
    return cast("Installatie", current_app.extensions["installatie"])


def upload(functie: F) -> F:
    """Deze route neemt bestanden tot `MAX_UPLOAD_MB` aan in plaats van `MAX_VERZOEK_MB`."""
    setattr(functie, UPLOAD, True)
    return functie


def _basis(naam: str, installatie: Installatie, import_naam: str, kw: dict[str, Any]) -> Flask:
    app = App(import_naam, **kw)
    app.name = naam
    app.extensions["installatie"] = installatie
    app.config["MAX_CONTENT_LENGTH"] = installatie.instellingen.max_verzoek_mb * MB
    app.json.sort_keys = False  # type: ignore[attr-defined]  # van de standaard JSON-provider
    wsgi: Any = VastAdres(app.wsgi_app, installatie.instellingen.adres)
    if installatie.instellingen.proxies:
        wsgi = ProxyFix(wsgi, x_for=installatie.instellingen.proxies, x_proto=0)
    app.wsgi_app = wsgi  # type: ignore[method-assign]  # zo hoort het bij Flask
    volg(app, naam, installatie)
    return app


def _begrens() -> None:
    """Vóór CSRF, want dat leest het formulier al."""
    functie = current_app.view_functions.get(request.endpoint or "")
    if getattr(functie, UPLOAD, False):
        request.max_content_length = huidige_installatie().instellingen.max_upload_mb * MB


def _eis_sessie() -> None:
    if not getattr(session, "bereikbaar", True):
        abort(503)


def _weiger_andere_site() -> None:
    """Naast het CSRF-token: een browser zegt zelf dat een formulier van een andere site komt."""
    if request.method not in ("GET", "HEAD", "OPTIONS") and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
