"""Een los workerproces voor de kill-test: `python -m tests.integratie.processen.motor.werker URL REDIS MAP VERSCHUIVING`.

Het bouwblok `proef.teken` schrijft een gevolg weg op zijn idempotentiesleutel, zoals een registratie dat doet, en telt hoe vaak het liep.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from contracten import Bouwblok, Bouwblokken, Geen, Gegevens, Opdracht, Tekst
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.klok import VerzetbareKlok
from kern.outbox import Afhandelaar
from processen.motor import Motor


class Teken(Bouwblok[Geen, Geen, Gegevens]):
    sleutel = "proef.teken"
    naam = Tekst("Teken", "Mark")
    uitleg = Tekst("Schrijft een gevolg weg.", "Records an effect.")

    def voer_uit(self, opdracht: Opdracht[Geen, Geen]) -> Gegevens:
        time.sleep(0.003)
        with opdracht.installatie.db.schrijven() as verbinding:
            verbinding.execute(text("INSERT INTO proef_poging VALUES (:e)"), {"e": opdracht.element})
            verbinding.execute(
                text("INSERT INTO proef_gevolg VALUES (:s, :i, :e) ON CONFLICT DO NOTHING"),
                {"s": opdracht.idempotentie("gevolg"), "i": str(opdracht.instantie), "e": opdracht.element},
            )
        time.sleep(0.003)
        return Geen()


def maak_motor(installatie: Installatie) -> Motor:
    """De motor met het bouwblok, aangesloten op de outbox."""
    motor = Motor(installatie, Bouwblokken([Teken()]))
    installatie.verwerkers.update({verwerker.naam: verwerker for verwerker in motor.verwerkers()})
    return motor


def main(url: str, redis: str, datamap: str, seconden: float) -> None:
    waarden = {"omgeving": "test", "geheime_sleutel": "x" * 40, "redis_prefix": "kill:", "data": Path(datamap)}
    klok = VerzetbareKlok()
    klok.verzet(timedelta(seconds=seconden))
    installatie = Installatie(laad_instellingen(database_url=url, redis_url=redis, **waarden), klok)
    maak_motor(installatie)
    afhandelaar = Afhandelaar(installatie)
    print("klaar om te werken", flush=True)  # noqa: T201  # de test wacht hierop
    while True:
        afhandelaar.werk_af()
        time.sleep(0.02)


if __name__ == "__main__":
    adres, wachtrij, map_, verschuiving = sys.argv[1:]
    main(adres, wachtrij, map_, float(verschuiving))
