"""De vijf gevaren van SpiffWorkflow (en wat erbij hoort), elk met een test."""

import time

import pytest
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from processen.motor.fouten import ModelGeweigerd, MotorFout
from processen.motor.lezen import lees
from processen.motor.spiff_aanpassing import GeenPython, Werkstroom, nieuw_bereik
from processen.motor.toestand import bewaar
from tests.eenheid.processen.hulp import begin, bereikt, bewaar_en_laad, codes, doe, open_stappen
from tests.eenheid.processen.vijandig import VIJANDIGE_FEEL, vijandige_bestanden
from tests.procesmodel import RUIMTEN, bpmn, einde, element, io, script, start, taak, uitbreiding

HANGT = 30
"""Zoveel tellen rekentijd haalt alleen iets dat blijft hangen; hoe snel het is meet tools/bench/vijandig.py."""
KWAAD = "().__class__.__bases__[0].__subclasses__()"


@pytest.mark.parametrize("tekst", [KWAAD, "__import__('os').system('true')", "open('/etc/passwd')"])
def test_geen_python_uit_een_model(tekst: str) -> None:
    model = bpmn("p", start(), element("scriptTask", "s", f"<script>{tekst}</script>"), einde(), "start > s > einde")
    assert ("s", "script") in codes(model)
    keuze = bpmn(
        "p",
        start(),
        element("exclusiveGateway", "k"),
        einde(),
        einde("e2"),
        f"start > k\nk > einde [{tekst}]\nk > e2 *",
    )
    fouten = codes(keuze)
    assert fouten == set() or {code for _, code in fouten} == {"feel"}
    if not fouten:
        u = begin(keuze)
        assert u.gevolgen.incidenten[0]["soort"] == "uitdrukking"


def test_ook_de_scriptmachine_zelf_weigert_python() -> None:
    machine = GeenPython()
    with pytest.raises(MotorFout):
        machine.evaluate(None, "1 + 1")  # type: ignore[arg-type]  # zonder stap
    with pytest.raises(MotorFout):
        machine.execute(None, "x = 1")  # type: ignore[arg-type]  # zonder stap
    assert isinstance(Werkstroom(nieuw_bereik("x"), deserializing=True).script_engine, GeenPython)
    assert issubclass(Werkstroom, BpmnWorkflow)


def _lus() -> bytes:
    return bpmn(
        "p", start(), element("exclusiveGateway", "s"), script("tel", "n + 1", "n"), taak("t"), element("exclusiveGateway", "k"), einde(),
        "start > s > tel > t > k\nk > s [n < 1200]\nk > einde *",
    )  # fmt: skip


def test_een_lus_gaat_door_voorbij_diepte_duizend() -> None:
    u = begin(_lus(), n=0)
    groottes = set()
    for _ in range(1200):
        doe(u, "t")
        u = bewaar_en_laad(u)
        groottes.add(len(bewaar(u.top, u.volgnummer)))
        if not open_stappen(u):
            break
    assert not open_stappen(u)
    assert (u.top.variabelen or {})["n"] == 1200
    assert max(groottes) < 400  # de toestand groeit niet mee


def test_een_lus_zonder_wachten_stopt_op_een_grens_met_een_naam() -> None:
    model = bpmn("p", start(), element("exclusiveGateway", "s"), script("a", "1", "x"), "start > s > a > s")
    u = begin(model)
    assert [incident["soort"] for incident in u.gevolgen.incidenten] == ["te-veel-stappen"]


def test_een_keten_van_vijfduizend_leest_en_loopt() -> None:
    namen = [f"t{nr}" for nr in range(5000)]
    model = bpmn(
        "p", start(), *[f'<task id="{naam}"/>' for naam in namen], einde(), "start > " + " > ".join(namen) + " > einde"
    )
    begonnen = time.process_time()
    u = begin(model)
    assert u.klaar
    assert len(bereikt(u)) == 5002
    assert time.process_time() - begonnen < HANGT


def test_geschiedenis_wordt_nooit_herschreven() -> None:
    model = bpmn(
        "p", start(), taak("t"), script("s", 'context put(zaak, "status", "nieuw")', "zaak"), taak("u"), einde(), "start > t > s > u > einde",
    )  # fmt: skip
    u = begin(model)
    doe(u, "t", zaak={"status": "oud", "delen": [1, 2]})
    eerste = next(rij for rij in u.gevolgen.begonnen.values() if rij["element"] == "t")
    assert (u.top.variabelen or {})["zaak"]["status"] == "nieuw"
    assert eerste["uitvoer"] == {"zaak": {"status": "oud", "delen": [1, 2]}}


def test_elementen_mogen_start_en_end_heten() -> None:
    model = bpmn("Root", start("Start"), taak("Root.EndJoin"), einde("End"), "Start > Root.EndJoin > End")
    u = begin(model)
    doe(u, "Root.EndJoin")
    assert u.klaar
    assert bereikt(u) == ["Start", "Root.EndJoin", "End"]


def test_toestand_bij_een_wachtmoment_is_klein() -> None:
    namen = [f"t{nr}" for nr in range(50)]
    na = [f"n{nr}" for nr in range(50)]
    model = bpmn(
        "p", start(), *[f'<task id="{naam}"/>' for naam in namen + na], taak("w", io({"a": "=1"})), einde(),
        "start > " + " > ".join([*namen, "w", *na]) + " > einde",
    )  # fmt: skip
    u = begin(model)
    assert len(bewaar(u.top, u.volgnummer)) < 300


@pytest.mark.parametrize(
    "kop",
    [
        '<!DOCTYPE definitions [<!ENTITY a "x">]>',
        '<!DOCTYPE definitions SYSTEM "http://voorbeeld.test/x.dtd">',
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_dtd_en_entiteiten_worden_geweigerd(kop: str) -> None:
    xml = f'<?xml version="1.0"?>{kop}<definitions {RUIMTEN}><process id="p" isExecutable="true"/></definitions>'
    with pytest.raises(ModelGeweigerd) as fout:
        lees(xml.encode())
    assert fout.value.bevindingen[0].code == "doctype"


def test_vijandige_bestanden_worden_snel_geweigerd() -> None:
    begonnen = time.process_time()
    for xml in vijandige_bestanden().values():
        with pytest.raises(ModelGeweigerd):
            lees(xml)
    assert time.process_time() - begonnen < HANGT


@pytest.mark.parametrize("tekst", VIJANDIGE_FEEL.values(), ids=VIJANDIGE_FEEL)
def test_vijandige_feel_wordt_snel_geweigerd_of_gelezen(tekst: str) -> None:
    model = bpmn("p", start(), script("s", tekst, "x"), einde(), "start > s > einde")
    begonnen = time.process_time()
    gevonden = codes(model)
    assert time.process_time() - begonnen < HANGT
    assert gevonden <= {("s", "feel")}


@pytest.mark.parametrize(
    "tekst",
    [
        "count(for a in 1..1000000000 return a)",
        "for a in 1..100000, b in 1..100000 return a * b",
        "some a in 1..1000000000 satisfies a = 0",
        "{f: function(n) f(n + 1), x: f(1)}.x",
        'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a+)+$")',
        "10 ** 1000000000",
    ],
)
def test_vijandige_feel_loopt_tegen_een_grens(tekst: str) -> None:
    model = bpmn("p", start(), script("s", tekst, "x"), einde(), "start > s > einde")
    begonnen = time.process_time()
    u = begin(model)
    assert time.process_time() - begonnen < HANGT
    assert u.klaar or [incident["soort"] for incident in u.gevolgen.incidenten] == ["uitdrukking"]


def test_een_kring_van_processen_stopt_op_een_grens() -> None:
    """Subprocessen kunnen elkaar niet bevatten; een kring van pijlen zonder wachten stopt met een naam."""
    namen = [f"g{nr}" for nr in range(200)]
    kring = bpmn(
        "p",
        start(),
        *[element("exclusiveGateway", naam) for naam in namen],
        "start > " + " > ".join([*namen, namen[0]]),
    )
    assert [incident["soort"] for incident in begin(kring).gevolgen.incidenten] == ["te-veel-stappen"]


def test_xinclude_wordt_geweigerd() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    model = bpmn("p", start(), element("task", "t", uitbreiding(include)), einde(), "start > t > einde")
    with pytest.raises(ModelGeweigerd) as fout:
        lees(model)
    assert fout.value.bevindingen[0].code == "xinclude"
