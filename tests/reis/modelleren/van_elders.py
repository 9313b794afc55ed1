"""Twee eigen modellen zoals een andere omgeving ze bewaart: een van GZAC (Camunda 7, JUEL) en een van Camunda 8 (zeebe, een connector)."""

_BEGIN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:elders">
  <bpmn:process id="{naam}" name="{titel}" isExecutable="true">
    <bpmn:startEvent id="begin" name="Melding ontvangen"/>
"""
_EIND = """
    <bpmn:exclusiveGateway id="ernstig" name="Is het ernstig?" default="nee"/>
    <bpmn:endEvent id="klaar" name="Klaar"/>
    <bpmn:endEvent id="gewaarschuwd" name="Wijkteam gewaarschuwd"/>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="dossier"/>
    <bpmn:sequenceFlow id="f2" sourceRef="dossier" targetRef="bekijken"/>
    <bpmn:sequenceFlow id="f3" sourceRef="bekijken" targetRef="ernstig"/>
    <bpmn:sequenceFlow id="ja" name="ja" sourceRef="ernstig" targetRef="gewaarschuwd"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{voorwaarde}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="nee" name="nee" sourceRef="ernstig" targetRef="klaar"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="t"><bpmndi:BPMNPlane id="v" bpmnElement="{naam}">
    <bpmndi:BPMNShape id="s1" bpmnElement="begin"><dc:Bounds x="160" y="182" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="dossier"><dc:Bounds x="260" y="160" width="120" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s3" bpmnElement="bekijken"><dc:Bounds x="440" y="160" width="120" height="80"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s4" bpmnElement="ernstig"><dc:Bounds x="620" y="175" width="50" height="50"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s5" bpmnElement="klaar"><dc:Bounds x="740" y="182" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s6" bpmnElement="gewaarschuwd"><dc:Bounds x="740" y="292" width="36" height="36"/></bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="196" y="200"/><di:waypoint x="260" y="200"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e2" bpmnElement="f2"><di:waypoint x="380" y="200"/><di:waypoint x="440" y="200"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e3" bpmnElement="f3"><di:waypoint x="560" y="200"/><di:waypoint x="620" y="200"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e4" bpmnElement="ja"><di:waypoint x="645" y="225"/><di:waypoint x="645" y="310"/><di:waypoint x="740" y="310"/></bpmndi:BPMNEdge>
    <bpmndi:BPMNEdge id="e5" bpmnElement="nee"><di:waypoint x="670" y="200"/><di:waypoint x="740" y="200"/></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
_GZAC = """
    <bpmn:serviceTask id="dossier" name="Dossier aanmaken" camunda:asyncAfter="true" camunda:expression="${dossierService.maak(execution)}"/>
    <bpmn:userTask id="bekijken" name="Melding bekijken" camunda:candidateGroups="vergunningen" camunda:formKey="FORMULIER">
      <bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="drempel">${1 + 2}</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements>
    </bpmn:userTask>
"""
_CAMUNDA8 = """
    <bpmn:serviceTask id="dossier" name="Dossier aanmaken"><bpmn:extensionElements><zeebe:taskDefinition type="io.camunda:http-json:1" retries="3"/>
      <zeebe:ioMapping><zeebe:input source="https://zaken.example/zaken" target="url"/></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:userTask id="bekijken" name="Melding bekijken"><bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formKey="FORMULIER"/>
      <zeebe:assignmentDefinition candidateGroups="vergunningen"/></bpmn:extensionElements></bpmn:userTask>
"""


def gzac(naam: str, titel: str, formulier: str) -> bytes:
    """Een model van GZAC: een bean, een formulier en JUEL in de voorwaarde."""
    return _model(naam, titel, _GZAC, formulier, '${besluit == "toewijzen"}')


def camunda8(naam: str, titel: str, formulier: str) -> bytes:
    """Een model van Camunda 8: een connector, en FEEL in de voorwaarde."""
    return _model(naam, titel, _CAMUNDA8, formulier, '=besluit = "toewijzen"')


def _model(naam: str, titel: str, stappen: str, formulier: str, voorwaarde: str) -> bytes:
    kop, staart = _BEGIN.format(naam=naam, titel=titel), _EIND.format(naam=naam, voorwaarde=voorwaarde)
    return f"{kop}{stappen.replace('FORMULIER', formulier)}{staart}".encode()
