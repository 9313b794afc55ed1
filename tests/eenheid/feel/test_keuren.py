"""Aanroepen keuren zonder ze uit te rekenen: onbekende functies en verkeerde aantallen."""

from datetime import date

import pytest

import feel

EIGEN = feel.Functies({"werkdag": (lambda datum, aantal: (datum, aantal), "datum: date, aantal: number")})


def _codes(tekst: str) -> list[str]:
    return [reden.code for reden in feel.keur(feel.compileer(tekst, functies=EIGEN), EIGEN)]


@pytest.mark.parametrize(
    "tekst",
    [
        'substring("abc", 1)', 'substring("abc", 1, 2)', "max(1, 2, 3, 4)", "max([1, 2])", "werkdag(dag, 3)", "werkdag(datum: dag, aantal: 3)",
        'date("2026-01-01")', "date(2026, 1, 1)", "now()", "{f: function(a) a, b: f(1)}.b", "for i in [1] return abs(i)", "some x in xs satisfies not(x)",
        "(function(a, b) a + b)(1, 2)", "date and time(dag, time(1, 2, 3))", 'substring(string: "abc", start position: 2)',
    ],
)  # fmt: skip
def test_goed(tekst: str) -> None:
    assert _codes(tekst) == []


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ('substring("abc")', "functie.aantal"), ('substring("abc", 1, 2, 3)', "functie.aantal"), ("now(1)", "functie.aantal"),
        ("werkdag(dag)", "functie.aantal"), ("werkdag(dag: dag, aantal: 3)", "functie.aantal"), ("max()", "functie.aantal"),
        ("bestaatniet(1)", "functie.onbekend"), ("if a then [abs()] else {b: 1}", "functie.aantal"),
        ("for i in [1] return substring(i)", "functie.aantal"), ("xs[upper case()]", "functie.aantal"),
    ],
)  # fmt: skip
def test_mis(tekst: str, code: str) -> None:
    assert _codes(tekst) == [code]


def test_de_melding_zegt_hoe_het_wel_moet() -> None:
    (reden,) = feel.keur(feel.compileer("substring(a)"))
    assert "substring(string, start position, length)" in reden.nederlands
    assert "expected" in reden.engels


def test_ieder_ingebouwd_voorbeeld_past_bij_zijn_eigen_vorm() -> None:
    """Wat de evaluatie aanneemt, keurt de keuring goed."""
    gegevens = {"dag": date(2026, 1, 1)}
    for tekst in (
        'string length("a")',
        "append([1], 2, 3)",
        "concatenate([1], [2])",
        "insert before([1], 1, 2)",
        "month of year(dag)",
    ):
        assert feel.evalueer(tekst, gegevens) is not None
        assert _codes(tekst) == []
