"""Eén spoor van het formulier tot de brief: het verzoek, de instantie, de registraties en de zending delen hun trace-id."""

import re

import pytest
import structlog
from sqlalchemy import func, select

from kern import spoor
from kern.installatie import Installatie
from processen.motor.tabellen import Geschiedenis, Instantie, Wachtend
from tests.reishulp import CORPORATIE, KOOP, Gemeente

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
VERZOEK = re.compile(r"verzoek .*deel=(\S+) methode=(\S+) .*trace_id=(\S+)")


def test_van_formulier_tot_brief_is_een_spoor(
    ingericht: Installatie, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")  # zoals in productie: met een regel per verzoek
    gemeente = Gemeente(ingericht)
    gemeente.werk()
    capsys.readouterr()
    with structlog.contextvars.bound_contextvars(trace_id=TRACE, span_id="00f067aa0ba902b7"):
        assert spoor.huidig().trace_id == TRACE
        gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    with ingericht.db.lezen() as verbinding:
        assert set(verbinding.scalars(select(Instantie.spoor))) == {TRACE}
    op_spoor = {(deel, methode) for deel, methode, trace in VERZOEK.findall(capsys.readouterr().out) if trace == TRACE}
    verwacht = {
        ("verzoeken", "POST"), ("notificaties", "POST"), ("processen", "POST"), ("zaken", "POST"), ("documenten", "POST"),
        ("besluiten", "POST"), ("producten", "POST"), ("berichten", "POST"), ("besluiten", "PATCH"),
    }  # fmt: skip
    assert verwacht <= op_spoor


def test_met_de_zaak_verdwijnt_wat_de_motor_ervan_bewaarde(ingericht: Installatie) -> None:
    gemeente = Gemeente(ingericht)
    blijft, weg = gemeente.dien_in("vergunning", KOOP), gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    with ingericht.db.lezen() as verbinding:
        assert verbinding.scalar(select(func.count()).select_from(Instantie)) == 2
    gemeente.zaken.verwijder(gemeente.zaak(weg).url)
    gemeente.werk()
    with ingericht.db.lezen() as verbinding:
        (over,) = verbinding.scalars(select(Instantie.bedrijfssleutel))
        assert over == str(blijft.uuid)
        sporen = verbinding.scalars(select(Geschiedenis.instantie).distinct()).all()
        assert len(sporen) == 1
        assert verbinding.scalar(select(func.count()).select_from(Wachtend)) == 0
