"""De metingen van de motor op /metrics, en het spoor van formulier tot brief."""

from datetime import timedelta

from prometheus_client import generate_latest

from processen.motor.metingen import meld_aan
from tests.integratie.processen.incidenten.hulp import laat_mislukken
from tests.integratie.processen.motor.conftest import Proef
from tests.kernhulp import verzet
from tests.procesmodel import bpmn, einde, start, tijd, wacht


def test_lopend_wachtend_incidenten_en_timers_die_te_laat_zijn(proef: Proef) -> None:
    meld_aan(proef.installatie)
    meld_aan(proef.installatie)
    laat_mislukken(proef, 3)
    proef.herstel()
    model = bpmn("q", start(), wacht("w", tijd("timeDuration", "PT1H")), einde(), "start > w > einde")
    proef.zet_neer(model)
    proef.start("q", "b")
    verzet(proef.installatie, seconds=timedelta(hours=1, minutes=1).total_seconds())
    tekst = generate_latest(proef.installatie.metingen.register).decode()
    for regel in (
        'dienstverlening_procesinstanties{definitie="p"} 3.0', 'dienstverlening_procesinstanties{definitie="q"} 1.0',
        'dienstverlening_proces_wachtend{soort="taak"} 1.0', 'dienstverlening_proces_wachtend{soort="tijd"} 1.0',
        'dienstverlening_proces_incidenten{definitie="p",soort="bouwblok"} 2.0',
    ):  # fmt: skip
        assert regel in tekst
        assert tekst.count(regel) == 1
    te_laat = next(r for r in tekst.splitlines() if r.startswith("dienstverlening_proces_timer_achterstand_seconden "))
    assert 55 < float(te_laat.rpartition(" ")[2]) < 70
