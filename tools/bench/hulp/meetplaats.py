"""De plek van een meting: een installatie met eigen motoren en een dataset erin.

Zonder `--data` is alles tijdelijk. Met `--data MAP` blijft de dataset daar staan: vul haar vooraf met `--alleen-vullen`, dan kost een
volgende keer alleen het meten tijd.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from kern.installatie import Installatie
from kern.instellingen import Instellingen, laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren


def lezer(seconden: float = 1.0) -> argparse.ArgumentParser:
    """De opties die elke meting heeft."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--seconden", type=float, default=seconden, help="hoe lang een ronde duurt")
    opties.add_argument("--data", type=Path, help="bewaar de dataset in deze map en gebruik haar de volgende keer weer")
    opties.add_argument("--alleen-vullen", action="store_true", help="maak de dataset en meet niet")
    opties.add_argument("--plannen", action="store_true", help="druk het plan van elke vraag af")
    return opties


@contextmanager
def meetplaats(opties: argparse.Namespace, dataset: str, vul: Callable[[Installatie], object]) -> Iterator[Installatie]:
    """Een installatie met deze dataset; `dataset` noemt haar met haar omvang, dezelfde naam is dezelfde inhoud."""
    richt_in("warning", uitvoer=sys.stderr)
    with ExitStack() as stapel:
        map_ = _map(opties.data, dataset, stapel)
        motoren = stapel.enter_context(Motoren(map_ / "d"))
        instellingen = _instellingen(map_, motoren)
        werk_database_bij(instellingen)
        installatie = maak_platform(instellingen)
        stapel.callback(installatie.sluit)
        if not _is_gevuld(map_):
            begin = time.perf_counter()
            vul(installatie)
            print(f"{dataset}: gevuld in {time.perf_counter() - begin:.0f} s")
            _merk(map_).touch()
        yield installatie


def _map(data: Path | None, dataset: str, stapel: ExitStack) -> Path:
    if data is None:
        return Path(stapel.enter_context(TemporaryDirectory()))
    map_ = (data / dataset).absolute()
    if not _is_gevuld(map_):  # een vorige keer halverwege gestopt
        shutil.rmtree(map_, ignore_errors=True)
        map_.mkdir(parents=True)
    return map_


def _merk(map_: Path) -> Path:
    return map_ / "gevuld"


def _is_gevuld(map_: Path) -> bool:
    return _merk(map_).exists()


def _instellingen(map_: Path, motoren: Motoren) -> Instellingen:
    return laad_instellingen(
        omgeving="test", data=map_, poort=vrije_poort("127.0.0.1"), geheime_sleutel="b" * 40, redis_prefix="meting:",
        log_niveau="warning", database_url=motoren.database_url, redis_url=motoren.redis_url,
    )  # fmt: skip
