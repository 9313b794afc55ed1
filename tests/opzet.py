"""Hoe de tests een installatie opzetten en weer leegmaken. Apart van conftest: wie geen database nodig heeft, laadt dit niet."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, text

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from dienstverlening.voorbeeld import laad_voorbeeld
from kern.installatie import Installatie
from kern.instellingen import Instellingen, laad_instellingen
from kern.motoren import Motoren

ADRES = "http://platform.test"
GEVULD = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)' AND pg_relation_size(c.oid) > 0
"""
TELLERS = """
SELECT pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute
WHERE attidentity <> '' AND attrelid = ANY(CAST(:tabellen AS regclass[]))
"""


@dataclass(frozen=True)
class Opname:
    """Wat een opzet in lege tabellen achterliet: de rijen per tabel (zoals COPY ze schrijft), en waar hun tellers staan."""

    rijen: dict[str, bytes]
    tellers: dict[str, int]


def zorg_voor_sjabloon(motoren: Motoren, data: Path, *, ingericht: bool = False) -> str:
    """De naam van een database om van te kopiëren: gemigreerd en leeg, of ingericht (dat kost seconden, kopiëren tienden)."""
    if ingericht:
        bron = zorg_voor_sjabloon(motoren, data)
        return _maak_als_nieuw(motoren, data, "ingericht", bron, _vul)
    return _maak_als_nieuw(motoren, data, "sjabloon", "template1", werk_database_bij)


def _vul(instellingen: Instellingen) -> None:
    installatie = maak_platform(instellingen)
    richt_voorbeeld_in(installatie)
    installatie.sluit()


def richt_voorbeeld_in(installatie: Installatie) -> None:
    """Rechten, lijsten en één meegeleverd procespakket, zoals de demo ze heeft."""
    richt_in(installatie)
    laad_voorbeeld(installatie, ["toeristische-verhuur"])


def _maak_als_nieuw(motoren: Motoren, data: Path, naam: str, bron: str, vul: Callable[[Instellingen], None]) -> str:
    """Een database heet pas `naam` als ze helemaal gevuld is: een afgebroken loop laat niets half achter."""
    half = f"{naam}_half"
    with om_de_beurt(data, naam), beheer(motoren) as verbinding:
        if verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [naam]).fetchone():
            return naam
        verbinding.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
        vul(instellingen_voor(kopieer(motoren, bron, half), motoren.redis_url, data, redis_prefix=f"{half}:"))
        verbinding.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(naam)))
    return naam


@contextmanager
def om_de_beurt(map_: Path, wat: str) -> Iterator[None]:
    """Eén testproces tegelijk; wie iets anders nodig heeft wacht niet."""
    map_.mkdir(exist_ok=True)
    with (map_ / f"{wat}.slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield


def kopieer(motoren: Motoren, bron: str, naam: str) -> str:
    """Een eigen database uit een andere (0,1 tot 0,4 s); geeft haar url."""
    with beheer(motoren) as verbinding:
        opdracht = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        verbinding.execute(opdracht.format(sql.Identifier(naam), sql.Identifier(bron)))
    return url_van(motoren, naam)


def instellingen_voor(database_url: str, redis_url: str, data: Path, **waarden: Any) -> Instellingen:
    return laad_instellingen(
        omgeving="test",
        data=data,
        publiek_adres=ADRES,
        database_url=database_url,
        redis_url=redis_url,
        geheime_sleutel="t" * 40,
        **waarden,
    )


def url_van(motoren: Motoren, database: str) -> str:
    return motoren.database_url.replace("/dienstverlening?", f"/{database}?")


def beheer(motoren: Motoren) -> psycopg.Connection:
    return psycopg.connect(url_van(motoren, "postgres").replace("+psycopg", ""), autocommit=True)


def gevulde_tabellen(installatie: Installatie) -> list[str]:
    """Tabellen met inhoud, af te lezen aan hun omvang: één snelle vraag, ook voor wat een ander proces schreef."""
    with installatie.db.engine.connect() as verbinding:
        return list(verbinding.scalars(text(GEVULD)))


def maak_leeg(installatie: Installatie, behalve: frozenset[str]) -> None:
    vol = [tabel for tabel in gevulde_tabellen(installatie) if tabel not in behalve]
    if vol:
        with installatie.db.engine.begin() as verbinding:
            verbinding.execute(text(f"TRUNCATE {', '.join(vol)} RESTART IDENTITY CASCADE"))


def vergeet(installatie: Installatie) -> None:
    """Wis Redis, behalve versienummers van caches: die gaan omhoog, zodat geen proces iets van een vorige test onthoudt."""
    for sleutel in installatie.redis.scan_iter(f"{installatie.instellingen.redis_prefix}*"):
        if b"versie" in sleutel:
            installatie.redis.incr(sleutel)
        else:
            installatie.redis.delete(sleutel)


def neem_op(installatie: Installatie, behalve: frozenset[str]) -> Opname:
    """Onthoud wat er in de tabellen staat die zonder deze test leeg waren."""
    tabellen = [tabel for tabel in gevulde_tabellen(installatie) if tabel not in behalve]
    with installatie.db.engine.connect() as verbinding:
        standen = {
            teller: verbinding.scalar(text(f"SELECT last_value FROM {teller} WHERE is_called"))  # noqa: S608  # uit de catalogus van PostgreSQL
            for teller in verbinding.scalars(text(TELLERS), {"tabellen": tabellen})
        }
        rijen = {tabel: _kopie_uit(_cursor(verbinding), tabel) for tabel in tabellen}
    return Opname(rijen, {teller: stand for teller, stand in standen.items() if stand})


def zet_terug(installatie: Installatie, opname: Opname) -> None:
    """Zet de rijen terug in dezelfde, nu lege tabellen: honderdsten van een seconde, waar ze maken tienden kost."""
    with installatie.db.engine.begin() as verbinding:
        # De rijen klopten al met elkaar: triggers en verwijssleutels hoeven niet nog eens.
        verbinding.execute(text("SET LOCAL session_replication_role = replica"))
        cursor = _cursor(verbinding)
        for tabel, rijen in opname.rijen.items():
            with cursor.copy(f"COPY {tabel} FROM STDIN".encode()) as kopie:
                kopie.write(rijen)
        for teller, stand in opname.tellers.items():
            verbinding.execute(
                text("SELECT setval(CAST(:teller AS regclass), :stand)"), {"teller": teller, "stand": stand}
            )
    _verhoog_versies(installatie)


def _cursor(verbinding: Connection) -> psycopg.Cursor:
    """COPY gaat buiten SQLAlchemy om, in dezelfde transactie."""
    echt = verbinding.connection.driver_connection
    assert isinstance(echt, psycopg.Connection)
    return echt.cursor()


def _kopie_uit(cursor: psycopg.Cursor, tabel: str) -> bytes:
    with cursor.copy(f"COPY {tabel} TO STDOUT".encode()) as kopie:
        return b"".join(bytes(blok) for blok in kopie)


def _verhoog_versies(installatie: Installatie) -> None:
    for sleutel in installatie.redis.scan_iter(f"{installatie.instellingen.redis_prefix}*versie*"):
        installatie.redis.incr(sleutel)
