"""Concepten: versleuteld, van één eigenaar, met versie en einddatum."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, text

from kern.concepten import Concept, Concepten, Conflict, GeenConcept
from kern.installatie import Installatie
from kern.outbox.sweeper import ruim_op
from kern.tabellen import Concept as Tabel
from kern.tabellen import Idempotentie
from tests.kernhulp import ANDER_BSN, BSN, verzet

EIGENAAR = ("bsn", BSN)


@pytest.fixture
def concepten(installatie: Installatie) -> Concepten:
    return Concepten(installatie, geldig=timedelta(days=7))


@pytest.fixture
def concept(concepten: Concepten) -> Concept:
    return concepten.maak("inzending", EIGENAAR, {"straat": "Dorpsstraat", "bsn": BSN})


def test_maken_lezen_bewaren(concepten: Concepten, concept: Concept) -> None:
    assert concepten.lees(concept.id, EIGENAAR) == concept
    nieuw = concepten.bewaar(concept, EIGENAAR, {"straat": "Kerkweg"}, versie=1)
    assert (nieuw.versie, concepten.lees(concept.id, EIGENAAR).inhoud) == (2, {"straat": "Kerkweg"})


def test_oude_versie_geeft_conflict_en_behoudt_de_nieuwe(concepten: Concepten, concept: Concept) -> None:
    concepten.bewaar(concept, EIGENAAR, {"n": 2}, versie=1)
    with pytest.raises(Conflict):
        concepten.bewaar(concept, EIGENAAR, {"n": 3}, versie=1)
    assert concepten.lees(concept.id, EIGENAAR).inhoud == {"n": 2}


def test_van_acht_tegelijk_wint_er_een(concepten: Concepten, concept: Concept) -> None:
    gelukt: list[int] = []

    def bewaar(nummer: int) -> None:
        try:
            concepten.bewaar(concept, EIGENAAR, {"n": nummer}, versie=1)
        except Conflict:
            return
        gelukt.append(nummer)

    draden = [threading.Thread(target=bewaar, args=(nummer,)) for nummer in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(gelukt) == 1
    assert concepten.lees(concept.id, EIGENAAR).inhoud == {"n": gelukt[0]}


def test_van_een_ander_bestaat_niet(concepten: Concepten, concept: Concept) -> None:
    ander = ("bsn", ANDER_BSN)
    with pytest.raises(GeenConcept):
        concepten.lees(concept.id, ander)
    with pytest.raises(GeenConcept):
        concepten.bewaar(concept, ander, {}, versie=1)
    concepten.verwijder(concept.id, ander)
    assert concepten.van(EIGENAAR, "inzending") == [concept]
    assert concepten.van(ander, "inzending") == []
    with pytest.raises(GeenConcept):
        concepten.lees(uuid4(), EIGENAAR)


def test_in_de_database_staat_niets_leesbaars(installatie: Installatie, concept: Concept) -> None:
    with installatie.db.lezen() as verbinding:
        ruw = str(verbinding.execute(text("SELECT concept::text FROM kern.concept")).scalar_one())
    assert str(concept.id) in ruw
    assert BSN not in ruw
    assert BSN.encode().hex() not in ruw
    assert b"Dorpsstraat".hex() not in ruw


def test_verlopen_concept_is_weg_en_bewaren_verlengt(
    installatie: Installatie, concepten: Concepten, concept: Concept
) -> None:
    verzet(installatie, days=6)
    verlengd = concepten.bewaar(concept, EIGENAAR, {"n": 2}, versie=1)
    verzet(installatie, days=6)
    assert concepten.lees(concept.id, EIGENAAR) == verlengd
    verzet(installatie, days=2)
    with pytest.raises(GeenConcept):
        concepten.lees(concept.id, EIGENAAR)
    with pytest.raises(GeenConcept):
        concepten.bewaar(verlengd, EIGENAAR, {}, versie=2)


def test_opruimen_verwijdert_verlopen_concepten_en_oude_antwoorden(
    installatie: Installatie, concepten: Concepten, concept: Concept
) -> None:
    with installatie.db.schrijven() as verbinding:
        antwoord = {"client": "c", "sleutel": "s", "vingerafdruk": "v", "aangemaakt": installatie.klok.nu()}
        verbinding.execute(insert(Idempotentie).values(antwoord))
    verzet(installatie, hours=25)
    blijft = concepten.maak("editor", EIGENAAR, {})
    ruim_op(installatie)
    assert _aantallen(installatie) == (2, 0)
    verzet(installatie, days=6)
    ruim_op(installatie)
    assert _aantallen(installatie) == (1, 0)
    assert concepten.lees(blijft.id, EIGENAAR) == blijft
    assert concept.id != blijft.id


def test_concept_dient_een_keer_in(installatie: Installatie, concepten: Concepten, concept: Concept) -> None:
    with installatie.db.schrijven() as verbinding:
        assert concepten.verwijder_in(verbinding, concept.id, EIGENAAR) is True
        assert concepten.verwijder_in(verbinding, concept.id, EIGENAAR) is False


def _aantallen(installatie: Installatie) -> tuple[int, int]:
    with installatie.db.lezen() as verbinding:
        concepten = verbinding.execute(select(func.count()).select_from(Tabel)).scalar_one()
        antwoorden = verbinding.execute(select(func.count()).select_from(Idempotentie)).scalar_one()
    return concepten, antwoorden
