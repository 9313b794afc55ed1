"""Wat niet kan wordt bij het neerzetten geweigerd, met element, reden en remedie."""

from typing import Any

import pytest

from contracten import Bouwblok, Bouwblokken, Fout, Geen, Gegevens, Opdracht, Tekst
from tests.eenheid.processen.hulp import bevindingen, codes
from tests.procesmodel import (
    bericht,
    bpmn,
    dienst,
    einde,
    element,
    fout,
    op_bericht,
    op_fout,
    rand,
    script,
    start,
    subproces,
    taak,
    tijd,
    uitbreiding,
    wacht,
)

KEER = "<compensateEventDefinition/>"


class Keuze(Gegevens):
    zaaktype: str
    aantal: int = 1


class In(Gegevens):
    verzoek: str
    soort: str = ""


class Blok(Bouwblok[Keuze, In, Geen]):
    sleutel = "proef.blok"
    naam = Tekst("Blok", "Block")
    uitleg = Tekst("Blok.", "Block.")
    fouten = (Fout("kan-niet", Tekst("Kan niet.", "Cannot.")),)

    def voer_uit(self, opdracht: Opdracht[Keuze, In]) -> Geen:
        del opdracht
        return Geen()


BLOKKEN = Bouwblokken([Blok()])


def _met(midden: str, sleutel: str = "x", **meer: Any) -> bytes:
    return bpmn("p", start(), midden, einde(), f"start > {sleutel} > einde", **meer)


@pytest.mark.parametrize(
    ("model", "verwacht"),
    [
        (_met(element("complexGateway", "x")), ("x", "niet-ondersteund")),
        (_met(element("adHocSubProcess", "x")), ("x", "niet-ondersteund")),
        (_met(element("intermediateThrowEvent", "x", '<compensateEventDefinition activityRef="y"/>')), ("x", "compensatie")),
        (_met(element("intermediateThrowEvent", "x", '<compensateEventDefinition waitForCompletion="false"/>')), ("x", "attribuut")),
        (_met(element("task", "x", isForCompensation="true")), ("x", "compensatie")),
        (bpmn("p", start(), taak("x"), rand("r", "x", KEER), einde(), "start > x > einde"), ("r", "compensatie")),
        (bpmn("p", start(), einde(inhoud="<cancelEventDefinition/>"), "start > einde"), ("einde", "annuleer")),
        (bpmn("p", start(), taak("x"), rand("r", "x", "<cancelEventDefinition/>"), einde(), "start > x > einde\nr > einde"), ("r", "annuleer")),
        (_met(element("task", "x") + element("dataStoreReference", "d")), ("d", "gegevensopslag")),
        (_met(element("task", "x") + element("dataInput", "d")), ("d", "onbekend")),
        (bpmn("p", element("task", "x"), "x > x"), ("p", "geen-start")),
        (_met(element("receiveTask", "x", instantiate="true")), ("x", "attribuut")),
        (_met(element("eventBasedGateway", "x", eventGatewayType="Parallel")), ("x", "attribuut")),
        (_met(taak("x", extra='<multiInstanceLoopCharacteristics behavior="One"/>')), ("x", "attribuut")),
        (_met(element("task", "x", startQuantity="2")), ("x", "attribuut")),
        (_met(taak("x", extra='<standardLoopCharacteristics loopMaximum="veel"/>')), ("x", "onvolledig")),
        (_met(taak("x", extra='<standardLoopCharacteristics testBefore="true" loopMaximum="3"/>')), ("x", "onvolledig")),
        (bpmn("p", start(), element("task", "x"), element("task", "x"), einde(), "start > x > einde"), ("x", "id")),
        (_met(wacht("x", "<eventDefinitionRef>weg</eventDefinitionRef>")), ("x", "onvolledig")),
        (bpmn("p", start(), element("parallelGateway", "x"), einde(), "start > x > einde [a]"), ("p_x_einde_78", "voorwaarde")),
        (bpmn("p", start(), start("s2"), einde(), "start > einde\ns2 > einde"), ("s2", "meer-starts")),
        (bpmn("p", start(inhoud="<conditionalEventDefinition><condition>a</condition></conditionalEventDefinition>"), einde(), "start > einde"), ("start", "gebeurtenis")),
        (bpmn("p", start(inhoud=tijd("timeCycle", "elke dag")), einde(), "start > einde"), ("start", "tijd")),
        (_met(wacht("x", tijd("timeDuration", "morgen"))), ("x", "tijd")),
        (_met(wacht("x", tijd("timeDuration", "=duration("))), ("x", "feel")),
        (_met(wacht("x", op_bericht("m")), los=bericht("m", "betaald")), ("x", "onvolledig")),
        (_met(wacht("x", op_bericht("weg"))), ("x", "onvolledig")),
        (_met(wacht("x", "")), ("x", "gebeurtenis")),
        (_met(wacht("x", tijd("timeDuration", "P1D") + tijd("timeDuration", "P2D"))), ("x", "meer-gebeurtenissen")),
        (_met(element("intermediateThrowEvent", "x", '<linkEventDefinition name="weg"/>')), ("x", "onvolledig")),
        (_met(dienst("x", "bestaat.niet")), ("x", "bouwblok")),
        (_met(element("sendTask", "x")), ("x", "bouwblok")),
        (_met(dienst("x", "proef.blok", {"verzoek": "=v"})), ("x", "configuratie")),
        (_met(dienst("x", "proef.blok", {"verzoek": "=v"}, koppen={"zaaktype": "z", "aantal": "veel"})), ("x", "configuratie")),
        (_met(dienst("x", "proef.blok", koppen={"zaaktype": "z"})), ("x", "invoer")),
        (_met(dienst("x", "proef.blok", {"verzoek": "=v", "vreemd": "=1"}, koppen={"zaaktype": "z"})), ("x", "invoer")),
        (_met(dienst("x", "proef.blok", {"verzoek": "=1 +"}, koppen={"zaaktype": "z"})), ("x", "feel")),
        (_met(element("businessRuleTask", "x")), ("x", "beslissing")),
        (_met(element("callActivity", "x")), ("x", "onvolledig")),
        (_met(element("scriptTask", "x", "<script>print(1)</script>")), ("x", "script")),
        (_met(script("x", "1 +", "y")), ("x", "feel")),
        (_met(script("x", "werkdag(1)", "y")), ("x", "feel")),
        (_met(script("x", "substring(naam)", "y")), ("x", "feel")),
        (_met(wacht("x", tijd("timeDuration", '=duration("P1D", 2)'))), ("x", "feel")),
        (bpmn("p", start(), element("task", "x"), einde(), "start > einde"), ("x", "onbereikbaar")),
        (bpmn("p", start(), element("task", "x"), einde(), "start > x > start\nx > einde"), ("start", "ingang")),
        (bpmn("p", start(), element("eventBasedGateway", "x"), taak("t"), einde(), "start > x > t > einde"), ("x", "poort")),
        (_met(subproces("x", einde("b"), "b > b")), ("x", "geen-start")),
        (_met(taak("x", extra="<multiInstanceLoopCharacteristics/>")), ("x", "onvolledig")),
    ],
)  # fmt: skip
def test_geweigerd_met_element_en_code(model: bytes, verwacht: tuple[str, str]) -> None:
    gevonden = bevindingen(model, BLOKKEN)
    assert verwacht in {(b.element, b.code) for b in gevonden}
    assert all(b.nl and b.en and b.remedie_nl and b.remedie_en for b in gevonden)


def test_exclusieve_gateway_zonder_voorwaarde() -> None:
    model = bpmn("p", start(), element("exclusiveGateway", "k"), einde(), einde("e2"), "start > k > einde\nk > e2 [x]")
    (bevinding,) = bevindingen(model)
    assert bevinding.code == "geen-voorwaarde"
    assert bevinding.remedie_nl
    assert bevinding.remedie_en


def test_wachttijd_die_geen_duur_is() -> None:
    eigen = '<zeebe:properties><zeebe:property name="wachttijden" value="PT5M,even"/></zeebe:properties>'
    blok = dienst("x", "proef.blok", {"verzoek": "=v"}, koppen={"zaaktype": "z"}).replace(
        "<zeebe:taskHeaders>", eigen + "<zeebe:taskHeaders>"
    )
    (bevinding,) = bevindingen(_met(blok), BLOKKEN)
    assert "'even'" in bevinding.nl


def test_alle_bevindingen_tegelijk() -> None:
    model = bpmn("p", start(), element("complexGateway", "a"), dienst("b", "weg"), einde(), "start > a > b > einde")
    assert codes(model) == {("a", "niet-ondersteund"), ("b", "bouwblok")}


def test_foutcode_die_het_bouwblok_niet_kent() -> None:
    blok = dienst("x", "proef.blok", {"verzoek": "=v"}, koppen={"zaaktype": "z"})
    model = bpmn(
        "p", start(), blok, rand("r", "x", op_fout("f")), einde(), einde("e2"), "start > x > einde\nr > e2", los=fout("f", "anders"),
    )  # fmt: skip
    assert codes(model, BLOKKEN) == {("r", "foutcode")}


def test_een_goed_model_heeft_geen_bevindingen() -> None:
    blok = dienst("x", "proef.blok", {"verzoek": "=verzoek"}, koppen={"zaaktype": "z", "aantal": "3"}, herhalingen="2")
    model = bpmn(
        "p", start(), blok, rand("r", "x", op_fout("f")), einde(), einde("e2"), "start > x > einde\nr > e2", los=fout("f", "kan-niet"),
    )  # fmt: skip
    assert codes(model, BLOKKEN) == set()


def test_gereedschap_van_anderen_in_uitbreidingen_stoort_niet() -> None:
    vreemd = uitbreiding('<x:formulier xmlns:x="urn:anders" id="f"/>')
    assert codes(bpmn("p", start(), element("userTask", "t", vreemd), einde(), "start > t > einde")) == set()
