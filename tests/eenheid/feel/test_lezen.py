"""Lezen: namen uit de scope, fouten met plaats en suggestie, unaire testen."""

from decimal import Decimal

import pytest

import feel


@pytest.mark.parametrize(
    ("expressie", "context", "verwacht"),
    [
        ("netto inkomen * 2", {"netto inkomen": 10}, 20),
        ("netto   inkomen", {"netto inkomen": 10}, 10),
        ("a-b", {"a": 5, "b": 3}, 2),
        ("a-b", {"a": 5, "b": 3, "a-b": 9}, 9),
        ("a - b", {"a": 5, "b": 3, "a-b": 9}, 9),
        ("(a)-(b)", {"a": 5, "b": 3, "a-b": 9}, 2),
        ("Profit and loss + 1", {"Profit and loss": 1}, 2),
        ("Person's description", {"Person's description": "x"}, "x"),
        ("{a+b: 1, c: a+b + 1}.c", {}, 2),
        ('{"vrije tekst (EUR)": 1, b: 2}.b', {}, 2),
        ("persoon.eerste naam", {"persoon": {"eerste naam": "An"}}, "An"),
        ("for mijn getal in [1, 2] return mijn getal * 2", {}, [2, 4]),
        ("date", {"date": 3}, 3),
        ('date("2024-01-01").year', {"date": 3}, 2024),
        ("[1, 2, 3][i]", {"i": 2}, 2),
        ("1 /* uitleg */ + // einde\n 1", {}, 2),
        ("-2 ** 2", {}, 4),
        ("2 ** 3 ** 2", {}, 64),
        ("x in ]1..3[", {"x": 1}, False),
        ("{r: < 10}.r.end", {}, 10),
    ],
)
def test_namen_en_voorrang(expressie: str, context: dict[str, object], verwacht: object) -> None:
    assert feel.evalueer(expressie, context) == verwacht


@pytest.mark.parametrize(
    ("tekst", "regel", "kolom", "suggestie"),
    [
        ("if a > 2 tehn 1 else 2", 1, 10, "then"),
        ("1 +\n  * 2", 2, 3, ""),
        ('"open', 1, 1, ""),
        ("[1, 2", 1, 6, ""),
        ("{a 1}", 1, 2, ""),
        ("f(a: 1, 2)", 1, 2, ""),
        ("", 1, 1, ""),
    ],
)
def test_een_leesfout_zegt_waar_en_wat(tekst: str, regel: int, kolom: int, suggestie: str) -> None:
    with pytest.raises(feel.FeelFout) as gevangen:
        feel.compileer(tekst)
    fout = gevangen.value
    assert (fout.regel, fout.kolom, fout.suggestie) == (regel, kolom, suggestie)
    assert f"regel {regel}, kolom {kolom}" in fout.nederlands
    assert f"line {regel}, column {kolom}" in fout.engels


def test_een_onbekende_naam_krijgt_een_suggestie() -> None:
    (reden,) = feel.compileer("leeftjd").evalueer({"leeftijd": 3, "naam": "x"}).redenen
    assert "bedoelde u “leeftijd”?" in reden.nederlands
    assert "did you mean “leeftijd”?" in reden.engels
    assert "string length" in feel.compileer("string lenght(naam)").evalueer({"naam": "x"}).redenen[0].nederlands


@pytest.mark.parametrize(
    ("cel", "waarde", "verwacht"),
    [
        ("-", None, True),
        ("< 18", 17, True),
        ("[18..65)", 65, False),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "c", True),
        ('not("a")', None, True),
        ("null", None, True),
        ("< 5", None, None),
        ("? > 3 and ? < 5", 4, True),
        ('contains(?, "x")', "axb", True),
        ("grens", 7, True),
        ("lijst", 2, True),
        ("> grens", 8, True),
        ("true", True, True),
        ("not(< 3)", 4, True),
    ],
)
def test_unaire_testen(cel: str, waarde: object, verwacht: bool | None) -> None:
    assert feel.compileer(cel, unair=True).test(waarde, {"grens": 7, "lijst": [1, 2]}) is verwacht


def test_namen_gebruikt_zijn_de_vrije_namen() -> None:
    expressie = feel.compileer("for i in lijst return i + b[item > c] + count(d) + (function(e) e + f)(1)")
    assert expressie.namen_gebruikt == {"lijst", "b", "c", "d", "f"}


def test_dezelfde_tekst_is_dezelfde_expressie() -> None:
    assert feel.compileer("1 + 1") is feel.compileer("1 + 1")


def test_getallen_zijn_exact() -> None:
    assert feel.evalueer("0.1 + 0.2") == Decimal("0.3")
    assert str(feel.evalueer("1/3")) == "0." + "3" * 34
    assert feel.evalueer("a", {"a": 0.1}) == Decimal("0.1")
