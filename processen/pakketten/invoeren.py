"""Modellen van elders in de map van een pakket zetten, met een verslag erbij."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

import dmn as beslismodellen
from processen.importeren import Import, Regel, als_markdown, importeer
from processen.motor import ModelGeweigerd, Motor
from processen.pakketten.formaat import PakketFout

VERSLAG = "importverslag.md"


def voer_in(bestanden: Iterable[Path], doel: Path, motor: Motor | None = None) -> dict[str, Import]:
    """Zet BPMN-bestanden over naar `doel/processen`, DMN naar `doel/beslissingen`; JSON zijn process links van GZAC.

    Geeft per bestand de uitkomst. `PakketFout` als een bestand onleesbaar of onveilig is; dan is er niets geschreven.
    """
    alle = list(bestanden)
    koppelingen = [deel for bestand in alle if bestand.suffix == ".json" for deel in _koppelingen(bestand)]
    dmn = {bestand: bestand.read_bytes() for bestand in alle if bestand.suffix == ".dmn"}
    fouten = [f"{bestand.name}: {fout}" for bestand, inhoud in dmn.items() if (fout := _dmn_fout(inhoud))]
    uit: dict[str, Import] = {}
    for bestand in (b for b in alle if b.suffix in (".bpmn", ".xml")):
        try:
            uit[bestand.name] = importeer(
                bestand.read_bytes(), koppelingen, motor, [inhoud.decode() for inhoud in dmn.values()]
            )
        except ModelGeweigerd as fout:
            fouten += [f"{bestand.name}: {bevinding}" for bevinding in fout.bevindingen]
    if fouten or not uit:
        raise PakketFout(fouten or ["geen BPMN-bestand gegeven"])
    _schrijf(doel, uit, dmn)
    return uit


def _koppelingen(bestand: Path) -> list[dict[str, Any]]:
    try:
        gelezen = orjson.loads(bestand.read_bytes())
    except orjson.JSONDecodeError as fout:
        raise PakketFout([f"{bestand.name}: geen geldige JSON: {fout}"]) from None
    return [deel for deel in gelezen if isinstance(deel, dict)] if isinstance(gelezen, list) else []


def _dmn_fout(inhoud: bytes) -> str:
    try:
        beslismodellen.lees(inhoud)
    except beslismodellen.DmnFout as fout:
        return str(fout)
    return ""


def _schrijf(doel: Path, modellen: dict[str, Import], dmn: dict[Path, bytes]) -> None:
    for map_ in ("processen", "beslissingen"):
        (doel / map_).mkdir(parents=True, exist_ok=True)
    for naam, model in modellen.items():
        stam = model.processen[0] if len(model.processen) == 1 else Path(naam).stem
        (doel / "processen" / f"{stam}.bpmn").write_bytes(model.bpmn)
    for bestand, inhoud in dmn.items():
        (doel / "beslissingen" / bestand.name).write_bytes(inhoud)
    delen = [als_markdown(naam, model.regels) for naam, model in modellen.items()]
    (doel / VERSLAG).write_text("\n".join(delen), encoding="utf-8")


def samenvatting(naam: str, model: Import) -> str:
    """Eén regel: wat er overgezet is en wat er nog te doen is."""
    aantal = {
        soort: sum(regel.soort == soort for regel in model.regels)
        for soort in ("vertaald", "zelf doen", "kan niet draaien")
    }
    return f"{naam}: {aantal['vertaald']} vertaald, {aantal['zelf doen']} zelf te doen, {aantal['kan niet draaien']} die het draaien beletten"


def dringend(model: Import) -> list[Regel]:
    """Wat eerst moet: wat het draaien belet."""
    return [regel for regel in model.regels if regel.soort == "kan niet draaien"]
