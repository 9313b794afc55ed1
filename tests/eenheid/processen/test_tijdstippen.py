"""Datums, duren en herhalingen van timers."""

from datetime import UTC, date, datetime

import pytest

import feel
from processen.motor.fouten import UitdrukkingFout
from processen.motor.tijdstippen import Cyclus, cyclus, eerste, moment, na

NU = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duur", "verwacht"),
    [
        ("PT90S", datetime(2026, 1, 31, 12, 1, 30, tzinfo=UTC)),
        ("P1M", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("P2W", datetime(2026, 2, 14, 12, tzinfo=UTC)),
        ("P1Y2M", datetime(2027, 3, 31, 11, tzinfo=UTC)),  # de Nederlandse klok staat dan in de zomertijd
        ("P60D", datetime(2026, 4, 1, 11, tzinfo=UTC)),
        ("-PT1H", datetime(2026, 1, 31, 11, tzinfo=UTC)),
        (feel.evalueer('duration("P3DT2H")'), datetime(2026, 2, 3, 14, tzinfo=UTC)),
        (feel.evalueer('duration("P13M")'), datetime(2027, 2, 28, 12, tzinfo=UTC)),
    ],
)
def test_na_een_duur(duur: object, verwacht: datetime) -> None:
    assert na(NU, duur) == verwacht


@pytest.mark.parametrize("duur", ["P", "PT", "2 dagen", "", None, 5, "P1DT"])
def test_geen_duur(duur: object) -> None:
    with pytest.raises(UitdrukkingFout):
        na(NU, duur)


def test_een_datum_is_middernacht_in_nederland() -> None:
    assert moment(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert moment("2026-07-01") == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert moment("2026-07-01T08:00:00Z") == datetime(2026, 7, 1, 8, tzinfo=UTC)
    with pytest.raises(UitdrukkingFout):
        moment(None)


def test_herhalingen() -> None:
    assert cyclus("R3/PT1H") == Cyclus(3, "PT1H")
    assert cyclus("R/P1D").keren is None
    met_begin = cyclus("R5/2026-03-01T00:00:00Z/P1D")
    assert eerste(met_begin, NU) == datetime(2026, 3, 1, tzinfo=UTC)
    with pytest.raises(UitdrukkingFout):
        cyclus("elke dag")
