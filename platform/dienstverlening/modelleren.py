"""De werkbank met haar proefplaats: scenario's spelen in wegwerpdatabases naast die van de installatie."""

from collections.abc import Iterator
from contextlib import contextmanager

from kern.installatie import Installatie
from processen.modelleren import maak_deel
from processen.pakketten.spelen import Proefplaats


@contextmanager
def _proefplaats(installatie: Installatie) -> Iterator[Proefplaats]:
    from dienstverlening.proefplaats import proefplaats_naast  # noqa: PLC0415  # die kent op haar beurt alle delen

    with proefplaats_naast(installatie) as plaats:
        yield plaats


DEEL = maak_deel(_proefplaats)
