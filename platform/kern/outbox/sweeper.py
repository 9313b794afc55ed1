"""De sweeper: vindt wat RQ miste. Timers die aflopen, rijen na een FLUSHALL, leases van een gedode worker.

Is Redis weg, dan doet de sweeper het werk zelf. Daarnaast houdt hij de leases van dit proces levend en ruimt hij op wat verlopen is.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Self

import structlog
from sqlalchemy import delete

from kern.concepten import ruim_verlopen_op
from kern.installatie import Installatie
from kern.outbox.afhandelen import Afhandelaar
from kern.outbox.wekker import wek
from kern.tabellen import Idempotentie

log = structlog.get_logger()
TIK = timedelta(seconds=1)
OPRUIMEN = timedelta(minutes=10)
IDEMPOTENTIE_GELDIG = timedelta(hours=24)


class Lus(threading.Thread):
    """Een draad die steeds hetzelfde doet. Een storing (database of Redis even weg) is tijdelijk: hij probeert het opnieuw."""

    def __init__(self, naam: str, elke: timedelta, doe: Callable[[], object], stop: threading.Event) -> None:
        super().__init__(name=naam, daemon=True)
        self._elke = elke.total_seconds()
        self._doe = doe
        self._stop_event = stop

    def run(self) -> None:
        while not self._stop_event.wait(self._elke):
            try:
                self._doe()
            except Exception as fout:  # noqa: BLE001  # de draad moet blijven leven, wat er ook misgaat
                log.warning("sweeper: poging mislukt", taak=self.name, fout=type(fout).__name__)


class Sweeper:
    """De achtergronddraden van één workerproces; `with Sweeper(...)` start en stopt ze."""

    def __init__(
        self,
        installatie: Installatie,
        afhandelaar: Afhandelaar,
        *,
        tik: timedelta = TIK,
        opruimen: timedelta = OPRUIMEN,
    ) -> None:
        self._installatie = installatie
        self._afhandelaar = afhandelaar
        self._stop = threading.Event()
        self._lussen = [
            Lus("sweeper", tik, self.veeg, self._stop),
            # Een eigen draad, want `veeg` kan lang bezig zijn als hij zelf het werk doet.
            Lus("lease", afhandelaar.lease / 4, afhandelaar.verleng, self._stop),
            Lus("opruimen", opruimen, lambda: ruim_op(installatie), self._stop),
        ]

    def veeg(self) -> None:
        """Wek een worker als er iets klaarstaat; lukt wekken niet, doe het dan zelf."""
        if self._afhandelaar.staat_iets_klaar() and not wek(self._installatie):
            self._afhandelaar.werk_af(lambda: not self._stop.is_set())

    def stop(self) -> None:
        """Laat de draden eindigen; een lopende rij wordt afgemaakt."""
        self._stop.set()
        for lus in self._lussen:
            lus.join()

    def __enter__(self) -> Self:
        for lus in self._lussen:
            lus.start()
        return self

    def __exit__(self, *fout: object) -> None:
        self.stop()


def ruim_op(installatie: Installatie) -> None:
    """Verwijder bewaarde antwoorden van langer dan een dag geleden en verlopen concepten."""
    grens = installatie.klok.nu() - IDEMPOTENTIE_GELDIG
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(delete(Idempotentie).where(Idempotentie.aangemaakt < grens))
    ruim_verlopen_op(installatie)
