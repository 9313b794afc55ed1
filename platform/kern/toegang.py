"""Wie mag waar: elke route zegt het zelf, en een route die niets zegt wordt bij het registreren geweigerd.

    @app.get("/")
    @openbaar
    def start(): ...

    @app.get("/zaken/<uuid:zaak>")
    @voor_inwoner()
    def zaak(zaak: UUID):
        gevonden = ...
        bewaak([("bsn", gevonden.bsn)], huidige_identiteit())   # van een ander: 404

De regel staat als kenmerk op de functie en wordt door de app (`kern.web`) getoetst voordat de functie loopt.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar, cast
from urllib.parse import urlencode, urlsplit

import structlog
from flask import Flask, abort, current_app, g, redirect, request, session
from pydantic import ValidationError

from kern.fouten import Probleem
from kern.machines import Aanroeper, Poortwachter
from kern.sessies import IDENTITEIT, beeindig

if TYPE_CHECKING:
    from kern.aanmelden.identiteit import Identiteit

log = structlog.get_logger()
Soort = Literal["openbaar", "inwoner", "medewerker", "beheer", "machine"]
Eigenaar = tuple[str, str]
"""(soort, waarde): soort is bsn, pseudoniem (eIDAS), kvk, vestiging of medewerker."""

KENMERK = "toegangsregel"
AANMELDADRES = "/aanmelden/"
BIJ_VERLOPEN = "bij_verlopen"
F = TypeVar("F", bound=Callable[..., Any])


class ToegangFout(Exception):
    """Een route zegt niet wie haar mag gebruiken. De tekst noemt de route."""


@dataclass(frozen=True)
class Toegangsregel:
    """Wie een route mag gebruiken. `details` zijn rollen (medewerker, beheer), soorten (inwoner) of scopes (machine)."""

    soort: Soort
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.soort}: {', '.join(self.details)}" if self.details else self.soort

    def __call__(self, functie: F) -> F:
        setattr(functie, KENMERK, self)
        return functie


def openbaar(functie: F) -> F:
    """Iedereen mag deze route gebruiken, ook zonder aanmelden."""
    return Toegangsregel("openbaar")(functie)


def voor_inwoner(*soorten: Literal["inwoner", "ondernemer"]) -> Toegangsregel:
    """Alleen wie als inwoner of ondernemer is aangemeld (of alleen een van beide soorten)."""
    return Toegangsregel("inwoner", soorten)


def voor_medewerker(*rollen: str) -> Toegangsregel:
    """Alleen een medewerker met minstens één van deze rollen; zonder rollen elke medewerker."""
    return Toegangsregel("medewerker", rollen)


def voor_beheer(rol: str, *andere: str) -> Toegangsregel:
    """Alleen een medewerker met een van deze beheerrollen (`operator`, `functioneel-beheerder`)."""
    return Toegangsregel("beheer", (rol, *andere))


def voor_machine(*scopes: str, aanmelding: Literal["zgw", "token"] = "zgw") -> Toegangsregel:
    """Alleen een andere machine, met een JWT (zgw) of een token; `huidige_aanroeper()` zegt wie.

    `scopes` staan in het toegangsoverzicht; of de aanroeper ze heeft, toetst de API zelf per resource.
    """
    return Toegangsregel("machine", (aanmelding, *scopes))


def regel_van(endpoint: str, functie: Callable[..., Any] | None) -> Toegangsregel | None:
    """De regel van een route; de statische bestanden van een app of blauwdruk zijn openbaar."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return Toegangsregel("openbaar")
    return getattr(functie, KENMERK, None)


def eis_regel(endpoint: str, functie: Callable[..., Any] | None) -> None:
    """Geef `ToegangFout` als een route geen toegangsregel heeft."""
    if regel_van(endpoint, functie) is None:
        raise ToegangFout(
            f"route {endpoint} heeft geen toegangsregel: zet @openbaar, @voor_inwoner(), @voor_medewerker(…), "
            "@voor_beheer(…) of @voor_machine() onder de route"
        )


@dataclass(frozen=True)
class Routetoegang:
    """Eén regel van het toegangsoverzicht."""

    methoden: tuple[str, ...]
    pad: str
    regel: Toegangsregel | None


def toegangsoverzicht(app: Flask) -> list[Routetoegang]:
    """Elke route van een app met wie haar mag gebruiken."""
    return sorted(_routes(app), key=lambda route: (route.pad, route.methoden))


def routes_zonder_toegang(app: Flask) -> list[str]:
    """De routes zonder toegangsregel; hoort leeg te zijn, ook bij een gewone `Flask`."""
    return [f"{'/'.join(route.methoden)} {route.pad}" for route in toegangsoverzicht(app) if route.regel is None]


def _routes(app: Flask) -> Iterator[Routetoegang]:
    for rule in app.url_map.iter_rules():
        methoden = tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        yield Routetoegang(methoden, rule.rule, regel_van(rule.endpoint, app.view_functions.get(rule.endpoint)))


def huidige_identiteit() -> "Identiteit | None":
    """Wie er in dit verzoek is aangemeld, of None."""
    if IDENTITEIT not in g:
        g.identiteit = _lees_identiteit()
    return cast("Identiteit | None", g.identiteit)


def eis_identiteit() -> "Identiteit":
    """Wie er is aangemeld; voor routes die dat met hun toegangsregel al verplichten."""
    identiteit = huidige_identiteit()
    if identiteit is None:
        raise RuntimeError("deze route laat ook wie niet is aangemeld toe")
    return identiteit


def _lees_identiteit() -> "Identiteit | None":
    from kern.aanmelden.identiteit import Identiteit  # noqa: PLC0415  # aanmelden gebruikt zelf deze module voor zijn routes

    bewaard = session.get(IDENTITEIT)
    if not bewaard:
        return None
    try:
        return Identiteit.model_validate(bewaard)
    except ValidationError:
        log.warning("identiteit in sessie onleesbaar; opnieuw aanmelden")  # bijvoorbeeld van voor een nieuwe versie
        beeindig()
        return None


def huidige_aanroeper() -> Aanroeper:
    """De machine achter dit verzoek; alleen in routes met `@voor_machine`."""
    return cast("Aanroeper", g.aanroeper)


def toets_route() -> Any:
    """Laat een verzoek door, of geef een omleiding naar aanmelden; hoort als before_request bij elke app van `kern.web`."""
    if request.endpoint is None or request.method == "OPTIONS":
        return None
    regel = regel_van(request.endpoint, current_app.view_functions.get(request.endpoint))
    if regel is None:
        raise ToegangFout(request.endpoint)
    if regel.soort == "machine":
        g.aanroeper = _machine(regel.details[0])
        return None
    return None if regel.soort == "openbaar" else _toets_persoon(regel)


def _machine(aanmelding: str) -> Aanroeper:
    poortwachter = cast("Poortwachter", current_app.extensions["poortwachter"])
    kop = request.headers.get("Authorization")
    return poortwachter.zgw(kop) if aanmelding == "zgw" else poortwachter.token(kop)


def _toets_persoon(regel: Toegangsregel) -> Any:
    identiteit = huidige_identiteit()
    if identiteit is None:
        return _te_laat() or redirect(aanmeldadres("inwoner" if regel.soort == "inwoner" else "medewerker"))
    if not _voldoet(regel, identiteit):
        abort(403)
    return None


def _te_laat() -> Any:
    """Een formulier na het einde van de sessie: het onderdeel mag de antwoorden redden (`bij_verlopen` van `kern.web`)."""
    bij_verlopen = current_app.extensions.get(BIJ_VERLOPEN)
    return bij_verlopen() if bij_verlopen and request.method == "POST" else None


def _voldoet(regel: Toegangsregel, identiteit: "Identiteit") -> bool:
    if regel.soort == "inwoner":
        return identiteit.soort in (regel.details or ("inwoner", "ondernemer"))
    heeft_rol = not regel.details or bool(set(regel.details) & set(identiteit.rollen))
    return identiteit.soort == "medewerker" and heeft_rol


def aanmeldadres(voor: Literal["inwoner", "medewerker"], **meer: str) -> str:
    """Waar iemand zich aanmeldt om daarna hier terug te komen: `/aanmelden/?voor=…&terug=…`."""
    return f"{AANMELDADRES}?{urlencode({'voor': voor, 'terug': _hier(), **meer})}"


def _hier() -> str:
    """Het pad van deze pagina; na een POST de pagina waar het formulier stond, want een POST is niet te herhalen."""
    if request.method in ("GET", "HEAD"):
        query = f"?{request.query_string.decode(errors='replace')}" if request.query_string else ""
        return veilig_pad(f"{request.script_root}{request.path}{query}")
    vorige = urlsplit(request.referrer or "")
    return veilig_pad(vorige.path if vorige.netloc == request.host else request.script_root + "/")


def veilig_pad(pad: str | None, anders: str = "/") -> str:
    r"""`pad` als het een pad op dit platform is; een ander adres (ook `//host`, `/\\host`) wordt `anders`."""
    return pad if pad and re.fullmatch(r"/(?![/\\])[^\x00-\x20\\]*", pad) else anders


def eigenaar_van(identiteit: "Identiteit") -> Eigenaar:
    """Van wie iets moet zijn om het deze persoon te tonen.

    Wie met een machtiging handelt, ziet alleen wat van de vertegenwoordigde is; is een organisatie beperkt tot een vestiging,
    dan alleen wat van die vestiging is.
    """
    if identiteit.machtiging:
        soort = "kvk" if identiteit.machtiging.soort == "kvkNummer" else "bsn"
        return soort, identiteit.machtiging.vertegenwoordigde
    kenmerken = {
        "inwoner": (("bsn", identiteit.bsn), ("pseudoniem", identiteit.pseudoniem)),
        "ondernemer": (("vestiging", identiteit.vestiging), ("kvk", identiteit.kvk)),
        "medewerker": (("medewerker", identiteit.gebruikersnaam),),
    }
    return next(kenmerk for kenmerk in kenmerken[identiteit.soort] if kenmerk[1])


def bewaak(eigenaren: Iterable[Eigenaar], identiteit: "Identiteit | None") -> None:
    """404 als iets van geen van deze eigenaren is: wie er niet bij mag, hoort ook niet te weten dat het bestaat."""
    if identiteit is None or eigenaar_van(identiteit) not in set(eigenaren):
        _niet_gevonden()


def _niet_gevonden() -> NoReturn:
    if "poortwachter" in current_app.extensions:
        raise Probleem(404)
    abort(404)
