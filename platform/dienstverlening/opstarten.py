"""Het gemeenschappelijke begin van elke opdracht: instellingen, motoren, en wat kindprocessen daarvan moeten weten."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dienstverlening.delen import delen_van
from dienstverlening.samenstellen import kies
from kern.instellingen import Instellingen, laad_instellingen
from kern.motoren import Motoren


class StartFout(Exception):
    """Het platform kan zo niet starten. De tekst is één regel voor de beheerder."""


def lees(**waarden: Any) -> Instellingen:
    """De instellingen uit de omgeving; `waarden` gaan voor, behalve als ze None zijn. Noemt onbekende onderdelen meteen."""
    instellingen = laad_instellingen(**{naam: waarde for naam, waarde in waarden.items() if waarde is not None})
    kies(delen_van(instellingen), instellingen.namen("onderdelen"))
    return instellingen


@contextmanager
def met_motoren(instellingen: Instellingen, *, alleen_eigenaar: bool = False) -> Iterator[Instellingen]:
    """De instellingen met een database en Redis die draaien; wat deze opdracht startte, stopt na afloop.

    `alleen_eigenaar`: weiger een datamap die een ander proces gebruikt.
    """
    motoren = Motoren(instellingen.data, database_url=instellingen.database_url, redis_url=instellingen.redis_url)
    with motoren:
        if alleen_eigenaar and not motoren.eigenaar:
            raise StartFout(f"De datamap {instellingen.data.absolute()} is in gebruik door een ander proces")
        yield instellingen.model_copy(update={"database_url": motoren.database_url, "redis_url": motoren.redis_url})


def omgeving(instellingen: Instellingen) -> Mapping[str, str]:
    """Wat een kindproces nodig heeft om dezelfde installatie te openen; de rest erft het."""
    return {
        "OMGEVING": instellingen.omgeving,
        "DATA": str(instellingen.data.absolute()),
        "POORT": str(instellingen.poort),
        "DATABASE_URL": instellingen.database_url,
        "REDIS_URL": instellingen.redis_url,
    }
