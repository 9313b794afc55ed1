"""Het schema van het verzoektype volgt de vragen van het formulier: anders weigert de Verzoeken API wat een inwoner invult.

Alleen wat het formulier toevoegt of weghaalt verandert; wat een mens in het schema schreef blijft.
"""

import copy
from collections.abc import Iterator
from typing import Any

from processen.modelleren.formulier.soorten import ZONDER_ANTWOORD
from processen.modelleren.formulier.werk import Definitie, alle

Schema = dict[str, Any]
_TYPEN: dict[str, Schema] = {
    "number": {"type": ["number", "string"]},
    "currency": {"type": ["number", "string"]},
    "checkbox": {"type": "boolean"},
    "selectboxes": {"type": "array", "items": {"type": "string"}},
    "addressNL": {"type": "object"},
    "file": {"type": "array"},
    "editgrid": {"type": "array"},
}


def werk_bij(schema: Schema, oud: Definitie, nieuw: Definitie) -> Schema:
    """Het schema met de vragen die erbij kwamen, zonder die weg zijn, en verplicht wat altijd ingevuld moet zijn."""
    uit = copy.deepcopy(schema)
    velden, verplicht = uit.setdefault("properties", {}), list(uit.get("required", []))
    was, wordt = dict(_vragen(oud)), dict(_vragen(nieuw))
    for sleutel in was.keys() - wordt.keys():
        velden.pop(sleutel, None)
    for sleutel, deel in wordt.items():
        if sleutel not in velden or (sleutel in was and was[sleutel]["type"] != deel["type"]):
            velden[sleutel] = copy.deepcopy(_TYPEN.get(deel["type"], {"type": "string"}))
    moet = {sleutel for sleutel, deel in wordt.items() if _altijd(nieuw, deel)}
    moest = {sleutel for sleutel, deel in was.items() if _altijd(oud, deel)}
    nog = [sleutel for sleutel in verplicht if sleutel in moet or sleutel not in (moest | was.keys())]
    uit["required"] = [*nog, *(sleutel for sleutel in wordt if sleutel in moet - moest and sleutel not in nog)]
    if not uit["required"]:
        del uit["required"]
    return uit


def _vragen(definitie: Definitie) -> Iterator[tuple[str, dict[str, Any]]]:
    """De vragen met een antwoord; die in een herhaling horen bij de herhaling."""
    binnen = {
        kind["key"]
        for _, deel in alle(definitie)
        if deel.get("type") == "editgrid"
        for kind in deel.get("components", [])
    }
    for _, deel in alle(definitie):
        if deel.get("type") not in ZONDER_ANTWOORD and deel.get("key") not in binnen:
            yield str(deel["key"]), deel


def _altijd(definitie: Definitie, deel: dict[str, Any]) -> bool:
    """Of een vraag altijd een antwoord heeft: verplicht, los in een stap, en in geen enkel geval verborgen."""
    stap = next((s for s in definitie["stappen"] if any(ander is deel for ander in s.get("componenten", []))), None)
    if stap is None or stap.get("toonAls") or definitie.get("logica"):
        return False
    verborgen = deel.get("toonAls") or deel.get("hidden") or deel.get("conditional")
    return bool((deel.get("validate") or {}).get("required")) and not verborgen
