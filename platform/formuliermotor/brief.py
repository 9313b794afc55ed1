"""Een brief: een ingevuld sjabloon in de huisstijl, als getagde PDF/A-3a met de gegevens waaruit hij gemaakt is erin.

`maak_brief` keurt de brief voor zij hem teruggeeft (`formuliermotor.briefkeuring`): een brief met een gebrek bestaat niet.
"""

import atexit
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

import feel
from formuliermotor.briefkeuring import keur_brief
from formuliermotor.briefopmaak import LOGOS
from formuliermotor.middelen import Middelen, MiddelFout
from formuliermotor.pdf import TIJDLOOS, Ingesloten, Pdfstijl, Stijlblad, eis_kleur, lettertype_css, schrijf_pdf
from formuliermotor.sjablonen import Gevuld, SjabloonFout, als_tekst, platte_tekst, vul
from formuliermotor.sjablonen.uitdrukkingen import letterlijk

__all__ = [
    "Brief", "Gevuld", "Pdfstijl", "SjabloonFout", "als_tekst", "briefgegevens", "maak_brief", "platte_tekst", "vul",
]  # fmt: skip
GEGEVENSBESTAND = "brief.json"
LAYOUT = 3
"""Versie van de opmaak van brieven; staat bij elk document, zodat te zien is waarmee het gemaakt is."""
TAG_OF_WOORD = re.compile(r'(<(?:[^>"]|"[^"]*")*>)|([^\s<]{30,})')
WOORDEN = {
    "nl": {"bijlagen": "Bijlagen", "pagina": "Pagina", "van": "van", "antwoord": "Antwoordadres"},
    "en": {"bijlagen": "Enclosures", "pagina": "Page", "van": "of", "antwoord": "Reply address"},
}


@dataclass(frozen=True)
class Brief:
    """Wat er in een brief staat. `kenmerken` is (naam, waarde), `ingesloten` zijn de gegevens en de bijlagen die meereizen."""

    gevuld: Gevuld
    geadresseerde: Sequence[str] = ()
    kenmerken: Sequence[tuple[str, str]] = ()
    taal: str = "nl"
    moment: datetime = TIJDLOOS
    ingesloten: Sequence[Ingesloten] = ()


def briefgegevens(sjabloon: Mapping[str, Any], versie: int, taal: str, gegevens: Mapping[str, Any]) -> bytes:
    """De gegevens van een brief als JSON, om in te sluiten: welk sjabloon, welke versie, en waarmee het gevuld is."""
    inhoud = {
        "opmaak": LAYOUT,
        "sjabloon": {"sleutel": sjabloon.get("sleutel", ""), "versie": versie},
        "taal": taal,
        "gegevens": feel.naar_json(feel.uit_python(dict(gegevens))),
    }
    return orjson.dumps(inhoud, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)


def maak_brief(brief: Brief, stijl: Pdfstijl) -> bytes:
    """De brief als PDF. `BriefFout` als de keuring iets vindt, `SjabloonFout` als een afbeelding niet van de gemeente is."""
    blad = _stijlblad(stijl)
    bron = _html(brief, stijl)
    try:
        pdf = schrijf_pdf(bron, blad, brief.ingesloten)
    except MiddelFout as fout:
        raise SjabloonFout(str(fout)) from None
    keur_brief(pdf, titel=brief.gevuld.onderwerp, taal=brief.taal, tekst=bron)
    return pdf


def _html(brief: Brief, stijl: Pdfstijl) -> str:
    woorden, onderwerp, gemeente = WOORDEN.get(brief.taal, WOORDEN["nl"]), letterlijk(html.escape(brief.gevuld.onderwerp)), html.escape(stijl.organisatie)  # fmt: skip
    adres = "<br>".join(html.escape(regel) for regel in brief.geadresseerde)
    regels = "".join(f"<dt>{html.escape(naam)}</dt><dd>{html.escape(waarde)}</dd>" for naam, waarde in brief.kenmerken)
    return (
        f'<!doctype html><html lang="{html.escape(brief.taal)}"><head><meta charset="utf-8"><title>{onderwerp}</title>'
        f'<meta name="author" content="{gemeente}"><meta name="dcterms.created" content="{brief.moment.isoformat()}"></head>'
        f'<body{" class=rechts" if stijl.adres_rechts else ""} data-pagina="{woorden["pagina"]}" data-van="{woorden["van"]}">'
        f"<header>{_afzender(stijl, gemeente)}{_antwoord(stijl, woorden['antwoord'])}</header>"
        f"{f'<address>{adres}</address>' if adres else ''}{f'<dl class=kenmerken>{regels}</dl>' if regels else ''}"
        f"<main><h1>{onderwerp}</h1>{_breekbaar(brief.gevuld.inhoud)}{_bijlagenlijst(brief, woorden['bijlagen'])}</main>"
        f"{f'<footer><p>{_regels(stijl.voettekst)}</p></footer>' if stijl.voettekst else ''}</body></html>"
    )


def _breekbaar(inhoud: str) -> str:
    """Lange woorden mogen breken, ook in een tabel; anders loopt een bestandsnaam of adres van het papier af en is hij kwijt."""
    return TAG_OF_WOORD.sub(lambda deel: deel[1] or f'<span class="lang">{deel[2]}</span>', inhoud)


def _afzender(stijl: Pdfstijl, gemeente: str) -> str:
    beeld = f'<img class="logo" src="middel:{_logo(stijl)}" alt="{gemeente}">' if _logo(stijl) else gemeente
    return f"<p class='afzender'>{beeld}</p>"


def _logo(stijl: Pdfstijl) -> str:
    namen = Middelen(stijl.middelen).namen()
    return next((naam for naam in (stijl.logo, *LOGOS) if naam in namen), "")


def _antwoord(stijl: Pdfstijl, kop: str) -> str:
    return f"<p class='antwoord'>{kop}: {_regels(stijl.antwoordadres, ', ')}</p>" if stijl.antwoordadres else ""


def _regels(tekst: str, tussen: str = "<br>") -> str:
    return tussen.join(html.escape(regel.strip()) for regel in tekst.splitlines() if regel.strip())


def _bijlagenlijst(brief: Brief, kop: str) -> str:
    """De bijlagen bij naam: ook wie de brief op papier krijgt weet wat erbij hoort."""
    namen = [html.escape(deel.uitleg) for deel in brief.ingesloten if deel.verband == "Supplement"]
    regels = "".join(f"<li>{naam}</li>" for naam in namen)
    return f"<h2>{kop}</h2><ol>{regels}</ol>" if namen else ""


@lru_cache(maxsize=8)
def _stijlblad(stijl: Pdfstijl) -> Stijlblad:
    middelen = Middelen(stijl.middelen)
    eigen = middelen.lees("brief.css")[0].decode() if "brief.css" in middelen.namen() else ""
    return Stijlblad(
        lettertype_css() + _CSS.replace("KLEUR", eis_kleur(stijl.kleur)) + _letter_css(stijl, middelen) + eigen,
        middelen,
    )


def _letter_css(stijl: Pdfstijl, middelen: Middelen) -> str:
    """Het lettertype van de gemeente zelf; tekens die het niet heeft komen uit dat van het platform."""
    if stijl.lettertype not in middelen.namen():
        return ""
    bron = f'@font-face {{ font-family: "Eigen"; src: url(middel:{stijl.lettertype}) }}'
    return f'{bron} body {{ font-family: "Eigen", "Source Sans 3", sans-serif }}'


atexit.register(_stijlblad.cache_clear)  # lettertypen opruimen voor Python zijn modules opruimt

# Zonder crisp-edges zet WeasyPrint bij een beeld /Interpolate, en dat mag in PDF/A-3 niet (ISO 19005-3, 6.2.8).
_CSS = """
@page { size: A4; margin: 25mm 22mm 22mm; @bottom-right { content: string(pagina) " " counter(page) " " string(van) " " counter(pages); font: 9pt "Source Sans 3"; color: #555 } }
body { font: 11pt/1.5 "Source Sans 3", sans-serif; color: #1b1b1b; margin: 0; overflow-wrap: break-word; string-set: pagina attr(data-pagina), van attr(data-van) }
.afzender { font-size: 15pt; font-weight: bold; color: KLEUR; border-bottom: 2pt solid KLEUR; padding-bottom: 4mm; margin: 0 0 14mm }
.logo { height: 14mm }
address { font-style: normal; min-height: 26mm; max-width: 80mm; line-height: 1.25 }
.kenmerken { font-size: 9.5pt; margin: 6mm 0 8mm } .kenmerken dt { float: left; clear: left; width: 42mm } .kenmerken dd { margin-left: 42mm }
dt { font-weight: bold } dd { margin: 0 0 1mm }
h1 { font-size: 14pt; margin: 0 0 5mm } h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid } h3 { font-size: 11pt; margin: 4mm 0 1mm }
p { margin: 0 0 3.5mm; orphans: 3; widows: 3 } img { max-width: 100%; image-rendering: crisp-edges } a { color: KLEUR }
.antwoord { font-size: 8.5pt; color: #444; margin: -10mm 0 8mm } .rechts address { margin-left: 90mm }
footer { font-size: 8.5pt; color: #444; border-top: .3pt solid #999; margin-top: 10mm; padding-top: 2mm; break-inside: avoid }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: 1.5mm 2mm; border-bottom: .3pt solid #999 }
.lang { overflow-wrap: anywhere } table:has(tr > :nth-child(7)) { table-layout: fixed; overflow-wrap: anywhere; font-size: 8pt }
"""
