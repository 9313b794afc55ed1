"""De webserver houdt haar webprocessen in leven, en stopt als het gevraagd wordt."""

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from dienstverlening.opdrachten import vrije_poort

PROCESSEN = 3
GEDULD = 30.0
APP = """
    import os, time

    def maak():
        time.sleep({traag})
        {eerst}

        def app(omgeving, begin):
            begin("200 OK", [("Content-Type", "text/plain")])
            return [str(os.getpid()).encode()]

        return app
"""


@contextmanager
def server(map_: Path, *, traag: float = 0.0, eerst: str = "pass") -> Iterator[tuple[psutil.Process, int]]:
    """Een webserver met een kleine app: het hoofdproces en de poort."""
    (map_ / "kleine_app.py").write_text(textwrap.dedent(APP).format(traag=traag, eerst=eerst))
    poort = vrije_poort("127.0.0.1")
    opties = ["--port", str(poort), "--workers", str(PROCESSEN), "kleine_app:maak"]
    proces = subprocess.Popen([sys.executable, "-m", "dienstverlening.webserver", *opties], cwd=map_)
    hoofd = psutil.Process(proces.pid)
    with ExitStack() as stapel:
        stapel.callback(proces.wait)
        stapel.callback(_beeindig, hoofd)
        yield hoofd, poort


def _beeindig(hoofd: psutil.Process) -> None:
    for proces in (*_kinderen(hoofd), hoofd):
        if proces.is_running():
            proces.kill()


def _kinderen(hoofd: psutil.Process) -> list[psutil.Process]:
    try:
        return hoofd.children()
    except psutil.NoSuchProcess:
        return []


def wacht(voorwaarde: Callable[[], object]) -> None:
    """Tot het zover is."""
    einde = time.monotonic() + GEDULD
    while not voorwaarde():
        assert time.monotonic() < einde, "het duurt te lang"
        time.sleep(0.02)


def antwoordt(poort: int) -> str:
    """Het nummer van het proces dat antwoordt; leeg als er geen is."""
    try:
        return httpx.get(f"http://127.0.0.1:{poort}/", timeout=5).text
    except httpx.TransportError:
        return ""


def test_alle_webprocessen_tegelijk_weg(tmp_path: Path) -> None:
    """Twee keer achter elkaar vallen ze allemaal om: er komen nieuwe, en dezelfde server bedient verder."""
    with server(tmp_path) as (hoofd, poort):
        for _ in range(2):
            wacht(lambda: len(_kinderen(hoofd)) == PROCESSEN and antwoordt(poort))
            oude = _kinderen(hoofd)
            for proces in oude:
                proces.kill()
            weg = {str(proces.pid) for proces in oude}
            wacht(lambda weg=weg: antwoordt(poort) not in {"", *weg})  # type: ignore[misc]  # mypy kent de standaardwaarde niet
        assert hoofd.is_running()
        hoofd.terminate()
        assert hoofd.wait(GEDULD) == 0


@pytest.mark.parametrize("sein", [signal.SIGTERM, signal.SIGINT])
def test_stoppen_tijdens_het_starten(tmp_path: Path, sein: signal.Signals) -> None:
    """De webprocessen zijn nog aan het laden: ook dan stopt alles, zonder op hun geduld te wachten."""
    with server(tmp_path, traag=GEDULD * 2) as (hoofd, _):
        wacht(lambda: len(_kinderen(hoofd)) == PROCESSEN)
        kinderen = _kinderen(hoofd)
        hoofd.send_signal(sein)
        assert hoofd.wait(GEDULD) == 0
        assert not any(kind.is_running() for kind in kinderen)


def test_app_die_niet_start(tmp_path: Path) -> None:
    """Komt geen enkel webproces aan het werk, dan stopt de server met een foutcode."""
    with server(tmp_path, eerst="raise SystemExit(3)") as (hoofd, _):
        assert hoofd.wait(GEDULD) == 1
