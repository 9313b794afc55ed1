"""Zet de huisstijl op een Flask-app: sjablonen, filters, vertalingen, bestanden en alles wat `basis.html` nodig heeft."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, get_flashed_messages, render_template, request
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined, Undefined

from huisstijl import middelen
from huisstijl.filters import FILTERS
from huisstijl.taal import COOKIE, EIGEN, TALEN, Catalogus, huidige_taal, kies, uit_verzoek, vertaal, vertaal_aantal
from kern.installatie import Installatie
from kern.web import zet_foutpagina

EEN_JAAR = 31_536_000


@dataclass(frozen=True)
class Navigatiepunt:
    """Een regel in de navigatie. `naam` is een te vertalen tekst; `teller` staat er als getal achter (0: niet)."""

    naam: str
    adres: str
    teller: int = 0
    exact: bool = False

    def is_huidig(self, pad: str) -> bool:
        """Of `pad` deze pagina is of eronder valt (bij `exact` alleen de pagina zelf)."""
        eigen = self.adres.rstrip("/")
        return pad.rstrip("/") == eigen or (not self.exact and pad.startswith(eigen + "/"))


@dataclass(frozen=True)
class Gebruiker:
    """Wie er aangemeld is. `namens` is de organisatie of persoon voor wie iemand handelt; uitloggen gaat per POST.

    `werkplek` is het adres van de startpagina van medewerkers; leeg bij inwoners en ondernemers.
    """

    naam: str
    uitlogadres: str
    namens: str = ""
    werkplek: str = ""


@dataclass(frozen=True)
class Sessie:
    """Hoe lang de sessie nog duurt en waar een GET haar verlengt; voor de waarschuwing twee minuten voor het einde."""

    seconden: int
    verlengadres: str


@dataclass(frozen=True)
class Voetkolom:
    """Een kolom in de voet: een kop en links (tekst, adres)."""

    kop: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Taalkeuze:
    code: str
    naam: str
    adres: str
    huidig: bool


@dataclass(frozen=True)
class Huisstijl:
    """Wat `registreer` vastlegt; in sjablonen beschikbaar als `huisstijl`."""

    titel: str
    organisatie: str | Callable[[], str]
    thuis: str
    catalogus: Catalogus
    thema: middelen.Thema
    taal_kiezer: Callable[[], str]
    navigatie_van: Callable[[], Sequence[Navigatiepunt]]
    gebruiker_van: Callable[[], Gebruiker | None]
    sessie_van: Callable[[], Sessie | None]
    voet: Sequence[Voetkolom] = field(default=())
    aanmeldadres: str = ""
    telefoon: str = ""

    @property
    def taal(self) -> str:
        return huidige_taal()

    @property
    def organisatienaam(self) -> str:
        return self.organisatie if isinstance(self.organisatie, str) else self.organisatie()

    @property
    def navigatie(self) -> Sequence[Navigatiepunt]:
        return self.navigatie_van()

    @property
    def gebruiker(self) -> Gebruiker | None:
        return self.gebruiker_van()

    @property
    def sessie(self) -> Sessie | None:
        return self.sessie_van()

    @property
    def talen(self) -> list[Taalkeuze]:
        """De taalwissel: links naar deze pagina in de andere taal; werkt zonder JavaScript."""
        return [Taalkeuze(code, naam, _taaladres(code), code == huidige_taal()) for code, naam in TALEN.items()]

    def middel(self, naam: str) -> str:
        return middelen.adres(naam)

    def pad(self) -> str:
        """Het pad van deze pagina zoals de bezoeker het ziet, met het voorvoegsel van het onderdeel."""
        return f"{request.script_root}{request.path}"


def _taaladres(code: str) -> str:
    overig = [(naam, waarde) for naam, waarde in request.args.items(multi=True) if naam != "taal"]
    return "?" + urlencode([*overig, ("taal", code)])


class Ontbreekt(Undefined):
    """Vragen of iets er is mag (`{% if zaak.toelichting %}`); iets tonen wat er niet is, is een fout in het sjabloon."""

    __str__ = StrictUndefined.__str__
    __iter__ = StrictUndefined.__iter__
    __len__ = StrictUndefined.__len__


def _niets() -> None:
    return None


def registreer(  # de schil heeft veel instelbare plekken; alles op één plaats is het duidelijkst
    app: Flask,
    *,
    titel: str,
    taal_kiezer: Callable[[], str] = uit_verzoek,
    navigatie: Callable[[], Sequence[Navigatiepunt]] = tuple,
    organisatie: str | Callable[[], str] = "",
    thema: str | Path = "voorbeeldgemeente",
    gebruiker: Callable[[], Gebruiker | None] = _niets,
    sessie: Callable[[], Sessie | None] = _niets,
    voet: Sequence[Voetkolom] = (),
    vertalingen: Path | None = None,
    thuis: str = "/",
    aanmeldadres: str = "",
) -> Huisstijl:
    """Geeft `app` de huisstijl. Sjablonen beginnen daarna met `{% extends "basis.html" %}`.

    `titel` is de naam van het onderdeel; `vertalingen` de map met `<taal>.json` van het onderdeel zelf; `thema` de naam van
    een meegebouwd thema of het pad van een CSS-bestand met variabelen; `organisatie` en `voet` komen standaard uit de
    instellingen. De callables draaien per verzoek.
    """
    catalogus = EIGEN.met(Catalogus.lees(vertalingen)) if vertalingen else EIGEN
    weergave = Huisstijl(
        titel, organisatie or _gemeente(app), thuis, catalogus, middelen.Thema(thema), taal_kiezer, navigatie, gebruiker, sessie,
        voet or _voet(app), aanmeldadres, _telefoon(app),
    )  # fmt: skip
    app.extensions["huisstijl"] = weergave
    app.register_blueprint(middelen.blauwdruk(weergave.thema))
    app.after_request(_onthoud_taal)
    _zet_sjablonen(app, weergave)
    zet_foutpagina(app, lambda fout: render_template("fout.html", fout=fout))
    return weergave


def vul_aan(app: Flask, *, sjablonen: str, teksten: Catalogus) -> None:
    """Geeft een app met de huisstijl de sjablonen (pakketnaam) en vertalingen van een gedeelde bibliotheek erbij."""
    laders = [lader for lader in (app.jinja_loader, PackageLoader(sjablonen)) if lader is not None]
    app.jinja_loader = ChoiceLoader(laders)
    weergave: Huisstijl = app.extensions["huisstijl"]
    app.extensions["huisstijl"] = replace(weergave, catalogus=teksten.met(weergave.catalogus))


def _gemeente(app: Flask) -> str:
    installatie: Installatie | None = app.extensions.get("installatie")
    return installatie.instellingen.gemeente_naam if installatie else "Gemeente"


def _telefoon(app: Flask) -> str:
    installatie: Installatie | None = app.extensions.get("installatie")
    return installatie.instellingen.gemeente_telefoon if installatie else ""


def _voet(app: Flask) -> Sequence[Voetkolom]:
    """De pagina's van de gemeente zelf die in de instellingen staan (Besluit digitale toegankelijkheid overheid, AVG)."""
    installatie: Installatie | None = app.extensions.get("installatie")
    if installatie is None:
        return ()
    gemeente = installatie.instellingen
    links = [
        ("Contact", gemeente.gemeente_contact),
        ("Privacy", gemeente.gemeente_privacy),
        ("Toegankelijkheid", gemeente.gemeente_toegankelijkheid),
    ]
    gevuld = [(tekst, adres) for tekst, adres in links if adres]
    return [Voetkolom("Over deze website", gevuld)] if gevuld else ()


def _zet_sjablonen(app: Flask, weergave: Huisstijl) -> None:
    laders = [lader for lader in (app.jinja_loader, PackageLoader("huisstijl")) if lader is not None]
    app.jinja_loader = ChoiceLoader(laders)
    omgeving = app.jinja_env
    omgeving.undefined = Ontbreekt
    omgeving.trim_blocks = omgeving.lstrip_blocks = True
    omgeving.add_extension("jinja2.ext.do")
    omgeving.filters.update(FILTERS)
    omgeving.globals.update({"_": vertaal, "gettext": vertaal, "ngettext": vertaal_aantal})
    omgeving.globals.update(huisstijl=weergave, kies=kies, huidige_taal=huidige_taal, meldingen=_meldingen)


def _meldingen() -> list[tuple[str, str]]:
    """Eenmalige meldingen als (soort, tekst); soort is ok, info, warning of error."""
    soorten = {"message": "info", "success": "ok"}
    paren: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    return [(soorten.get(soort, soort), tekst) for soort, tekst in paren]


def _onthoud_taal(antwoord: Response) -> Response:
    if request.args.get("taal") in TALEN:
        antwoord.set_cookie(
            COOKIE, request.args["taal"], max_age=EEN_JAAR, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
        )  # fmt: skip
    return antwoord
