"""Leesbare nummers, en typen op omschrijving."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracten import Onherstelbaar
from contracten.nummer import LETTERS, nummer_bij
from plugins.hulp import gewoon, met_omschrijving


@dataclass
class Soort:
    omschrijving: str


@given(st.uuids(), st.integers(1, 5), st.integers(1, 5))
def test_een_nummer_is_vast_en_alleen_van_goede_letters(uuid: UUID, groepen: int, lengte: int) -> None:
    nummer = nummer_bij(uuid, groepen, lengte)
    assert nummer == nummer_bij(uuid, groepen, lengte)
    assert [len(groep) for groep in nummer.split("-")] == [lengte] * groepen
    assert set(nummer) <= {*LETTERS, "-"}


def test_letters_die_op_andere_lijken_komen_niet_voor() -> None:
    assert not set("ILOU") & set(LETTERS)
    assert len(LETTERS) == 32


def test_tienduizend_nummers_van_drie_groepen_zijn_verschillend() -> None:
    assert len({nummer_bij(uuid5(UUID(int=7), str(nr)), 3) for nr in range(10_000)}) == 10_000


def test_type_op_omschrijving() -> None:
    typen = [Soort("Ontvangen"), Soort("Afgehandeld")]
    assert met_omschrijving(typen, "Afgehandeld", "statustype") is typen[1]
    with pytest.raises(Onherstelbaar, match="statustype 'Weg' bestaat niet"):
        met_omschrijving(typen, "Weg", "statustype")


def test_waarden_uit_feel_worden_gewone_json() -> None:
    waarde = {"n": Decimal("10.0"), "b": Decimal("0.5"), "d": date(2026, 3, 2), "l": [Decimal(1), "x", True, None]}
    assert gewoon(waarde) == {"n": 10, "b": 0.5, "d": "2026-03-02", "l": [1, "x", True, None]}
    assert isinstance(gewoon(Decimal("10.0")), int)
