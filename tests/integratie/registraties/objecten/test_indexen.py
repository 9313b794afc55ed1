"""Indexen op de paden die een objecttype aanwijst, gebouwd buiten het verzoek."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, text

from dienstverlening.delen import DELEN
from dienstverlening.objecten import indexeer_alles, objecten
from integratie.objecten import ObjectenClient
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeUit
from kern.installatie import Installatie
from kern.migratie import verschillen
from registraties.objecten.indexen import werk_bij
from registraties.objecten.modellen import Object, Record
from tests.integratie.registraties.objecten.conftest import Maak

AANTAL = 3000
Indexen = dict[str, bool]


def indexen(installatie: Installatie, soort: ObjectTypeUit) -> Indexen:
    """De eigen indexen (definitie) van dit objecttype en of zij geldig zijn; andere types hebben de hunne."""
    vraag = text(
        "SELECT definitie, indisvalid FROM pg_index, pg_get_indexdef(indexrelid) AS definitie "
        "WHERE indrelid = 'objecten.record'::regclass AND indexrelid::regclass::text LIKE 'objecten.eigen%' "
        "AND strpos(definitie, :type) > 0"
    )
    with installatie.db.lezen() as verbinding:
        type_ = installatie.diensten.naar_opslag(soort.url)
        return {rij[0]: rij[1] for rij in verbinding.execute(vraag, {"type": f"'{type_}'"})}


@pytest.fixture
def wijs_aan(
    installatie: Installatie, typen: ObjecttypenClient, soort: ObjectTypeUit, werk_outbox_af: Callable[[], int]
) -> Iterator[Callable[..., Indexen]]:
    """Wijst paden van `soort` aan, laat de worker lopen en geeft de indexen die er dan zijn."""

    def doe(*paden: str) -> Indexen:
        typen.vraag("PATCH", soort.url, json={"indexedPaths": paden})
        assert indexen(installatie, soort) == wat_er_was  # niet in het verzoek
        werk_outbox_af()
        wat_er_was.clear()
        wat_er_was.update(indexen(installatie, soort))
        return dict(wat_er_was)

    wat_er_was: Indexen = {}
    yield doe
    werk_bij(installatie, installatie.diensten.naar_opslag(soort.url), ())


def test_de_worker_bouwt_wat_het_type_aanwijst(
    installatie: Installatie, soort: ObjectTypeUit, wijs_aan: Callable[..., Indexen]
) -> None:
    gebouwd = wijs_aan("hoogte", "plek__wijk")
    kort = installatie.diensten.naar_opslag(soort.url)
    assert len(gebouwd) == 2
    assert all(f"WHERE (type = '{kort}'::text)" in definitie for definitie in gebouwd)
    assert any("sleutel(data, '{plek,wijk}'::text[])" in definitie for definitie in gebouwd)
    assert list(wijs_aan("hoogte")) == [definitie for definitie in gebouwd if "{hoogte}" in definitie]
    assert verschillen(installatie.db, next(deel for deel in DELEN if deel.naam == "objecten")) == []
    assert wijs_aan() == {}


def test_een_afgebroken_index_wordt_opnieuw_gebouwd(
    installatie: Installatie,
    soort: ObjectTypeUit,
    wijs_aan: Callable[..., Indexen],
    capsys: pytest.CaptureFixture[str],
) -> None:
    wijs_aan("hoogte")
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(
            text(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text LIKE 'objecten.eigen%' "
                "AND strpos(pg_get_indexdef(indexrelid), :type) > 0"
            ),
            {"type": f"'{installatie.diensten.naar_opslag(soort.url)}'"},
        )
    assert list(indexen(installatie, soort).values()) == [False]
    indexeer_alles(installatie)
    assert list(indexen(installatie, soort).values()) == [True]
    assert "boom: hoogte\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "filter_", ["hoogte__exact__17", "hoogte__gt__2990", "hoogte__in__5|6", "geplant__lt__1901-01-01", "geplant__exact__1950-01-01", "merk__icontains__NR 1234", "weg__exact__3"]
)  # fmt: skip
def test_een_filter_gebruikt_de_index(
    installatie: Installatie,
    client: ObjectenClient,
    soort: ObjectTypeUit,
    maak: Maak,
    wijs_aan: Callable[..., Indexen],
    filter_: str,
) -> None:
    type_ = installatie.diensten.naar_opslag(soort.url)
    record = maak(hoogte=0).record
    vast = {"type": type_, "laatste": True, "index": 1, "type_version": 1, "references": []}
    dagen = {"start_at": record.start_at, "registration_at": record.registration_at}
    ids = [uuid4() for _ in range(AANTAL)]
    rijen = [
        {
            "object": id_,
            "data": {"hoogte": nr, "geplant": f"{1900 + nr % 100}-01-01", "merk": f"nr {nr}"},
            **vast,
            **dagen,
        }
        for nr, id_ in enumerate(ids)
    ]
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Object), [{"id": id_, "type": type_} for id_ in ids])
        verbinding.execute(insert(Record), rijen)
    wijs_aan("hoogte", "geplant")
    with _plannen(installatie) as plannen:
        client.vraag("GET", "objects", params={"type": soort.url, "data_attr": filter_, "pageSize": 5})
    assert plannen
    for plan in plannen:
        assert ("eigen_" if "__gt__" in filter_ or "__lt__" in filter_ else "Index Scan") in plan
        assert "Seq Scan on record" not in plan


def test_met_en_zonder_index_vindt_een_filter_hetzelfde(
    client: ObjectenClient, soort: ObjectTypeUit, maak: Maak, wijs_aan: Callable[..., Indexen]
) -> None:
    """Ook waar een waarde niet in haar geheel in de index past, en waar getal en tekst op elkaar lijken."""
    lang = "x" * 300
    for waarde in (17, "17", 17.5, lang, f"{lang}y", True, "true", [17], {"a": 17}, None):
        maak(hoogte=waarde)

    def gevonden() -> list[set[str]]:
        return [
            {
                rij["uuid"]
                for rij in client.vraag("GET", "objects", params={"type": soort.url, "data_attr": filter_})["results"]
            }
            for filter_ in (
                "hoogte__exact__17",
                f"hoogte__in__17.5|{lang}",
                "hoogte__exact__true",
                "hoogte__exact__y",
                ["hoogte__exact__17", "naam__icontains__EI"],
                ["hoogte__exact__17", "naam__icontains__beuk"],
            )
        ]

    zonder = gevonden()
    assert [len(uuids) for uuids in zonder] == [2, 2, 2, 0, 2, 0]
    wijs_aan("hoogte")
    assert gevonden() == zonder
    wijs_aan()
    assert gevonden() == zonder


@contextmanager
def _plannen(installatie: Installatie) -> Iterator[list[str]]:
    """Het plan van elke SELECT uit de Objecten API binnen dit blok."""
    plannen: list[str] = []

    def leg_uit(_verbinding: Any, cursor: Any, opdracht: str, waarden: Any, *_rest: Any) -> None:
        if opdracht.startswith("WITH"):
            cursor.execute(f"EXPLAIN {opdracht}", waarden)
            plannen.append("\n".join(rij[0] for rij in cursor.fetchall()))

    with installatie.db.meeluisteren(leg_uit):
        yield plannen


def test_de_opdracht_staat_op_de_opdrachtregel() -> None:
    assert "indexeer" in CliRunner().invoke(objecten, ["--help"]).output
