"""De gelijkgestelde feestdagen en de storingen van een installatie, zoals het rekenen ze nodig heeft."""

import time
from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, NullPool, create_engine, select

from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.termijnen import GEEN
from processen.termijnen.klok import Kalender
from processen.termijnen.tabellen import Feestdag, Storing

GELDIG = 5.0  # seconden


def lees_kalender(verbinding: Connection, vandaag: date) -> Kalender:
    """Alle gelijkgestelde dagen, en elke storing met haar eerste en laatste dag; een storing die nog duurt loopt tot vandaag."""
    vrij = frozenset(verbinding.scalars(select(Feestdag.dag)))
    rijen = verbinding.execute(select(Storing.begin, Storing.einde).where(Storing.ingetrokken.is_(False)))
    storingen = tuple(
        (eerste, max(eerste, rij.einde.astimezone(NEDERLAND).date() if rij.einde else vandaag))
        for rij in rijen
        for eerste in (rij.begin.astimezone(NEDERLAND).date(),)
    )
    return Kalender(vrij, storingen)


class VrijeDagen:
    """De gelijkgestelde dagen voor uitdrukkingen in modellen; enkele seconden onthouden.

    Een uitdrukking loopt vaak midden in een transactie. Daarom leest dit met een eigen verbinding buiten de pool: wachten op een
    verbinding terwijl je er een vasthoudt, zet processen vast.
    """

    def __init__(self, installatie: Installatie) -> None:
        self._url = installatie.db.url
        self._dagen: Collection[date] = GEEN
        self._vers_tot = 0.0

    def __call__(self) -> Collection[date]:
        nu = time.monotonic()
        if nu >= self._vers_tot:
            self._dagen, self._vers_tot = self._lees(), nu + GELDIG
        return self._dagen

    def _lees(self) -> Collection[date]:
        engine = create_engine(self._url, poolclass=NullPool)
        with engine.connect() as verbinding:
            return frozenset(verbinding.scalars(select(Feestdag.dag)))
