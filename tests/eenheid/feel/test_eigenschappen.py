"""Eigenschappen over willekeurige invoer: drukken en lezen, rekenen, kalender, en nooit een uitzondering."""

import decimal
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import feel
from feel import boom
from feel.getallen import DECIMAAL
from feel.tijd import Datum

NAMEN = ["a", "b", "bedrag", "x", "netto inkomen", "a-b", "Persoon's naam", "item"]
FUNCTIES = ["count", "string length", "date", "not", "sum", "min", "abs", "substring", "list contains", "duration"]
GETALLEN = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
KLEIN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def getal(waarde: Decimal) -> boom.Knoop:
    return boom.Getal(DECIMAAL.plus(waarde))


BLAD = st.one_of(
    GETALLEN.map(getal),
    st.text(max_size=8).map(boom.Tekst),
    st.booleans().map(boom.Waarheid),
    st.just(boom.Niets()),
    st.sampled_from(NAMEN).map(boom.Naam),
    st.sampled_from(["2024-02-29", "10:00:00Z", "P1Y", "onzin"]).map(boom.Apenstaart),
)


def keten(op_en_deel: list[tuple[str, boom.Knoop]], eerste: boom.Knoop) -> boom.Knoop:
    return boom.Reken(eerste, tuple(op_en_deel))


def ronden(deel: st.SearchStrategy[boom.Knoop]) -> st.SearchStrategy[tuple[boom.Ronde, ...]]:
    ronde = st.builds(boom.Ronde, st.sampled_from(NAMEN[:4]), deel, st.one_of(st.none(), deel))
    return st.lists(ronde, min_size=1, max_size=2).map(tuple)


def dieper(deel: st.SearchStrategy[boom.Knoop]) -> st.SearchStrategy[boom.Knoop]:
    rij = st.lists(deel, max_size=3).map(tuple)
    twee = st.lists(deel, min_size=2, max_size=3).map(tuple)

    def reken(ops: str) -> st.SearchStrategy[boom.Knoop]:
        paar = st.tuples(st.sampled_from(ops.split()), deel)
        return st.builds(keten, st.lists(paar, min_size=1, max_size=2), deel)

    test = st.one_of(deel, st.builds(boom.Operatortest, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), deel))
    velden = st.lists(st.tuples(st.sampled_from([*NAMEN, "", "een: twee"]), deel), max_size=3).map(tuple)
    parameters = st.lists(st.sampled_from(NAMEN[:4]).map(boom.Parameter), max_size=2).map(tuple)
    return st.one_of(
        rij.map(boom.Lijst),
        velden.map(boom.Context),
        reken("+ -"),
        reken("* /"),
        reken("**"),
        deel.filter(lambda k: not isinstance(k, boom.Getal) or k.waarde >= 0).map(boom.Min),
        st.builds(boom.Vergelijk, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), deel, deel),
        st.builds(boom.Logisch, st.sampled_from(["and", "or"]), twee),
        st.builds(boom.Tussen, deel, deel, deel),
        st.builds(boom.In, deel, st.lists(test, min_size=1, max_size=3).map(tuple)),
        st.builds(boom.Bereik, st.booleans(), deel, deel, st.booleans()),
        st.builds(boom.Als, deel, deel, deel),
        st.builds(boom.Voor, ronden(deel), deel),
        st.builds(boom.Kwantor, st.booleans(), ronden(deel), deel),
        st.builds(boom.Filter, deel, deel),
        st.builds(boom.Pad, deel, st.sampled_from(["a", "netto inkomen", "year", "time offset"])),
        st.builds(boom.InstantieVan, deel, st.sampled_from(["number", "date and time"]).map(boom.Type)),
        st.builds(boom.Functie, parameters, deel, st.just(False)),
        st.builds(boom.Aanroep, st.sampled_from(FUNCTIES).map(boom.Naam), rij),
    )


BOMEN = st.recursive(BLAD, dieper, max_leaves=12)


def lees(tekst: str) -> boom.Knoop:
    return feel.ontleed(tekst, NAMEN, NAMEN)


@KLEIN
@given(BOMEN)
def test_gedrukt_en_opnieuw_gelezen_is_dezelfde_boom(knoop: boom.Knoop) -> None:
    assert lees(feel.druk_af(knoop)) == knoop


@KLEIN
@given(BOMEN)
def test_een_willekeurige_expressie_werpt_nooit(knoop: boom.Knoop) -> None:
    context = {
        "a": 3,
        "b": [1, "x", None],
        "bedrag": Decimal("10.50"),
        "x": date(2024, 2, 29),
        "netto inkomen": {"a": 1},
    }
    grenzen = feel.Grenzen(stappen=20_000, lijst=5_000, regex=5_000)
    uitkomst = feel.compileer(feel.druk_af(knoop), namen=NAMEN).evalueer(context, grenzen=grenzen)
    assert uitkomst.grens is None or uitkomst.waarde is None


@KLEIN
@given(st.text(alphabet="ab1 .,+-*/()[]{}<>=:\"@?'ifthenlsr\n", max_size=60))
def test_willekeurige_tekst_is_feel_of_een_leesfout(tekst: str) -> None:
    fout: feel.FeelFout | None = None
    try:
        assert isinstance(feel.compileer(tekst).evalueer({"a": 1}), feel.Uitkomst)
    except feel.FeelFout as gevangen:
        fout = gevangen
    assert fout is None or (fout.regel >= 1 and fout.kolom >= 1)


@KLEIN
@given(GETALLEN, GETALLEN, st.sampled_from("+-*/"))
def test_rekenen_is_decimal128(links: Decimal, rechts: Decimal, op: str) -> None:
    context = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN)
    a, b = context.plus(links), context.plus(rechts)
    if op == "/" and not b:
        assert feel.evalueer("a / b", {"a": a, "b": b}) is None
        return
    bewerking = {"+": context.add, "-": context.subtract, "*": context.multiply, "/": context.divide}[op]
    assert feel.evalueer(f"a {op} b", {"a": a, "b": b}) == bewerking(a, b)


@KLEIN
@given(GETALLEN)
def test_een_getal_als_tekst_is_hetzelfde_getal(waarde: Decimal) -> None:
    assert feel.evalueer("number(string(a), null, null) = a", {"a": DECIMAAL.plus(waarde)}) is True


@KLEIN
@given(st.dates(), st.integers(min_value=-20_000, max_value=20_000))
def test_een_datum_plus_dagen_klopt_met_een_andere_kalender(dag: date, dagen: int) -> None:
    try:
        verwacht = dag + timedelta(days=dagen)
    except OverflowError:
        return
    assert feel.evalueer("dag + d", {"dag": dag, "d": timedelta(days=dagen)}) == verwacht
    assert feel.evalueer("a - b", {"a": verwacht, "b": dag}) == feel.DagenDuur(dagen * 86_400 * 10**9)


@KLEIN
@given(st.dates())
def test_weekdag_week_en_dag_van_het_jaar(dag: date) -> None:
    datum = Datum(dag.year, dag.month, dag.day)
    assert (datum.weekdag, datum.week, datum.dag_van_jaar) == (
        dag.isoweekday(), dag.isocalendar().week, dag.timetuple().tm_yday,
    )  # fmt: skip


@KLEIN
@given(st.datetimes(), st.datetimes())
def test_het_verschil_van_twee_momenten(eerste: datetime, tweede: datetime) -> None:
    verwacht = (eerste - tweede) // timedelta(microseconds=1) * 1000
    assert feel.evalueer("a - b", {"a": eerste, "b": tweede}) == feel.DagenDuur(verwacht)
    assert feel.evalueer("a < b", {"a": eerste, "b": tweede}) is (eerste < tweede)


@KLEIN
@given(st.integers(min_value=-(10**8), max_value=10**8), st.integers(min_value=-(10**6), max_value=10**6))
def test_dagnummer_is_omkeerbaar_over_alle_jaren(jaar: int, dagen: int) -> None:
    gewoon = Datum(2000 + jaar % 400, 1, 1).nummer + dagen
    ver = Datum(2000 + jaar // 400 * 400 + jaar % 400, 1, 1).nummer + dagen
    assert ver - gewoon == jaar // 400 * 146_097


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        GETALLEN.map(DECIMAAL.plus),
        st.text(max_size=6),
        st.dates(),
        st.datetimes(),
        st.times(),
    ),
    lambda deel: st.one_of(st.lists(deel, max_size=3), st.dictionaries(st.text(max_size=4), deel, max_size=3)),
    max_leaves=8,
)


@KLEIN
@given(JSON)
def test_json_heen_en_terug_verliest_niets(waarde: object) -> None:
    assert feel.uit_json(feel.naar_json(waarde)) == waarde


@pytest.mark.parametrize("aantal", [2000, 5000])
def test_een_lange_keten_is_geen_diepe_expressie(aantal: int) -> None:
    assert feel.evalueer("+".join(["1"] * aantal)) == aantal
    assert feel.evalueer(" and ".join(["true"] * aantal)) is True
