"""
Taal van schermen: Nederlands is de bron, andere talen staan in een catalogus (JSON: Nederlandse tekst -> vertaling).

Gekozen voor JSON in plaats van gettext-bestanden: geen compileerstap, leesbaar in een review, en een test kan zien wat
ontbreekt. In sjablonen werken `_("tekst %(naam)s", naam=…)` en `ngettext`, in Python `vertaal` en `lui`. Anders dan bij de gettext van
Jinja is een tekst nooit opmaak: alles wordt bij het tonen ontsnapt, ook als de tekst zelf uit gegevens komt.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from flask import current_app, g, has_request_context, request
from markupsafe import Markup, escape

TALEN: Final[Mapping[str, str]] = {"nl": "Nederlands", "en": "English"}
STANDAARDTAAL: Final = "nl"
COOKIE: Final = "taal"

_afgedwongen: ContextVar[str | None] = ContextVar("huisstijl_taal", default=None)


class Catalogus:
    """Vertalingen per taal. Onveranderlijk: `met` geeft een nieuwe die ook de andere teksten kent."""

    def __init__(self, teksten: Mapping[str, Mapping[str, str]]) -> None:
        self.teksten = {taal: dict(paren) for taal, paren in teksten.items()}

    @classmethod
    def lees(cls, map_: Path) -> "Catalogus":
        """Leest `<taal>.json` uit een map; een taal zonder bestand valt terug op het Nederlands."""
        return cls({pad.stem: json.loads(pad.read_text("utf-8")) for pad in sorted(map_.glob("*.json"))})

    def met(self, ander: "Catalogus") -> "Catalogus":
        """Deze catalogus met de teksten van `ander` erbij; bij dezelfde tekst wint `ander`."""
        talen = self.teksten.keys() | ander.teksten.keys()
        return Catalogus({t: {**self.teksten.get(t, {}), **ander.teksten.get(t, {})} for t in talen})

    def zoek(self, tekst: str, taal: str) -> str:
        """De tekst in `taal`, of de Nederlandse als die er niet is."""
        return self.teksten.get(taal, {}).get(tekst, tekst)

    def ontbrekend(self, teksten: Iterator[str] | set[str], taal: str = "en") -> set[str]:
        """Welke van `teksten` geen vertaling hebben; voor een test."""
        return {tekst for tekst in teksten if tekst not in self.teksten.get(taal, {})}


EIGEN: Final = Catalogus.lees(Path(__file__).parent / "vertalingen")


def huidige_taal() -> str:
    """De taal van dit verzoek (of van het blok `in_taal`); buiten een verzoek Nederlands."""
    afgedwongen = _afgedwongen.get()
    if afgedwongen:
        return afgedwongen
    if not has_request_context():
        return STANDAARDTAAL
    if "huisstijl_taal" not in g:  # pas als iemand het vraagt: een foutpagina komt soms voor elke before_request
        g.huisstijl_taal = _kies_taal()
    return str(g.huisstijl_taal)


def _kies_taal() -> str:
    weergave = current_app.extensions.get("huisstijl")
    gekozen = str(weergave.taal_kiezer()) if weergave else STANDAARDTAAL
    return gekozen if gekozen in TALEN else STANDAARDTAAL


@contextmanager
def in_taal(taal: str) -> Iterator[None]:
    """Dwingt een taal af, bijvoorbeeld voor een brief in een worker."""
    teken = _afgedwongen.set(taal if taal in TALEN else STANDAARDTAAL)
    try:
        yield
    finally:
        _afgedwongen.reset(teken)


def _catalogus() -> Catalogus:
    if not has_request_context():
        return EIGEN
    weergave = current_app.extensions.get("huisstijl")
    return weergave.catalogus if weergave else EIGEN


def vertaal(tekst: str, /, **waarden: object) -> str:
    """De tekst in de huidige taal, met `%(naam)s` ingevuld. Zonder waarden blijft een procentteken een procentteken."""
    return vertaal_uit(_catalogus(), tekst, waarden)


def vertaal_uit(catalogus: Catalogus, tekst: str, waarden: Mapping[str, object]) -> str:
    """Als `vertaal`, maar uit een eigen catalogus: voor een bibliotheek die ook zonder app vertaalt."""
    gevonden = catalogus.zoek(tekst, huidige_taal())
    if any(hasattr(waarde, "__html__") for waarde in waarden.values()):
        return escape(gevonden) % waarden
    return gevonden % waarden if waarden else gevonden


def vertaal_aantal(enkelvoud: str, meervoud: str, aantal: int, /, **waarden: object) -> str:
    """`enkelvoud` bij precies 1, anders `meervoud`; `%(aantal)s` is het getal."""
    return vertaal(enkelvoud if aantal == 1 else meervoud, aantal=aantal, **waarden)


class LuieTekst:
    """Een tekst die pas bij het tonen vertaald wordt: voor labels die bij het laden van een module ontstaan."""

    def __init__(self, tekst: str, waarden: Mapping[str, object]) -> None:
        self._tekst = tekst
        self._waarden = waarden

    def __str__(self) -> str:
        return vertaal(self._tekst, **self._waarden)

    def __html__(self) -> Markup:
        return escape(str(self))


def lui(tekst: str, /, **waarden: object) -> str:
    """Als `vertaal`, maar pas op het moment van tonen. Voor het type is het een gewone `str`."""
    return LuieTekst(tekst, waarden)  # type: ignore[return-value]  # gedraagt zich als tekst waar WTForms en Jinja hem tonen


def kies(teksten: Mapping[str, str] | str | None, taal: str | None = None) -> str:
    """Kiest uit `{"nl": …, "en": …}`: de gevraagde taal, anders Nederlands, anders de eerste. Een losse tekst blijft zichzelf."""
    if not teksten:
        return ""
    if isinstance(teksten, str):
        return teksten
    return teksten.get(taal or huidige_taal()) or teksten.get(STANDAARDTAAL) or next(iter(teksten.values()))


def uit_verzoek() -> str:
    """De gewone taalkiezer: `?taal=en` in het adres, anders de cookie van een eerdere keuze, anders Nederlands.

    Niet uit Accept-Language: een gemeentepagina is Nederlands tot iemand kiest, en zo is ze voor iedereen te bewaren.
    """
    for keuze in (request.args.get("taal"), request.cookies.get(COOKIE)):
        if keuze in TALEN:
            return str(keuze)
    return STANDAARDTAAL


_AANROEP = re.compile(
    r"""(?:\b_|\bgettext|\bvertaal|\blui)\(\s*(?P<quote>["'])(?P<tekst>(?:\\.|(?!(?P=quote)).)+)(?P=quote)"""
)
_PAAR = re.compile(r"""\b(?:ngettext|vertaal_aantal)\(\s*"(?P<een>[^"]+)",\s*"(?P<meer>[^"]+)\"""")


def teksten_in(map_: Path) -> set[str]:
    """Alle te vertalen teksten in de sjablonen en Python-bestanden onder `map_`; voor de test op ontbrekende vertalingen."""
    gevonden: set[str] = set()
    for pad in (*map_.rglob("*.html"), *map_.rglob("*.py")):
        bron = pad.read_text("utf-8")
        gevonden |= {treffer["tekst"] for treffer in _AANROEP.finditer(bron)}
        gevonden |= {treffer[naam] for treffer in _PAAR.finditer(bron) for naam in ("een", "meer")}
    return gevonden
