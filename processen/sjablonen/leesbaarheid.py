"""Hoe moeilijk een tekst leest. Een aanwijzing, geen oordeel: of iets B1 is, ziet een mens."""

import re
from dataclasses import dataclass
from typing import Final

from lxml import html as lxml_html

from formuliermotor.sjablonen import platte_tekst

LANGE_ZIN, LANG_WOORD, MEESTE = 15, 14, 8
VELD = re.compile(r"\{\{.*?\}\}", re.DOTALL)
ZIN = re.compile(r"[^.!?\n]+[.!?]?")
WOORD = re.compile(r"[^\W\d_]+")
LIJDEND = re.compile(
    r"\b(?:word|wordt|worden|werd|werden|is|zijn|was|waren)\b(?:\W+\w+){0,6}?\W+(?:ge|be|ver|ont|her|toe|af|in|uit|aan|op)\w{2,}(?:d|t|en)\b",
    re.IGNORECASE,
)
MAKKELIJK: Final = {
    "aangaande": "over", "alsmede": "en", "betreffende": "over", "conform": "volgens", "daar": "omdat", "danwel": "of", "derhalve": "daarom", "desbetreffende": "deze",
    "desgewenst": "als u dat wilt", "dient": "moet", "dienen": "moeten", "doch": "maar", "echter": "maar", "eveneens": "ook", "geschieden": "gebeuren", "gaarne": "graag",
    "hetgeen": "wat", "hieromtrent": "hierover", "indien": "als", "ingevolge": "volgens", "inzake": "over", "jegens": "tegen", "krachtens": "volgens", "middels": "met",
    "mits": "als", "nadien": "daarna", "nochtans": "toch", "omtrent": "over", "onverwijld": "meteen", "reeds": "al", "respectievelijk": "en", "retourneren": "terugsturen",
    "schriftelijk": "met een brief", "teneinde": "om", "tevens": "ook", "thans": "nu", "verstrekken": "geven", "voornoemde": "deze", "voorts": "verder", "welke": "die",
    "wederom": "weer", "zodanig": "zo", "zorgdragen": "zorgen",
}  # fmt: skip


@dataclass(frozen=True)
class Leesbaarheid:
    """`moeilijk` is (woord, makkelijker woord); `lijdend` en `lange_zinnen` zijn stukken uit de tekst zelf."""

    woorden_per_zin: int
    lange_zinnen: tuple[str, ...]
    lijdend: tuple[str, ...]
    moeilijk: tuple[tuple[str, str], ...]
    lange_woorden: tuple[str, ...]

    @property
    def te_lang(self) -> bool:
        """Zijn de zinnen gemiddeld langer dan B1 vraagt?"""
        return self.woorden_per_zin > LANGE_ZIN


def leesbaarheid(inhoud: str) -> Leesbaarheid:
    """Kijkt naar een Nederlandse tekst (HTML). Een veld telt als één woord."""
    tekst = VELD.sub("veld", platte_tekst(lxml_html.fragment_fromstring(inhoud, create_parent="div")))
    zinnen = [zin.strip() for zin in ZIN.findall(tekst) if WOORD.search(zin)]
    woorden = WOORD.findall(tekst)
    lang = sorted(
        {woord.lower() for woord in woorden if len(woord) >= LANG_WOORD}, key=lambda woord: (-len(woord), woord)
    )
    klein = dict.fromkeys(woord.lower() for woord in woorden)
    return Leesbaarheid(
        woorden_per_zin=round(len(woorden) / len(zinnen)) if zinnen else 0,
        lange_zinnen=tuple(zin for zin in zinnen if len(WOORD.findall(zin)) > LANGE_ZIN)[:MEESTE],
        lijdend=tuple(deel[0] for zin in zinnen if (deel := LIJDEND.search(zin)))[:MEESTE],
        moeilijk=tuple((woord, MAKKELIJK[woord]) for woord in klein if woord in MAKKELIJK)[:MEESTE],
        lange_woorden=tuple(lang[:MEESTE]),
    )
