"""Zoeken binnen tekst met trigrammen: gelijk aan zoeken zonder index, en de index wordt gebruikt."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped

from kern.installatie import Installatie
from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.trigram import (
    bevat,
    gelijkenis,
    haal_functies_weg,
    kan_bevatten,
    lijkt,
    maak_functies,
    trigramindex,
    trigramkolom,
)

SCHEMA = "proef_trigram"
NAMEN = ("Verhuurvergunning", "Parkeervergunning bewoner", "Eénmalige subsidie", "50% korting_actie", "Иван Петров", "")


class Basis(DeclarativeBase):
    metadata = maak_metadata(SCHEMA)
    type_annotation_map = TYPEN


class Proef(Resource, Basis):
    __tablename__ = "proef"
    naam: Mapped[str]
    trigrammen: Mapped[list[int]] = trigramkolom(SCHEMA, "naam")
    __table_args__ = (trigramindex("ix_proef_trigrammen", "trigrammen"),)


@pytest.fixture
def tabel(installatie: Installatie) -> Iterator[Connection]:
    """Een tabel met een trigramkolom, in een transactie die niet blijft."""
    with installatie.db.engine.connect() as verbinding:
        verbinding.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        verbinding.execute(text(maak_functies(SCHEMA)))
        Basis.metadata.create_all(verbinding)
        verbinding.execute(insert(Proef), [{"naam": naam} for naam in NAMEN])
        yield verbinding
        Basis.metadata.drop_all(verbinding)
        verbinding.execute(text(haal_functies_weg(SCHEMA)))
        verbinding.rollback()


@pytest.mark.parametrize(
    "naald", ["VERGUNNING", "vergunning b", "éénmalige", "0% k", "0%", "g_a", "gXa", "иван", "v", "", "Verhuurvergunning", "zzz", "e\u0301"]
)  # fmt: skip
def test_bevat_is_zoeken_zonder_index(tabel: Connection, naald: str) -> None:
    gevonden = set(tabel.execute(select(Proef.naam).where(bevat(Proef.trigrammen, Proef.naam, naald))).scalars())
    assert gevonden == {naam for naam in NAMEN if naald.lower() in naam.lower()}


def test_een_tikfout_geeft_een_treffer(tabel: Connection) -> None:
    naald = "parkeervergunnign"
    maat = gelijkenis(Proef.trigrammen, naald)
    gevonden = tabel.execute(select(Proef.naam, maat).where(lijkt(Proef.trigrammen, naald)).order_by(maat.desc())).all()
    assert [rij.naam for rij in gevonden] == ["Parkeervergunning bewoner", "Verhuurvergunning"]
    assert gevonden[0][1] == pytest.approx(13 / 15)


def test_de_index_wordt_gebruikt(tabel: Connection) -> None:
    tabel.execute(insert(Proef), [{"naam": uuid4().hex} for _ in range(3000)])
    tabel.execute(text(f"ANALYZE {SCHEMA}.proef"))
    vraag = select(Proef.id).where(*kan_bevatten(Proef.trigrammen, "vergunning"))
    plan = tabel.execute(text(f"EXPLAIN {vraag.compile(tabel, compile_kwargs={'literal_binds': True})}")).scalars()
    assert "ix_proef_trigrammen" in "\n".join(plan)
