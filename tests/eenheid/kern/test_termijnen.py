"""Termijnen volgens de Algemene termijnenwet, met uitgewerkte voorbeelden."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.termijnen import bezwaartermijn, feestdagen, is_feestdag, is_werkdag, termijn, werkdag

PASEN = {
    1961: (4, 2), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2019: (4, 21), 2024: (3, 31), 2025: (4, 20),
    2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2038: (4, 25), 2049: (4, 18), 2076: (4, 19), 2100: (3, 28),
}  # fmt: skip


@pytest.mark.parametrize(("jaar", "eerste_paasdag"), PASEN.items())
def test_de_dagen_die_met_pasen_meeschuiven(jaar: int, eerste_paasdag: tuple[int, int]) -> None:
    pasen = date(jaar, *eerste_paasdag)
    verwacht = {pasen + timedelta(days=dagen) for dagen in (-2, 0, 1, 39, 49, 50)}
    assert verwacht <= feestdagen(jaar)
    assert pasen.weekday() == 6


@pytest.mark.parametrize(
    ("dag", "feest"),
    [
        ("2014-04-26", True),  # Koningsdag: de 27e was een zondag
        ("2014-04-27", False),
        ("2025-04-26", True),
        ("2025-04-27", False),
        ("2026-04-27", True),
        ("2026-04-26", False),
        ("2031-04-26", True),
        ("2026-01-01", True),
        ("2026-12-25", True),
        ("2026-12-26", True),
        ("2026-12-31", False),
        ("2026-05-05", True),  # elk jaar algemeen erkend (Atw artikel 3), ook buiten lustrumjaren
        ("2026-05-04", False),
        ("2026-04-03", True),  # Goede Vrijdag: daarmee gelijkgesteld
        ("2026-05-14", True),  # Hemelvaart
        ("2026-05-25", True),  # tweede pinksterdag
        ("2026-12-05", False),
    ],
)
def test_feestdag(dag: str, feest: bool) -> None:
    assert is_feestdag(date.fromisoformat(dag)) is feest


@pytest.mark.parametrize(
    ("begin", "duur", "laatste"),
    [
        # eindigt op een gewone dag
        ("2026-06-01", "P6W", "2026-07-13"),
        ("2026-06-02", "P14D", "2026-06-16"),
        ("2026-03-02", "P8W", "2026-04-28"),  # maandag 27 april is Koningsdag
        # eindigt in een weekend
        ("2026-06-06", "P6W", "2026-07-20"),  # zaterdag
        ("2026-06-07", "P6W", "2026-07-20"),  # zondag
        ("2026-08-01", "P14D", "2026-08-17"),
        # eindigt op een feestdag
        ("2026-02-20", "P6W", "2026-04-07"),  # Goede Vrijdag, dan het hele paasweekend
        ("2026-02-22", "P6W", "2026-04-07"),  # eerste paasdag
        ("2026-02-23", "P6W", "2026-04-07"),  # tweede paasdag
        ("2026-04-02", "P6W", "2026-05-15"),  # Hemelvaart: de vrijdag is een werkdag
        ("2026-04-13", "P6W", "2026-05-26"),  # tweede pinksterdag
        ("2025-11-13", "P6W", "2025-12-29"),  # Kerst op donderdag en vrijdag, dan het weekend
        ("2026-11-13", "P6W", "2026-12-28"),  # Kerst op vrijdag en zaterdag
        ("2026-11-20", "P6W", "2027-01-04"),  # Nieuwjaar op vrijdag
        ("2026-03-24", "P6W", "2026-05-06"),  # Bevrijdingsdag
        ("2025-03-15", "P6W", "2025-04-28"),  # Koningsdag op zaterdag, daarna zondag
        ("2031-03-15", "P6W", "2031-04-28"),
        # maanden en schrikkeljaren
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2027-01-31", "P1M", "2027-03-01"),  # 28 februari 2027 is een zondag
        ("2026-01-31", "P1M", "2026-03-02"),  # 28 februari 2026 is een zaterdag
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2028-02-15", "P2W", "2028-02-29"),
        ("2027-02-15", "P2W", "2027-03-01"),
        ("2026-08-31", "P1M", "2026-09-30"),
        ("2026-10-31", "P3M", "2027-02-01"),  # 31 januari 2027 is een zondag
        ("2026-12-31", "P2M", "2027-03-01"),
        ("2026-06-01", "P0D", "2026-06-01"),
    ],
)  # fmt: skip
def test_termijn(begin: str, duur: str, laatste: str) -> None:
    assert termijn(date.fromisoformat(begin), duur) == date.fromisoformat(laatste)


@pytest.mark.parametrize(
    ("dag", "aantal", "verwacht"),
    [
        ("2026-06-01", 1, "2026-06-02"),
        ("2026-06-05", 1, "2026-06-08"),
        ("2026-06-06", 0, "2026-06-08"),
        ("2026-06-08", 0, "2026-06-08"),
        ("2026-06-08", -1, "2026-06-05"),
        ("2026-04-02", 1, "2026-04-07"),  # over Pasen heen
        ("2026-04-07", -1, "2026-04-02"),
        ("2025-12-24", 1, "2025-12-29"),
        ("2025-12-24", 5, "2026-01-05"),
        ("2026-04-24", 10, "2026-05-12"),  # Koningsdag en Bevrijdingsdag ertussen
    ],
)
def test_werkdag(dag: str, aantal: int, verwacht: str) -> None:
    assert werkdag(date.fromisoformat(dag), aantal) == date.fromisoformat(verwacht)


def test_bezwaar_telt_vanaf_de_dag_na_bekendmaking() -> None:
    """Awb 6:7 en 6:8: bekendgemaakt op maandag 1 juni, dan is maandag 13 juli de laatste dag."""
    assert bezwaartermijn(date(2026, 6, 1)) == date(2026, 7, 13)


DAGEN = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(DAGEN, st.integers(91, 400))
def test_een_lange_termijn_eindigt_op_de_dag_zelf(begin: date, dagen: int) -> None:
    """Atw artikel 4."""
    assert termijn(begin, f"P{dagen}D") == begin + timedelta(days=dagen)


@given(DAGEN, st.integers(0, 90))
def test_een_termijn_eindigt_op_een_werkdag_en_nooit_eerder(begin: date, dagen: int) -> None:
    eind = termijn(begin, timedelta(days=dagen))
    assert is_werkdag(eind)
    assert timedelta(0) <= eind - (begin + timedelta(days=dagen)) <= timedelta(days=5)
    assert termijn(begin, f"P{dagen}D") == eind


@given(DAGEN, st.integers(1, 60))
def test_werkdagen_heen_en_terug(begin: date, aantal: int) -> None:
    dag = werkdag(begin, aantal)
    assert is_werkdag(dag)
    assert sum(is_werkdag(begin + timedelta(days=n)) for n in range(1, (dag - begin).days + 1)) == aantal
    if is_werkdag(begin):
        assert werkdag(dag, -aantal) == begin
