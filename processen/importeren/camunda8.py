"""Wat Camunda 8 kent en deze motor niet: de zeebe-namespace is dezelfde, maar niet alles erin heeft hier een vorm."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from processen.importeren.knopen import ZEEBE_NS, soort, uitbreidingen
from processen.importeren.verslag import Regel, Soort

BEKEND = {
    "taskDefinition", "taskHeaders", "ioMapping", "calledDecision", "calledElement", "formDefinition", "assignmentDefinition", "taskSchedule",
    "priorityDefinition", "properties", "script", "loopCharacteristics", "subscription", "versionTag", "userTask",
}  # fmt: skip
CONNECTOR = "io.camunda"
NIET_HIER = {
    "executionListeners": "Zet wat de listener doet in een eigen stap voor of na dit element.",
    "taskListeners": "Zet wat de listener doet in een eigen stap voor of na de taak.",
    "userTaskForm": "Maak een formulier in het pakket en kies het bij de taak.",
    "linkedResources": "Neem het bestand op in het pakket.",
    "adHoc": "Gebruik een gewoon subproces.",
    "conditionalFilter": "Zet de voorwaarde in FEEL.",
}


def kijk_na(wortel: Any) -> Iterator[Regel]:
    """Eén regel per vondst."""
    for knoop in wortel.iter():
        houder = uitbreidingen(knoop) if soort(knoop) else None
        if houder is None:
            continue
        for kind in houder:
            if etree.QName(kind).namespace == ZEEBE_NS if isinstance(kind.tag, str) else False:
                yield from _een(knoop, kind)


def _een(knoop: Any, kind: Any) -> Iterator[Regel]:
    naam = etree.QName(kind).localname
    if naam not in BEKEND:
        yield _regel(knoop, f"zeebe:{naam} heeft hier geen vorm.", NIET_HIER.get(naam, "Kijk na of dit nodig is."))
    if naam == "taskDefinition" and kind.get("type", "").startswith(CONNECTOR):
        yield _regel(
            knoop,
            f"De connector {kind.get('type')} is van Camunda.",
            "Kies het bouwblok http.verzoek, of een bouwblok voor deze koppeling.",
        )
    if naam == "assignmentDefinition" and kind.get("candidateUsers"):
        yield _regel(knoop, "candidateUsers heeft hier geen vorm.", "Geef een kandidaatgroep, of één behandelaar.")
    if kind.get("bindingType") in ("deployment", "versionTag"):
        yield _regel(knoop, f"De binding {kind.get('bindingType')} vervalt: er is één actieve versie.", "", "vervallen")


def _regel(knoop: Any, wat: str, remedie: str, soort_: Soort = "zelf doen") -> Regel:
    return Regel(soort_, knoop.get("id", ""), knoop.get("name", ""), wat, remedie)
