"""Beslistabellen: trefbeleid, en de index geeft altijd hetzelfde als regel voor regel kijken."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmn.dozen import Tabel
from dmn.staat import Beslisstaat
from dmn.tabel import Tabelwerk
from feel.naar_python import uit_python
from feel.staat import Omgeving
from tests.eenheid.dmn.modellen import beslissing, invoer, model, tabel

GETAL = st.integers(-3, 6).map(str)
CELLEN = {
    "number": st.one_of(
        GETAL,
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), GETAL).map(" ".join),
        st.tuples(st.sampled_from("[("), st.integers(-3, 2), st.integers(2, 6), st.sampled_from("])")).map(
            lambda d: f"{d[0]}{d[1]}..{d[2]}{d[3]}"
        ),
        st.lists(GETAL, min_size=1, max_size=3).map(", ".join),
        st.lists(GETAL, min_size=1, max_size=2).map(lambda d: f"not({', '.join(d)})"),
        st.sampled_from(["-", "null", "not(null)", "? > 2", "not(> 2)", "1, null"]),
    ),
    "string": st.sampled_from(['"a"', '"b", "c"', 'not("a")', "-", '< "b"', '["a".."b"]', "null", 'contains(?, "a")']),
    "date": st.sampled_from(['date("2024-02-28")', '> @"2024-02-28"', '[@"2024-01-01"..@"2024-02-29")', "-", 'not(@"2024-02-28")']),
    "boolean": st.sampled_from(["true", "false", "-", "not(true)", "null"]),
}  # fmt: skip
WAARDEN: dict[str, list[Any]] = {
    "number": [None, -4, -3, 0, 0.5, 2, 2.5, 5, 6, 7, "tekst", True],
    "string": [None, "", "a", "aa", "b", "bb", "c", 1],
    "date": [None, "2024-02-28"],
    "boolean": [None, True, False, 1],
}
SOORTEN = st.lists(st.sampled_from(sorted(CELLEN)), min_size=1, max_size=3)


@st.composite
def tabellen(draw: st.DrawFn) -> tuple[list[str], list[list[str]], list[Any]]:
    soorten = draw(SOORTEN)
    rijen = draw(st.lists(st.tuples(*(CELLEN[soort] for soort in soorten)).map(list), min_size=1, max_size=6))
    waarden = [draw(st.sampled_from(WAARDEN[soort])) for soort in soorten]
    return soorten, rijen, waarden


@settings(max_examples=400, deadline=None)
@given(tabellen())
def test_de_index_is_gelijk_aan_regel_voor_regel(gegeven: tuple[list[str], list[list[str]], list[Any]]) -> None:
    soorten, rijen, waarden = gegeven
    namen = [f"k{nummer}" for nummer in range(len(soorten))]
    inhoud = tabel(
        [(naam, "Any") for naam in namen], [(rij, [str(n)]) for n, rij in enumerate(rijen)], beleid="RULE ORDER"
    )
    gelezen = model(*map(invoer, namen), beslissing("uit", inhoud, *(f"i:{naam}" for naam in namen)))
    werk = gelezen.vind("uit").doe
    assert isinstance(werk, Tabelwerk)
    feelwaarden = [uit_python(waarde) for waarde in waarden]
    o = Omgeving(dict(zip(namen, feelwaarden, strict=True)), None, Beslisstaat(None, None))

    def past(nummer: int) -> bool:
        paren = [(kolom.testen[nummer], waarde) for kolom, waarde in zip(werk.kolommen, feelwaarden, strict=True)]
        return all(test is None or test(o, waarde) is True for test, waarde in paren)

    los = [nummer for nummer in range(len(rijen)) if past(nummer)]
    assert gelezen.evalueer("uit", dict(zip(namen, waarden, strict=True))).waarde == los


REGELS = [(["> 5"], ["1"]), (["> 3"], ["3"]), (["> 1"], ["2"])]
VOLGORDE = "<output><outputValues><text>3, 2, 1</text></outputValues></output>"


@pytest.mark.parametrize(
    ("beleid", "x", "verwacht"),
    [
        ("UNIQUE", 2, 2),
        ("UNIQUE", 4, None),
        ("FIRST", 9, 1),
        ("ANY", 2, 2),
        ("ANY", 4, None),
        ("PRIORITY", 9, 3),
        ("OUTPUT ORDER", 9, [3, 2, 1]),
        ("RULE ORDER", 9, [1, 3, 2]),
        ("COLLECT", 4, [3, 2]),
        ("COLLECT SUM", 9, 6),
        ("COLLECT COUNT", 9, 3),
        ("COLLECT MIN", 9, 1),
        ("COLLECT MAX", 9, 3),
        ("UNIQUE", 0, None),
        ("COLLECT", 0, []),
    ],
)
def test_trefbeleid(beleid: str, x: int, verwacht: object) -> None:
    inhoud = tabel([("x", "number")], REGELS, beleid=beleid, uit=VOLGORDE)
    assert model(invoer("x"), beslissing("uit", inhoud, "i:x")).evalueer("uit", {"x": x}).waarde == verwacht


def test_meer_uitkolommen_standaarduitvoer_en_toegestane_invoer() -> None:
    uit = (
        "<output name='a b'><defaultOutputEntry><text>0</text></defaultOutputEntry></output>"
        "<output name='c' typeRef='string'><defaultOutputEntry><text>\"geen\"</text></defaultOutputEntry></output>"
    )
    inhoud = tabel([("x", "number")], [(["1"], ["x + 1", '"een"'])], uit=uit)
    gelezen = model(invoer("x"), beslissing("uit", inhoud, "i:x"))
    assert gelezen.evalueer("uit", {"x": 1}).waarde == {"a b": 2, "c": "een"}
    assert gelezen.evalueer("uit", {"x": 9}).waarde == {"a b": 0, "c": "geen"}
    beperkt = inhoud.replace("</inputExpression>", "</inputExpression><inputValues><text>[0..5]</text></inputValues>")
    gelezen = model(invoer("x"), beslissing("uit", beperkt, "i:x"))
    assert gelezen.evalueer("uit", {"x": 9}).waarde is None
    assert gelezen.evalueer("uit", {"x": 9}).redenen[0].code == "tabel.invoer"


def test_een_grote_tabel_gebruikt_de_index() -> None:
    regels = [([f"[{n}..{n + 1})", f'"t{n % 7}"'], [str(n)]) for n in range(2000)]
    inhoud = tabel([("x", "number"), ("t", "string")], regels)
    gelezen = model(invoer("x"), invoer("t"), beslissing("uit", inhoud, "i:x", "i:t"))
    assert gelezen.evalueer("uit", {"x": 1234.5, "t": f"t{1234 % 7}"}).waarde == 1234
    werk = gelezen.vind("uit").doe
    assert isinstance(werk, Tabelwerk)
    assert isinstance(werk.tabel, Tabel)
    assert all(kolom.index is not None for kolom in werk.kolommen)
