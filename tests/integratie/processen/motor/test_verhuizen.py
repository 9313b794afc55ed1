"""Lopende instanties naar een nieuwe versie: voorstel, proef, uitvoering en terugdraaien."""

from uuid import UUID

import pytest

from processen.motor import MotorFout
from tests.integratie.processen.motor.conftest import Proef
from tests.procesmodel import bpmn, dienst, einde, element, rand, script, start, subproces, taak, tijd

OUD = bpmn(
    "p",
    start(),
    taak("beoordelen", name="Beoordelen"),
    script("s", '"oud"', "versie"),
    einde(),
    "start > beoordelen > s > einde",
)
NIEUW = bpmn(
    "p", start(), taak("toetsen", name="Beoordelen"), rand("te_laat", "toetsen", tijd("timeDuration", "P5D")), taak("extra"),
    script("s", '"nieuw"', "versie"), einde(), einde("e2"), "start > toetsen > extra > s > einde\nte_laat > e2",
)  # fmt: skip


def _versies(proef: Proef, oud: bytes = OUD, nieuw: bytes = NIEUW) -> tuple[UUID, UUID, UUID]:
    """(instantie op de oude versie, oud, nieuw)."""
    instantie = proef.draai(oud)
    proef.zet_neer(nieuw)
    with proef.installatie.db.lezen() as verbinding:
        nieuwe, oude = proef.motor.definities.lijst(verbinding, "p")
    return instantie, oude.id, nieuwe.id


def test_verhuizen_en_verder(proef: Proef) -> None:
    instantie, oud, nieuw = _versies(proef)
    with proef.installatie.db.schrijven() as verbinding:
        plan = proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw)
        assert plan["beoordelen"] == "toetsen"
        (oordeel,) = proef.motor.proef_verhuizing(verbinding, oud, nieuw, plan)
        assert (oordeel.instantie, oordeel.problemen) == (instantie, ())
        assert len(proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer").verhuisd) == 1
    assert {w.element for w in proef.info(instantie).wachtend} == {"toetsen", "te_laat"}
    proef.rond_af("toetsen")
    assert {w.element for w in proef.info(instantie).wachtend} == {"extra"}
    proef.werk_af()
    proef.rond_af("extra")
    assert proef.variabelen(instantie)["versie"] == "nieuw"


def test_nieuwe_grenstimer_telt_vanaf_de_verhuizing(proef: Proef) -> None:
    instantie, oud, nieuw = _versies(proef)
    with proef.installatie.db.schrijven() as verbinding:
        plan = proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw)
        proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer")
    proef.werk_af(days=6)
    assert proef.staat(instantie) == "klaar"
    assert not proef.taken.open()


def test_zonder_bestemming_of_met_een_ander_soort_kan_het_niet(proef: Proef) -> None:
    _, oud, nieuw = _versies(proef)
    with proef.installatie.db.schrijven() as verbinding:
        for plan in ({}, {"beoordelen": "s"}):
            (oordeel,) = proef.motor.proef_verhuizing(verbinding, oud, nieuw, plan)
            assert len(oordeel.problemen) == 1
            portie = proef.motor.verhuis(verbinding, oud, nieuw, plan, door="x")
            assert (portie.verhuisd, portie.gebleven, portie.volgende) == ((), (oordeel,), None)


def test_terugdraaien_kan_tot_de_instantie_verder_is(proef: Proef) -> None:
    instantie, oud, nieuw = _versies(proef)
    with proef.installatie.db.schrijven() as verbinding:
        plan = proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw)
        proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer")
        assert proef.motor.draai_verhuizing_terug(verbinding, instantie)
        assert not proef.motor.draai_verhuizing_terug(verbinding, instantie)
    assert [w.element for w in proef.info(instantie).wachtend] == ["beoordelen"]
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer")
    proef.rond_af("toetsen")
    with proef.installatie.db.schrijven() as verbinding:
        assert not proef.motor.draai_verhuizing_terug(verbinding, instantie)


def test_verhuizen_binnen_een_subproces(proef: Proef) -> None:
    def model(sub: str, extra: str) -> bytes:
        binnen = subproces(sub, start("s1"), taak("t"), script("x", extra, "v"), einde("s2"), "s1 > t > x > s2")
        return bpmn("p", start(), binnen, element("task", "na"), einde(), f"start > {sub} > na > einde")

    instantie, oud, nieuw = _versies(proef, model("oud_sub", "1"), model("nieuw_sub", "2"))
    with proef.installatie.db.schrijven() as verbinding:
        plan = {**proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw), "oud_sub": "nieuw_sub"}
        assert proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer").verhuisd
    proef.rond_af("t")
    assert proef.variabelen(instantie)["v"] == 2
    assert proef.staat(instantie) == "klaar"


def test_wachtend_bouwblok_krijgt_de_nieuwe_instellingen(proef: Proef) -> None:
    def model(toon: str) -> bytes:
        return bpmn(
            "p",
            start(),
            taak("t"),
            dienst("a", "proef.echo", {"waarde": "=1"}, koppen={"toon": toon}),
            einde(),
            "start > t > a > einde",
        )

    instantie, oud, nieuw = _versies(proef, model("oud"), model("nieuw"))
    stap = proef.info(instantie).wachtend[0].stap
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.taak_afgerond(verbinding, stap, {})
    with proef.installatie.db.schrijven() as verbinding:
        plan = proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw)
        proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer")
    proef.werk_af()
    assert proef.variabelen(instantie)["antwoord"] == "nieuw: 1"


def test_in_porties_tot_alles_bekeken_is(proef: Proef) -> None:
    _, oud, nieuw = _versies(proef)
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.activeer(verbinding, oud)
        for nr in range(4):
            proef.motor.start(verbinding, f"nog{nr}", "p")
    na, porties = None, []
    while True:
        with proef.installatie.db.schrijven() as verbinding:
            plan = proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw)
            porties.append(proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer", na=na, limiet=2))
        na = porties[-1].volgende
        if na is None:
            break
    assert [len(portie.verhuisd) for portie in porties] == [2, 2, 1]
    with proef.installatie.db.lezen() as verbinding:
        assert proef.motor.proef_verhuizing(verbinding, oud, nieuw, plan) == []


def test_wat_nog_teruggedraaid_kan_worden_verhuist_mee(proef: Proef) -> None:
    def model(naam: str, *, keer: bool = True) -> bytes:
        randje = (
            rand("r", naam, "<compensateEventDefinition/>") + '<association id="a" sourceRef="r" targetRef="terug"/>'
        )
        delen = [randje, taak("terug", isForCompensation="true")] if keer else []
        meld = element("intermediateThrowEvent", "meld", "<compensateEventDefinition/>")
        return bpmn(
            "p",
            start(),
            taak(naam, name="Boek"),
            *delen,
            taak("t"),
            meld,
            einde(),
            f"start > {naam} > t > meld > einde",
        )

    instantie = proef.draai(model("boek"))
    proef.rond_af("boek")
    proef.zet_neer(model("reserveer", keer=False))
    proef.zet_neer(model("reserveer"))
    with proef.installatie.db.schrijven() as verbinding:
        nieuw, zonder, oud = (d.id for d in proef.motor.definities.lijst(verbinding, "p"))
        plan = proef.motor.stel_verhuizing_voor(verbinding, oud, zonder)
        (oordeel,) = proef.motor.proef_verhuizing(verbinding, oud, zonder, plan)
        assert "teruggedraaid" in oordeel.problemen[0]
        plan = proef.motor.stel_verhuizing_voor(verbinding, oud, nieuw)
        assert plan["boek"] == "reserveer"
        assert proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer").verhuisd
    proef.rond_af("t")
    assert [w.element for w in proef.info(instantie).wachtend] == ["terug"]


def test_alleen_naar_een_versie_van_hetzelfde_proces_die_kan_draaien(proef: Proef) -> None:
    _, oud, _ = _versies(proef)
    kapot = bpmn("p", start(), element("complexGateway", "x"), einde(), "start > x > einde")
    proef.zet_neer(bpmn("q", start(), einde(), "start > einde"))
    with proef.installatie.db.schrijven() as verbinding:
        concept = proef.motor.bewaar_concept(verbinding, kapot).id
        (ander,) = proef.motor.definities.lijst(verbinding, "q")
        for naar, reden in ((concept, "concept"), (ander.id, "verschillende processen")):
            with pytest.raises(MotorFout, match=reden):
                proef.motor.stel_verhuizing_voor(verbinding, oud, naar)
            with pytest.raises(MotorFout, match=reden):
                proef.motor.verhuis(verbinding, oud, naar, {}, door="beheer")
