"""De worker op zijn echte ingang, in eigen processen die met kill -9 omvallen, met een Redis die leegloopt of wegblijft."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.outbox import plaats
from kern.tabellen import OutboxTabel
from tests.integratie.kern.conftest import installatie, kern_url
from tests.kernhulp import ruim_redis_op

__all__ = ["installatie", "kern_url"]
HUIS = Path(__file__).parents[2]
PER_SLEUTEL = 25
SLEUTELS = ("a", "b", "c", "d")


def start(installatie: Installatie, redis_url: str) -> subprocess.Popen[bytes]:
    """Eén workerproces op deze installatie."""
    omgeving = {**os.environ, "PYTHONPATH": f"{HUIS / 'platform'}:{HUIS}"}
    i = installatie.instellingen
    opdracht = [sys.executable, "-m", "tests.duurzaam.werkproces", i.database_url, redis_url, i.redis_prefix]
    return subprocess.Popen(opdracht, env=omgeving, cwd=HUIS)


@contextmanager
def workers(installatie: Installatie, redis_url: str, aantal: int = 2) -> Iterator[list[subprocess.Popen[bytes]]]:
    processen = [start(installatie, redis_url) for _ in range(aantal)]
    try:
        yield processen
    finally:
        for proces in processen:
            proces.kill()
            proces.wait()


def leg_klaar(installatie: Installatie, verwerker: str = "buiten") -> None:
    for nummer in range(PER_SLEUTEL):
        with installatie.db.schrijven() as verbinding:
            for sleutel in SLEUTELS:
                plaats(installatie, verbinding, verwerker, {"n": nummer}, sleutel=sleutel)


def gedaan(installatie: Installatie) -> list[str]:
    with installatie.db.lezen() as verbinding:
        return list(verbinding.scalars(text("SELECT onderwerp FROM kern.auditregel ORDER BY id")))


def over(installatie: Installatie) -> int:
    with installatie.db.lezen() as verbinding:
        return int(verbinding.execute(select(func.count()).select_from(OutboxTabel)).scalar_one())


def wacht(klaar: Callable[[], Any], seconden: float = 30) -> None:
    einde = time.monotonic() + seconden
    while not klaar():
        assert time.monotonic() < einde, "duurt te lang"
        time.sleep(0.05)


def wacht_op_meer_dan(installatie: Installatie, aantal: int) -> None:
    wacht(lambda: len(gedaan(installatie)) > aantal)


def eis_precies_een_keer_op_volgorde(installatie: Installatie) -> None:
    regels = gedaan(installatie)
    assert len(regels) == PER_SLEUTEL * len(SLEUTELS)
    for sleutel in SLEUTELS:
        nummers = [int(regel.split(":")[1]) for regel in regels if regel.startswith(f"{sleutel}:")]
        assert nummers == list(range(PER_SLEUTEL))


@pytest.mark.parametrize("soort", ["binnen", "buiten"])
def test_kill_9_halverwege_verliest_niets_en_doet_niets_dubbel(
    installatie: Installatie, motoren: Motoren, soort: str
) -> None:
    toeval = random.Random(20260714)  # noqa: S311  # herhaalbaar toeval, geen geheim
    with workers(installatie, motoren.redis_url) as processen:
        leg_klaar(installatie, soort)
        for ronde in range(6):
            wacht_op_meer_dan(installatie, ronde * 10)
            time.sleep(toeval.random() * 0.05)
            slachtoffer = toeval.randrange(len(processen))
            processen[slachtoffer].kill()
            processen[slachtoffer].wait()
            processen[slachtoffer] = start(installatie, motoren.redis_url)
        wacht(lambda: over(installatie) == 0)
    eis_precies_een_keer_op_volgorde(installatie)


def test_redis_leeg_halverwege(installatie: Installatie, motoren: Motoren) -> None:
    with workers(installatie, motoren.redis_url):
        leg_klaar(installatie)
        for doel in (5, 40):
            wacht_op_meer_dan(installatie, doel)
            ruim_redis_op(installatie)
        wacht(lambda: over(installatie) == 0)
    eis_precies_een_keer_op_volgorde(installatie)


def test_zonder_redis_gaat_het_werk_door(installatie: Installatie) -> None:
    with workers(installatie, "redis://localhost:1", aantal=1):
        wacht(lambda: _verbonden(installatie))
        leg_klaar(installatie)
        wacht(lambda: over(installatie) == 0)
    eis_precies_een_keer_op_volgorde(installatie)


def _verbonden(installatie: Installatie) -> bool:
    vraag = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    with installatie.db.lezen() as verbinding:
        return bool(verbinding.execute(vraag).scalar_one())


def test_sigterm_maakt_de_lopende_rij_af_en_stopt_snel(installatie: Installatie, motoren: Motoren) -> None:
    with workers(installatie, motoren.redis_url, aantal=1) as processen:
        leg_klaar(installatie)
        wacht_op_meer_dan(installatie, 3)
        processen[0].send_signal(signal.SIGTERM)
        assert processen[0].wait(timeout=5) == 0
    with installatie.db.lezen() as verbinding:
        geleend = verbinding.execute(select(func.count()).where(OutboxTabel.lease.is_not(None))).scalar_one()
    assert geleend == 0
    assert over(installatie) + len(gedaan(installatie)) == PER_SLEUTEL * len(SLEUTELS)
