"""Welke dag telt: welke regels van een beslissing gelden hangt af van de peildatum, en die kiest een proces waar het beslist.

In het model staat zij als `zeebe:property` met de naam `peildatum` (FEEL); zonder telt de dag waarop de stap beslist.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from processen.modelleren.inhoud import delen, kop

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
_Z = f"{{{ZEEBE}}}"
NAAM = "peildatum"
_Knoop = Any  # lxml heeft geen openbare naam voor een element


@dataclass(frozen=True)
class Gebruik:
    """Een stap die met deze beslissing beslist. `peildatum` is FEEL zonder `=`, of leeg; `datums` zijn de dagen die het proces kent."""

    pad: str
    proces: str
    element: str
    naam: str
    peildatum: str
    datums: tuple[str, ...]

    @property
    def sleutel(self) -> str:
        """De sleutel van het proces: de bestandsnaam."""
        return self.pad.removeprefix("processen/").removesuffix(".bpmn")


def beslissingen_in(dmn: bytes) -> set[str]:
    """De id's en namen waarmee een stap een beslissing uit dit bestand kan noemen."""
    return {str(knoop.get(naam)) for knoop in _boom(dmn).iter("{*}decision") for naam in ("id", "name")}


def gebruik(bestanden: Mapping[str, bytes], dmn: bytes) -> list[Gebruik]:
    """Alle stappen in de processen van dit pakket die met een beslissing uit dit bestand beslissen."""
    namen = beslissingen_in(dmn)
    return [
        Gebruik(pad, str(proces.get("name") or proces.get("id")), str(stap.get("id")), str(stap.get("name") or ""), _peildatum(stap),
                tuple(_datums(bestanden, boom, str(proces.get("id")))))
        for pad, inhoud in sorted(bestanden.items()) if pad.startswith("processen/")
        for boom in [_boom(inhoud)]
        for proces in boom.iter("{*}process")
        for stap in proces.iter("{*}businessRuleTask")
        if any(knoop.get("decisionId") in namen for knoop in stap.iter(f"{_Z}calledDecision"))
    ]  # fmt: skip


def zet(bpmn: bytes, element: str, feel: str) -> bytes:
    """Het model met deze peildatum bij de stap; leeg haalt haar weg. `KeyError` als de stap er niet is."""
    boom = _boom(bpmn)
    stap = next((knoop for knoop in boom.iter("{*}businessRuleTask") if knoop.get("id") == element), None)
    houder = None if stap is None else stap.find("{*}extensionElements")
    if houder is None:
        raise KeyError(element)
    eigenschappen = houder.find(f"{_Z}properties")
    for knoop in list(houder.iter(f"{_Z}property")):
        if knoop.get("name") == NAAM:
            knoop.getparent().remove(knoop)
    if feel:
        eigenschappen = etree.SubElement(houder, f"{_Z}properties") if eigenschappen is None else eigenschappen
        etree.SubElement(eigenschappen, f"{_Z}property", {"name": NAAM, "value": f"={feel}"})
    elif eigenschappen is not None and not len(eigenschappen):
        houder.remove(eigenschappen)
    return bytes(etree.tostring(boom, xml_declaration=True, encoding="UTF-8"))


def _boom(inhoud: bytes) -> _Knoop:
    return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _peildatum(stap: _Knoop) -> str:
    gevonden = (knoop.get("value", "") for knoop in stap.iter(f"{_Z}property") if knoop.get("name") == NAAM)
    return str(next(gevonden, "")).removeprefix("=").strip()


def _datums(bestanden: Mapping[str, bytes], boom: _Knoop, proces: str) -> Iterator[str]:
    """Vragen naar een dag uit het verzoek waarmee dit proces begint, voor zover een stap ze als variabele leest."""
    gelezen = {knoop.get("target") for knoop in boom.iter(f"{_Z}output")}
    soorten = {start.get("verzoektype") for start in kop(bestanden).get("starts", ()) if start.get("proces") == proces}
    for verzoektype in delen(bestanden, "verzoektypen").values():
        if verzoektype.get("naam") in soorten:
            for naam, schema in verzoektype.get("gegevensSchema", {}).get("properties", {}).items():
                if schema.get("format") == "date" and naam in gelezen:
                    yield f"date({naam})"
