"""BPMN-XML lezen: begrensd en zonder DTD, entiteiten of netwerk. Het resultaat is een `Proces`, nog ongecontroleerd."""

from collections.abc import Callable, Iterator
from typing import Literal

from lxml import etree

from processen.motor.fouten import Bevinding, ModelGeweigerd
from processen.motor.model import (
    Afbeelding,
    Bereik,
    Element,
    Gebeurtenis,
    GebeurtenisSoort,
    Herhaald,
    Proces,
    Stroom,
    TijdSoort,
    Zeebe,
)

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
XINCLUDE = "{http://www.w3.org/2001/XInclude}"
MEESTE_BYTES = 1 << 20
MEESTE_ELEMENTEN = 6000

Knoop = etree._Element  # noqa: SLF001  # zo heet het type van lxml

ACTIVITEITEN = {
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask",
    "subProcess", "transaction", "adHocSubProcess", "callActivity",
}  # fmt: skip
GATEWAYS = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
GEBEURTENISSEN = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
KNOPEN = ACTIVITEITEN | GATEWAYS | GEBEURTENISSEN
ZONDER_BETEKENIS = {
    "extensionElements", "documentation", "incoming", "outgoing", "laneSet", "textAnnotation", "association", "group",
    "dataObject", "dataObjectReference", "ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property",
    "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "category", "auditing", "monitoring",
    "performer", "potentialOwner", "resourceRole", "humanPerformer", "completionCondition", "correlationSubscription",
    "supportedInterfaceRef", "supports", "ioBinding", "rendering", "script",
}  # fmt: skip
SOORTEN: dict[str, GebeurtenisSoort] = {
    "messageEventDefinition": "bericht",
    "timerEventDefinition": "tijd",
    "signalEventDefinition": "signaal",
    "errorEventDefinition": "fout",
    "escalationEventDefinition": "escalatie",
    "terminateEventDefinition": "beeindig",
    "cancelEventDefinition": "annuleer",
    "compensateEventDefinition": "compensatie",
    "linkEventDefinition": "link",
    "conditionalEventDefinition": "voorwaarde",
}
GEWOON = {
    "instantiate": "false", "eventGatewayType": "Exclusive", "startQuantity": "1", "completionQuantity": "1",
    "behavior": "All", "waitForCompletion": "true", "parallelMultiple": "false",
}  # fmt: skip
"""Attributen die de betekenis veranderen, met de waarde waarbij de motor doet wat er staat."""
DUBBEL = "·dubbel"
TIJDEN: dict[str, TijdSoort] = {"timeDate": "datum", "timeDuration": "duur", "timeCycle": "cyclus"}


def processen_in(bpmn: bytes) -> list[str]:
    """De id's van alle processen in een bestand, uitvoerbaar of niet. `ModelGeweigerd` als het onleesbaar of onveilig is."""
    return [p.get("id", "") for p in ontleed(bpmn).iterfind(f"{BPMN}process")]


def lees(bpmn: bytes, proces_id: str = "") -> Proces:
    """Het ene uitvoerbare proces uit een BPMN-bestand, of dat met `proces_id`, ook als het niet uitvoerbaar heet.

    `ModelGeweigerd` als het bestand onleesbaar of onveilig is.
    """
    wortel = ontleed(bpmn)
    alle = list(wortel.iterfind(f"{BPMN}process"))
    processen = [p for p in alle if (p.get("id") == proces_id if proces_id else p.get("isExecutable") == "true")]
    if len(processen) != 1:
        raise ModelGeweigerd([_aantal_processen(len(processen))])
    if len({k.get("id") for k in processen[0].iter() if _naam(k) in KNOPEN}) > MEESTE_ELEMENTEN:
        raise _geweigerd("te-groot", "Het model heeft te veel elementen.", "The model has too many elements.")
    proces = processen[0]
    tag = proces.find(f"{BPMN}extensionElements/{ZEEBE}versionTag")
    versielabel = "" if tag is None else tag.get("value", "")
    sleutel = proces.get("id", "")
    return Proces(sleutel, proces.get("name") or sleutel, versielabel, _Lezer(wortel).bereik(proces))


def ontleed(bpmn: bytes) -> Knoop:
    """De wortel van een BPMN-bestand, veilig gelezen."""
    if len(bpmn) > MEESTE_BYTES:
        raise _geweigerd("te-groot", "Het bestand is groter dan 1 MB.", "The file is larger than 1 MB.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, remove_blank_text=False,
    )  # fmt: skip
    try:
        wortel = etree.fromstring(bpmn, parser)
    except etree.XMLSyntaxError as fout:
        raise _geweigerd("geen-xml", f"Het bestand is geen goede XML: {fout.msg}", "Not well-formed XML.") from fout
    if wortel.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # de stubs kennen hier Any
        raise _geweigerd("doctype", "Een DOCTYPE is niet toegestaan.", "A DOCTYPE is not allowed.")
    if wortel.find(f".//{XINCLUDE}*") is not None:
        raise _geweigerd("xinclude", "XInclude is niet toegestaan.", "XInclude is not allowed.")
    if wortel.tag != f"{BPMN}definitions":
        raise _geweigerd("geen-bpmn", "Dit is geen BPMN 2.0-bestand.", "This is not a BPMN 2.0 file.")
    return wortel


def _geweigerd(code: str, nl: str, en: str) -> ModelGeweigerd:
    return ModelGeweigerd(
        [Bevinding("", code, nl, en, "Kies een BPMN 2.0-bestand uit een modelleur.", "Choose a BPMN 2.0 file.")]
    )


def _aantal_processen(aantal: int) -> Bevinding:
    if aantal == 0:
        return Bevinding(
            "", "geen-proces", "Er is geen uitvoerbaar proces.", "There is no executable process.",
            "Zet bij het proces 'uitvoerbaar' aan.", "Mark the process as executable.",
        )  # fmt: skip
    return Bevinding(
        "", "meer-processen", "Er is meer dan één uitvoerbaar proces.", "There is more than one executable process.",
        "Zet elk proces in een eigen bestand.", "Put each process in a file of its own.",
    )  # fmt: skip


def _naam(knoop: Knoop) -> str:
    tag = knoop.tag if isinstance(knoop.tag, str) else ""
    return tag.removeprefix(BPMN) if tag.startswith(BPMN) else ""


def _tekst(knoop: Knoop | None) -> str:
    return "" if knoop is None else (knoop.text or "").strip()


class _Lezer:
    """Leest processen uit één document; kent de berichten, signalen en fouten die erbuiten staan."""

    def __init__(self, wortel: Knoop) -> None:
        self._los = {k.get("id", ""): k for k in wortel if k.get("id")}

    def bereik(self, ouder: Knoop) -> Bereik:
        bereik = Bereik(ouder.get("id", ""))
        for knoop in ouder:
            naam = _naam(knoop)
            if naam in KNOPEN:
                element = self._element(knoop, naam)
                if element.id in bereik.elementen:
                    bereik.onbekend.append((element.id, DUBBEL))
                bereik.elementen[element.id] = element
            elif naam == "sequenceFlow":
                bereik.stromen.append(_stroom(knoop))
            elif naam and naam not in ZONDER_BETEKENIS:
                bereik.onbekend.append((knoop.get("id", ""), naam))
        _koppel_compensatie(bereik, ouder)
        return bereik

    def _element(self, knoop: Knoop, soort: str) -> Element:
        heeft_inhoud = soort in {"subProcess", "transaction", "adHocSubProcess"}
        return Element(
            id=knoop.get("id", ""),
            soort=soort,
            naam=knoop.get("name", ""),
            gebeurtenissen=tuple(self._gebeurtenissen(knoop)),
            zeebe=_zeebe(knoop),
            standaard=knoop.get("default", ""),
            gehecht_aan=knoop.get("attachedToRef", ""),
            onderbreekt=knoop.get("isInterrupting" if soort == "startEvent" else "cancelActivity", "true") == "true",
            door_gebeurtenis=knoop.get("triggeredByEvent") == "true",
            herhaald=_herhaald(knoop),
            inhoud=self.bereik(knoop) if heeft_inhoud else None,
            compensatie=knoop.get("isForCompensation") == "true",
            bijzonder=_bijzonder(knoop),
        )

    def _gebeurtenissen(self, knoop: Knoop) -> Iterator[Gebeurtenis]:
        for kind in knoop:
            naam = _naam(kind)
            if naam in SOORTEN:
                yield self._gebeurtenis(SOORTEN[naam], kind)
            elif naam == "eventDefinitionRef":
                yield self._verwezen(self._los.get(_tekst(kind)))
        if _naam(knoop) == "receiveTask":
            yield self._bericht(knoop)

    def _verwezen(self, knoop: Knoop | None) -> Gebeurtenis:
        """Een gebeurtenis die buiten het proces staat; wijst de verwijzing nergens heen, dan is zij onvolledig."""
        soort = None if knoop is None else SOORTEN.get(_naam(knoop))
        if knoop is None or soort is None:
            return Gebeurtenis("bericht", compleet=False)
        return self._gebeurtenis(soort, knoop)

    def _gebeurtenis(self, soort: GebeurtenisSoort, knoop: Knoop) -> Gebeurtenis:
        lezers: dict[GebeurtenisSoort, Callable[[Knoop], Gebeurtenis]] = {
            "bericht": self._bericht,
            "tijd": _tijd,
            "signaal": self._signaal,
            "fout": lambda k: self._met_code("fout", k, "errorRef", "errorCode"),
            "escalatie": lambda k: self._met_code("escalatie", k, "escalationRef", "escalationCode"),
            "link": lambda k: Gebeurtenis("link", naam=k.get("name", "")),
            "voorwaarde": lambda k: Gebeurtenis("voorwaarde", uitdrukking=_tekst(k.find(f"{BPMN}condition"))),
            "compensatie": lambda k: Gebeurtenis("compensatie", activiteit=k.get("activityRef", "")),
        }
        lezer = lezers.get(soort)
        return Gebeurtenis(soort) if lezer is None else lezer(knoop)

    def _bericht(self, knoop: Knoop) -> Gebeurtenis:
        bericht = self._los.get(knoop.get("messageRef", ""))
        if bericht is None:
            return Gebeurtenis("bericht", compleet=False)
        abonnement = bericht.find(f"{BPMN}extensionElements/{ZEEBE}subscription")
        correlatie = "" if abonnement is None else abonnement.get("correlationKey", "")
        return Gebeurtenis("bericht", naam=bericht.get("name", ""), correlatie=correlatie)

    def _signaal(self, knoop: Knoop) -> Gebeurtenis:
        signaal = self._los.get(knoop.get("signalRef", ""))
        return Gebeurtenis(
            "signaal", naam="" if signaal is None else signaal.get("name", ""), compleet=signaal is not None
        )

    def _met_code(self, soort: GebeurtenisSoort, knoop: Knoop, verwijzing: str, code: str) -> Gebeurtenis:
        doel = self._los.get(knoop.get(verwijzing, ""))
        if doel is None:
            return Gebeurtenis(soort, compleet=not knoop.get(verwijzing))
        return Gebeurtenis(soort, naam=doel.get("name", ""), code=doel.get(code, ""))


def _koppel_compensatie(bereik: Bereik, ouder: Knoop) -> None:
    """Een associatie van een compensatiegebeurtenis wijst aan wat haar activiteit terugdraait."""
    for associatie in ouder.iterfind(f"{BPMN}association"):
        rand = bereik.elementen.get(associatie.get("sourceRef", ""))
        doel = bereik.elementen.get(associatie.get("targetRef", ""))
        if rand is None or doel is None or rand.soort != "boundaryEvent":
            continue
        gastheer = bereik.elementen.get(rand.gehecht_aan)
        if gastheer is not None and rand.gebeurtenis is not None and rand.gebeurtenis.soort == "compensatie":
            doel.compensatie = True
            if gastheer.handelaar and gastheer.handelaar != doel.id:
                rand.bijzonder["association"] = doel.id
            gastheer.handelaar = doel.id


def _bijzonder(knoop: Knoop) -> dict[str, str]:
    """Attributen met een andere waarde dan de gewone, hier of op de herhaling of gebeurtenis eronder."""
    gevonden: dict[str, str] = {}
    for plek in (knoop, *knoop):
        naam = _naam(plek)
        if plek is not knoop and not (naam in SOORTEN or naam.endswith("LoopCharacteristics")):
            continue
        gevonden |= {a: w for a, gewoon in GEWOON.items() if (w := plek.get(a, gewoon)) != gewoon}
    return gevonden


def _stroom(knoop: Knoop) -> Stroom:
    voorwaarde = _tekst(knoop.find(f"{BPMN}conditionExpression"))
    return Stroom(knoop.get("id", ""), knoop.get("sourceRef", ""), knoop.get("targetRef", ""), voorwaarde)


def _tijd(knoop: Knoop) -> Gebeurtenis:
    for tag, soort in TIJDEN.items():
        gevonden = knoop.find(f"{BPMN}{tag}")
        if gevonden is not None:
            return Gebeurtenis("tijd", uitdrukking=_tekst(gevonden), tijd=soort)
    return Gebeurtenis("tijd", compleet=False)


def _herhaald(knoop: Knoop) -> Herhaald | None:
    lus = knoop.find(f"{BPMN}standardLoopCharacteristics")
    if lus is not None:
        voorwaarde, vooraf = _tekst(lus.find(f"{BPMN}loopCondition")), lus.get("testBefore") == "true"
        return Herhaald("lus", aantal=lus.get("loopMaximum", ""), voorwaarde=voorwaarde, vooraf=vooraf)
    meer = knoop.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if meer is None:
        return None
    soort: Literal["parallel", "na-elkaar"] = "na-elkaar" if meer.get("isSequential") == "true" else "parallel"
    zeebe = meer.find(f"{BPMN}extensionElements/{ZEEBE}loopCharacteristics")
    velden: dict[str, str] = {} if zeebe is None else {str(k): str(v) for k, v in zeebe.attrib.items()}
    return Herhaald(
        soort,
        lijst=velden.get("inputCollection", ""),
        element=velden.get("inputElement", ""),
        resultaatlijst=velden.get("outputCollection", ""),
        resultaat=velden.get("outputElement", ""),
        aantal=_tekst(meer.find(f"{BPMN}loopCardinality")),
        voorwaarde=_tekst(meer.find(f"{BPMN}completionCondition")),
    )


def _zeebe(knoop: Knoop) -> Zeebe:
    uitbreiding = knoop.find(f"{BPMN}extensionElements")
    if uitbreiding is None:
        return Zeebe()

    def attr(tag: str, naam: str, standaard: str = "") -> str:
        gevonden = uitbreiding.find(f"{ZEEBE}{tag}")
        return standaard if gevonden is None else gevonden.get(naam, standaard)

    return Zeebe(
        taak_type=attr("taskDefinition", "type"),
        herhalingen=attr("taskDefinition", "retries"),
        koppen=_paren(uitbreiding, f"{ZEEBE}taskHeaders/{ZEEBE}header", "key"),
        invoer=_afbeeldingen(uitbreiding, "input"),
        uitvoer=_afbeeldingen(uitbreiding, "output"),
        beslissing=attr("calledDecision", "decisionId"),
        resultaat=attr("calledDecision", "resultVariable") or attr("script", "resultVariable"),
        script=attr("script", "expression"),
        proces=attr("calledElement", "processId"),
        alle_uit_ouder=attr("calledElement", "propagateAllParentVariables", "true") == "true",
        alle_naar_ouder=attr("calledElement", "propagateAllChildVariables", "true") == "true",
        formulier=attr("formDefinition", "formId") or attr("formDefinition", "formKey") or attr("formDefinition", "externalReference"),
        toegewezen=attr("assignmentDefinition", "assignee"),
        groepen=attr("assignmentDefinition", "candidateGroups"),
        uiterlijk=attr("taskSchedule", "dueDate"),
        opvolgen=attr("taskSchedule", "followUpDate"),
        prioriteit=attr("priorityDefinition", "priority"),
        eigenschappen=_paren(uitbreiding, f"{ZEEBE}properties/{ZEEBE}property", "name"),
    )  # fmt: skip


def _paren(uitbreiding: Knoop, pad: str, sleutel: str) -> dict[str, str]:
    return {k.get(sleutel, ""): k.get("value", "") for k in uitbreiding.iterfind(pad)}


def _afbeeldingen(uitbreiding: Knoop, tag: str) -> tuple[Afbeelding, ...]:
    regels = uitbreiding.iterfind(f"{ZEEBE}ioMapping/{ZEEBE}{tag}")
    return tuple(Afbeelding(k.get("source", ""), k.get("target", "")) for k in regels)
