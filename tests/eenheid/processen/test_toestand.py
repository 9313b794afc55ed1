"""Bewaarde toestanden van eerdere uitgaven blijven leesbaar. De inhoud hieronder staat vast: een nieuwe vorm komt erbij, nooit ervoor in de plaats."""

from datetime import timedelta
from typing import Any
from uuid import RFC_4122, UUID, uuid4

import pytest

from processen.motor import opslag, toestand
from processen.motor.bouw import compileer
from processen.motor.fouten import MotorFout
from processen.motor.lezen import lees
from processen.motor.motor import nieuw_nummer
from processen.motor.uitvoering import Uitvoering
from tests.eenheid.processen.hulp import NU, Los, doe, open_stappen
from tests.procesmodel import bpmn, einde, element, rand, start, subproces, taak, tijd

SUB = "11111111-1111-4111-8111-111111111111"
BINNEN = "22222222-2222-4222-8222-222222222222"
RAND = "33333333-3333-4333-8333-333333333333"
VORM_1: dict[str, Any] = {
    "v": 1,
    "n": 4,
    "w": [
        {
            "o": None, "d": None, "b": "p", "v": None,
            "s": [
                [SUB.replace("-", ""), "#s", 32, {"nr": 2}],
                [RAND.replace("-", ""), "#r", 8, {"bij": SUB.replace("-", ""), "beurt": 1, "om": "2026-03-12T10:00:00+00:00"}],
            ],
        },
        {"o": SUB.replace("-", ""), "d": None, "b": "s", "v": None, "s": [[BINNEN.replace("-", ""), "#t", 32, {"nr": 4, "taak": 1}, {"vraag": "x"}]]},
    ],
}  # fmt: skip
"""Een taak in een subproces met een timer op de rand, zoals uitgave 1 haar bewaarde (zonder `k`)."""


def _uitvoering(inhoud: dict[str, Any]) -> Uitvoering:
    binnen = subproces("s", start("s1"), taak("t"), einde("s2"), "s1 > t > s2")
    model = bpmn(
        "p", start(), binnen, rand("r", "s", tijd("timeDuration", "P10D")), element("task", "na"), einde(), einde("e2"),
        "start > s > na > einde\nr > e2",
    )  # fmt: skip
    gecompileerd, omgeving = compileer(lees(model), uuid4()), Los()
    werkstroom, nummer = toestand.herstel(toestand.pak_in(inhoud), gecompileerd, omgeving.haal)
    uitvoering = Uitvoering(omgeving, uuid4(), werkstroom, {}, nummer)
    opslag.koppel(uitvoering)
    return uitvoering


def test_vorm_1_is_te_lezen_en_loopt_verder() -> None:
    u = _uitvoering(VORM_1)
    assert {str(stap.id) for stap in open_stappen(u)} == {SUB, BINNEN, RAND}
    stap = u.vind(UUID(BINNEN))
    assert stap is not None
    assert stap.lokaal == {"vraag": "x"}
    doe(u, "t")
    assert u.klaar
    assert u.volgnummer > 4


def test_wat_bewaard_wordt_heeft_dezelfde_vorm() -> None:
    bewaard = toestand.pak_uit(toestand.bewaar(_uitvoering(VORM_1).top, 4))
    assert bewaard == VORM_1


def test_een_onbekende_vorm_is_een_fout_met_een_naam() -> None:
    with pytest.raises(MotorFout, match="vorm 99"):
        _uitvoering({**VORM_1, "v": 99})


def test_nummers_van_instanties_lopen_op_met_de_tijd() -> None:
    nummers = [nieuw_nummer(NU + timedelta(milliseconds=nr)) for nr in range(50)]
    assert nummers == sorted(nummers)
    assert {nummer.version for nummer in nummers} == {7}
    assert {nummer.variant for nummer in nummers} == {RFC_4122}
    assert len({nieuw_nummer(NU) for _ in range(1000)}) == 1000
