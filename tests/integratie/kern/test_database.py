"""Migraties heen en terug, en de regels van de transactie."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from kern.database import Database, na_commit
from kern.installatie import Installatie
from kern.migratie import draai_terug, is_bij, verschillen, werk_bij
from kern.motoren import Motoren
from kern.tabellen import KERN, Adres
from tests.kernhulp import maak_database


def test_migraties_gaan_heen_en_terug_en_kloppen_met_de_tabellen(motoren: Motoren) -> None:
    database = Database(maak_database(motoren))
    assert verschillen(database, KERN) == []
    assert is_bij(database, KERN)
    draai_terug(database, KERN)
    assert not is_bij(database, KERN)
    with database.lezen() as verbinding:
        over = verbinding.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'kern'")).all()
    assert over == ["alembic_versie"]
    werk_bij(database, [KERN])
    assert verschillen(database, KERN) == []
    database.sluit()


def test_vier_processen_die_tegelijk_migreren_zitten_elkaar_niet_in_de_weg(motoren: Motoren) -> None:
    url = maak_database(motoren)
    database = Database(url)
    draai_terug(database, KERN)
    fouten: list[BaseException] = []

    def migreer() -> None:
        eigen = Database(url, verbindingen=2)
        try:
            werk_bij(eigen, [KERN])
        except BaseException as fout:  # noqa: BLE001  # de test toont welke fout het was
            fouten.append(fout)
        finally:
            eigen.sluit()

    draden = [threading.Thread(target=migreer) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []
    assert is_bij(database, KERN)
    database.sluit()


def test_na_commit_loopt_na_het_vaststellen_en_niet_bij_terugdraaien(installatie: Installatie) -> None:
    gezien: list[list[str]] = []

    def kijk() -> None:
        with installatie.db.lezen() as verbinding:
            gezien.append(list(verbinding.scalars(select(Adres.adres))))

    def schrijf(adres: str, *, mislukt: bool) -> None:
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Adres).values(adres=adres))
            na_commit(kijk)
            if mislukt:
                raise RuntimeError("terug")

    schrijf("a", mislukt=False)
    with pytest.raises(RuntimeError, match="terug"):
        schrijf("b", mislukt=True)
    assert gezien == [["a"]]


def test_na_commit_buiten_een_transactie_is_een_fout() -> None:
    with pytest.raises(RuntimeError, match="buiten een schrijftransactie"):
        na_commit(lambda: None)


def test_databasefout_noemt_geen_gegevens(installatie: Installatie) -> None:
    def dubbel() -> None:
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Adres).values(adres="x"))
            verbinding.execute(insert(Adres).values(adres="x"))

    with pytest.raises(IntegrityError) as gevangen:
        dubbel()
    assert "[SQL parameters hidden" in str(gevangen.value)


def test_onthouden_adres_wordt_herkend_na_een_verhuizing(installatie: Installatie) -> None:
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Adres).values(adres="http://localhost:9000"))
    oud = "http://localhost:9000/zaken/api/v1/zaken/1"
    assert installatie.diensten.naar_opslag(oud) == oud
    installatie.onthoud_adres()
    assert installatie.diensten.naar_opslag(oud) == "zaken:zaken/1"
    assert installatie.diensten.naar_url("zaken:zaken/1") == "http://localhost:8000/zaken/api/v1/zaken/1"


def test_tijd_komt_in_utc_terug(installatie: Installatie) -> None:
    with installatie.db.lezen() as verbinding:
        moment = verbinding.execute(text("SELECT timestamptz '2026-07-01 12:00+02'")).scalar_one()
    assert moment == datetime(2026, 7, 1, 10, tzinfo=UTC)
