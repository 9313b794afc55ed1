"""Een HTML-sjabloon invullen. Waarden worden altijd als tekst ingevoegd, nooit als HTML."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import html as lxml_html
from lxml.html import HtmlElement

from formuliermotor.sjablonen.toegestaan import schoon
from formuliermotor.sjablonen.uitdrukkingen import Klok, Omgeving

STANDAARDTAAL = "nl"


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
    inhoud = schoon(lxml_html.tostring(wortel, encoding="unicode"))
    return Gevuld(omgeving.tekst(in_taal(sjabloon["onderwerp"], taal)), inhoud, platte_tekst(wortel))


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
    element.text = omgeving.tekst(element.text or "")
    for naam in ("alt", "href"):
        if naam in element.attrib:
            element.set(naam, omgeving.tekst(element.get(naam) or ""))
    for kind in element:
        kind.tail = omgeving.tekst(kind.tail or "")


def _herhaal(element: HtmlElement, elk: str, omgeving: Omgeving) -> None:
    """`data-elk="naam in lijst"`: het element één keer per waarde."""
    for ronde in omgeving.rondes(elk):
        kopie = deepcopy(element)
        kopie.tail = None
        element.addprevious(kopie)
        _vul_element(kopie, ronde)
    element.drop_tree()


def platte_tekst(element: HtmlElement) -> str:
    """De inhoud zonder opmaak, met witregels tussen alinea's."""
    delen = [
        re.sub(r"\s+", " ", blok.text_content()).strip()
        for blok in element.iter("p", "h2", "h3", "li", "tr", "dt", "dd")
    ]
    return "\n\n".join(filter(None, delen)) or element.text_content().strip()
