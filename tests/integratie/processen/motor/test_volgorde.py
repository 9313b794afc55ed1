"""Stappen met dezelfde volgorde gaan een voor een, ook van verschillende instanties, met meer workers en bij een herhaling."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from kern.outbox import Afhandelaar
from tests.integratie.processen.motor.conftest import Proef
from tests.procesmodel import bpmn, einde, element, io, start, uitbreiding

EIGENSCHAP = '<zeebe:properties><zeebe:property name="volgorde" value="=waarvoor"/></zeebe:properties>'
DIENST = element(
    "serviceTask",
    "d",
    uitbreiding('<zeebe:taskDefinition type="proef.echo"/>', EIGENSCHAP, io({"waarde": "=waarvoor"})),
)
MODEL = bpmn("p", start(), DIENST, einde(), "start > d > einde")


def test_twee_workers_doen_dezelfde_volgorde_nooit_tegelijk(proef: Proef) -> None:
    bezig: Counter[Any] = Counter()
    meest: dict[Any, int] = {}
    slot = Lock()

    def gedrag(opdracht: Any) -> None:
        waarvoor = opdracht.invoer.waarde
        with slot:
            bezig[waarvoor] += 1
            meest[waarvoor] = max(meest.get(waarvoor, 0), bezig[waarvoor])
            meest["samen"] = max(meest.get("samen", 0), bezig.total())
        time.sleep(0.03)
        with slot:
            bezig[waarvoor] -= 1

    proef.echo.gedrag = gedrag
    proef.zet_neer(MODEL)
    for nr in range(12):
        proef.start("p", f"b{nr}", waarvoor="ab"[nr % 2])
    with ThreadPoolExecutor(4) as draden:
        while any(draden.map(lambda _: Afhandelaar(proef.installatie).werk_af(), range(4))):
            pass
    assert len(proef.echo.opdrachten) == 12
    assert meest == {"a": 1, "b": 1, "samen": 2}


def test_een_herhaling_wacht_weer_op_haar_beurt(proef: Proef) -> None:
    """Zij komt achteraan, en wat na haar komt wacht op haar."""

    def gedrag(opdracht: Any) -> None:
        if opdracht.bedrijfssleutel == "eerste" and opdracht.poging == 1:
            raise ConnectionError("even weg")

    proef.echo.gedrag = gedrag
    proef.zet_neer(MODEL)
    eerste, tweede = proef.start("p", "eerste", waarvoor="a"), proef.start("p", "tweede", waarvoor="a")
    proef.werk_af()
    derde = proef.start("p", "derde", waarvoor="a")
    proef.werk_af()
    assert [proef.staat(instantie) for instantie in (eerste, tweede, derde)] == ["loopt", "klaar", "loopt"]
    proef.werk_af(seconds=2)
    assert [(o.bedrijfssleutel, o.poging) for o in proef.echo.opdrachten] == [
        ("eerste", 1), ("tweede", 1), ("eerste", 2), ("derde", 1),
    ]  # fmt: skip
