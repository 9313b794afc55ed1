"""Wat de twee motoren delen: eigenaarschap van een map, korte socketpaden, starten en stoppen van een proces."""

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil

WACHTTIJD = 30.0
GROOTSTE_LOG = 10_000_000
GROOTSTE_SOCKETPAD = 100
LANGSTE_SOCKETNAAM = ".s.PGSQL.5432.lock"


class MotorFout(Exception):
    """Een ingebouwde motor kan niet starten of stoppen. De tekst is één regel voor de beheerder."""


class Motor(ABC):
    """Eén ingebouwde motor op één map.

    `gebonden`: het proces stopt ook als de draad die het startte verdwijnt (kill -9 van de eigenaar), voor zover `setpriv` er
    is. Zet het uit waar het proces langer moet leven dan wie het startte.
    """

    naam: str

    def __init__(self, datamap: Path, *, gebonden: bool = True) -> None:
        self.datamap = datamap.absolute()
        self.gebonden = gebonden
        self._slot: IO[str] | None = None
        self._kind: subprocess.Popen[bytes] | None = None

    @property
    def eigenaar(self) -> bool:
        """Of dit object de motor startte (of overnam) en dus ook stopt."""
        return self._slot is not None

    @property
    @abstractmethod
    def url(self) -> str:
        """Waar de motor te bereiken is."""

    @property
    @abstractmethod
    def sockets(self) -> Path:
        """De korte map met de socket; bestaat altijd na het vragen."""

    @abstractmethod
    def proces(self) -> psutil.Process | None:
        """Het draaiende proces op deze map, van wie dan ook, of None."""

    @abstractmethod
    def _bereid_voor(self) -> list[str]:
        """Maak de map klaar en geef de opdracht die de motor start."""

    @abstractmethod
    def _is_gereed(self) -> bool:
        """Of de motor opdrachten aanneemt."""

    stopsignaal: signal.Signals = signal.SIGTERM

    def start(self) -> str:
        """Zorg dat de motor draait en geef zijn url. Nog een keer aanroepen mag; een achtergebleven motor wordt overgenomen."""
        maak_map(self.datamap)
        if not self.eigenaar:
            self._slot = _neem_slot(self.datamap / "eigenaar.slot")
        try:
            self._breng_op_gang()
        except BaseException:
            self.stop()
            raise
        return self.url

    def _breng_op_gang(self) -> None:
        if self.eigenaar and self.proces() is None:
            self._start_proces()
        if not wacht_tot(self._is_gereed, WACHTTIJD, zolang=self._leeft):
            raise MotorFout(f"{self.naam} start niet in {self.datamap}: {_laatste_regel(self._log)}")

    def stop(self) -> None:
        """Stop de motor als dit object de eigenaar is; anders gebeurt er niets."""
        if not self.eigenaar:
            return
        self.beeindig()
        if self._slot:
            self._slot.close()
            self._slot = None

    def beeindig(self) -> None:
        """Stop de motor op deze map, ook als een ander hem startte."""
        proces = self.proces()
        if proces:
            stop_proces(proces, self.stopsignaal)
        self._ruim_kind_op()
        shutil.rmtree(self.sockets)

    def _ruim_kind_op(self) -> None:
        if self._kind:
            self._kind.wait(WACHTTIJD)
            self._kind = None

    @property
    def _log(self) -> Path:
        return self.datamap / f"{self.naam.lower()}.log"

    def _leeft(self) -> bool:
        return self._kind is None or self._kind.poll() is None

    def _start_proces(self) -> None:
        self._ruim_kind_op()
        opdracht = self._bereid_voor()
        if self._log.exists() and self._log.stat().st_size > GROOTSTE_LOG:
            self._log.unlink()
        with self._log.open("ab") as log:
            # Een eigen sessie: Ctrl-C in de terminal treft zo niet de motor, maar de eigenaar, die hem als laatste stopt.
            self._kind = subprocess.Popen(  # noqa: S603 - eigen opdracht zonder invoer van buiten
                opdracht, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )


def wheel_map(pakket: str) -> Path:
    """De map van een geïnstalleerde wheel, zonder hem te importeren: wij gebruiken alleen de programma's erin."""
    vondst = find_spec(pakket)
    if vondst is None or vondst.origin is None:
        raise MotorFout(f"Het pakket {pakket} is niet geïnstalleerd: draai tools/installeer.py")
    return Path(vondst.origin).parent


def bind_aan_ouder(gebonden: bool, stopsignaal: signal.Signals) -> list[str]:
    """Het begin van een opdracht waarmee een proces `stopsignaal` krijgt als zijn ouder verdwijnt; leeg als dat niet kan."""
    setpriv = shutil.which("setpriv") if gebonden else None
    return [setpriv, "--pdeathsig", stopsignaal.name] if setpriv else []


def maak_map(pad: Path) -> None:
    """Maak `pad` met rechten 0700, of geef `MotorFout` als er niet geschreven kan worden."""
    try:
        pad.mkdir(mode=0o700, parents=True, exist_ok=True)
        (pad / ".schrijfproef").write_text("")
        (pad / ".schrijfproef").unlink()
    except OSError as fout:
        raise MotorFout(f"In de map {pad} kan niet geschreven worden: {fout.strerror}") from None


def socketmap(pad: Path, uid: int | None = None) -> Path:
    """Een korte eigen map (0700) voor de socket van de motor op `pad`, ook als `pad` zelf te lang is voor een socket.

    `uid` is de gebruiker onder wie de motor draait, standaard wij zelf.
    """
    uid = os.geteuid() if uid is None else uid
    kenmerk = hashlib.sha256(f"{uid}:{os.path.realpath(pad)}".encode()).hexdigest()[:16]
    for basis in ("/tmp", os.environ.get("XDG_RUNTIME_DIR", "")):  # noqa: S108 - eigen map met 0700 en gecontroleerde eigenaar
        socket = Path(basis) / f"dv-{kenmerk}"
        if basis and len(os.fsencode(socket / LANGSTE_SOCKETNAAM)) <= GROOTSTE_SOCKETPAD and os.access(basis, os.W_OK):
            return _eigen_map(socket, uid)
    raise MotorFout("Er is geen korte map voor sockets: maak /tmp beschrijfbaar")


def _eigen_map(pad: Path, uid: int) -> Path:
    if not pad.exists():
        pad.mkdir(mode=0o700)
        os.chown(pad, uid, -1)
    soort = pad.lstat()
    if not stat.S_ISDIR(soort.st_mode) or soort.st_uid != uid or soort.st_mode & 0o077:
        raise MotorFout(f"{pad} is van een ander of voor anderen toegankelijk: verwijder die map")
    return pad


def _neem_slot(pad: Path) -> IO[str] | None:
    """Het slot op een map, dat met het proces verdwijnt; None als een ander het heeft."""
    slot = pad.open("w")
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        slot.close()
        return None
    return slot


def wacht_tot(klaar: Callable[[], bool], seconden: float, *, zolang: Callable[[], bool] = lambda: True) -> bool:
    """Wacht tot `klaar()`; geeft False na `seconden` of zodra `zolang()` niet meer geldt."""
    einde = time.monotonic() + seconden
    while not klaar():
        if time.monotonic() > einde or not zolang():
            return False
        time.sleep(0.02)
    return True


def proces_met(pid: int, *delen: str) -> psutil.Process | None:
    """Proces `pid` als zijn opdrachtregel alle `delen` bevat: een pid kan intussen van een ander zijn."""
    try:
        proces = psutil.Process(pid)
        regel = proces.cmdline()
    except psutil.Error:
        return None
    return proces if regel and all(deel in " ".join(regel) for deel in delen) else None


def stop_proces(proces: psutil.Process, *signalen: signal.Signals) -> None:
    """Stop een proces met steeds hardere signalen."""
    for sein, geduld in (*[(s, WACHTTIJD) for s in signalen], (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        try:
            proces.send_signal(sein)
            proces.wait(geduld)
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            return
        return


def _laatste_regel(log: Path) -> str:
    regels = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return regels[-1] if regels else "geen uitvoer"
