"""Lopende instanties naar een nieuwe versie: voorstel, proef, uitvoering en terugdraaien."""

from uuid import UUID

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
        assert len(proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer")) == 1
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
            assert proef.motor.verhuis(verbinding, oud, nieuw, plan, door="x") == []


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
        assert proef.motor.verhuis(verbinding, oud, nieuw, plan, door="beheer")
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
