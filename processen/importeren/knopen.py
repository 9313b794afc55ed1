"""Hulp om uitbreidingselementen in een BPMN-boom te lezen en te zetten."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE_NS = "http://camunda.org/schema/zeebe/1.0"
ZEEBE = f"{{{ZEEBE_NS}}}"
VREEMD = (
    "http://camunda.org/schema/1.0/bpmn",
    "http://operaton.org/schema/1.0/bpmn",
    "http://activiti.org/bpmn",
    "http://flowable.org/bpmn",
)
"""De uitbreidingen van Camunda 7 en zijn familie; zij heten in alle vier hetzelfde."""
Knoop = Any


def soort(knoop: Knoop) -> str:
    """De naam van een BPMN-element, of leeg."""
    return str(knoop.tag).removeprefix(BPMN) if str(knoop.tag).startswith(BPMN) else ""


def vreemd(knoop: Knoop) -> str:
    """De naam van een element uit de familie van Camunda 7, of leeg."""
    ruimte = etree.QName(knoop).namespace if isinstance(knoop.tag, str) else None
    return etree.QName(knoop).localname if ruimte in VREEMD else ""


def vreemde_attributen(knoop: Knoop) -> dict[str, str]:
    """De attributen uit die familie, op naam."""
    return {etree.QName(n).localname: w for n, w in knoop.attrib.items() if etree.QName(n).namespace in VREEMD}


def haal_attribuut(knoop: Knoop, naam: str) -> str:
    """Lees zo'n attribuut en haal het weg."""
    for ruimte in VREEMD:
        if (waarde := knoop.attrib.pop(f"{{{ruimte}}}{naam}", None)) is not None:
            return str(waarde)
    return ""


def uitbreidingen(knoop: Knoop) -> Knoop | None:
    return knoop.find(f"{BPMN}extensionElements")


def vreemde_kinderen(knoop: Knoop, naam: str = "") -> Iterator[Knoop]:
    """De elementen uit die familie in de uitbreidingen van dit element."""
    houder = uitbreidingen(knoop)
    for kind in list(houder) if houder is not None else ():
        if (heet := vreemd(kind)) and naam in ("", heet):
            yield kind


def zorg_voor(knoop: Knoop, pad: str) -> Knoop:
    """Het zeebe-element in de uitbreidingen (`taskHeaders`, `ioMapping`), gemaakt als het er niet is."""
    houder = uitbreidingen(knoop)
    if houder is None:
        houder = etree.Element(f"{BPMN}extensionElements")
        knoop.insert(1 if len(knoop) and soort(knoop[0]) == "documentation" else 0, houder)
    gevonden = houder.find(f"{ZEEBE}{pad}")
    return etree.SubElement(houder, f"{ZEEBE}{pad}") if gevonden is None else gevonden


def zet(knoop: Knoop, naam: str, **velden: str) -> None:
    """Zet velden van een zeebe-element."""
    doel = zorg_voor(knoop, naam)
    for veld, waarde in velden.items():
        doel.set(veld, waarde)


def voeg_toe(knoop: Knoop, lijst: str, naam: str, **velden: str) -> None:
    """Voeg een regel toe aan een zeebe-lijst."""
    etree.SubElement(zorg_voor(knoop, lijst), f"{ZEEBE}{naam}", velden)


def haal_weg(kind: Knoop) -> None:
    """Haal een element weg uit zijn ouder, met een lege ouder erbij."""
    ouder = kind.getparent()
    ouder.remove(kind)
    if not len(ouder) and not (ouder.text or "").strip() and ouder.getparent() is not None:
        ouder.getparent().remove(ouder)
