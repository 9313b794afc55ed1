"""Een HTML-sjabloon invullen. Waarden worden altijd als tekst ingevoegd, nooit als HTML."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from lxml import html as lxml_html
from lxml.html import HtmlElement

from formuliermotor.sjablonen.toegestaan import schoon
from formuliermotor.sjablonen.uitdrukkingen import REGELEINDE, Klok, Omgeving, letterlijk

STANDAARDTAAL = "nl"
ALINEA: Final = "\x1e"
BLOKKEN: Final = frozenset(
    {"p", "h2", "h3", "ul", "ol", "li", "table", "caption", "thead", "tbody", "div", "dl", "dt", "dd"}
)


@dataclass(frozen=True)
class Gevuld:
    """Een ingevuld sjabloon: `onderwerp` als tekst, `inhoud` als HTML, `tekst` als platte tekst voor e-mail en berichten."""

    onderwerp: str
    inhoud: str
    tekst: str


def vul(
    sjabloon: Mapping[str, Any], gegevens: Mapping[str, Any], taal: str = STANDAARDTAAL, *, klok: Klok | None = None
) -> Gevuld:
    """Vul `onderwerp` en `inhoud` van een sjabloon in een taal in; ontbreekt de taal, dan Nederlands.

    `SjabloonFout` bij een veld dat `gegevens` niet heeft, en bij een brief ook als een ingevuld veld geen waarde heeft.
    """
    streng, naam = sjabloon.get("soort") == "brief", str(sjabloon.get("sleutel", ""))
    omgeving = Omgeving(dict(gegevens), taal, klok, naam, streng)
    wortel = deepcopy(_gelezen(in_taal(sjabloon["inhoud"], taal)))
    _vul_element(wortel, omgeving)
    inhoud = letterlijk(schoon(lxml_html.tostring(wortel, encoding="unicode")))
    return Gevuld(_op_een_regel(in_taal(sjabloon["onderwerp"], taal), omgeving), inhoud, platte_tekst(wortel))


@lru_cache(maxsize=500)
def _gelezen(inhoud: str) -> HtmlElement:
    return lxml_html.fragment_fromstring(schoon(inhoud), create_parent="div")


def in_taal(teksten: Mapping[str, str], taal: str) -> str:
    """De tekst in deze taal, of anders in het Nederlands."""
    return teksten.get(taal) or teksten[STANDAARDTAAL]


def _vul_element(element: HtmlElement, omgeving: Omgeving) -> None:
    for kind in list(element):
        if not isinstance(kind.tag, str):
            continue
        als, elk = kind.attrib.pop("data-als", None), kind.attrib.pop("data-elk", None)
        if als is not None and not omgeving.geldt(als):
            kind.drop_tree()
        elif elk is not None:
            _herhaal(kind, elk, omgeving)
        else:
            _vul_element(kind, omgeving)
    for naam in ("alt", "href"):
        if naam in element.attrib:
            element.set(naam, _op_een_regel(element.get(naam) or "", omgeving))
    for kind in list(element):
        _zet_regels(element, kind, omgeving.tekst(kind.tail or ""))
    _zet_regels(element, None, omgeving.tekst(element.text or ""))


def _op_een_regel(tekst: str, omgeving: Omgeving) -> str:
    return omgeving.tekst(tekst).replace(REGELEINDE, " ")


def _zet_regels(element: HtmlElement, na: HtmlElement | None, tekst: str) -> None:
    """De tekst van een element, of die na een kind; een nieuwe regel uit een waarde is een `<br>`."""
    eerste, *rest = tekst.split(REGELEINDE)
    if na is None:
        element.text = eerste
    else:
        na.tail = eerste
    plek = 0 if na is None else element.index(na) + 1
    for nummer, regel in enumerate(rest):
        breuk = lxml_html.Element("br")
        breuk.tail = regel
        element.insert(plek + nummer, breuk)


def _herhaal(element: HtmlElement, elk: str, omgeving: Omgeving) -> None:
    """`data-elk="naam in lijst"`: het element één keer per waarde."""
    for ronde in omgeving.rondes(elk):
        kopie = deepcopy(element)
        kopie.tail = None
        element.addprevious(kopie)
        _vul_element(kopie, ronde)
    element.drop_tree()


def platte_tekst(element: HtmlElement) -> str:
    """De inhoud zonder opmaak, met witregels tussen alinea's. Niets valt weg: cellen staan uit elkaar, en achter een link staat het adres."""
    tekst = "".join(_stukken(element))
    blokken = ("\n".join(" ".join(regel.split()) for regel in blok.split("\n")).strip() for blok in tekst.split(ALINEA))
    return "\n\n".join(filter(None, blokken))


def _stukken(element: HtmlElement) -> Iterator[str]:
    yield _zonder_regels(element.text)
    for kind in element:
        if kind.tag == "br":
            yield "\n"
        elif kind.tag == "tr":
            yield f"{ALINEA}{' | '.join(' '.join(platte_tekst(cel).split()) for cel in kind)}{ALINEA}"
        elif kind.tag in BLOKKEN:
            yield from (ALINEA, *_stukken(kind), ALINEA)
        elif isinstance(kind.tag, str):
            yield from (*_stukken(kind), _adres_van(kind))
        yield _zonder_regels(kind.tail)


def _adres_van(element: HtmlElement) -> str:
    """Achter een link het adres, als dat er niet al staat."""
    adres = (element.get("href") or "").removeprefix("mailto:").removeprefix("tel:")
    return "" if adres.startswith("#") or adres in element.text_content() else f" ({adres})"


def _zonder_regels(tekst: str | None) -> str:
    return re.sub(r"\s+", " ", tekst or "")
