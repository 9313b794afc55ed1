"""Echte motoren voor alle tests: één PostgreSQL en Redis per testloop, per testproces een database uit een gemigreerd sjabloon.

Fixtures: `motoren`, `database_url` en `redis_url` (van dit testproces).
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from kern.motoren import Motoren, stop_motoren

PROEFMAP = pytest.StashKey[Path]()
MOTOREN = pytest.StashKey[Motoren]()
VOORVOEGSEL = "dv-test-"


def pytest_configure(config: pytest.Config) -> None:
    """De hoofdloop maakt de map van de motoren; testprocessen krijgen haar door."""
    if hasattr(config, "workerinput"):
        config.stash[PROEFMAP] = Path(config.workerinput["proefmap"])
        return
    _ruim_oude_lopen_op()
    config.stash[PROEFMAP] = Path(tempfile.mkdtemp(prefix=VOORVOEGSEL))
    (config.stash[PROEFMAP] / "pid").write_text(str(os.getpid()))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Xdist start een testproces."""
    node.workerinput["proefmap"] = str(node.config.stash[PROEFMAP])


def pytest_unconfigure(config: pytest.Config) -> None:
    """De hoofdloop stopt de motoren, nadat alle testprocessen klaar zijn."""
    if hasattr(config, "workerinput") or PROEFMAP not in config.stash:
        return
    if MOTOREN in config.stash:
        config.stash[MOTOREN].stop()
    _ruim_op(config.stash[PROEFMAP])


def _ruim_oude_lopen_op() -> None:
    """Een testloop die met kill -9 eindigde liet zijn motoren draaien."""
    for map_ in Path(tempfile.gettempdir()).glob(f"{VOORVOEGSEL}*"):
        pid = map_ / "pid"
        if (
            map_.owner() == Path(tempfile.gettempdir(), ".").owner()
            and pid.exists()
            and not psutil.pid_exists(int(pid.read_text() or 0))
        ):
            _ruim_op(map_)


def _ruim_op(map_: Path) -> None:
    stop_motoren(map_ / "data")
    shutil.rmtree(map_, ignore_errors=True)


@contextmanager
def _om_de_beurt(proefmap: Path) -> Iterator[None]:
    with (proefmap / "slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def motoren(pytestconfig: pytest.Config) -> Motoren:
    """De motoren van deze testloop; het eerste testproces dat ze nodig heeft start ze."""
    proefmap = pytestconfig.stash[PROEFMAP]
    motoren = Motoren(proefmap / "data", snel=True, gebonden=False)
    with _om_de_beurt(proefmap):
        pytestconfig.stash[MOTOREN] = motoren.start()
    return motoren


def met_database(url: str, database: str) -> str:
    """Dezelfde server, een andere database."""
    return url.replace("/dienstverlening?", f"/{database}?")


def beheer(url: str) -> psycopg.Connection:
    """Een verbinding om databases te maken en te verwijderen."""
    return psycopg.connect(met_database(url, "postgres").replace("+psycopg", ""), autocommit=True)
