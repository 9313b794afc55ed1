"""De fixtures zelf: elke test begint leeg, ook na een test die schreef."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.outbox import plaats
from kern.tabellen import Auditregel, OutboxTabel


@pytest.mark.parametrize("ronde", [1, 2])
def test_elke_test_begint_leeg(installatie: Installatie, klok: VerzetbareKlok, ronde: int) -> None:
    with installatie.db.lezen() as verbinding:
        assert verbinding.scalar(select(func.count()).select_from(OutboxTabel)) == 0
        assert verbinding.scalar(select(func.count()).select_from(Auditregel)) == 0
    assert installatie.redis.get(installatie.redis_sleutel("iets")) is None
    assert abs(klok.nu() - VerzetbareKlok().nu()) < timedelta(seconds=5)
    klok.verzet(timedelta(days=400))
    installatie.redis.set(installatie.redis_sleutel("iets"), ronde)
    with installatie.db.schrijven() as verbinding:
        assert plaats(installatie, verbinding, "proef", {}) == 1
        regel = {"tijdstip": klok.nu(), "gebruiker": "x", "actie": "x", "onderwerp": "x", "trace_id": "x"}
        verbinding.execute(insert(Auditregel).values(regel))


def test_versies_van_caches_gaan_omhoog(installatie: Installatie) -> None:
    """Anders ziet een cache uit een vorige test er vers uit."""
    sleutel = installatie.redis_sleutel("versie", "proef")
    vorige = int(installatie.redis.get(sleutel) or 0)
    assert installatie.redis.incr(sleutel) == vorige + 1
