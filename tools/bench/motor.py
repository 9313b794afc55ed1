"""Hoe snel is de procesmotor, naast SpiffWorkflow zoals het komt?

Grenzen komen uit de eisen: een taak afronden in een proces van 100 stappen ≤ 2 ms CPU (laden, afronden, bewaren) en met 400 stappen
niet meer dan twee keer zo lang; duizend exemplaren ≤ 0,3 s; ≤ 2 kB toestand bij een wachtmoment; een stap kost in een lange instantie
evenveel als in een korte. Met een database erbij meet motor_database.py.
"""

import gc
import logging
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

sys.path.insert(0, str(Path(__file__).parents[2]))
from processen.motor.bouw import compileer
from processen.motor.lezen import lees
from processen.motor.toestand import bewaar
from tests.eenheid.processen.hulp import begin, begin_met, bewaar_en_laad, doe
from tests.procesmodel import bpmn, einde, element, per_element, script, start, taak


def keten(stappen: int) -> bytes:
    """Een keten van gewone stappen met halverwege een taak voor een mens."""
    namen = [f"t{nr}" for nr in range(stappen)]
    midden = stappen // 2
    knopen = [taak(naam) if nr == midden else element("manualTask", naam) for nr, naam in enumerate(namen)]
    return bpmn("p", start(), *knopen, einde(), "start > " + " > ".join(namen) + " > einde")


def cpu(werk: Callable[[], Any], keer: int) -> float:
    """Milliseconden CPU per keer: de kleinste van vijf metingen."""
    gemeten = []
    for _ in range(5):
        gc.collect()
        begonnen = time.process_time()
        for _ in range(keer):
            werk()
        gemeten.append((time.process_time() - begonnen) / keer * 1000)
    return min(gemeten)


def onze_taak(stappen: int) -> tuple[float, int]:
    """Laden, de taak afronden, alles erna lopen, bewaren."""
    u = begin(keten(stappen))
    omvang = len(bewaar(u.top, u.volgnummer))

    def werk() -> None:
        geladen = bewaar_en_laad(u)
        doe(geladen, f"t{stappen // 2}")
        bewaar(geladen.top, geladen.volgnummer)

    return cpu(werk, 20), omvang


def alleen_taak(stappen: int) -> float:
    """Laden, één taak afronden en bewaren als er meteen weer een taak komt: de prijs van één handeling van een mens."""
    namen = [f"t{nr}" for nr in range(stappen)]
    u = begin(bpmn("p", start(), *[taak(naam) for naam in namen], einde(), "start > " + " > ".join(namen) + " > einde"))
    for naam in namen[: stappen // 2]:
        doe(u, naam)

    def werk() -> None:
        geladen = bewaar_en_laad(u)
        doe(geladen, f"t{stappen // 2}")
        bewaar(geladen.top, geladen.volgnummer)

    return cpu(werk, 50)


def stock(stappen: int, *, alles_taak: bool = False) -> tuple[float, int]:
    """Hetzelfde met SpiffWorkflow zoals het komt."""
    xml = keten(stappen)
    if alles_taak:
        xml = xml.replace(b"manualTask", b"userTask")
    sys.setrecursionlimit(20_000)
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(xml))
    werkstroom = BpmnWorkflow(parser.get_spec("p"))
    midden = f"t{stappen // 2}"
    _stock_tot(werkstroom, midden)
    omzetter = BpmnWorkflowSerializer()
    tekst = omzetter.serialize_json(werkstroom)

    def werk() -> None:
        geladen = omzetter.deserialize_json(tekst)
        geladen.get_next_task(spec_name=midden, state=TaskState.READY).run()
        if not alles_taak:
            _stock_tot(geladen, "")
        omzetter.serialize_json(geladen)

    return cpu(werk, 3), len(tekst)


def _stock_tot(werkstroom: BpmnWorkflow, midden: str) -> None:
    while True:
        werkstroom.do_engine_steps()
        klaar = [t for t in werkstroom.get_tasks(state=TaskState.READY) if t.task_spec.name != midden]
        if not klaar:
            return
        klaar[0].run()


def kale_keten(stappen: int) -> bytes:
    """Een keten zonder wachtmoment."""
    namen = [f"t{nr}" for nr in range(stappen)]
    knopen = [element("manualTask", naam) for naam in namen]
    return bpmn("p", start(), *knopen, einde(), "start > " + " > ".join(namen) + " > einde")


def hele_instantie(stappen: int) -> tuple[float, float]:
    """Een instantie van begin tot eind: de onze, en met SpiffWorkflow zoals het komt. Zonder database."""
    xml = kale_keten(stappen)
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(xml))
    spec = parser.get_spec("p")
    definitie = compileer(lees(xml), uuid4())
    return cpu(lambda: begin_met(definitie), 20), cpu(lambda: _stock_tot(BpmnWorkflow(spec), ""), 5)


def stock_meervoud(aantal: int) -> float:
    """Zoveel exemplaren met SpiffWorkflow zoals het komt; zijn uitdrukkingen zijn Python."""
    lus = f"<multiInstanceLoopCharacteristics><loopCardinality>{aantal}</loopCardinality></multiInstanceLoopCharacteristics>"
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(bpmn("p", start(), element("manualTask", "t", lus), einde(), "start > t > einde")))
    spec = parser.get_spec("p")
    return cpu(lambda: _stock_tot(BpmnWorkflow(spec), ""), 1)


def stock_vlak(rondes: int) -> tuple[float, float]:
    """Microseconden per stap met SpiffWorkflow zoals het komt, in de eerste honderd rondes van een lus en in de laatste honderd."""
    model = bpmn(
        "p", start(), element("exclusiveGateway", "s"), element("manualTask", "m"), element("manualTask", "t"), element("exclusiveGateway", "k"),
        einde(), "start > s > m > t > k\nk > s [True]\nk > einde *",
    )  # fmt: skip
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(model.replace(b">=True<", b">True<")))  # zijn uitdrukkingen zijn Python
    werkstroom = BpmnWorkflow(parser.get_spec("p"))
    duren = []
    for _ in range(rondes):
        begonnen = time.process_time()
        _stock_ronde(werkstroom)
        duren.append((time.process_time() - begonnen) / 4 * 1e6)
    return sum(duren[:100]) / 100, sum(duren[-100:]) / 100


def _stock_ronde(werkstroom: BpmnWorkflow) -> None:
    """Een keer door de lus: twee gewone stappen en wat er vanzelf loopt."""
    for _ in range(2):
        werkstroom.do_engine_steps()
        werkstroom.get_tasks(state=TaskState.READY)[0].run()


def meervoud(aantal: int) -> float:
    """Zoveel exemplaren starten en afronden."""
    binnen = element("task", "t", per_element(f"for i in 1..{aantal} return i", "n", resultaat=("uit", "n")))
    model = bpmn("p", start(), binnen, einde(), "start > t > einde")
    return cpu(lambda: begin(model), 1)


def vlak() -> tuple[float, float]:
    """Microseconden per stap in het begin en na 10.000 stappen van één instantie."""
    u = begin(
        bpmn(
            "p", start(), element("exclusiveGateway", "s"), script("tel", "n + 1", "n"), taak("t"), element("exclusiveGateway", "k"),
            einde(), "start > s > tel > t > k\nk > s [n < 100000]\nk > einde *",
        ),
        n=0,
    )  # fmt: skip

    def rondes(aantal: int) -> float:
        nonlocal u
        begonnen = time.process_time()
        for _ in range(aantal):
            doe(u, "t")
            u = bewaar_en_laad(u)
        return (time.process_time() - begonnen) / aantal / 4 * 1e6

    eerste = rondes(250)
    rondes(2000)
    return eerste, rondes(250)


def main() -> None:
    logging.disable(logging.CRITICAL)
    for stappen in (100, 400):
        (ons, omvang), (hun, hun_omvang) = onze_taak(stappen), stock(stappen)
        print(
            f"taak + rest van {stappen} stappen: {ons:.2f} ms CPU (stock Spiff {hun:.1f}); toestand {omvang} bytes (stock {hun_omvang})"
        )
        print(
            f"één taak in {stappen} stappen: {alleen_taak(stappen):.2f} ms CPU (stock Spiff {stock(stappen, alles_taak=True)[0]:.1f})"
        )
    ons, hun = hele_instantie(10)
    print(f"instantie van tien stappen, zonder database: {ons:.2f} ms CPU (stock Spiff {hun:.2f})")
    print(f"duizend exemplaren: {meervoud(1000):.0f} ms (stock Spiff {stock_meervoud(1000):.0f})")
    eerste, laatste = vlak()
    hun_eerste, hun_laatste = stock_vlak(200)
    print(
        f"per stap: {eerste:.0f} µs in het begin, {laatste:.0f} µs na 10.000 stappen (stock Spiff {hun_eerste:.0f}, en {hun_laatste:.0f} na 800; na 1.000 houdt het op)"
    )


if __name__ == "__main__":
    main()
