"""Processen starten, herstellen en stoppen, met echte processen."""

import os
import signal
import sys
import threading

import psutil
import pytest

from dienstverlening.kinderen import Kinderen, KindFout
from kern.motoren.basis import wacht_tot

SLAAP = [sys.executable, "-c", "import time; time.sleep(60)"]
DOOF = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]
MET_KLEINKIND = [
    sys.executable,
    "-c",
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])",
]


def test_stop_beeindigt_ook_kleinkinderen() -> None:
    kinderen = Kinderen({"web": MET_KLEINKIND}, {})
    kinderen.start()
    ouder = psutil.Process(kinderen.pids()["web"])
    assert wacht_tot(lambda: bool(ouder.children()), 10)
    kleinkind = ouder.children()[0]
    kinderen.stop()
    assert not ouder.is_running()
    assert wacht_tot(lambda: not kleinkind.is_running() or kleinkind.status() == psutil.STATUS_ZOMBIE, 5)


def test_wie_niet_luistert_wordt_beeindigd() -> None:
    kinderen = Kinderen({"doof": DOOF}, {}, geduld=0.5)
    kinderen.start()
    pid = kinderen.pids()["doof"]
    assert wacht_tot(lambda: "SIG_IGN" in " ".join(psutil.Process(pid).cmdline()), 5)
    kinderen.stop()
    assert not psutil.pid_exists(pid)


def test_omgevallen_proces_komt_terug() -> None:
    kinderen = Kinderen({"worker": SLAAP}, {})
    kinderen.start()
    eerste = kinderen.pids()["worker"]
    stoppen = threading.Thread(target=_dood_en_wacht_op_nieuw, args=(kinderen, eerste))
    stoppen.start()
    kinderen.draai()
    stoppen.join()
    assert kinderen.pids()["worker"] != eerste
    assert not psutil.pid_exists(kinderen.pids()["worker"])


def _dood_en_wacht_op_nieuw(kinderen: Kinderen, eerste: int) -> None:
    os.kill(eerste, signal.SIGKILL)
    wacht_tot(lambda: kinderen.pids()["worker"] != eerste, 10)
    kinderen.vraag_stop()


def test_wie_blijft_omvallen_geeft_een_fout() -> None:
    kinderen = Kinderen({"web": [sys.executable, "-c", "raise SystemExit(3)"]}, {})
    kinderen.start()
    with pytest.raises(KindFout, match="web blijft stoppen"):
        kinderen.draai()


def test_sigterm_aan_de_ouder_stopt_alles() -> None:
    kinderen = Kinderen({"worker": SLAAP}, {})
    kinderen.start()
    pid = kinderen.pids()["worker"]
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    kinderen.draai()
    assert not psutil.pid_exists(pid)
