"""Echte workerprocessen op een echte installatie, om met kill -9 te laten omvallen."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from kern.instellingen import Instellingen

HUIS = Path(__file__).parents[2]
AANTAL = 2  # zoals de demo


def omgeving_van(instellingen: Instellingen) -> dict[str, str]:
    """De omgeving waarmee een ander proces dezelfde installatie opent."""
    gezet = {naam.upper(): _tekst(getattr(instellingen, naam)) for naam in instellingen.model_fields_set}
    return {**os.environ, "PYTHONPATH": f"{HUIS / 'platform'}:{HUIS}", "LOG_NIVEAU": "error", **gezet}


def _tekst(waarde: object) -> str:
    return waarde.get_secret_value() if isinstance(waarde, SecretStr) else str(waarde)


def start(module: str, omgeving: Mapping[str, str], *opties: str) -> subprocess.Popen[bytes]:
    """Een Python-proces met deze module."""
    return subprocess.Popen([sys.executable, "-m", module, *opties], env=omgeving, cwd=HUIS)


class Werkers:
    """De workers van één installatie. `lease` in seconden is hoelang een ander van halverwege gestopt werk afblijft."""

    def __init__(self, instellingen: Instellingen, lease: float = 0, aantal: int = AANTAL) -> None:
        self._omgeving = omgeving_van(instellingen)
        self._opties = (str(lease),) if lease else ()
        self.processen = [self._start() for _ in range(aantal)]

    def _start(self) -> subprocess.Popen[bytes]:
        return start("tests.duurzaam.reiswerker", self._omgeving, *self._opties)

    def val_om(self, *welke: int) -> None:
        """Kill -9 op deze workers, en start ze opnieuw."""
        for nummer in welke:
            self.processen[nummer].kill()
        for nummer in welke:
            self.processen[nummer].wait()
            self.processen[nummer] = self._start()

    def stop(self) -> None:
        for proces in self.processen:
            proces.kill()
            proces.wait()


@contextmanager
def werkend(instellingen: Instellingen, lease: float = 0, aantal: int = AANTAL) -> Iterator[Werkers]:
    """Workers die na afloop weg zijn."""
    werkers = Werkers(instellingen, lease, aantal)
    try:
        yield werkers
    finally:
        werkers.stop()
