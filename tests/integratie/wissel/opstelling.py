"""Twee installaties: het platform, en de Zaken API als eigen proces met eigen database. Eén instelling wijst van het een naar het ander."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from dienstverlening.applicatie import bewaar_geheim, zet_rechten
from dienstverlening.inrichten import richt_in
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.instellingen import Instellingen, laad_instellingen
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket
from tests.duurzaam.werkers import omgeving_van, start
from tests.reishulp import PAKKET, Gemeente

HIER = "127.0.0.1"
GEHEIM = "een-geheim-van-minstens-32-bytes-lang"
GEDULD = 60
VAN_PLATFORM = ("catalogi", "documenten", "besluiten", "autorisaties", "notificaties")


@dataclass
class Gescheiden(Gemeente):
    """Een gemeente waarvan de Zaken API elders draait; daar loopt ook een worker."""

    los: Installatie | None = None

    def werk(self) -> None:
        """Wat beide workers zouden doen, tot er nergens meer iets klaarstaat."""
        assert self.los is not None
        workers = Afhandelaar(self.installatie), Afhandelaar(self.los)
        while sum(worker.werk_af() for worker in workers):
            pass


def dienst(client_id: str, poort: int, api: str) -> str:
    """Een instelling `DIENST_…` naar een API op deze poort."""
    return f"http://{client_id}:{GEHEIM}@{HIER}:{poort}/{api}/api/v1"


@contextmanager
def opgesteld(
    motoren: Motoren, maak_database: Callable[[], str], map_: Path, prefix: str, *, doof: bool, smtp_url: str
) -> Iterator[Gescheiden]:
    """Beide webprocessen draaien, en elk van beide installaties is ingericht."""
    hier, daar = vrije_poort(HIER), vrije_poort(HIER)

    def instellingen(naam: str, poort: int, **waarden: Any) -> Instellingen:
        return laad_instellingen(
            omgeving="test", geheime_sleutel=f"{naam:t<40}", publiek_adres=f"http://{HIER}:{poort}", poort=poort,
            database_url=maak_database(), redis_url=motoren.redis_url, data=map_ / naam, redis_prefix=f"{prefix}-{naam}:",
            **waarden,
        )  # fmt: skip

    platform = instellingen("platform", hier, dienst_zaken=dienst("platform", daar, "zaken"), smtp_url=smtp_url)
    diensten = {f"dienst_{api}": dienst("zaken", hier, api) for api in VAN_PLATFORM}
    los = instellingen("zaken", daar, onderdelen="zaken", **diensten)
    with ExitStack() as stapel:
        gemeente = Gescheiden(_open(stapel, platform), los=_open(stapel, los))
        assert gemeente.los is not None
        bewaar_geheim(gemeente.installatie, "zaken", GEHEIM)
        bewaar_geheim(gemeente.los, "platform", GEHEIM)
        stapel.enter_context(webproces(platform))
        for client_id in ("zaken", "platform"):
            zet_rechten(gemeente.installatie, client_id, [])
        stapel.enter_context(webproces(los, *(["doof"] if doof else [])))
        for installatie in (gemeente.los, gemeente.installatie):
            richt_in(installatie)
        installeer(gemeente.installatie, maak_motor(gemeente.installatie), lees_pakket(PAKKET))
        yield gemeente


def _open(stapel: ExitStack, instellingen: Instellingen) -> Installatie:
    installatie = maak_platform(instellingen)
    stapel.callback(installatie.sluit)
    return installatie


@contextmanager
def webproces(instellingen: Instellingen, *opties: str) -> Iterator[subprocess.Popen[bytes]]:
    """De installatie als eigen webproces, tot het eind van de context."""
    proces = start("tests.integratie.wissel.webproces", omgeving_van(instellingen), *opties)
    try:
        _wacht_op(f"{instellingen.adres}/gezond")
        yield proces
    finally:
        proces.terminate()
        proces.wait()


def _wacht_op(url: str) -> None:
    einde = time.monotonic() + GEDULD
    while True:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            assert time.monotonic() < einde, f"{url} antwoordt niet"
        time.sleep(0.1)
