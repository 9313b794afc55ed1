"""Van sjabloon naar formulier en terug."""

import json
import re
from collections.abc import Mapping
from typing import Any

import feel
from formuliermotor.sjablonen import opgeschoond

TALEN = ("nl", "en")
REGEL = re.compile(r"\s*([^\W\d]\w*)\s*=\s*(.+?)\s*")


def naar_velden(sjabloon: Mapping[str, Any]) -> dict[str, str]:
    """Het sjabloon als velden van het formulier."""
    velden = {f"{soort}_{taal}": sjabloon[soort].get(taal, "") for soort in ("onderwerp", "inhoud") for taal in TALEN}
    voorbeelden = sjabloon.get("velden") or {}
    return {**velden, "velden": "\n".join(f"{naam} = {_als_feel(waarde)}" for naam, waarde in voorbeelden.items())}


def uit_velden(oud: Mapping[str, Any], data: Mapping[str, str]) -> dict[str, Any]:
    """Het sjabloon zoals het bewaard wordt: opgeschoond, en een lege taal valt weg. `ValueError` bij een veld dat niet te lezen is."""
    return opgeschoond(ruw(oud, data))


def ruw(oud: Mapping[str, Any], data: Mapping[str, str]) -> dict[str, Any]:
    """Hetzelfde zonder opschonen: om te kunnen zeggen wat er niet mag. Een sjabloon dat zijn velden niet noemt blijft zo."""
    teksten = {
        soort: {taal: data.get(f"{soort}_{taal}", "") for taal in TALEN if taal == "nl" or data.get(f"{soort}_{taal}")}
        for soort in ("onderwerp", "inhoud")
    }
    velden = lees_velden(data["velden"])
    return {**oud, **teksten, **({"velden": velden} if velden or oud.get("velden") is not None else {})}


def lees_velden(tekst: str) -> dict[str, Any]:
    """De velden met hun voorbeeld; `ValueError` met de regel die niet te lezen is."""
    return dict(map(_veld, filter(str.strip, tekst.splitlines())))


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
