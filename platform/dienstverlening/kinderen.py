"""De processen van een installatie (web, worker) starten, in leven houden en samen stoppen."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

import structlog

from kern.motoren.basis import bind_aan_ouder

log = structlog.get_logger()
GEDULD = 10.0
TIK = 0.2
MEESTE_HERSTARTS = 5
HERSTART_VENSTER = 60.0


class KindFout(Exception):
    """Een proces stopt steeds weer direct na het starten. De tekst is één regel voor de beheerder."""


@dataclass
class Kind:
    """Eén proces: zijn opdracht en, als het draait, wat er draait. `herstarts` zijn de tijdstippen van de laatste keren."""

    naam: str
    opdracht: Sequence[str]
    proces: subprocess.Popen[bytes] | None = None
    herstarts: list[float] = field(default_factory=list)


class Kinderen:
    """Een groep processen die samen start en stopt. Valt er een om, dan komt hij terug; blijft hij omvallen: `KindFout`."""

    def __init__(
        self,
        opdrachten: Mapping[str, Sequence[str]],
        extra_omgeving: Mapping[str, str],
        *,
        log_map: Path | None = None,
        geduld: float = GEDULD,
    ) -> None:
        self._kinderen = [Kind(naam, opdracht) for naam, opdracht in opdrachten.items()]
        self._omgeving = {**os.environ, **extra_omgeving}
        self._log_map = log_map
        self._geduld = geduld
        self._stop = threading.Event()

    def start(self) -> None:
        """Start alle processen."""
        for kind in self._kinderen:
            self._start(kind)

    def draai(self, elke_tik: Callable[[], None] = lambda: None) -> None:
        """Houd de processen in leven tot Ctrl-C, SIGTERM of `vraag_stop()`, en stop ze dan allemaal."""
        try:
            with self._seinen():
                while not self._stop.wait(TIK):
                    self._herstel()
                    elke_tik()
        finally:
            self.stop()

    def vraag_stop(self, _sein: int = 0, _frame: FrameType | None = None) -> None:
        """Laat `draai` eindigen; mag vanuit een signaal."""
        self._stop.set()

    def stop(self) -> None:
        """Vraag elk proces te stoppen; wie na het geduld nog leeft, wordt met zijn hele groep beëindigd."""
        lopend = [kind.proces for kind in self._kinderen if kind.proces]
        for proces in lopend:
            _sein_groep(proces.pid, signal.SIGTERM)
        einde = time.monotonic() + self._geduld
        for proces in lopend:
            try:
                proces.wait(max(0.1, einde - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("proces stopt niet en wordt beëindigd", pid=proces.pid)
            # Ook als het proces zelf netjes stopte: een achtergebleven kleinkind hoort bij dezelfde groep.
            _sein_groep(proces.pid, signal.SIGKILL)
            proces.wait()

    def pids(self) -> dict[str, int]:
        """De proces-id's die nu lopen, per naam."""
        return {kind.naam: kind.proces.pid for kind in self._kinderen if kind.proces}

    @contextmanager
    def _seinen(self) -> Iterator[None]:
        oude = {sein: signal.signal(sein, self.vraag_stop) for sein in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sein, handler in oude.items():
                signal.signal(sein, handler)

    def _start(self, kind: Kind) -> None:
        # Een eigen sessie: Ctrl-C in de terminal treft alleen de ouder, die netjes en in volgorde stopt.
        opdracht = [*bind_aan_ouder(True, signal.SIGTERM), *kind.opdracht]
        with self._uitvoer(kind) as uitvoer:
            kind.proces = subprocess.Popen(  # noqa: S603 - eigen opdracht
                opdracht, env=self._omgeving, start_new_session=True, stdout=uitvoer, stderr=uitvoer
            )

    @contextmanager
    def _uitvoer(self, kind: Kind) -> Iterator[IO[bytes] | None]:
        """Waar de uitvoer van een proces heen gaat: een logbestand, of die van dit proces."""
        if self._log_map is None:
            yield None
            return
        self._log_map.mkdir(parents=True, exist_ok=True)
        with (self._log_map / f"{kind.naam}.log").open("ab") as bestand:
            yield bestand

    def _herstel(self) -> None:
        for kind in self._kinderen:
            if kind.proces and kind.proces.poll() is not None:
                _sein_groep(kind.proces.pid, signal.SIGKILL)
                self._tel_herstart(kind, kind.proces.returncode)
                self._start(kind)

    def _tel_herstart(self, kind: Kind, code: int) -> None:
        nu = time.monotonic()
        kind.herstarts = [moment for moment in kind.herstarts if nu - moment < HERSTART_VENSTER] + [nu]
        if len(kind.herstarts) > MEESTE_HERSTARTS:
            raise KindFout(f"{kind.naam} blijft stoppen (code {code}); zie {self._log_map or 'de meldingen hierboven'}")
        log.warning("proces stopte en wordt opnieuw gestart", naam=kind.naam, code=code)


def _sein_groep(pid: int, sein: signal.Signals) -> None:
    try:
        os.killpg(pid, sein)
    except ProcessLookupError:
        return
