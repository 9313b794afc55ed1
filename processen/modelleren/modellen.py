"""Processen en beslissingen van een pakket: een leeg model beginnen, en er een van elders inlezen."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

import dmn
from huisstijl import vertaal
from processen.importeren import Regel, importeer
from processen.modelleren.inhoud import Bestanden, in_map
from processen.motor import ModelGeweigerd, Motor

PROCESSEN, BESLISSINGEN = "processen", "beslissingen"
UITGANG = {PROCESSEN: "bpmn", BESLISSINGEN: "dmn"}
LEEG = {
    PROCESSEN: """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definities" targetNamespace="urn:dienstverlening">
  <bpmn:process id="{naam}" name="{titel}" isExecutable="true">
    <bpmn:startEvent id="begin" name="Verzoek ontvangen"><bpmn:outgoing>naar-einde</bpmn:outgoing></bpmn:startEvent>
    <bpmn:endEvent id="einde" name="Klaar"><bpmn:incoming>naar-einde</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="naar-einde" sourceRef="begin" targetRef="einde"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="tekening"><bpmndi:BPMNPlane id="vlak" bpmnElement="{naam}">
    <bpmndi:BPMNShape id="begin_di" bpmnElement="begin"><dc:Bounds x="160" y="160" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="einde_di" bpmnElement="einde"><dc:Bounds x="420" y="160" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="naar-einde_di" bpmnElement="naar-einde"><di:waypoint x="196" y="178"/><di:waypoint x="420" y="178"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
""",
    BESLISSINGEN: """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="{naam}-model" name="{titel}" namespace="urn:dienstverlening:{naam}">
  <inputData id="gegeven" name="gegeven"><variable id="gegeven-v" name="gegeven" typeRef="string"/></inputData>
  <decision id="{naam}" name="{naam}">
    <variable id="{naam}-v" name="{naam}" typeRef="string"/>
    <informationRequirement id="eis"><requiredInput href="#gegeven"/></informationRequirement>
    <decisionTable id="tabel" hitPolicy="UNIQUE">
      <input id="in" label="Gegeven"><inputExpression id="in-e" typeRef="string"><text>gegeven</text></inputExpression></input>
      <output id="uit" label="Uitkomst" typeRef="string"/>
      <annotation name="Grondslag"/>
    </decisionTable>
  </decision>
</definitions>
""",
}


class ModelFout(ValueError):
    """Dit bestand is geen model dat hier kan. De tekst is voor de beheerder; `fouten` zijn de regels eronder."""

    def __init__(self, tekst: str, fouten: tuple[str, ...] = ()) -> None:
        self.fouten = fouten
        super().__init__(tekst)


@dataclass(frozen=True)
class Ingelezen:
    """Wat er in het pakket komt, en wat er van overkwam: vertaald, zelf te doen, of wat niet kan draaien."""

    pad: str
    inhoud: bytes
    regels: tuple[Regel, ...] = ()


def leeg(map_: str, naam: str, titel: str) -> bytes:
    """Een model om mee te beginnen; het is volledig, dus de controle is meteen groen."""
    veilig = titel.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return LEEG[map_].format(naam=naam, titel=veilig).encode()


def titel_van(inhoud: bytes) -> str:
    """De naam die in het model staat; leeg als het die niet heeft of niet te lezen is."""
    try:
        boom = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return ""
    processen = [proces.get("name") for proces in boom.findall("{*}process")]
    return str(next(filter(None, processen), None) or boom.get("name") or "")


def lees_in(bestandsnaam: str, inhoud: bytes, motor: Motor, bestanden: Bestanden) -> Ingelezen:
    """Een BPMN- of DMN-bestand, ook van Camunda 7, Operaton, GZAC, Flowable of Camunda 8. `ModelFout` als het niet te lezen is."""
    naam = PurePosixPath(bestandsnaam.replace("\\", "/"))
    if naam.suffix.lower() == ".dmn":
        return _beslissing(naam.stem, inhoud)
    if naam.suffix.lower() not in (".bpmn", ".xml"):
        raise ModelFout(vertaal("Kies een bestand dat eindigt op .bpmn, .xml of .dmn."))
    beslissingen = [deel.decode(errors="replace") for deel in in_map(bestanden, BESLISSINGEN).values()]
    try:
        model = importeer(inhoud, (), motor, beslissingen)
    except ModelGeweigerd as fout:
        raise ModelFout(vertaal("Dit bestand is niet in te lezen."), tuple(map(str, fout.bevindingen))) from None
    stam = model.processen[0] if len(model.processen) == 1 else naam.stem
    return Ingelezen(f"{PROCESSEN}/{stam.lower()}.bpmn", model.bpmn, tuple(model.regels))


def _beslissing(stam: str, inhoud: bytes) -> Ingelezen:
    try:
        dmn.lees(inhoud)
    except dmn.DmnFout as fout:
        raise ModelFout(
            vertaal("Dit bestand is niet in te lezen."), tuple(p.nederlands for p in fout.problemen)
        ) from None
    return Ingelezen(f"{BESLISSINGEN}/{stam.lower()}.dmn", inhoud)
