"""Timers die tegelijk aflopen gaan samen, elk precies één keer; wat een ander vasthoudt of wat misgaat raakt de rest niet."""

from typing import Any

import pytest
from sqlalchemy import event, select, text

from kern.tabellen import OutboxTabel
from processen.motor.tabellen import Instantie
from tests.integratie.processen.motor.conftest import Proef
from tests.procesmodel import bpmn, einde, rand, script, start, taak, tijd, wacht

MODEL = bpmn(
    "p", start(), wacht("w", tijd("timeDuration", "PT1H")), script("s", "n + 1", "m"), einde(), "start > w > s > einde"
)


@pytest.fixture
def veel(proef: Proef) -> Proef:
    proef.zet_neer(MODEL)
    for nr in range(120):
        proef.start("p", f"b{nr}", n=nr)
    proef.werk_af()
    return proef


def _staten(proef: Proef) -> dict[str, int]:
    with proef.installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(text("SELECT staat, count(*) FROM processen.instantie GROUP BY staat"))
        return {rij[0]: rij[1] for rij in rijen}


def test_veel_timers_in_weinig_transacties_elk_een_keer(veel: Proef) -> None:
    transacties: list[Any] = []

    def tel(verbinding: Any) -> None:
        transacties.append(verbinding)

    event.listen(veel.installatie.db.engine, "commit", tel)
    veel.werk_af(hours=2)
    event.remove(veel.installatie.db.engine, "commit", tel)
    assert _staten(veel) == {"klaar": 120}
    assert len(transacties) < 120
    with veel.installatie.db.lezen() as verbinding:
        uitkomsten = verbinding.scalars(select(Instantie.variabelen)).all()
        keren = verbinding.scalar(text("SELECT count(*) FROM processen.geschiedenis WHERE element = 's'"))
        assert verbinding.scalar(text("SELECT count(*) FROM kern.outbox")) == 0
    assert sorted(variabelen["m"] for variabelen in uitkomsten) == list(range(1, 121))
    assert keren == 120


def test_een_instantie_die_misgaat_houdt_de_andere_niet_op(veel: Proef) -> None:
    with veel.installatie.db.schrijven() as verbinding:
        verbinding.execute(text("UPDATE processen.instantie SET toestand = 'kapot' WHERE bedrijfssleutel = 'b9'"))
    veel.werk_af(hours=2)
    assert _staten(veel) == {"klaar": 119, "loopt": 1}
    with veel.installatie.db.lezen() as verbinding:
        (rij,) = verbinding.execute(select(OutboxTabel.verwerker, OutboxTabel.pogingen)).all()
    assert rij.verwerker == "processen.tijd"
    assert rij.pogingen >= 1


def test_een_instantie_die_een_ander_vasthoudt_wacht_op_haar_beurt(veel: Proef) -> None:
    with veel.installatie.db.engine.connect() as ander:
        ander.execute(text("SELECT 1 FROM processen.instantie WHERE bedrijfssleutel = 'b119' FOR UPDATE"))
        with veel.installatie.db.engine.begin() as verbinding:
            verbinding.execute(
                text(
                    "UPDATE kern.outbox SET vanaf = now() + interval '1 day' WHERE id = (SELECT max(id) FROM kern.outbox)"
                )
            )
        veel.werk_af(hours=2)
        assert _staten(veel) == {"klaar": 119, "loopt": 1}
    veel.werk_af(days=2)
    assert _staten(veel) == {"klaar": 120}


def test_twee_timers_van_dezelfde_instantie(proef: Proef) -> None:
    model = bpmn(
        "p", start(), taak("t"), rand("r1", "t", tijd("timeDuration", "PT1H"), onderbreekt=False), script("a", "1", "a"),
        rand("r2", "t", tijd("timeDuration", "PT2H"), onderbreekt=False), script("b", "2", "b"), einde(), einde("e1"), einde("e2"),
        "start > t > einde\nr1 > a > e1\nr2 > b > e2",
    )  # fmt: skip
    proef.zet_neer(model)
    instanties = [proef.start("p", f"b{nr}") for nr in range(3)]
    proef.werk_af()
    proef.werk_af(hours=3)
    assert [proef.variabelen(instantie) for instantie in instanties] == [{"a": 1, "b": 2}] * 3
