"""Een workerproces voor de kill-tests: de echte worker, met een verwerker die buiten de database werkt en daar tijd voor neemt.

Aanroep: python -m tests.duurzaam.werkproces DATABASE_URL REDIS_URL PREFIX
"""

import signal
import sys
import time
from datetime import timedelta

from sqlalchemy import Connection, insert

from dienstverlening.worker import Worker
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.outbox import Afhandelaar, Verwerker, Werk
from kern.outbox.afhandelen import Afronding
from kern.tabellen import Adres, Auditregel

DUUR = 0.02
LEASE = timedelta(seconds=1)
WACHTTIJDEN = (timedelta(milliseconds=200),) * 20


def buiten(installatie: Installatie, werk: Werk) -> Afronding:
    """Iets buiten de database dat even duurt; vastgelegd bij het afvinken, met het rijnummer als sleutel."""
    time.sleep(DUUR)
    return lambda verbinding: leg_vast(verbinding, installatie, werk)


def binnen(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Iets in de database dat even duurt."""
    leg_vast(verbinding, installatie, werk)
    time.sleep(DUUR)


def leg_vast(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Twee rijen: een die de volgorde onthoudt, en een die bij een tweede keer botst."""
    wat = f"{werk.sleutel}:{werk.inhoud['n']:03}"
    regel = {"tijdstip": installatie.klok.nu(), "gebruiker": "", "actie": "", "onderwerp": wat, "trace_id": ""}
    verbinding.execute(insert(Auditregel).values(regel))
    verbinding.execute(insert(Adres).values(adres=wat))


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
    for verwerker in (
        Verwerker("buiten", buiten=buiten, wachttijden=WACHTTIJDEN),
        Verwerker("binnen", binnen=binnen, wachttijden=WACHTTIJDEN),
    ):
        installatie.verwerkers[verwerker.naam] = verwerker
    worker = Worker(Afhandelaar(installatie, lease=LEASE))
    signal.signal(signal.SIGTERM, lambda *_: worker.stop.set())
    worker.draai()
    installatie.sluit()


if __name__ == "__main__":
    main()
