"""De dataset van de objectenmeting: bomen rechtstreeks in de tabellen, met de indexen pas daarna (zoals bij elke grote lading)."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.engine import Engine

from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn
from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from registraties.objecten.indexen import werk_bij

TOKEN = "meting.geheim"  # noqa: S105  # een wegwerpdatabase
PADEN = ("hoogte", "geplant", "kenmerk", "plek__wijk")
PORTIE = 25_000
TEGELIJK = 4
SOORTEN = "eik beuk linde plataan es iep berk kastanje wilg populier"
# De eerste woorden staan in veel omschrijvingen, de rest is per boom anders: zo gaat het in het echt ook.
WOORDEN = (
    "groot oud jong scheef gezond gesnoeid gevlekt brug plein kanaal school wortel tak stam kroon blad schors bodem"
)
WIJKEN, STRATEN, NAMEN = 1000, 5000, 20_000

_VUL = """
INSERT INTO objecten.object (id, type) SELECT md5('object' || i)::uuid, :type FROM generate_series(CAST(:van AS int), CAST(:tot AS int)) AS i;
INSERT INTO objecten.record
    (id, object, type, index, laatste, type_version, data, geometry, "references", start_at, registration_at)
SELECT md5('record' || i)::uuid, md5('object' || i)::uuid, :type, 1, true, 1,
    jsonb_build_object(
        'kenmerk', 'BOOM-' || lpad(i::text, 7, '0'),
        'soort', (string_to_array('{soorten}', ' '))[1 + pg_temp.greep(i, 1, 10)],
        'hoogte', pg_temp.greep(i, 2, 400000) / 10000.0,
        'geplant', to_char(date '1900-01-01' + pg_temp.greep(i, 3, 45000), 'YYYY-MM-DD'),
        'plek', jsonb_build_object('wijk', 'wijk ' || pg_temp.greep(i, 4, {wijken}), 'straat', 'Straat ' || pg_temp.greep(i, 5, {straten})),
        'omschrijving', pg_temp.woord(i, 6) || ' ' || pg_temp.woord(i, 7) || ' ' || pg_temp.woord(i, 8) || ', gemeld door '
            || pg_temp.naam(pg_temp.greep(i, 9, {namen})) || ' bij de ' || pg_temp.woord(i, 10)),
    jsonb_build_object('type', 'Point', 'coordinates',
        jsonb_build_array(3.5 + pg_temp.greep(i, 11, 100000) / 30000.0, 51 + pg_temp.greep(i, 12, 100000) / 50000.0)),
    '[]', date '2024-01-01', date '2024-01-01'
FROM generate_series(CAST(:van AS int), CAST(:tot AS int)) AS i
"""
_HULP = """
CREATE OR REPLACE FUNCTION pg_temp.greep(i int, wat int, uit int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN mod(hashint8(i::bigint * 100 + wat) & 2147483647, uit);
CREATE OR REPLACE FUNCTION pg_temp.woord(i int, wat int) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (string_to_array('{woorden}', ' '))[1 + pg_temp.greep(i, wat, 18)];
CREATE OR REPLACE FUNCTION pg_temp.naam(nr int) RETURNS text LANGUAGE sql IMMUTABLE RETURN translate(left(md5(nr::text), 9), '0123456789', 'aeiousrtln')
"""


def naam(nummer: int) -> str:
    """De naam van melder `nummer`; `pg_temp.naam` maakt dezelfde."""
    afdruk = hashlib.md5(str(nummer).encode(), usedforsecurity=False).hexdigest()[:9]
    return afdruk.translate(str.maketrans("0123456789", "aeiousrtln"))


def objecttype(installatie: Installatie) -> str:
    """De URL van het objecttype van de dataset; maakt het als het er niet is."""
    boom = ObjectTypeIn(uuid=UUID(int=4711), name="boom", name_plural="bomen")
    soort, _ = ObjecttypenClient(installatie, namens="meting").zorg_voor_type(boom, {"type": "object"})
    return soort.url


def vul(installatie: Installatie, aantal: int) -> None:
    """Zet de objecten neer (voor een miljoen enkele minuten), met een token dat alles mag."""
    type_ = installatie.diensten.naar_opslag(objecttype(installatie))
    engine = installatie.db.engine
    with _zonder_indexen(engine):
        porties = [(van, min(van + PORTIE - 1, aantal)) for van in range(1, aantal + 1, PORTIE)]
        with ThreadPoolExecutor(TEGELIJK) as draden:
            list(draden.map(lambda portie: _vul(engine, type_, *portie), porties))
    with installatie.db.schrijven() as verbinding:
        afdruk = hashlib.sha256(TOKEN.encode()).digest()
        rij = {"soort": "token", "client_id": "meting", "geheim": afdruk, "rechten": {"*": "alles"}}
        verbinding.execute(insert(Toegangssleutel).values(rij))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE objecten.record"))
    werk_bij(installatie, type_, PADEN)


def _vul(engine: Engine, type_: str, van: int, tot: int) -> None:
    with engine.begin() as verbinding:
        # De rijen kloppen met elkaar: verwijssleutels hoeven niet per rij getoetst.
        verbinding.exec_driver_sql("SET LOCAL session_replication_role = replica")
        opdrachten = f"{_HULP};\n{_VUL}".format(
            soorten=SOORTEN, woorden=WOORDEN, wijken=WIJKEN, straten=STRATEN, namen=NAMEN
        ).split(";\n")
        for opdracht in opdrachten:
            waarden = {"type": type_, "van": van, "tot": tot} if ":van" in opdracht else {}
            verbinding.execute(text(opdracht), waarden)


@contextmanager
def _zonder_indexen(engine: Engine) -> Iterator[None]:
    """Haal de zoekindexen weg en maak ze daarna weer: veel sneller dan rij voor rij bijhouden."""
    vraag = text(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'objecten' AND tablename = 'record' AND indexname LIKE 'ix%'"
    )
    with engine.begin() as verbinding:
        indexen = verbinding.execute(vraag).all()
        for index in indexen:
            verbinding.exec_driver_sql(f'DROP INDEX objecten."{index.indexname}"')
    try:
        yield
    finally:
        with engine.begin() as verbinding:
            verbinding.exec_driver_sql("SET LOCAL maintenance_work_mem = '1GB'")
            for index in indexen:
                verbinding.exec_driver_sql(index.indexdef)
