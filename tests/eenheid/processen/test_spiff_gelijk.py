"""De snelle laag over Spiff doet hetzelfde als Spiff: willekeurige modellen, dezelfde stappen in dezelfde volgorde."""

import os
import random
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from processen.motor.spiff_aanpassing import Werkstroom
from tests.procesmodel import bpmn, einde, element, start

SPIFF_TESTS = os.environ.get("SPIFF_TESTS", "")


class _Model:
    """Een willekeurig blokgestructureerd model, in de taal van Spiff."""

    def __init__(self, zaad: int) -> None:
        self.toeval = random.Random(zaad)  # noqa: S311  # een vast zaad maakt de test herhaalbaar
        self.elementen: list[str] = []
        self.pijlen: list[str] = []
        self.nr = 0

    def xml(self) -> bytes:
        eerste, laatste = self.blok(4)
        return bpmn("p", start(), *self.elementen, einde(), *self.pijlen, f"start > {eerste}", f"{laatste} > einde")

    def blok(self, diepte: int) -> tuple[str, str]:
        soort = self.toeval.choice(["taak", "rij", "parallel", "keuze"] if diepte else ["taak"])
        return getattr(self, soort)(diepte) if soort != "taak" else self.taak()

    def nieuw(self, soort: str) -> str:
        self.nr += 1
        self.elementen.append(element(soort, f"x{self.nr}"))
        return f"x{self.nr}"

    def taak(self) -> tuple[str, str]:
        naam = self.nieuw(self.toeval.choice(["userTask", "manualTask"]))
        return naam, naam

    def rij(self, diepte: int) -> tuple[str, str]:
        delen = [self.blok(diepte - 1) for _ in range(self.toeval.randint(2, 3))]
        self.pijlen += [f"{van[1]} > {naar[0]}" for van, naar in pairwise(delen)]
        return delen[0][0], delen[-1][1]

    def _takken(self, diepte: int, soort: str) -> tuple[str, str]:
        uit, in_ = self.nieuw(soort), self.nieuw(soort)
        for nr in range(self.toeval.randint(2, 3)):
            eerste, laatste = self.blok(diepte - 1)
            einde_van_pijl = (
                ""
                if soort == "parallelGateway"
                else (" *" if nr == 0 else f" [{self.toeval.choice(['True', 'False'])}]")
            )
            self.pijlen += [f"{uit} > {eerste}{einde_van_pijl}", f"{laatste} > {in_}"]
        return uit, in_

    def parallel(self, diepte: int) -> tuple[str, str]:
        return self._takken(diepte, "parallelGateway")

    def keuze(self, diepte: int) -> tuple[str, str]:
        return self._takken(diepte, "exclusiveGateway")


def _loop(werkstroom: Any, zaad: int) -> list[str]:
    toeval, gedaan = random.Random(zaad), []  # noqa: S311  # een vast zaad maakt de test herhaalbaar
    for _ in range(2000):
        werkstroom.do_engine_steps()
        klaar = werkstroom.get_tasks(state=TaskState.READY)
        if not klaar:
            break
        taak = toeval.choice(klaar)
        gedaan.append(taak.task_spec.name)
        taak.run()
    assert werkstroom.is_completed()
    return [*gedaan, *(taak.task_spec.name for taak in werkstroom.get_tasks(state=TaskState.COMPLETED))]


@pytest.mark.parametrize("zaad", range(25))
def test_zelfde_stappen_als_spiff(zaad: int) -> None:
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(_Model(zaad).xml().replace(b"<conditionExpression>=", b"<conditionExpression>")))
    spec = parser.get_spec("p")
    machine = PythonScriptEngine()
    assert _loop(Werkstroom(spec, script_engine=machine), zaad) == _loop(
        BpmnWorkflow(spec, script_engine=machine), zaad
    )


@pytest.mark.traag
@pytest.mark.skipif(not SPIFF_TESTS, reason="SPIFF_TESTS wijst de map met de BPMN-tests van Spiff niet aan")
def test_de_eigen_tests_van_spiff() -> None:
    """Spiffs BPMN-tests (map `tests/SpiffWorkflow/bpmn` van hun broncode) met onze klassen in plaats van de hunne."""
    vervang = (
        "import sys, pytest, SpiffWorkflow.bpmn.workflow as w, SpiffWorkflow.bpmn as b\n"
        "from processen.motor.spiff_aanpassing import Werkstroom\n"
        "from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine as P\n"
        "class Met(Werkstroom):\n"
        "    def __init__(self, spec, subs=None, script_engine=None, **kw):\n"
        "        super().__init__(spec, subs, script_engine or P(), **kw)\n"
        "w.BpmnWorkflow = b.BpmnWorkflow = Met\n"
        "sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', '-W', 'ignore', *sys.argv[1:]]))\n"
    )
    map_ = Path(SPIFF_TESTS)
    wortel = Path(__file__).parents[3]
    omgeving = {**os.environ, "PYTHONPATH": f"{wortel / 'platform'}:{wortel}:{map_.parents[2]}"}
    klaar = subprocess.run(
        [sys.executable, "-c", vervang, str(map_)], cwd=map_, env=omgeving, check=False, capture_output=True, text=True
    )
    assert klaar.returncode == 0, klaar.stdout[-4000:]
