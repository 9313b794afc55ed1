"""Zoeken op plaats: binnen een veelhoek, met gaten en randen zoals PostGIS het doet, en met de index."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.fouten import Ongeldig
from kern.installatie import Installatie
from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.geometrie import binnen, haal_functies_weg, kaderindex, maak_functies

SCHEMA = "proef_plaats"


def vierkant(x: float, y: float, zijde: float) -> list[list[float]]:
    return [[x, y], [x + zijde, y], [x + zijde, y + zijde], [x, y + zijde], [x, y]]


PLEKKEN: dict[str, dict[str, Any] | None] = {
    "midden": {"type": "Point", "coordinates": [5.5, 52.5]},
    "in het gat": {"type": "Point", "coordinates": [5.15, 52.15]},
    "op de rand": {"type": "Point", "coordinates": [5, 52.5]},
    "buiten": {"type": "Point", "coordinates": [6.5, 52.5]},
    "in de hoek van het kader": {"type": "Point", "coordinates": [5.95, 52.95]},
    "lijn erin": {"type": "LineString", "coordinates": [[5.5, 52.1], [5.6, 52.2]]},
    "lijn eruit": {"type": "LineString", "coordinates": [[5.5, 52.1], [5.6, 51]]},
    "lijn over het gat": {"type": "LineString", "coordinates": [[5.05, 52.15], [5.3, 52.15]]},
    "vlak erin": {"type": "Polygon", "coordinates": [vierkant(5.4, 52.4, 0.1)]},
    "nergens": None,
}
# Een vierkant met een gat, en de hoek rechtsboven eraf.
GEBIED = {
    "type": "Polygon",
    "coordinates": [[[5, 52], [6, 52], [6, 52.8], [5.8, 53], [5, 53], [5, 52]], vierkant(5.1, 52.1, 0.1)],
}


class Basis(DeclarativeBase):
    metadata = maak_metadata(SCHEMA)
    type_annotation_map = TYPEN


class Plek(Resource, Basis):
    __tablename__ = "plek"
    naam: Mapped[str]
    plaats: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    __table_args__ = (kaderindex("ix_plek_kader", SCHEMA, "plaats"),)


@pytest.fixture
def plekken(installatie: Installatie) -> Iterator[Installatie]:
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        verbinding.execute(text(maak_functies(SCHEMA)))
        Basis.metadata.create_all(verbinding)
        verbinding.execute(insert(Plek), [{"naam": naam, "plaats": plaats} for naam, plaats in PLEKKEN.items()])
    yield installatie
    with installatie.db.schrijven() as verbinding:
        Basis.metadata.drop_all(verbinding)
        verbinding.execute(text(haal_functies_weg(SCHEMA)))
        verbinding.execute(text(f"DROP SCHEMA {SCHEMA}"))


def gevonden(installatie: Installatie, gebied: dict[str, Any]) -> set[str]:
    voorwaarde = binnen(Plek.plaats, gebied, installatie.db)
    with installatie.db.lezen() as verbinding:
        return set(verbinding.execute(select(Plek.naam).where(voorwaarde)).scalars())


def test_binnen_een_veelhoek(plekken: Installatie) -> None:
    assert gevonden(plekken, GEBIED) == {"midden", "lijn erin", "vlak erin"}


def test_binnen_een_verzameling(plekken: Installatie) -> None:
    beide = {"type": "GeometryCollection", "geometries": [GEBIED, {"type": "Point", "coordinates": [6.5, 52.5]}]}
    assert gevonden(plekken, beide) == {"midden", "lijn erin", "vlak erin", "buiten"}
    assert gevonden(plekken, {"type": "MultiPolygon", "coordinates": [[vierkant(6, 52, 1)]]}) == {"buiten"}


def test_een_veelhoek_die_zichzelf_snijdt_is_een_fout(plekken: Installatie) -> None:
    strik = {"type": "Polygon", "coordinates": [[[5, 52], [6, 53], [6, 52], [5, 53], [5, 52]]]}
    with pytest.raises(Ongeldig) as fout:
        gevonden(plekken, strik)
    assert [(deel.naam, deel.code) for deel in fout.value.fouten] == [("within", "invalid")]


def test_de_index_vindt_de_kandidaten(plekken: Installatie) -> None:
    veel = [{"naam": "", "plaats": {"type": "Point", "coordinates": [i / 100, i / 100]}} for i in range(3000)]
    with plekken.db.schrijven() as verbinding:
        verbinding.execute(insert(Plek), veel)
        verbinding.execute(text(f"ANALYZE {SCHEMA}.plek"))
        vraag = f"EXPLAIN SELECT id FROM {SCHEMA}.plek WHERE {SCHEMA}.kader(plaats) <@ '(6,53),(5,52)'::box"  # noqa: S608  # vaste namen
        plan = "\n".join(verbinding.execute(text(vraag)).scalars())
    assert "ix_plek_kader" in plan
