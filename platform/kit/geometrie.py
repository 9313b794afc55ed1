"""Zoeken op plaats zonder PostGIS: het omhullende kader in SQL (GiST op `box`), en daarna precies met shapely.

De geometrie staat als GeoJSON in een JSONB-kolom; het kader is een functie daarvan, dus er is geen kolom bij te houden.

    op.execute(maak_functies("zaken"))                                      # in de migratie
    __table_args__ = (kaderindex("ix_zaak_kader", "zaken", "zaakgeometrie"),)

    class GeometrieBinnen(Schema):                                          # de criteria in het lichaam van _zoek
        within: GeoJson
    Filter(GeometrieBinnen, lambda zoek, omgeving: binnen(Zaak.zaakgeometrie, zoek.within, omgeving.installatie.db))

"Binnen" is wat PostGIS `ST_Within` noemt: helemaal erin, en niet alleen op de rand.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Index, String, Uuid, any_, cast, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import UserDefinedType

from kern.database import Database
from kern.fouten import Ongeldig, ParamFout

PORTIE = 20_000
Geometriekolom = InstrumentedAttribute[dict[str, Any] | None]

_FUNCTIE = """
CREATE FUNCTION {schema}.kader(geometrie jsonb) RETURNS box LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
    SELECT box(point(max(x), max(y)), point(min(x), min(y)))
    FROM (SELECT cast(positie ->> 0 AS float8) AS x, cast(positie ->> 1 AS float8) AS y
          FROM jsonb_path_query(geometrie, 'strict $.** ? (@.type() == "array" && @[0].type() == "number")') AS positie
         ) AS posities);
"""


class Kader(UserDefinedType[str]):
    """Het type `box` van PostgreSQL: `(x2,y2),(x1,y1)`."""

    cache_ok = True

    def get_col_spec(self, **_opties: Any) -> str:
        """Hoe het type in SQL heet."""
        return "box"


def maak_functies(schema: str) -> str:
    """De SQL voor een migratie: de functie waar `kaderindex` en `binnen` op rekenen."""
    return _FUNCTIE.format(schema=schema)


def haal_functies_weg(schema: str) -> str:
    """Het omgekeerde van `maak_functies`."""
    return f"DROP FUNCTION {schema}.kader(jsonb);"


def kaderindex(naam: str, schema: str, kolom: str) -> Index:
    """De index waarmee `binnen` zijn kandidaten vindt. Een rij zonder plaats staat er niet in: die kost dan ook niets."""
    gevuld = text(f"{kolom} IS NOT NULL")
    return Index(naam, text(f"{schema}.kader({kolom})"), postgresql_using="gist", postgresql_where=gevuld)


def binnen(
    kolom: Geometriekolom,
    veelhoek: dict[str, Any],
    database: Database,
    *waar: ColumnElement[bool],
    naam: str = "within",
) -> ColumnElement[bool]:
    """De voorwaarde dat de geometrie in `kolom` helemaal binnen deze GeoJSON-geometrie ligt.

    Leest zelf de kandidaten (één korte vraag, nooit in een transactie); `waar` beperkt die. Een veelhoek die zichzelf snijdt is
    `Ongeldig` op `naam`.
    """
    import shapely  # noqa: PLC0415 - kost 0,3 s bij het starten

    gebied = shapely.from_geojson(orjson.dumps(veelhoek))
    if not gebied.is_valid:
        raise Ongeldig(ParamFout(naam, "invalid", "Deze veelhoek snijdt zichzelf."))
    tabel: Any = kolom.class_
    if gebied.is_empty:
        return tabel.id.in_(())  # type: ignore[no-any-return]  # tabelklassen
    x1, y1, x2, y2 = gebied.bounds
    kader = cast(literal(f"({x2!r},{y2!r}),({x1!r},{y1!r})", String), Kader())
    vraag = select(tabel.id, cast(kolom, String)).where(_kader(kolom).op("<@")(kader), *waar)
    delen = _delen(gebied)
    gevonden: list[UUID] = []
    with database.lezen() as verbinding:
        for portie in verbinding.execute(vraag).partitions(PORTIE):
            gevonden += _erin(delen, [(rij[0], rij[1]) for rij in portie])
    return tabel.id == any_(literal(gevonden, ARRAY(Uuid)))  # type: ignore[no-any-return]  # tabelklassen


def _delen(gebied: Any) -> list[Any]:
    """Een verzameling als haar vlakken, lijnen en punten: shapely vergelijkt soorten niet goed als ze door elkaar staan."""
    import shapely  # noqa: PLC0415 - zie binnen

    los = shapely.get_parts(gebied) if gebied.geom_type == "GeometryCollection" else [gebied]
    soorten: dict[int, list[Any]] = {}
    for deel in los:
        for stuk in _delen(deel) if deel.geom_type == "GeometryCollection" else [deel]:
            soorten.setdefault(shapely.get_dimensions(stuk), []).append(stuk)
    delen = [shapely.union_all(stukken) for stukken in soorten.values()]
    shapely.prepare(delen)
    return delen


def _erin(gebieden: list[Any], rijen: Sequence[tuple[UUID, str]]) -> list[UUID]:
    import shapely  # noqa: PLC0415 - zie binnen

    vormen = shapely.from_geojson([geojson for _, geojson in rijen])
    treffers = [shapely.contains(gebied, vormen) for gebied in gebieden]
    return [id_ for (id_, _), *erin in zip(rijen, *treffers, strict=True) if any(erin)]


def _kader(kolom: Geometriekolom) -> Any:
    return getattr(func, str(kolom.property.columns[0].table.schema)).kader(kolom, type_=Kader())
