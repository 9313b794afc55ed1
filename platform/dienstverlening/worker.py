"""De worker: werkt de outbox af zodra RQ hem wekt, en veegt wat gemist is.

Elk workerproces heeft twee draden: de RQ-worker, en een veger die de leases van dit proces verlengt en wekt als er iets klaarstaat
(een timer die afloopt, een leeggemaakte Redis, een gedode worker).
"""

import sys
import threading
from contextvars import ContextVar
from uuid import uuid4

import structlog
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from dienstverlening.samenstellen import maak_platform
from kern.instellingen import Instellingen, laad_instellingen
from kern.logboek import richt_in
from kern.outbox import Afhandelaar
from kern.outbox.wekker import ben_wakker, wachtrij, wek

log = structlog.get_logger()
VEEG_SECONDEN = 1.0
_afhandelaar: ContextVar[Afhandelaar] = ContextVar("afhandelaar")


def werk_outbox_af() -> int:
    """De opdracht die RQ uitvoert: alles afhandelen wat nu kan. Geeft het aantal."""
    afhandelaar = _afhandelaar.get()
    ben_wakker(afhandelaar.installatie)
    return afhandelaar.werk_af()


class Veger(threading.Thread):
    """Verlengt de leases van dit proces en wekt als er werk klaarstaat. Een storing is tijdelijk: hij probeert het opnieuw."""

    def __init__(self, afhandelaar: Afhandelaar) -> None:
        super().__init__(name="veger", daemon=True)
        self._afhandelaar = afhandelaar
        self._klaar = threading.Event()

    def run(self) -> None:
        while not self._klaar.wait(VEEG_SECONDEN):
            try:
                self._veeg()
            except Exception as fout:  # noqa: BLE001 - de database of Redis kan even weg zijn
                log.warning("vegen mislukt", fout=type(fout).__name__)

    def _veeg(self) -> None:
        self._afhandelaar.verleng()
        if self._afhandelaar.staat_iets_klaar():
            wek(self._afhandelaar.installatie)

    def stop(self) -> None:
        """Laat de draad eindigen."""
        self._klaar.set()
        self.join()


def draai() -> None:
    """Eén workerproces, tot SIGTERM of Ctrl-C; een lopende opdracht wordt afgemaakt."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    installatie = maak_platform(instellingen)
    afhandelaar = Afhandelaar(installatie)
    _afhandelaar.set(afhandelaar)
    veger = Veger(afhandelaar)
    veger.start()
    # SimpleWorker: geen fork per opdracht, want een geforkt kind zou de databaseverbindingen delen.
    worker = SimpleWorker(
        [wachtrij(installatie)],
        name=f"{installatie.redis_sleutel('worker')}:{uuid4().hex}",
        connection=installatie.redis,
        serializer=JSONSerializer,
    )
    try:
        worker.work(logging_level="WARNING")  # RQ zet anders zijn eigen niveau en meldt elke opruimbeurt
    finally:
        veger.stop()
        installatie.sluit()


def opdrachten(instellingen: Instellingen) -> dict[str, list[str]]:
    """De opdrachten voor alle workerprocessen, per naam."""
    opdracht = [sys.executable, "-c", "from dienstverlening.worker import draai; draai()"]
    return {f"worker-{nummer}": opdracht for nummer in range(1, instellingen.werkers + 1)}
