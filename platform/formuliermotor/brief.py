"""Brieven, e-mails en berichten uit een sjabloon: HTML met FEEL tussen dubbele accolades, en verder geen logica.

    <p>Geachte {{ naam }},</p>
    <p data-als="bedrag > 0">U betaalt {{ bedrag }} euro.</p>
    <ul><li data-elk="reden in redenen">{{ reden }}</li></ul>

Waarden worden altijd als tekst ingevoegd, nooit als HTML. Elementen en attributen buiten de toegestane lijst vervallen.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import nh3
from babel.dates import format_date, format_datetime
from lxml import html as lxml_html
from lxml.html import HtmlElement

import feel
from formuliermotor.pdf import Pdfstijl, schrijf_pdf
from kern.klok import NEDERLAND

TAGS = {
    "p",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "div",
    "span",
    "dl",
    "dt",
    "dd",
    "a",
}
ATTRIBUTEN = {"*": {"data-als", "data-elk", "lang"}, "a": {"href"}, "th": {"scope"}}
UITDRUKKING = re.compile(r"\{\{\s*(.+?)\s*\}\}", re.DOTALL)
STANDAARDTAAL = "nl"


class SjabloonFout(Exception):
    """Een uitdrukking in een sjabloon is niet te lezen of geeft niets. De tekst noemt de uitdrukking."""


@dataclass(frozen=True)
class Gevuld:
    """Een ingevuld sjabloon: `onderwerp` als tekst, `inhoud` als HTML, `tekst` als platte tekst voor e-mail en berichten."""

    onderwerp: str
    inhoud: str
    tekst: str


def vul(
    sjabloon: Mapping[str, Any],
    gegevens: Mapping[str, Any],
    taal: str = STANDAARDTAAL,
    *,
    klok: Callable[[], datetime] | None = None,
) -> Gevuld:
    """Vul `onderwerp` en `inhoud` van een sjabloon in een taal in; ontbreekt de taal, dan Nederlands."""
    onderwerp = _in_taal(sjabloon["onderwerp"], taal)
    wortel = lxml_html.fragment_fromstring(_schoon(_in_taal(sjabloon["inhoud"], taal)), create_parent="div")
    _vul_element(wortel, dict(gegevens), taal, klok)
    inhoud = _schoon(lxml_html.tostring(wortel, encoding="unicode"))
    return Gevuld(_vul_tekst(onderwerp, gegevens, taal, klok), inhoud, platte_tekst(wortel))


def _in_taal(teksten: Mapping[str, str], taal: str) -> str:
    return teksten.get(taal) or teksten[STANDAARDTAAL]


@lru_cache(maxsize=500)
def _schoon(inhoud: str) -> str:
    return nh3.clean(
        inhoud, tags=TAGS, attributes=ATTRIBUTEN, url_schemes={"https", "http", "mailto", "tel"}, link_rel=None
    )


def _vul_element(
    element: HtmlElement, gegevens: dict[str, Any], taal: str, klok: Callable[[], datetime] | None
) -> None:
    for kind in list(element):
        if not isinstance(kind.tag, str):
            continue
        als, elk = kind.attrib.pop("data-als", None), kind.attrib.pop("data-elk", None)
        if als is not None and _evalueer(als, gegevens, klok) is not True:
            _verwijder(kind)
        elif elk is not None:
            _herhaal(kind, elk, gegevens, taal, klok)
        else:
            _vul_element(kind, gegevens, taal, klok)
    element.text = _vul_tekst(element.text or "", gegevens, taal, klok)
    for kind in element:
        kind.tail = _vul_tekst(kind.tail or "", gegevens, taal, klok)


def _verwijder(element: HtmlElement) -> None:
    element.drop_tree()


def _herhaal(
    element: HtmlElement, elk: str, gegevens: dict[str, Any], taal: str, klok: Callable[[], datetime] | None
) -> None:
    """`data-elk="naam in lijst"`: het element één keer per waarde."""
    naam, _, uitdrukking = elk.partition(" in ")
    waarden = _evalueer(uitdrukking, gegevens, klok)
    for waarde in waarden if isinstance(waarden, list) else []:
        kopie = lxml_html.fromstring(lxml_html.tostring(element, with_tail=False, encoding="unicode"))
        element.addprevious(kopie)
        _vul_element(kopie, {**gegevens, naam.strip(): waarde}, taal, klok)
    _verwijder(element)


def _vul_tekst(tekst: str, gegevens: Mapping[str, Any], taal: str, klok: Callable[[], datetime] | None) -> str:
    return UITDRUKKING.sub(lambda deel: als_tekst(_evalueer(html.unescape(deel[1]), gegevens, klok), taal), tekst)


def _evalueer(uitdrukking: str, gegevens: Mapping[str, Any], klok: Callable[[], datetime] | None) -> Any:
    try:
        return feel.compileer(uitdrukking, namen=tuple(gegevens)).evalueer(gegevens, klok=klok).waarde
    except feel.FeelFout as fout:
        raise SjabloonFout(f"{uitdrukking}: {fout}") from None


def als_tekst(waarde: Any, taal: str) -> str:
    """Een waarde zoals een mens haar leest: een datum voluit, een bedrag met komma, ja of nee."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return {"nl": ("nee", "ja"), "en": ("no", "yes")}.get(taal, ("nee", "ja"))[waarde]
    if isinstance(waarde, datetime):
        om = {"nl": "om", "en": "at"}.get(taal, "")
        return format_datetime(waarde.astimezone(NEDERLAND), f"d MMMM y '{om}' HH:mm", locale=taal)
    if isinstance(waarde, date):
        return format_date(waarde, "d MMMM y", locale=taal)
    if isinstance(waarde, list):
        return ", ".join(als_tekst(deel, taal) for deel in waarde)
    return str(waarde).replace(".", ",") if taal == "nl" and isinstance(waarde, Decimal) else str(waarde)


def platte_tekst(element: HtmlElement) -> str:
    """De inhoud zonder opmaak, met witregels tussen alinea's."""
    delen = [
        re.sub(r"\s+", " ", blok.text_content()).strip()
        for blok in element.iter("p", "h2", "h3", "li", "tr", "dt", "dd")
    ]
    return "\n\n".join(filter(None, delen)) or element.text_content().strip()


def maak_brief(
    gevuld: Gevuld,
    geadresseerde: list[str],
    kenmerken: list[tuple[str, str]],
    stijl: Pdfstijl,
    taal: str = STANDAARDTAAL,
) -> bytes:
    """Een brief als getagde PDF/A: afzender, adresblok, kenmerken en de ingevulde inhoud."""
    adres = "<br>".join(html.escape(regel) for regel in geadresseerde)
    regels = "".join(f"<dt>{html.escape(naam)}</dt><dd>{html.escape(waarde)}</dd>" for naam, waarde in kenmerken)
    onderwerp, gemeente = html.escape(gevuld.onderwerp), html.escape(stijl.organisatie)
    return schrijf_pdf(
        f'<!doctype html><html lang="{taal}"><head><meta charset="utf-8"><title>{onderwerp}</title><meta name="author" content="{gemeente}">'
        f"<style>{_CSS.replace('KLEUR', stijl.kleur)}</style></head><body><header><p class='afzender'>{gemeente}</p></header>"
        f"<address>{adres}</address><dl class='kenmerken'>{regels}</dl><main><h1>{onderwerp}</h1>{gevuld.inhoud}</main></body></html>"
    )


_CSS = """
@page { size: A4; margin: 25mm 22mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; color: #555 } }
body { font: 11pt/1.5 'DejaVu Sans', 'Liberation Sans', sans-serif; color: #1b1b1b }
.afzender { font-size: 15pt; font-weight: bold; color: KLEUR; border-bottom: 2pt solid KLEUR; padding-bottom: 4mm; margin: 0 0 14mm }
address { font-style: normal; min-height: 26mm }
.kenmerken { display: grid; grid-template-columns: 42mm 1fr; row-gap: 1mm; font-size: 9.5pt; margin: 6mm 0 8mm }
dt { font-weight: bold } dd { margin: 0 }
h1 { font-size: 14pt; margin: 0 0 5mm } h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid } h3 { font-size: 11pt; margin: 4mm 0 1mm }
p { margin: 0 0 3.5mm; orphans: 3; widows: 3 } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 1.5mm 2mm; border-bottom: .3pt solid #999 }
"""
