"""Modellen van elders: JUEL naar FEEL, Camunda 7, Camunda 8 en GZAC, en alle referentiemodellen heen en terug met hun tekening."""

from pathlib import Path

import pytest

from processen.importeren import NietTeVertalen, als_markdown, importeer, naar_feel
from processen.motor import ModelGeweigerd
from processen.motor.lezen import lees, ontleed, processen_in
from processen.motor.model import Element
from tools import bpmn_modellen

GEGEVENS = Path(__file__).resolve().parents[4] / "shared" / "gegevens"
MODELLEN = sorted([*GEGEVENS.glob("bpmn-miwg/**/*.bpmn"), *GEGEVENS.glob("gzac/*.bpmn")])
CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${x}", "x"), ("#{x}", "x"), ("${x == 'y'}", 'x = "y"'), ("${a && !b || c}", "(a and not(b)) or c"), ("${a and b or not c}", "(a and b) or not(c)"),
        ("${empty x}", 'x = null or x = "" or x = []'), ("${not empty x}", 'not(x = null or x = "" or x = [])'),
        ("${x > 3 ? 'a' : 'b'}", 'if x > 3 then "a" else "b"'), ("${execution.getVariable('x') >= 3.5}", "x >= 3.5"), ("${x ne null}", "x != null"),
        ("${execution.hasVariable('x')}", "x != null"), ("${dateTime().plusDays(3).toDate()}", '(now() + duration("P3D"))'), ("${now().minusWeeks(2)}", 'now() - duration("P14D")'),
        ("Zaak ${nr} van ${naam.toUpperCase()}", '"Zaak " + string(nr) + " van " + (upper case(naam))'), ("${'a' + x}", '"a" + string(x)'),
        ("${x.y['z'][0]}", "x.y.z[1]"), ("${lijst[i]}", "lijst[i + 1]"), ("${x.equals('ja')}", 'x = "ja"'), ("${S(p).prop('naam').value()}", "p.naam"),
        ("${p.getNaam()}", "p.naam"), ("${a % 2 == 0}", "modulo(a, 2) = 0"), ("${(a + b) * c}", "(a + b) * c"), ("gewoon", '"gewoon"'), ("${-x}", "-x"),
        ("${x.substring(0, 4)}", "substring(x, 0 + 1, 4 - 0)"), ("${lijst.size() > 0}", "(count(lijst)) > 0"), ("${true}", "true"),
    ],
)  # fmt: skip
def test_juel_naar_feel(juel: str, feel: str) -> None:
    assert naar_feel(juel) == feel


@pytest.mark.parametrize(
    ("juel", "deel"),
    [
        ("${bean.doe(execution)}", "bean.doe() roept Java aan"), ("${execution.processBusinessKey}", "execution.processBusinessKey bestaat hier niet"),
        ("${1 +}", "onverwacht"), ("${a ~ b}", "onverwacht teken"), ("${mijn(x)}", "de functie mijn()"), ("${execution.getVariable(x)}", "pas bij het draaien"),
        ("${" + "(" * 200 + "x" + ")" * 200 + "}", "te diep"), ("${" + "x" * 6000 + "}", "te lang"), ("${(a}", ") verwacht"), ("${a b}", "onverwacht"),
    ],
)  # fmt: skip
def test_wat_geen_feel_heeft_zegt_waarom(juel: str, deel: str) -> None:
    with pytest.raises(NietTeVertalen) as fout:
        naar_feel(juel)
    assert deel in str(fout.value)


def model(inhoud: str, los: str = "", extra: str = "") -> bytes:
    return (
        f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {CAMUNDA} targetNamespace="t">{los}'
        f'<process id="p" isExecutable="true" {extra}><startEvent id="begin"/>{inhoud}</process></definitions>'
    ).encode()


def element(bpmn: bytes, sleutel: str, koppelingen: tuple[dict[str, object], ...] = ()) -> tuple[Element, str]:
    """Het overgezette element, en het verslag."""
    uit = importeer(bpmn, koppelingen)
    return {e.id: e for _, e in lees(uit.bpmn).bereik.alles()}[sleutel], als_markdown("x", uit.regels)


def test_gebruikerstaak() -> None:
    taak, verslag = element(
        model(
            '<userTask id="t" name="Beoordelen" camunda:assignee="${wie}" camunda:candidateGroups="team-a,team-b" camunda:candidateUsers="jan" '
            'camunda:dueDate="${dateTime().plusDays(5).toDate()}" camunda:followUpDate="2026-01-01" camunda:priority="80" '
            'camunda:formKey="embedded:app:forms/beoordelen.html"><extensionElements><camunda:taskListener event="create"/></extensionElements></userTask>'
        ),
        "t",
    )
    assert (taak.zeebe.toegewezen, taak.zeebe.groepen, taak.zeebe.prioriteit) == ("=wie", "team-a,team-b", "80")
    assert (taak.zeebe.uiterlijk, taak.zeebe.opvolgen) == ('=(now() + duration("P5D"))', "2026-01-01")
    assert taak.zeebe.formulier == "beoordelen"
    assert "t (Beoordelen): candidateUsers='jan' heeft hier geen vorm. Geef een kandidaatgroep" in verslag
    assert "taskListener heeft hier geen vorm. Zet wat de listener doet in een eigen stap" in verslag


def test_externe_taak_met_herhaling_velden_en_invoer() -> None:
    taak, verslag = element(
        model(
            '<serviceTask id="s" camunda:type="external" camunda:topic="mail" camunda:asyncBefore="true"><extensionElements>'
            "<camunda:failedJobRetryTimeCycle>R3/PT10M</camunda:failedJobRetryTimeCycle>"
            '<camunda:field name="toon" stringValue="zacht"/><camunda:properties><camunda:property name="soort" value="x"/></camunda:properties>'
            '<camunda:inputOutput><camunda:inputParameter name="aan">${persoon.email}</camunda:inputParameter>'
            '<camunda:inputParameter name="lijst"><camunda:list><camunda:value>a</camunda:value><camunda:value>${b}</camunda:value></camunda:list></camunda:inputParameter>'
            '<camunda:inputParameter name="tabel"><camunda:map><camunda:entry key="k">1</camunda:entry></camunda:map></camunda:inputParameter>'
            '<camunda:inputParameter name="code"><camunda:script scriptFormat="groovy">1+1</camunda:script></camunda:inputParameter>'
            '<camunda:outputParameter name="gelukt">true</camunda:outputParameter></camunda:inputOutput></extensionElements></serviceTask>'
        ),
        "s",
    )
    assert (taak.zeebe.taak_type, taak.zeebe.herhalingen, taak.zeebe.koppen) == ("mail", "3", {"toon": "zacht"})
    assert taak.zeebe.eigenschappen == {"wachttijden": "PT10M,PT10M,PT10M", "soort": "x"}
    assert {a.doel: a.bron for a in taak.zeebe.invoer} == {
        "aan": "=persoon.email",
        "lijst": '=["a", b]',
        "tabel": '={"k": 1}',
    }
    assert [(a.doel, a.bron) for a in taak.zeebe.uitvoer] == [("gelukt", "=true")]
    assert "De invoer code is een script. Schrijf de waarde in FEEL." in verslag
    assert "Het bouwblok mail hoort bij dit model." in verslag


def test_java_expressies_scripts_en_beslissingen() -> None:
    bpmn = model(
        '<serviceTask id="j" camunda:class="nl.gemeente.Verstuur"/><serviceTask id="b" camunda:delegateExpression="${verstuurder}"/>'
        '<serviceTask id="e" camunda:expression="${a + 1}" camunda:resultVariable="b"/><serviceTask id="n" camunda:expression="${bean.doe()}"/>'
        '<scriptTask id="f" scriptFormat="juel" camunda:resultVariable="c"><script>${a == 1}</script></scriptTask>'
        '<scriptTask id="g" scriptFormat="groovy"><script>x = 1</script></scriptTask>'
        '<businessRuleTask id="d" camunda:decisionRef="tabel" camunda:resultVariable="uit" camunda:mapDecisionResult="singleEntry"/>'
    )
    uit = importeer(bpmn)
    alles = {e.id: e for _, e in lees(uit.bpmn).bereik.alles()}
    assert (alles["j"].zeebe.taak_type, alles["b"].zeebe.taak_type) == ("Verstuur", "verstuurder")
    assert (alles["e"].soort, alles["e"].zeebe.script, alles["e"].zeebe.resultaat) == ("scriptTask", "=a + 1", "b")
    assert (alles["n"].soort, alles["n"].zeebe.taak_type) == ("serviceTask", "")
    assert (alles["f"].zeebe.script, alles["f"].zeebe.resultaat) == ("=a = 1", "c")
    assert alles["g"].zeebe.script == ""
    assert (alles["d"].zeebe.beslissing, alles["d"].zeebe.resultaat) == ("tabel", "uit")
    zelf = {regel.element for regel in uit.regels if regel.soort == "zelf doen"}
    assert zelf == {"j", "b", "n", "g"}
    assert all(regel.remedie for regel in uit.regels if regel.soort == "zelf doen")


def test_aanroep_herhaling_tijd_en_voorwaarde() -> None:
    bpmn = model(
        '<callActivity id="c" calledElement="kind"><extensionElements><camunda:in businessKey="#{x}"/><camunda:in source="a" target="b"/>'
        '<camunda:in sourceExpression="${n + 1}" target="m"/><camunda:out variables="all"/></extensionElements></callActivity>'
        '<userTask id="m"><multiInstanceLoopCharacteristics camunda:collection="${partners}" camunda:elementVariable="partner">'
        "<completionCondition>${nrOfCompletedInstances == 2}</completionCondition></multiInstanceLoopCharacteristics></userTask>"
        '<intermediateCatchEvent id="w"><timerEventDefinition><timeDuration>${duur}</timeDuration></timerEventDefinition></intermediateCatchEvent>'
        '<startEvent id="k"><timerEventDefinition><timeCycle>0 0 9 * * ?</timeCycle></timerEventDefinition></startEvent>'
        '<exclusiveGateway id="g"/><sequenceFlow id="f" sourceRef="g" targetRef="m"><conditionExpression>${ok &amp;&amp; n gt 2}</conditionExpression></sequenceFlow>',
        extra='camunda:versionTag="1.2" camunda:historyTimeToLive="30"',
    )  # fmt: skip
    uit = importeer(bpmn)
    proces = lees(uit.bpmn)
    alles = {e.id: e for _, e in proces.bereik.alles()}
    aanroep, herhaald = alles["c"].zeebe, alles["m"].herhaald
    assert (aanroep.proces, aanroep.alle_uit_ouder, aanroep.alle_naar_ouder) == ("kind", False, True)
    assert [(a.doel, a.bron) for a in aanroep.invoer] == [("b", "=a"), ("m", "=n + 1")]
    assert herhaald is not None
    assert (herhaald.lijst, herhaald.element, herhaald.voorwaarde) == (
        "=partners",
        "partner",
        "=nrOfCompletedInstances = 2",
    )
    assert alles["w"].gebeurtenissen[0].uitdrukking == "=duur"
    assert [s.voorwaarde for s in proces.bereik.stromen] == ["=ok and (n > 2)"]
    assert proces.versielabel == "1.2"
    assert "Het schema 0 0 9 * * ? is cron. Schrijf het als R/" in als_markdown("x", uit.regels)
    assert b"camunda" not in uit.bpmn.replace(b"http://camunda.org/schema/zeebe", b"")


def test_gzac_koppelingen_en_dossiervelden() -> None:
    koppelingen: tuple[dict[str, object], ...] = (
        {"activityId": "z", "processLinkType": "plugin", "pluginActionDefinitionKey": "set-zaakstatus", "actionProperties": {"statustypeUrl": "pv:status"}},
        {"activityId": "u", "processLinkType": "form", "formDefinitionName": "intake"},
        {"activityId": "o", "processLinkType": "plugin", "pluginActionDefinitionKey": "onbekend"},
        {"activityId": "weg", "processLinkType": "form"}, {"activityId": "o", "processLinkType": "building_block", "buildingBlockDefinitionKey": "bb"},
    )  # fmt: skip
    bpmn = model(
        '<serviceTask id="z"/><userTask id="u"/><serviceTask id="o"/><serviceTask id="d" '
        "camunda:expression=\"${valueResolverDelegateService.handleValue(execution, 'doc:/a/b', valueResolverDelegateService.resolveValue(execution, 'doc:/c').toUpperCase())}\"/>"
    )
    zaak, verslag = element(bpmn, "z", koppelingen)
    assert (zaak.zeebe.taak_type, zaak.zeebe.invoer[0].bron) == ("zaken.status-zetten", "=status")
    assert element(bpmn, "u", koppelingen)[0].zeebe.formulier == "intake"
    dossier = element(bpmn, "d")[0]
    assert (dossier.soort, dossier.zeebe.script, dossier.zeebe.resultaat) == ("scriptTask", "=upper case(c)", "aB")
    for zin in (
        "een activiteit die er niet is: weg", "plugin-actie onbekend heeft hier geen bouwblok", "bouwblok bb van GZAC is een los proces",
    ):  # fmt: skip
        assert zin in verslag


def test_camunda_8_blijft_gelijk_en_noemt_wat_hier_niet_is() -> None:
    bpmn = model(
        '<serviceTask id="s"><extensionElements><zeebe:taskDefinition type="io.camunda:http-json:1"/></extensionElements></serviceTask>'
        '<userTask id="u"><extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateUsers="jan"/><zeebe:taskListeners/></extensionElements></userTask>'
    )
    uit = importeer(bpmn)
    assert uit.bpmn == bpmn
    assert {regel.wat.split(" ")[0] for regel in uit.regels} == {"De", "candidateUsers", "zeebe:taskListeners"}
    assert all(regel.remedie for regel in uit.regels)


def _tekening(bpmn: bytes) -> list[tuple[str, str]]:
    """Elke vorm en pijl van de tekening met waar zij bij hoort, en haar plaats."""
    di = "{http://www.omg.org/spec/BPMN/20100524/DI}"
    knopen = (k for k in ontleed(bpmn).iter() if k.tag in (f"{di}BPMNShape", f"{di}BPMNEdge", f"{di}BPMNPlane"))
    return [(k.get("bpmnElement", ""), str([sorted(d.attrib.items()) for d in k.iter()][1:])) for k in knopen]


@pytest.mark.skipif(not MODELLEN, reason="de modellen zijn hier niet")
@pytest.mark.parametrize("bestand", MODELLEN, ids=lambda b: b.stem)
def test_elk_referentiemodel_heen_en_terug_met_tekening(bestand: Path) -> None:
    """Dezelfde elementen, dezelfde tekening; nog eens importeren verandert niets; elk proces draait of heeft een reden."""
    bpmn = bestand.read_bytes()
    uit = importeer(bpmn)
    assert _tekening(uit.bpmn) == _tekening(bpmn)
    assert processen_in(uit.bpmn) == processen_in(bpmn)
    assert _elementen(uit.bpmn) == _elementen(bpmn)
    assert importeer(uit.bpmn).bpmn == uit.bpmn
    for naam, uitkomst in bpmn_modellen.uitkomsten(uit.bpmn):
        assert uitkomst.startswith(("draait", "leeg")) or uitkomst.endswith(")"), (naam, uitkomst)
    for regel in uit.regels:
        assert regel.element or regel.wat
        assert regel.soort != "zelf doen" or regel.remedie


def _elementen(bpmn: bytes) -> set[str]:
    return {e.id for sleutel in processen_in(bpmn) for _, e in lees(bpmn, sleutel).bereik.alles()}


@pytest.mark.skipif(not MODELLEN, reason="de modellen zijn hier niet")
def test_gzac_noemt_bij_elk_element_wat_er_nog_moet() -> None:
    """De drie voorbeelden van GZAC: rekenen en beslissen is vertaald; wat Java deed staat bij het element met het bouwblok dat het doet."""
    regels = importeer((GEGEVENS / "gzac" / "subsidy-calculator-process.bpmn").read_bytes()).regels
    zelf = [regel for regel in regels if regel.soort == "zelf doen"]
    assert sum(regel.soort == "vertaald" for regel in regels) >= 10
    assert any("zaken.status-zetten" in regel.remedie for regel in zelf)
    assert all(regel.element and regel.remedie for regel in zelf)


def test_onveilig_of_geen_bpmn_wordt_geweigerd() -> None:
    for bpmn in (b"<x/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"geen xml"):
        with pytest.raises(ModelGeweigerd):
            importeer(bpmn)
