"""Van sjabloon naar formulier en terug, en hoe moeilijk een tekst leest."""

import json
import re
from collections.abc import Mapping
from typing import Any

from lxml import html as lxml_html

import feel
from formuliermotor.sjablonen import opgeschoond

LANGE_ZIN, LANG_WOORD = 15, 14
TALEN = ("nl", "en")
ZIN = re.compile(r"[^.!?]+[.!?]?")
WOORD = re.compile(r"[^\W\d_]+")
REGEL = re.compile(r"\s*([^\W\d]\w*)\s*=\s*(.+?)\s*")


def naar_velden(sjabloon: Mapping[str, Any]) -> dict[str, str]:
    """Het sjabloon als velden van het formulier."""
    velden = {f"{soort}_{taal}": sjabloon[soort].get(taal, "") for soort in ("onderwerp", "inhoud") for taal in TALEN}
    voorbeelden = sjabloon.get("velden") or {}
    return {**velden, "velden": "\n".join(f"{naam} = {_als_feel(waarde)}" for naam, waarde in voorbeelden.items())}


def uit_velden(oud: Mapping[str, Any], data: Mapping[str, str]) -> dict[str, Any]:
    """Het sjabloon zoals het bewaard wordt: opgeschoond, en een lege taal valt weg. `ValueError` bij een veld dat niet te lezen is."""
    teksten = {
        soort: {taal: data[f"{soort}_{taal}"] for taal in TALEN if taal == "nl" or data[f"{soort}_{taal}"]}
        for soort in ("onderwerp", "inhoud")
    }
    return opgeschoond({**oud, **teksten, "velden": dict(map(_veld, filter(str.strip, data["velden"].splitlines())))})


def ruw(oud: Mapping[str, Any], data: Mapping[str, str]) -> dict[str, Any]:
    """Hetzelfde zonder opschonen: om te kunnen zeggen wat er niet mag."""
    return {
        **uit_velden(oud, data),
        "inhoud": {t: data[f"inhoud_{t}"] for t in TALEN if t == "nl" or data[f"inhoud_{t}"]},
    }


def _veld(regel: str) -> tuple[str, Any]:
    gevonden = REGEL.fullmatch(regel)
    if gevonden is None:
        raise ValueError(regel)
    try:
        uitkomst = feel.compileer(gevonden[2]).evalueer({})
    except feel.FeelFout:
        raise ValueError(regel) from None
    return gevonden[1], feel.naar_json(feel.uit_python(uitkomst.waarde))


def _als_feel(waarde: Any) -> str:
    """Een bewaarde waarde zoals iemand haar intikt."""
    if isinstance(waarde, dict) and "$feel" in waarde:
        return str(waarde["waarde"]) if waarde["$feel"] == "number" else f'{waarde["$feel"]}("{waarde["waarde"]}")'
    if isinstance(waarde, dict):
        return "{" + ", ".join(f"{naam}: {_als_feel(deel)}" for naam, deel in waarde.items()) + "}"
    if isinstance(waarde, list):
        return "[" + ", ".join(map(_als_feel, waarde)) + "]"
    return json.dumps(waarde, ensure_ascii=False)


def leesbaarheid(inhoud: str) -> tuple[int, list[str]]:
    """Gemiddeld aantal woorden per zin, en de langste woorden. Een aanwijzing, geen oordeel: of iets B1 is, ziet een mens."""
    tekst = lxml_html.fragment_fromstring(inhoud, create_parent="div").text_content()
    zinnen = [zin for zin in ZIN.findall(tekst) if WOORD.search(zin)]
    woorden = WOORD.findall(tekst)
    lang = sorted({woord.lower() for woord in woorden if len(woord) >= LANG_WOORD}, key=len, reverse=True)
    return (round(len(woorden) / len(zinnen)) if zinnen else 0), lang[:10]
