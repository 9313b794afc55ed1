"""Een workerproces voor de kill-tests: de echte worker, met een verwerker die buiten de database werkt en daar tijd voor neemt.

Aanroep: python -m tests.duurzaam.werkproces DATABASE_URL REDIS_URL PREFIX
"""

import signal
import sys
import time
from datetime import timedelta

from sqlalchemy import Connection, text

from dienstverlening.worker import Worker
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.outbox import Afhandelaar, Verwerker, Werk
from kern.outbox.afhandelen import Afronding

LEASE = timedelta(seconds=1)
WACHTTIJDEN = (timedelta(milliseconds=200),) * 20


def doe(_installatie: Installatie, werk: Werk) -> Afronding:
    """Iets buiten de database dat even duurt; vastgelegd bij het afvinken, met het rijnummer als sleutel."""
    time.sleep(0.02)

    def leg_vast(verbinding: Connection) -> None:
        nummer = verbinding.execute(text("SELECT count(*) FROM kern.adres")).scalar_one()
        adres = f"{werk.sleutel}:{werk.inhoud['n']:03}:{werk.id}"
        verbinding.execute(
            text(
                "INSERT INTO kern.auditregel (tijdstip, gebruiker, actie, onderwerp, trace_id) VALUES (:nu, '', '', :wat, '')"
            ),
            {"nu": _installatie.klok.nu(), "wat": f"{adres}:{nummer}"},
        )
        verbinding.execute(text("INSERT INTO kern.adres VALUES (:adres)"), {"adres": adres})

    return leg_vast


def main() -> None:
    database_url, redis_url, prefix = sys.argv[1:]
    installatie = Installatie(
        laad_instellingen(
            omgeving="test",
            database_url=database_url,
            redis_url=redis_url,
            redis_prefix=prefix,
            geheime_sleutel="x" * 40,
        )
    )
    installatie.verwerkers["tel"] = Verwerker("tel", buiten=doe, wachttijden=WACHTTIJDEN)
    worker = Worker(Afhandelaar(installatie, lease=LEASE))
    signal.signal(signal.SIGTERM, lambda *_: worker.stop.set())
    worker.draai()
    installatie.sluit()


if __name__ == "__main__":
    main()
