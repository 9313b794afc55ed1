"""Hoe snel starten de motoren, een lege database en de webserver, en hoeveel geheugen gebruikt een webproces?"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import werk_database_bij
from kern.instellingen import Instellingen, laad_instellingen
from kern.motoren import Motoren
from tools.bench.hulp.server import WERKERS, platform

STARTS = 3


@contextmanager
def meet(wat: str) -> Iterator[None]:
    """Druk af hoe lang iets duurde."""
    begin = time.perf_counter()
    yield
    print(f"{wat:<44} {time.perf_counter() - begin:7.2f} s")


def _webserver(instellingen: Instellingen) -> None:
    """De start van de webserver tot haar eerste antwoord (`/gezond`, door elk onderdeel heen geladen), en wat een webproces gebruikt."""
    for _ in range(STARTS):
        with platform(instellingen) as server:
            maten = {"RSS": server.geheugen(), "PSS": server.aandeel(), "USS": server.eigen_geheugen()}
            geheugen = ", ".join(f"{naam} {sum(mb) / len(mb):.0f}" for naam, mb in maten.items())
            print(
                f"{f'{WERKERS} webprocessen tot het eerste antwoord':<44} {server.eerste_antwoord:7.2f} s; MB per proces: {geheugen}"
            )


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
        _webserver(
            laad_instellingen(
                omgeving="test", data=Path(map_), geheime_sleutel="b" * 40, poort=vrije_poort("127.0.0.1"), **urls
            )
        )
        with meet("motoren stoppen"):
            motoren.stop()
        with meet("motoren, tweede start"):
            motoren.start()
        motoren.stop()


if __name__ == "__main__":
    main()
