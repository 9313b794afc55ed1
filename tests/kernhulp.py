"""Een installatie met alleen kern erin, op een eigen database en een eigen Redis-voorvoegsel: voor de tests van kern zelf."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from redis.exceptions import RedisError

from kern.aanmelden.identiteit import Identiteit
from kern.aanmelden.niveaus import Niveau
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.klok import VerzetbareKlok
from kern.migratie import werk_bij
from kern.motoren import Motoren
from kern.tabellen import KERN

BSN = "999990019"
ANDER_BSN = "999990020"


def maak_database(motoren: Motoren) -> str:
    """Een nieuwe database met het schema kern; geef haar url."""
    naam = f"kern_{uuid4().hex[:12]}"
    beheer = _andere_database(motoren.database_url, "postgres").replace("+psycopg", "")
    with psycopg.connect(beheer, autocommit=True) as verbinding:
        verbinding.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(naam)))
    url = _andere_database(motoren.database_url, naam)
    with open_installatie(url, motoren.redis_url, Path("/nergens")) as installatie:
        werk_bij(installatie.db, [KERN])
    return url


def _andere_database(url: str, naam: str) -> str:
    return url.replace("/dienstverlening?", f"/{naam}?")


@contextmanager
def open_installatie(database_url: str, redis_url: str, data: Path, **anders: Any) -> Iterator[Installatie]:
    """Een installatie op een bestaande database, die aan het eind haar Redis-sleutels opruimt."""
    waarden = {
        "omgeving": "test",
        "geheime_sleutel": "x" * 40,
        "redis_prefix": f"t{uuid4().hex[:12]}:",
        "data": data,
        **anders,
    }
    instellingen = laad_instellingen(database_url=database_url, redis_url=redis_url, **waarden)
    installatie = Installatie(instellingen, VerzetbareKlok())
    try:
        yield installatie
    finally:
        ruim_redis_op(installatie)
        installatie.sluit()


def ruim_redis_op(installatie: Installatie) -> None:
    """Verwijder alles van deze installatie, ook haar wachtrij; een Redis die weg is, is ook leeg."""
    with suppress(RedisError):
        for sleutel in installatie.redis.scan_iter(f"*{installatie.instellingen.redis_prefix}*"):
            installatie.redis.delete(sleutel)


def verzet(installatie: Installatie, **duur: float) -> None:
    """Zet de klok van een proefinstallatie vooruit."""
    klok = installatie.klok
    assert isinstance(klok, VerzetbareKlok)
    klok.verzet(timedelta(**duur))


def inwoner(bsn: str = BSN) -> Identiteit:
    """Een aangemelde inwoner."""
    return Identiteit(
        soort="inwoner",
        bron="digid",
        middel="digid",
        onderwerp=bsn,
        bsn=bsn,
        naam="M. Voorbeeld",
        niveau=Niveau.MIDDEN,
        tijdstip=datetime.now(UTC),
    )


def medewerker(*rollen: str) -> Identiteit:
    """Een aangemelde medewerker met deze rollen."""
    return Identiteit(
        soort="medewerker",
        bron="medewerker",
        middel="medewerker",
        onderwerp="jdevries",
        gebruikersnaam="jdevries",
        naam="J. de Vries",
        niveau=Niveau.SUBSTANTIEEL,
        rollen=rollen,
        tijdstip=datetime.now(UTC),
    )
