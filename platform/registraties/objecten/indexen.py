"""Een index per pad dat een objecttype aanwijst (`indexedPaths`, onze uitbreiding), gebouwd terwijl er gewoon gewerkt wordt.

De naam van de index zegt bij welk type en pad hij hoort; wat er is staat dus alleen in PostgreSQL zelf. Nog eens doen kan geen
kwaad: wat er al is blijft, wat afgebroken was (ongeldig) wordt opnieuw gebouwd, wat niet meer gewenst is gaat weg.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy import Connection, text

from integratie.objecttypen import INDEXEER
from kern.installatie import Installatie
from kern.migratie import EIGEN_INDEX
from kern.outbox import Verwerker, Werk
from kern.versies import huidige_versie, vernieuw_versie
from kit import Omgeving
from registraties.objecten.paden import Pad, lees_pad, sleutel_sql

log = structlog.get_logger()
_AANWEZIG = text(
    "SELECT i.relname, x.indisvalid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
    "WHERE x.indrelid = 'objecten.record'::regclass AND starts_with(i.relname, :begin)"
)


def werk_bij(installatie: Installatie, type_: str, paden: Iterable[str]) -> None:
    """Zorg dat het objecttype (als dienst:pad) precies op deze paden (`plek__wijk`) een index heeft. Kan minuten duren."""
    begin = f"{EIGEN_INDEX}{_afdruk(type_)}_"
    gelezen = (lees_pad(pad) for pad in paden)
    gewenst = {f"{begin}{_afdruk('__'.join(pad))}": pad for pad in gelezen if pad}
    with _zonder_transactie(installatie) as verbinding:
        rijen = verbinding.execute(_AANWEZIG, {"begin": begin}).all()
        aanwezig: dict[str, bool] = {rij.relname: rij.indisvalid for rij in rijen}
        for naam, geldig in aanwezig.items():
            if naam not in gewenst or not geldig:
                verbinding.exec_driver_sql(f'DROP STATISTICS IF EXISTS objecten."{naam}"')
                verbinding.exec_driver_sql(f'DROP INDEX CONCURRENTLY IF EXISTS objecten."{naam}"')
        nieuw = [naam for naam in gewenst if not aanwezig.get(naam)]
        for naam in nieuw:
            verbinding.exec_driver_sql(_maak(naam, type_, gewenst[naam]))
            verbinding.exec_driver_sql(_tel(naam, gewenst[naam]))
            log.info("index gebouwd", objecttype=type_, pad="__".join(gewenst[naam]))
        if nieuw:
            verbinding.exec_driver_sql("ANALYZE objecten.record")
    if set(aanwezig) != set(gewenst) or nieuw:
        vernieuw_versie(installatie, "objecttypen")  # wie onthield welke indexen er zijn, vraagt het opnieuw


def heeft_index(omgeving: Omgeving, type_: str, pad: Pad) -> bool:
    """Staat er een bruikbare index op dit pad van dit type? Onthouden tot er een objecttype wijzigt; wat er niet is, wordt opnieuw gevraagd."""
    begin = f"{EIGEN_INDEX}{_afdruk(type_)}_"
    naam = f"{begin}{_afdruk('__'.join(pad))}"
    bekend: dict[Any, set[str]] = omgeving.onthoud("indexen", dict)
    versie = huidige_versie(omgeving.installatie, "objecttypen")
    if versie not in bekend:
        bekend.clear()
    if naam not in bekend.setdefault(versie, set()):
        with omgeving.installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(_AANWEZIG, {"begin": begin}).all()
        bekend[versie] |= {rij.relname for rij in rijen if rij.indisvalid}
    return naam in bekend[versie]


def _maak(naam: str, type_: str, pad: Pad) -> str:
    """Alleen over de records van dit type: die zijn er misschien een fractie van."""
    als_tekst = type_.replace("'", "''").replace("%", "%%")
    return f"CREATE INDEX CONCURRENTLY \"{naam}\" ON objecten.record (({sleutel_sql(pad)})) WHERE type = '{als_tekst}'"


def _tel(naam: str, pad: Pad) -> str:
    """Cijfers over de waarden op dit pad: die van een index met een voorwaarde gebruikt PostgreSQL niet om te schatten."""
    return f'CREATE STATISTICS IF NOT EXISTS objecten."{naam}" ON ({sleutel_sql(pad)}) FROM objecten.record'


def _afdruk(tekst: str) -> str:
    return hashlib.sha256(tekst.encode()).hexdigest()[:12]


@contextmanager
def _zonder_transactie(installatie: Installatie) -> Iterator[Connection]:
    """CONCURRENTLY kan niet in een transactie, en wacht op wie bezig is: zo lang als dat duurt."""
    with installatie.db.lezen() as verbinding:
        verbinding.exec_driver_sql("SET lock_timeout = 0")
        try:
            yield verbinding
        finally:
            verbinding.exec_driver_sql("RESET lock_timeout")


def _bouw(installatie: Installatie, werk: Werk) -> None:
    werk_bij(installatie, werk.inhoud["type"], werk.inhoud["paden"])


def verwerkers(_installatie: Installatie) -> Iterable[Verwerker]:
    """Wie de indexen bouwt nadat een objecttype zijn paden wijzigde."""
    return (Verwerker(INDEXEER, buiten=_bouw),)
