"""De processen van de grote kill-test: echte ouders met kinderen (`Kinderen`), echte workers en een echte webserver (granian).

    python -m tests.duurzaam.motorproces workers AANTAL     een ouder met zoveel workers
    python -m tests.duurzaam.motorproces web POORT          een ouder met een webserver
    python -m tests.duurzaam.motorproces worker             één worker (start de ouder zelf)

De installatie staat in de omgeving (DATABASE_URL, REDIS_URL …). Zij heeft alleen kern en de motor, met één bouwblok dat een gevolg nalaat.
"""

import signal
import sys
from typing import Any

from dienstverlening import opdrachten
from dienstverlening.kinderen import Kinderen
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


def workers(aantal: int) -> dict[str, list[str]]:
    """De opdrachten van zoveel workers."""
    return {f"worker-{nr}": [sys.executable, "-m", __spec__.name, "worker"] for nr in range(aantal)}


def web(poort: int) -> dict[str, list[str]]:
    """De opdracht van de webserver van het platform, met deze app erin."""
    instellingen = laad_instellingen(poort=poort, luister_op="127.0.0.1", web_processen=1)
    (echt,) = opdrachten.web(instellingen).values()
    return {"web": [*echt[:-1], f"{__spec__.name}:maak_wsgi"]}


def main(rol: str, aantal: str = "0") -> None:
    """Speel deze rol."""
    if rol == "worker":
        worker()
        return
    kinderen = Kinderen(workers(int(aantal)) if rol == "workers" else web(int(aantal)), {})
    kinderen.start()
    kinderen.draai()


if __name__ == "__main__":
    main(*sys.argv[1:])
