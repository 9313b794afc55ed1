"""Compensatie en transacties: terugdraaien wat klaar is, het laatste eerst, één keer, ook door de bewaarvorm heen."""

import pytest

from processen.motor.herstel import HerstelFout, _verplaats
from processen.motor.uitvoering import Uitvoering
from tests.eenheid.processen.hulp import begin, bereikt, bewaar_en_laad, codes, doe, open_stappen
from tests.procesmodel import bpmn, einde, element, fout, op_fout, per_element, rand, script, start, subproces, taak

KEER = "<compensateEventDefinition/>"
ANNULEER = "<cancelEventDefinition/>"


def _keer(sleutel: str, aan: str, door: str) -> str:
    """Een compensatiegebeurtenis aan een activiteit, met een associatie naar wie terugdraait."""
    return rand(sleutel, aan, KEER) + f'<association id="as_{sleutel}" sourceRef="{sleutel}" targetRef="{door}"/>'


def _terug(sleutel: str) -> str:
    return taak(sleutel, isForCompensation="true")


def _meld(sleutel: str, activiteit: str = "") -> str:
    waarde = f'<compensateEventDefinition activityRef="{activiteit}"/>' if activiteit else KEER
    return element("intermediateThrowEvent", sleutel, waarde)


def _open(u: Uitvoering) -> list[str]:
    return sorted(
        s.task_spec.element.id
        for s in open_stappen(u)
        if s.task_spec.element.soort == "userTask" and not s.task_spec.exemplaar
    )


def _reis(*na: str, pijlen: str) -> bytes:
    return bpmn(
        "p", start(), taak("hotel"), _keer("r1", "hotel", "geen_hotel"), _terug("geen_hotel"), taak("vlucht"),
        _keer("r2", "vlucht", "geen_vlucht"), _terug("geen_vlucht"), *na, einde(), pijlen,
    )  # fmt: skip


def test_terugdraaien_in_omgekeerde_volgorde_door_de_bewaarvorm_heen() -> None:
    u = begin(_reis(_meld("terug"), pijlen="start > hotel > vlucht > terug > einde"))
    doe(u, "hotel")
    u = bewaar_en_laad(u)
    doe(u, "vlucht")
    assert _open(u) == ["geen_vlucht"]
    u = bewaar_en_laad(u)
    doe(u, "geen_vlucht")
    assert _open(u) == ["geen_hotel"]
    u = bewaar_en_laad(u)
    doe(u, "geen_hotel")
    assert u.klaar


def test_wat_niet_klaar_is_wordt_niet_teruggedraaid() -> None:
    model = _reis(
        element("parallelGateway", "g"), _meld("terug"), taak("na"), einde("e2"),
        pijlen="start > g > hotel > einde\ng > terug > na > vlucht > e2",
    )  # fmt: skip
    u = begin(model)
    assert _open(u) == ["hotel", "na"]
    assert "terug" in bereikt(u)


def test_wat_teruggedraaid_is_wordt_niet_nog_eens_teruggedraaid() -> None:
    u = begin(_reis(_meld("een"), _meld("twee"), pijlen="start > hotel > een > vlucht > twee > einde"))
    doe(u, "hotel")
    doe(u, "geen_hotel")
    doe(u, "vlucht")
    assert _open(u) == ["geen_vlucht"]
    doe(u, "geen_vlucht")
    assert u.klaar


def test_alleen_de_genoemde_activiteit() -> None:
    u = begin(_reis(_meld("terug", "hotel"), pijlen="start > hotel > vlucht > terug > einde"))
    doe(u, "hotel")
    doe(u, "vlucht")
    assert _open(u) == ["geen_hotel"]
    doe(u, "geen_hotel")
    assert u.klaar


def test_een_einde_draait_terug_en_een_subproces_wordt_van_binnen_teruggedraaid() -> None:
    binnen = subproces(
        "s", start("s1"), taak("a"), _keer("r1", "a", "ta"), _terug("ta"), taak("b"), _keer("r2", "b", "tb"), _terug("tb"), einde("s2"),
        "s1 > a > b > s2",
    )  # fmt: skip
    model = bpmn(
        "p", start(), taak("voor"), _keer("r3", "voor", "tv"), _terug("tv"), binnen, einde(inhoud=KEER), "start > voor > s > einde",
    )  # fmt: skip
    u = begin(model)
    for naam, daarna in (("voor", "a"), ("a", "b"), ("b", "tb"), ("tb", "ta"), ("ta", "tv")):
        doe(u, naam)
        u = bewaar_en_laad(u)
        assert _open(u) == [daarna]
    doe(u, "tv")
    assert u.klaar


def test_eigen_compensatie_van_een_subproces_gaat_voor_wat_erin_zit() -> None:
    binnen = subproces("s", start("s1"), taak("a"), _keer("r1", "a", "ta"), _terug("ta"), einde("s2"), "s1 > a > s2")
    model = bpmn(
        "p", start(), binnen, _keer("r2", "s", "ts"), _terug("ts"), _meld("terug"), einde(), "start > s > terug > einde"
    )
    u = begin(model)
    doe(u, "a")
    assert _open(u) == ["ts"]
    doe(u, "ts")
    assert u.klaar


def test_herhaald_subproces_per_keer_en_herhaalde_taak_als_geheel() -> None:
    binnen = subproces(
        "s", start("s1"), taak("a"), _keer("r1", "a", "ta"), _terug("ta"), einde("s2"), "s1 > a > s2", voor=per_element("[1,2]", "n"),
    )  # fmt: skip
    meer = taak("m", extra=per_element("[1,2]", "n"))
    model = bpmn(
        "p", start(), binnen, meer, _keer("r2", "m", "tm"), _terug("tm"), _meld("terug"), einde(), "start > s > m > terug > einde",
    )  # fmt: skip
    u = begin(model)
    for naam in ("a", "a", "m", "m", "tm", "ta", "ta"):
        doe(u, naam)
    assert u.klaar


def test_vanuit_een_gebeurtenissubproces_het_bereik_eromheen() -> None:
    binnen = subproces(
        "g", start("g1", op_fout("f")), _meld("terug"), einde("g2"), "g1 > terug > g2", door_gebeurtenis=True
    )
    model = bpmn(
        "p", start(), taak("a"), _keer("r1", "a", "ta"), _terug("ta"), einde(inhoud=op_fout("f")), binnen, "start > a > einde",
        los=fout("f", "x"),
    )  # fmt: skip
    u = begin(model)
    doe(u, "a")
    assert _open(u) == ["ta"]
    u = bewaar_en_laad(u)
    doe(u, "ta")
    assert u.klaar


def test_geannuleerde_transactie_draait_terug_en_gaat_over_de_rand_verder() -> None:
    inhoud = subproces(
        "t", start("t1"), taak("a"), _keer("r1", "a", "ta"), _terug("ta"), element("exclusiveGateway", "k"), einde("goed"),
        einde("mis", ANNULEER), "t1 > a > k\nk > mis [akkoord = false]\nk > goed *",
    ).replace("subProcess", "transaction")  # fmt: skip
    model = bpmn(
        "p",
        start(),
        inhoud,
        rand("r", "t", ANNULEER),
        taak("na"),
        einde(),
        einde("e2"),
        "start > t > einde\nr > na > e2",
    )
    u = begin(model)
    doe(u, "a", akkoord=False)
    assert _open(u) == ["ta"]
    u = bewaar_en_laad(u)
    doe(u, "ta")
    assert _open(u) == ["na"]
    goed = begin(model)
    doe(goed, "a", akkoord=True)
    assert goed.klaar


def test_een_stap_die_terugdraait_is_niet_te_verplaatsen() -> None:
    u = begin(_reis(_meld("terug"), pijlen="start > hotel > vlucht > terug > einde"))
    doe(u, "hotel")
    doe(u, "vlucht")
    (stap,) = (s for s in open_stappen(u) if s.task_spec.element.id == "geen_vlucht")
    with pytest.raises(HerstelFout, match="terugdraait"):
        _verplaats(u, stap, "vlucht")


def test_geweigerd_wat_bij_compensatie_niet_klopt() -> None:
    pijlen = "start > hotel > vlucht > einde"
    zonder = bpmn("p", start(), taak("a"), rand("r", "a", KEER), einde(), "start > a > einde")
    assert codes(zonder) == {("r", "compensatie")}
    assert codes(_reis(_terug("los"), pijlen=pijlen)) == {("los", "compensatie")}
    assert codes(_reis(pijlen=pijlen + "\ngeen_hotel > einde")) == {("geen_hotel", "compensatie")}
    assert codes(_reis(_meld("x", "einde"), pijlen="start > hotel > vlucht > x > einde")) == {("x", "compensatie")}
    dubbel = '<association id="nog" sourceRef="r1" targetRef="geen_vlucht"/>'
    assert ("r1", "attribuut") in codes(_reis(dubbel, pijlen=pijlen))


def test_zonder_startgebeurtenis_begint_wat_geen_ingang_heeft() -> None:
    binnen = subproces("s", taak("a"), taak("b"), taak("c"), "a > c")
    u = begin(bpmn("p", binnen, script("d", "1", "x"), "s > d"))
    assert _open(u) == ["a", "b"]
    u = bewaar_en_laad(u)
    for naam in ("a", "c", "b"):
        doe(u, naam)
    assert u.klaar
    assert bereikt(u)[-1] == "d"


def test_lus_die_vooraf_kijkt() -> None:
    lus = '<standardLoopCharacteristics testBefore="true" loopMaximum="3"><loopCondition>=n &lt; 2</loopCondition></standardLoopCharacteristics>'
    model = bpmn("p", start(), taak("t", extra=lus), einde(), "start > t > einde")
    assert begin(model, n=5).klaar
    u = begin(model, n=0)
    doe(u, "t", n=1)
    doe(u, "t", n=2)
    assert u.klaar
