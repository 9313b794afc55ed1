"""Verantwoording: per betrokkene een regel, zonder gebruiker en zonder leesbaar nummer; medewerkers in de audittrail."""

from datetime import timedelta

import pytest
import structlog
from sqlalchemy import select, text

from kern.installatie import Installatie
from kern.ldv import audit, gebruik_per_dag, gebruik_van, verwerking
from kern.tabellen import Auditregel, Verwerking
from tests.kernhulp import ANDER_BSN, BSN, medewerker, verzet

ACTIVITEIT = "https://gemeente.example/verwerkingen/vergunning"


def test_een_regel_per_betrokkene_ook_als_die_pas_tijdens_het_werk_bekend_is(installatie: Installatie) -> None:
    with (
        structlog.contextvars.bound_contextvars(trace_id="f" * 32),
        verwerking(installatie, activiteit=ACTIVITEIT, naam="Zoeken", betrokkene=("bsn", BSN)) as lopend,
    ):
        lopend.voeg_toe("bsn", ANDER_BSN)
        lopend.voeg_toe("bsn", BSN)
        verzet(installatie, seconds=3)
    for bsn in (BSN, ANDER_BSN):
        (gebruik,) = gebruik_van(installatie, ("bsn", bsn))
        assert (gebruik.naam, gebruik.verwerkingsactiviteit, gebruik.status) == ("Zoeken", ACTIVITEIT, "Ok")
        assert gebruik.trace_id == "f" * 32
        assert gebruik.eind - gebruik.begin >= timedelta(seconds=3)


def test_mislukte_verwerking_krijgt_ook_een_regel(installatie: Installatie) -> None:
    def mislukt() -> None:
        with verwerking(installatie, activiteit=ACTIVITEIT, naam="Opvragen", betrokkene=("bsn", BSN)):
            raise RuntimeError("bron onbereikbaar")

    with pytest.raises(RuntimeError, match="bron"):
        mislukt()
    assert [gebruik.status for gebruik in gebruik_van(installatie, ("bsn", BSN))] == ["Error"]


def test_zonder_betrokkene_geen_regel(installatie: Installatie) -> None:
    with verwerking(installatie, activiteit=ACTIVITEIT, naam="Zoeken"):
        pass
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(select(Verwerking.id)).all() == []


def test_regel_bevat_geen_leesbaar_nummer_en_geen_gebruiker(installatie: Installatie) -> None:
    with verwerking(installatie, activiteit=ACTIVITEIT, naam="Opvragen", betrokkene=("bsn", BSN)):
        pass
    with installatie.db.lezen() as verbinding:
        ruw = str(verbinding.execute(text("SELECT verwerking::text FROM kern.verwerking")).scalar_one())
        versleuteld = verbinding.execute(select(Verwerking.betrokkene)).scalar_one()
    assert BSN not in ruw
    assert BSN.encode().hex() not in ruw
    assert installatie.kluis.decrypt(versleuteld).decode() == BSN
    assert not {"gebruiker", "user"} & set(Verwerking.__table__.columns.keys())


def test_wie_gebruikte_mijn_gegevens_is_een_vraag_op_de_index(installatie: Installatie) -> None:
    for nummer in range(3):
        with verwerking(installatie, activiteit=ACTIVITEIT, naam=f"{nummer}", betrokkene=("bsn", BSN)):
            verzet(installatie, seconds=1)
    assert [gebruik.naam for gebruik in gebruik_van(installatie, ("bsn", BSN), hoogstens=2)] == ["2", "1"]
    vraag = "EXPLAIN SELECT * FROM kern.verwerking WHERE betrokkene_sleutel = 'x'"
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(verbinding.scalars(text(vraag)))
    assert "ix_verwerking_betrokkene_sleutel" in plan


def test_gebruik_per_dag_neemt_gelijke_regels_samen(installatie: Installatie) -> None:
    for naam in ("Bekeken", "Bekeken", "Beoordeeld"):
        with verwerking(installatie, activiteit=ACTIVITEIT, naam=naam, betrokkene=("bsn", BSN)):
            verzet(installatie, seconds=1)
    verzet(installatie, days=1)
    with verwerking(installatie, activiteit=ACTIVITEIT, naam="Bekeken", betrokkene=("bsn", BSN)):
        pass
    sommen = gebruik_per_dag(installatie, ("bsn", BSN))
    assert [(som.naam, som.aantal) for som in sommen] == [("Bekeken", 1), ("Beoordeeld", 1), ("Bekeken", 2)]
    assert gebruik_per_dag(installatie, ("bsn", ANDER_BSN)) == []


def test_audit_noemt_de_medewerker(installatie: Installatie) -> None:
    audit(installatie, medewerker("behandelaar"), "zaak bekeken", "zaken:zaken/123")
    with installatie.db.lezen() as verbinding:
        regel = verbinding.execute(select(Auditregel.gebruiker, Auditregel.actie, Auditregel.onderwerp)).one()
    assert tuple(regel) == ("jdevries", "zaak bekeken", "zaken:zaken/123")
