"""De kinderen van de grote kill-test: `python -m tests.duurzaam.motorproces` is een worker, `maak_wsgi` de ingang van de webserver.

De installatie staat in de omgeving (DATABASE_URL, REDIS_URL …). Zij heeft alleen kern en de motor, met één bouwblok dat een gevolg nalaat.
"""

import signal
from typing import Any

from dienstverlening.worker import Worker
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.outbox import Afhandelaar
from kern.web import maak_api_app
from processen.api import maak_motor_api
from processen.motor import Motor
from tests.integratie.processen.motor.werker import maak_motor

PAD = "/processen/api/v1"


def open_motor() -> tuple[Installatie, Motor]:
    """De installatie uit de omgeving, met de motor aangesloten."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    installatie = Installatie(instellingen)
    return installatie, maak_motor(installatie)


def maak_wsgi() -> Any:
    """De ingang voor granian: de API van de motor."""
    installatie, motor = open_motor()
    app = maak_api_app("processen", installatie, import_naam=__name__)
    app.register_blueprint(maak_motor_api(installatie, motor), url_prefix=PAD)
    return app


def worker() -> None:
    """Eén worker, zoals `dienstverlening.worker.draai`."""
    installatie, _ = open_motor()
    werker = Worker(Afhandelaar(installatie))
    for sein in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sein, lambda *_: werker.stop.set())
    werker.draai()


if __name__ == "__main__":
    worker()
