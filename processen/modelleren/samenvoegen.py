"""Een nieuwere versie van een pakket inlezen zonder eigen aanpassingen te verliezen: driewegs samenvoegen, per bestand en in JSON per veld.

`toen` is wat de vorige keer van buiten kwam, `eigen` wat er nu is, `nieuw` wat er nu van buiten komt. Wat maar één kant veranderde gaat
vanzelf goed. Veranderden beide kanten hetzelfde, dan blijft het eigen en staat het in de lijst met botsingen.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

OPTIES = orjson.OPT_INDENT_2
ONTBREEKT = object()
Bestanden = Mapping[str, bytes]
Drie = tuple[Any, Any, Any]
"""Toen, eigen en nieuw."""


@dataclass
class Samen:
    """De uitkomst: de bestanden (None is weghalen), wat er overgenomen en behouden is, en waar beide kanten iets veranderden."""

    bestanden: dict[str, bytes | None] = field(default_factory=dict)
    overgenomen: list[str] = field(default_factory=list)
    behouden: list[str] = field(default_factory=list)
    botsingen: list[str] = field(default_factory=list)


def voeg_samen(toen: Bestanden, eigen: Bestanden, nieuw: Bestanden) -> Samen:
    """Voeg samen. Het versienummer en de rest van `pakket.toml` gaan als één bestand."""
    uit = Samen()
    for pad in sorted({*toen, *eigen, *nieuw}):
        oud, mijn, hun = toen.get(pad), eigen.get(pad), nieuw.get(pad)
        if hun in (mijn, oud):
            uit.bestanden[pad] = mijn
            if mijn != oud:
                uit.behouden.append(pad)
        elif mijn == oud:
            uit.bestanden[pad] = hun
            uit.overgenomen.append(pad)
        else:
            uit.bestanden[pad] = _beide(pad, oud, mijn, hun, uit)
    return uit


def _beide(pad: str, oud: bytes | None, mijn: bytes | None, hun: bytes | None, uit: Samen) -> bytes | None:
    """Beide kanten veranderden dit bestand: in JSON per veld, anders blijft het eigen."""
    if not (pad.endswith(".json") and oud and mijn and hun):
        uit.botsingen.append(pad)
        return mijn
    botsingen: list[str] = []
    samen = _waarden("", (orjson.loads(oud), orjson.loads(mijn), orjson.loads(hun)), botsingen)
    uit.botsingen += [f"{pad}: {plek}" for plek in botsingen]
    uit.overgenomen.append(pad)
    uit.behouden.append(pad)
    return orjson.dumps(samen, option=OPTIES) + b"\n"


def _waarden(plek: str, drie: Drie, botsingen: list[str]) -> Any:
    oud, mijn, hun = drie
    if hun in (mijn, oud):
        return mijn
    if mijn == oud:
        return hun
    if isinstance(mijn, dict) and isinstance(hun, dict):
        return _objecten(plek, oud if isinstance(oud, dict) else {}, mijn, hun, botsingen)
    sleutel = _sleutel_van(mijn, hun)
    if sleutel:
        return _lijsten(plek, sleutel, oud if isinstance(oud, list) else [], mijn, hun, botsingen)
    botsingen.append(plek.strip("."))
    return mijn


def _objecten(
    plek: str, oud: dict[str, Any], mijn: dict[str, Any], hun: dict[str, Any], botsingen: list[str]
) -> dict[str, Any]:
    namen = [*mijn, *(naam for naam in hun if naam not in mijn)]
    samen = {n: _waarden(f"{plek}.{n}", _elk(n, oud, mijn, hun), botsingen) for n in namen}
    return {naam: copy.deepcopy(waarde) for naam, waarde in samen.items() if waarde is not ONTBREEKT}


def _sleutel_van(mijn: Any, hun: Any) -> str:
    """Waaraan de delen van een lijst te herkennen zijn: vragen op `key`, stappen op `naam`, statussen op `omschrijving`; leeg als dat niet kan."""
    if not (isinstance(mijn, list) and isinstance(hun, list)):
        return ""
    delen = [*mijn, *hun]
    for sleutel in ("key", "naam", "sleutel", "omschrijving", "value"):
        if delen and all(isinstance(deel, dict) and isinstance(deel.get(sleutel), str) for deel in delen):
            return sleutel
    return ""


def _lijsten(
    plek: str, sleutel: str, oud: list[Any], mijn: list[Any], hun: list[Any], botsingen: list[str]
) -> list[Any]:
    """Op volgorde van het eigen; wat van buiten erbij komt staat achter wat er daar ook voor staat."""
    van = tuple({deel[sleutel]: deel for deel in lijst if isinstance(deel, dict)} for lijst in (oud, mijn, hun))
    volgorde = list(van[1])
    for plaats, naam in enumerate(van[2]):
        if naam not in volgorde:
            voorgangers = [n for n in list(van[2])[:plaats] if n in volgorde]
            volgorde.insert(volgorde.index(voorgangers[-1]) + 1 if voorgangers else 0, naam)
    samen = [_waarden(f"{plek}.{naam}", _elk(naam, *van), botsingen) for naam in volgorde]
    return [copy.deepcopy(deel) for deel in samen if deel is not ONTBREEKT]


def _elk(naam: str, oud: Mapping[str, Any], mijn: Mapping[str, Any], hun: Mapping[str, Any]) -> Drie:
    return oud.get(naam, ONTBREEKT), mijn.get(naam, ONTBREEKT), hun.get(naam, ONTBREEKT)
