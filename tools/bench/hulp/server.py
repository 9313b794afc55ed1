"""Een webserver (granian) op een vrije poort starten, wachten tot zij antwoordt, en haar geheugen meten."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from kern.instellingen import Instellingen

WERKERS = 4
DRADEN = 2  # per proces; met meer wachten ze vooral op elkaar (rekenen kan er maar één tegelijk)
GEDULD = 120.0


@dataclass
class Server:
    """Een draaiende server: poort, hoe lang het eerste antwoord duurde (s), en het proces."""

    poort: int
    eerste_antwoord: float
    proces: psutil.Process

    def geheugen(self) -> list[float]:
        """RSS in MB per webproces (kinderen van granian zelf)."""
        return [kind.memory_info().rss / 1e6 for kind in self.proces.children(recursive=True)]

    def eigen_geheugen(self) -> list[float]:
        """USS in MB per webproces: wat alleen dit proces gebruikt."""
        return [kind.memory_full_info().uss / 1e6 for kind in self.proces.children(recursive=True)]

    def aandeel(self) -> list[float]:
        """PSS in MB per webproces: het eigen geheugen, en een evenredig deel van wat processen delen. Opgeteld is dat wat er echt weg is."""
        return [kind.memory_full_info().pss / 1e6 for kind in self.proces.children(recursive=True)]


@contextmanager
def granian(
    doel: str,
    poort: int,
    extra: Mapping[str, str],
    *,
    werkers: int = WERKERS,
    draden: int = DRADEN,
    module: str = "granian",
) -> Iterator[Server]:
    """Start `doel` (module:fabriek) en stop haar na afloop; `module` is granian zelf, of met het platform al geladen."""
    kaal = ["--interface", "wsgi", "--http", "1", "--log-level", "warning", "--no-ws", "--factory"]
    opdracht = [
        sys.executable, "-m", module, "--host", "127.0.0.1", "--port", str(poort), "--workers", str(werkers),
        "--blocking-threads", str(draden), *(kaal if module == "granian" else []), doel,
    ]  # fmt: skip
    omgeving = {**os.environ, **extra}
    begin = time.perf_counter()
    proces = subprocess.Popen(opdracht, env=omgeving, cwd=Path(__file__).parents[3], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wacht(poort, proces)
        yield Server(poort, time.perf_counter() - begin, psutil.Process(proces.pid))
    finally:
        proces.terminate()
        proces.wait(20)


def platform(i: Instellingen) -> AbstractContextManager[Server]:
    """De webserver van het hele platform met deze instellingen, op hun poort."""
    variabelen = {
        "OMGEVING": i.omgeving, "DATA": str(i.data), "POORT": str(i.poort), "DATABASE_URL": i.database_url, "REDIS_URL": i.redis_url,
        "GEHEIME_SLEUTEL": i.geheime_sleutel.get_secret_value(), "LOG_NIVEAU": "warning", "REDIS_PREFIX": i.redis_prefix,
        "PROXIES": str(i.proxies),
    }  # fmt: skip
    return granian("dienstverlening.web:maak_wsgi", i.poort, variabelen, module="dienstverlening.webserver")


def _wacht(poort: int, proces: subprocess.Popen[bytes]) -> None:
    einde = time.monotonic() + GEDULD
    while time.monotonic() < einde and proces.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{poort}/gezond", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.02)
    raise RuntimeError("de webserver antwoordt niet")
