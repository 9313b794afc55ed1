"""De webserver: granian met het platform al geladen, en met een eigen oog op de webprocessen.

Laden kost de meeste starttijd en het meeste geheugen. Zo gebeurt het één keer, en delen de processen wat geladen is.

    python -m dienstverlening.webserver --port 8000 --workers 4 dienstverlening.web:maak_wsgi
"""

import argparse
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import structlog
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import MPServer

log = structlog.get_logger()
SEINEN = (signal.SIGTERM, signal.SIGINT)
TIK = 0.5  # seconden: zo vaak kijkt de ouder ook zonder bericht
JONG = 5.5  # seconden: wie eerder omvalt, is niet aan het werk gekomen
PAUZE = 1.0  # seconden tussen twee keer beginnen van hetzelfde webproces
GEDULD = 5  # seconden die een webproces krijgt om netjes te stoppen


class Webserver(MPServer):
    """Vervangt elk webproces dat omvalt, ook als ze tegelijk of vlak na hun begin vallen.

    Granian zelf ziet dat laatste voor een fout in de app aan en stopt. Hier stopt de server pas als er zoveel keer een webproces zelf met
    een foutcode stopte als er webprocessen zijn, en er geen een aan het werk is: dan deugt de inrichting niet, en hoort de beheerder dat.
    """

    _mislukt = 0  # keer dat een webproces met een foutcode stopte sinds er een aan het werk was

    def _serve_loop(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        while not self.interrupt_signal and self._mislukt < self.workers:
            self.main_loop_interrupt.wait(TIK)
            self.main_loop_interrupt.clear()
            self.interrupt_children.clear()
            if not self.interrupt_signal:
                self._respawn_workers(self._omgevallen(), spawn_target, target_loader)
        if not self.interrupt_signal:
            log.error("geen webproces komt aan het werk", keer=self._mislukt)
            self.shutdown(1)  # type: ignore[no-untyped-call]  # granian geeft hier geen type

    def _omgevallen(self) -> list[int]:
        """De nummers van wie er niet meer is; wie pas begon, komt een volgende keer aan de beurt."""
        nu = time.monotonic()
        weg = [proces for proces in self.wrks if not proces.inner.is_alive() and nu - proces.birth > PAUZE]
        if any(proces.inner.is_alive() and nu - proces.birth > JONG for proces in self.wrks):
            self._mislukt = 0
        self._mislukt += sum((proces.inner.exitcode or 0) > 0 for proces in weg)
        return [proces.idx for proces in weg]


def _schone_seinen() -> None:
    """Een nieuw proces erft de handlers van de ouder, die alleen in de ouder iets doen. Tot het eigen heeft, stopt een sein het meteen."""

    def in_kind() -> None:
        for sein in SEINEN:
            signal.signal(sein, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SEINEN)

    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, SEINEN),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, SEINEN),
        after_in_child=in_kind,
    )


def _opties(argumenten: Sequence[str]) -> argparse.Namespace:
    lezer = argparse.ArgumentParser(prog="dienstverlening.webserver")
    lezer.add_argument("--host", default="127.0.0.1")
    lezer.add_argument("--port", type=int, required=True)
    lezer.add_argument("--workers", type=int, default=1)
    lezer.add_argument("--blocking-threads", type=int, default=1)
    lezer.add_argument("doel", help="module:fabriek")
    return lezer.parse_args(argumenten)


def draai(argumenten: Sequence[str]) -> None:
    """Laad het doel en bedien het. Alleen HTTP/1.1: versleuteling en HTTP/2 doet de proxy ervoor."""
    opties = _opties(argumenten)
    gc.disable()  # wat nu ontstaat blijft; en opruimen in de ouder zou later het gedeelde geheugen kopiëren
    import_module(opties.doel.partition(":")[0])
    gc.collect()
    gc.freeze()
    multiprocessing.set_start_method("fork")
    _schone_seinen()
    Webserver(
        opties.doel,
        address=opties.host,
        port=opties.port,
        interface=Interfaces.WSGI,
        workers=opties.workers,
        blocking_threads=opties.blocking_threads,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=GEDULD,
        factory=True,
    ).serve()


if __name__ == "__main__":
    draai(sys.argv[1:])
