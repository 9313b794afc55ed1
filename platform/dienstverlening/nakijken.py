"""`dienstverlening controleer`: werkt alles waar deze installatie op steunt?"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from dienstverlening.aanmelden import middelen_van
from dienstverlening.delen import delen_van
from kern.installatie import Installatie, maak_installatie
from kern.instellingen import Instellingen, InstellingenFout
from kern.migratie import verschillen
from kern.verwerkingsactiviteiten import register

OUDSTE_POSTGRESQL = 150000


@dataclass(frozen=True)
class Uitkomst:
    """Eén nagekeken punt; `tekst` zegt wat er mis is, of iets nuttigs."""

    wat: str
    goed: bool
    tekst: str = ""


def kijk_na(instellingen: Instellingen) -> list[Uitkomst]:
    """Alle punten, ook na een fout. Opent en sluit een eigen installatie."""
    installatie = maak_installatie(instellingen)
    punten: dict[str, Callable[[Installatie], str]] = {
        "PostgreSQL": _postgresql,
        "databaseversie": _schema,
        "Redis": _redis,
        "opslag van bestanden": _opslag,
        "inlogmiddelen": _middelen,
        "verwerkingsactiviteiten": _activiteiten,
    }
    try:
        return [_uitkomst(wat, functie, installatie) for wat, functie in punten.items()]
    finally:
        installatie.sluit()


def _uitkomst(wat: str, functie: Callable[[Installatie], str], installatie: Installatie) -> Uitkomst:
    try:
        return Uitkomst(wat, True, functie(installatie))
    except (ValueError, OSError, RedisError, SQLAlchemyError, InstellingenFout) as fout:
        return Uitkomst(wat, False, str(fout).splitlines()[0])


def _postgresql(installatie: Installatie) -> str:
    with installatie.db.lezen() as verbinding:
        versie = verbinding.execute(text("SELECT current_setting('server_version_num')::int")).scalar_one()
    if versie < OUDSTE_POSTGRESQL:
        raise ValueError("versie 15 of nieuwer is nodig")
    return f"versie {versie // 10000}.{versie % 10000}"


def _schema(installatie: Installatie) -> str:
    for deel in delen_van(installatie.instellingen):
        if deel.tabellen is not None and verschillen(installatie.db, deel):
            raise ValueError(f"{deel.naam} loopt achter: draai dienstverlening db bijwerken")
    return ""


def _activiteiten(installatie: Installatie) -> str:
    return f"{len(register(installatie.instellingen.verwerkingsregister))} in het register"


def _redis(installatie: Installatie) -> str:
    return f"versie {installatie.redis.info('server')['redis_version']}"


def _opslag(installatie: Installatie) -> str:
    sleutel = f"nakijken/{uuid4()}"
    installatie.opslag.schrijf(sleutel, [b"proef"])
    installatie.opslag.verwijder(sleutel)
    return ""


def _middelen(installatie: Installatie) -> str:
    middelen = middelen_van(installatie)
    if not middelen:
        raise ValueError("geen enkel; zet INLOGMIDDELEN")
    return ", ".join(middel.titel for middel in middelen)
