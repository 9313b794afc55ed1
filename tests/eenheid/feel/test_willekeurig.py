"""Elke ingebouwde functie en bewerking met willekeurige waarden van elke soort: nooit een uitzondering."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import feel
from feel.fouten import FeelGrens
from feel.functies import INGEBOUWD
from feel.grenzen import Grenzen
from feel.rekenen import BEWERKINGEN
from feel.staat import Staat
from feel.tijd_lezen import lees_tijdwaarde
from feel.vergelijken import vergelijk

GETALLEN = ["0", "-0", "1", "-1", "2.5", "-6112", "6176", "6177", "1e6144", "-1e-6143", "9" * 34, "1e40", "999999999"]
TIJDEN = [
    "2024-02-29", "-999999999-01-01", "999999999-12-31", "10:30:00", "23:59:59.999999999Z", "10:00:00@Europe/Amsterdam",
    "2024-02-29T10:00:00", "-999999999-01-01T00:00:00+18:00", "999999999-12-31T23:59:59@Europe/Amsterdam", "P0D", "-P1D",
    "P999999999D", "P0M", "P1Y", "-P999999999Y",
]  # fmt: skip
KAAL = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(GETALLEN).map(Decimal),
    st.sampled_from(
        ["", "a", "(", "[a-", "$1", "2024-02-29", "P1D", "Europe/Amsterdam", " ", ",", "[1..5]", "\U0001f40e"]
    ),
    st.sampled_from(TIJDEN).map(lees_tijdwaarde),
    st.sampled_from([feel.Bereik(True, Decimal(1), Decimal(5), False), feel.Bereik(False, None, Decimal(5), True)]),
    st.sampled_from([feel.evalueer(tekst) for tekst in ("function(a, b) a < b", "function() 1", "function(a) a")]),
    st.sampled_from([INGEBOUWD["count"]]),
)
WAARDEN: st.SearchStrategy[Any] = st.recursive(
    KAAL,
    lambda deel: st.one_of(
        st.lists(deel, max_size=3), st.dictionaries(st.sampled_from(["key", "value", "a b", ""]), deel, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(sorted(INGEBOUWD)), st.lists(WAARDEN, max_size=4))
def test_geen_functie_werpt(naam: str, argumenten: list[Any]) -> None:
    staat = Staat(grenzen=Grenzen(regex=5_000))
    functie = INGEBOUWD[naam]
    op_naam = dict(zip([p.naam for p in functie.parameters], argumenten, strict=False))
    for op_volgorde in (True, False):
        try:
            uitkomst = functie.roep(staat, argumenten) if op_volgorde else functie.roep_op_naam(staat, op_naam)
        except FeelGrens:
            continue
        feel.naar_python(uitkomst)
        assert isinstance(feel.tekst(uitkomst), str)


@settings(max_examples=800, deadline=None)
@given(WAARDEN, WAARDEN)
def test_geen_bewerking_of_vergelijking_werpt(links: Any, rechts: Any) -> None:
    context = {"a": links, "b": rechts}
    for op in [*BEWERKINGEN, "=", "<", ">=", "in"]:
        assert feel.compileer(f"a {op} b").evalueer(context).grens is None
    assert vergelijk("=", links, links) in {True, None} or links is None
    for naam in ("year", "time offset", "days", "months", "start", "a b", "second"):
        assert feel.compileer(f"a.{naam}").evalueer(context).grens is None
