"""Hoe snel starten de motoren, een lege database en een kopie voor een test?"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dienstverlening.samenstellen import werk_database_bij
from kern.instellingen import laad_instellingen
from kern.motoren import Motoren


@contextmanager
def meet(wat: str) -> Iterator[None]:
    """Druk af hoe lang iets duurde."""
    begin = time.perf_counter()
    yield
    print(f"{wat:<44} {time.perf_counter() - begin:7.2f} s")


def main() -> None:
    """Meet in een tijdelijke map, met fsync zoals in de demo."""
    with TemporaryDirectory() as map_:
        motoren = Motoren(Path(map_))
        with meet("motoren, eerste start (met initdb)"):
            motoren.start()
        urls = {"database_url": motoren.database_url, "redis_url": motoren.redis_url}
        instellingen = laad_instellingen(omgeving="test", data=Path(map_), **urls)
        with meet("alle migraties op een lege database"):
            werk_database_bij(instellingen)
        with meet("migraties als alles bij is"):
            werk_database_bij(instellingen)
        with meet("motoren stoppen"):
            motoren.stop()
        with meet("motoren, tweede start"):
            motoren.start()
        motoren.stop()


if __name__ == "__main__":
    main()
