"""De worker: werkt de outbox af zodra RQ hem wekt; de sweeper vindt wat gemist is.

Elk proces heeft één installatie, die in een contextvar staat zodat de opdracht uit de wachtrij haar vindt. Er wordt niet geforkt
per opdracht: een kind zou de databaseverbindingen delen. Valt Redis weg, dan gaat het werk door via de sweeper.
"""

import signal
import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

import structlog
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DequeueTimeout
from rq.job import Job
from rq.serializers import JSONSerializer

from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.outbox import Afhandelaar
from kern.outbox.sweeper import Sweeper
from kern.outbox.wekker import ben_wakker, wachtrij

log = structlog.get_logger()
LUISTER_SECONDEN = 1
NA_STORING_SECONDEN = 1.0


@dataclass
class Worker:
    """Eén workerproces. `stop` laat het na de lopende rij eindigen."""

    afhandelaar: Afhandelaar
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def installatie(self) -> Installatie:
        return self.afhandelaar.installatie

    def draai(self) -> None:
        """Werk tot `stop`. Een storing in Redis of de database is tijdelijk."""
        merk = _worker.set(self)
        try:
            with Sweeper(self.installatie, self.afhandelaar):
                self._probeer(self.werk_af)  # wat er al lag; daarna wekt RQ
                while not self.stop.is_set():
                    self._probeer(self._neem_opdracht)
        finally:
            _worker.reset(merk)

    def werk_af(self) -> int:
        """Handel alles af wat nu kan; een fout in de database wacht op de volgende ronde."""
        return self.afhandelaar.werk_af(lambda: not self.stop.is_set())

    def _probeer(self, doe: Callable[[], object]) -> None:
        try:
            doe()
        except RedisError as fout:
            log.warning("Redis onbereikbaar", fout=type(fout).__name__)
            self.stop.wait(NA_STORING_SECONDEN)
        except Exception:
            log.exception("de opdracht is niet afgemaakt")
            self.stop.wait(NA_STORING_SECONDEN)

    def _neem_opdracht(self) -> None:
        rij = wachtrij(self.installatie)
        try:
            gewekt: tuple[Job, Queue] | None = Queue.dequeue_any(
                [rij], timeout=LUISTER_SECONDEN, connection=self.installatie.redis, serializer=JSONSerializer
            )
        except DequeueTimeout:
            return
        if gewekt:
            opdracht = gewekt[0]
            # De opdracht is alleen een wekker en de outbox de waarheid: zij mag dus weg voordat het werk gedaan is.
            self.installatie.redis.lrem(rij.intermediate_queue_key, 1, opdracht.id)
            opdracht.delete()
            opdracht.perform()


_worker: ContextVar[Worker] = ContextVar("worker")


def werk_outbox_af() -> int:
    """De opdracht in de wachtrij (`kern.outbox.wekker.OPDRACHT`): alles afhandelen wat nu kan. Geeft het aantal."""
    worker = _worker.get()
    ben_wakker(worker.installatie)
    return worker.werk_af()


def draai() -> None:
    """Eén workerproces volgens de omgeving, tot SIGTERM of Ctrl-C; een lopende rij wordt afgemaakt."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    installatie = maak_platform(instellingen)
    worker = Worker(Afhandelaar(installatie))
    for sein in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sein, lambda *_: worker.stop.set())
    try:
        worker.draai()
    finally:
        installatie.sluit()
