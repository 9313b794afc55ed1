"""Een worker die op willekeurige momenten met kill -9 sterft: elk gevolg precies één keer, elke instantie precies één keer klaar."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from kern.motoren import Motoren
from tests import kernhulp
from tests.integratie.processen.motor.conftest import Proef
from tests.integratie.processen.motor.werker import maak_motor
from tests.procesmodel import bpmn, dienst, einde, element, start

WORTEL = Path(__file__).parents[4]
NAMEN = [f"d{nr}" for nr in range(10)]
MODEL = bpmn(
    "p", start(), *[dienst(naam, "proef.teken") for naam in NAMEN], element("parallelGateway", "uit"), element("parallelGateway", "in"),
    einde(), "start > d0 > d1 > d2 > uit", "uit > d3 > d4 > d5 > in", "uit > d6 > d7 > d8 > in", "in > d9 > einde",
)  # fmt: skip
LEASE = 21


def _worker(url: str, redis: str, map_: Path, verschuiving: float) -> "subprocess.Popen[str]":
    opdracht = [
        sys.executable,
        "-m",
        "tests.integratie.processen.motor.werker",
        url,
        redis,
        str(map_),
        str(verschuiving),
    ]
    omgeving = {"PYTHONPATH": f"{WORTEL / 'platform'}:{WORTEL}", "PATH": "/usr/bin:/bin"}
    proces = subprocess.Popen(opdracht, cwd=WORTEL, env=omgeving, stdout=subprocess.PIPE, text=True)
    assert proces.stdout is not None
    assert proces.stdout.readline()
    return proces


@pytest.mark.parametrize(
    ("keren", "instanties"), [(3, 8), pytest.param(25, 60, marks=pytest.mark.traag)], ids=["kort", "lang"]
)
def test_kill_9_op_willekeurige_momenten(
    keren: int, instanties: int, proef: Proef, motordatabase: str, motoren: Motoren, tmp_path: Path
) -> None:
    db = proef.installatie.db
    with db.schrijven() as verbinding:
        verbinding.execute(
            text("CREATE TABLE IF NOT EXISTS proef_gevolg (sleutel text PRIMARY KEY, instantie text, element text)")
        )
        verbinding.execute(text("CREATE TABLE IF NOT EXISTS proef_poging (element text)"))
        verbinding.execute(text("TRUNCATE proef_gevolg, proef_poging"))
    motor = maak_motor(proef.installatie)
    with db.schrijven() as verbinding:
        motor.zet_neer(verbinding, MODEL)
    for nr in range(instanties):
        with db.schrijven() as verbinding:
            motor.start(verbinding, f"b{nr}", "p")
    toeval = random.Random(7)  # noqa: S311  # een vast zaad maakt de test herhaalbaar
    for keer in range(keren):
        with _worker(motordatabase, motoren.redis_url, tmp_path, keer * LEASE) as worker:
            time.sleep(toeval.uniform(0.02, 0.25))
            worker.kill()
    kernhulp.verzet(proef.installatie, seconds=keren * LEASE)
    proef.werk_af()
    with db.lezen() as verbinding:
        rijen = verbinding.execute(text("SELECT instantie, element, count(*) FROM proef_gevolg GROUP BY 1, 2")).all()
        klaar = verbinding.scalar(text("SELECT count(*) FROM processen.instantie WHERE staat = 'klaar'"))
        stappen = verbinding.scalar(text("SELECT count(*) FROM processen.geschiedenis WHERE soort = 'serviceTask'"))
        rest = verbinding.scalar(text("SELECT count(*) FROM kern.outbox"))
    assert (klaar, rest) == (instanties, 0)
    assert len(rijen) == stappen == instanties * len(NAMEN)
    assert {aantal for _, _, aantal in rijen} == {1}
