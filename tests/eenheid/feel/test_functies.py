"""De ingebouwde functies: elke regel is een expressie en wat zij moet zijn (als FEEL), of null."""

import pytest

import feel
from feel.functies import INGEBOUWD

GELIJK = """
string(1.1) | "1.1"
string(null) | null
string([1, "a", {b: true}]) | "[1, \\"a\\", {b: true}]"
string(@"P1DT2H") | "P1DT2H"
number("1 000,0", " ", ",") | 1000
number("1.000.000,01", ".", ",") | 1000000.01
number("1,5", ",", ",") | null
number("tien", null, null) | null
not(true) | false
not("x") | null
substring("foobar", 3) | "obar"
substring("foobar", -2, 1) | "a"
substring("foobar", 0) | null
substring("\\U01F40Eab", 2) | "ab"
string length("\\U01F40Eab") | 3
upper case("aBc4") | "ABC4"
lower case("aBc4") | "abc4"
substring before("foobar", "xyz") | ""
substring after("foobar", "ob") | "ar"
substring after("", "a") | ""
contains("foobar", "of") | false
contains(["foobar"], "bar") | true
starts with("foobar", "fo") | true
ends with("foobar", "r") | true
matches("foobar", "^fo*b") | true
replace("banana", "a", "o") | "bonono"
split("a;b;c;;", ";") | ["a", "b", "c", "", ""]
string join(["a", null, "c"], "X") | "aXc"
string join([]) | ""
string join(["a", 1]) | null
list contains([1, null], null) | true
count([1, [2, 3]]) | 2
min(1, 2, 3) | 1
max([]) | null
max(["a", "c", "b"]) | "c"
min([1, "a"]) | null
sum([]) | null
sum(1, 2, 3) | 6
mean([1, 2, 3]) | 2
all([false, null, true]) | false
all([]) | true
any([false, null]) | null
any([true, 0]) | true
sublist([4, 5, 6], 1, 2) | [4, 5]
sublist([4, 5, 6], -1) | [6]
append([1], 2, 3) | [1, 2, 3]
concatenate([1, 2], [3]) | [1, 2, 3]
insert before([1, 3], 1, 2) | [2, 1, 3]
remove([1, 2, 3], 2) | [1, 3]
remove([1], 2) | null
reverse([1, 2, 3]) | [3, 2, 1]
index of([1, 2, 3, 2], 2) | [2, 4]
union([1, 2], [2, 3]) | [1, 2, 3]
distinct values([1, 2, 3, 2, 1]) | [1, 2, 3]
flatten([[1, 2], [[3]], 4]) | [1, 2, 3, 4]
product([2, 3, 4]) | 24
median(8, 2, 5, 3, 4) | 4
median([6, 1, 2, 3]) | 2.5
mode([6, 1, 9, 6, 1]) | [1, 6]
mode([]) | []
stddev([47]) | null
decimal(1/3, 2) | .33
decimal(2.5, 0) | 2
decimal(1234, -2) | 1200
floor(-1.56, 1) | -1.6
ceiling(-1.56, 1) | -1.5
round up(-5.5, 0) | -6
round down(-5.5, 0) | -5
round half up(-5.5, 0) | -6
round half down(5.5, 0) | 5
abs(-10) | 10
abs(@"-PT5H") | @"PT5H"
modulo(-12, 5) | 3
modulo(10.1, -4.5) | -3.4
modulo(1, 0) | null
sqrt(16) | 4
sqrt(-1) | null
exp(0) | 1
log(1) | 0
odd(5) | true
even(2.5) | false
date(2012, 12, 25) | date("2012-12-25")
date(2023, 2, 29) | null
date("2024-02-29") + @"P1Y" | date("2025-02-28")
date("2012-12-25") - date("2012-12-24") | @"P1D"
date(date and time("2012-12-25T11:00:00Z")) | date("2012-12-25")
time("23:59:00z") + duration("PT2M") | time("00:01:00@Etc/UTC")
time(23, 59, 0, duration("PT0H")) | time("23:59:00z")
date and time("2012-12-24T23:59:00") + duration("PT1M") | date and time("2012-12-25T00:00:00")
date and time(2024, 2, 29, 10, 0, 0, "Europe/Amsterdam") | @"2024-02-29T10:00:00+01:00"
date and time("2012-12-24T23:59:00") - date and time("2012-12-22T03:45:00") | @"P2DT20H14M"
date and time("2024-03-30T12:00:00@Europe/Amsterdam") + @"P1D" | @"2024-03-31T13:00:00@Europe/Amsterdam"
date and time("2024-01-01T00:00:00Z") - date and time("2024-01-01T00:00:00") | null
duration("P2Y2M") = duration("P26M") | true
years and months duration(date("2011-12-22"), date("2013-08-24")) | @"P1Y8M"
date("999999999-12-31") + @"P1D" | null
date("-2017-01-31").year | -2017
@"2024-02-29".weekday | 4
@"2024-02-29T10:20:30.5".second | 30.5
@"P1DT2H3M4S".minutes | 3
@"10:00:00@Europe/Amsterdam".timezone | "Europe/Amsterdam"
@"2024-02-29".hour | null
[1..5].end included | true
(< 5).start | null
day of year(date(2019, 9, 17)) | 260
day of week(date(2019, 9, 17)) | "Tuesday"
month of year(date(2019, 9, 17)) | "September"
week of year(date(2005, 1, 1)) | 53
week of year(date(2003, 12, 29)) | 1
is(@"23:00:50z", @"23:00:50") | false
is(@"23:00:50z", @"23:00:50+00:00") | true
sort([3, 1, 2], function(x, y) x > y) | [3, 2, 1]
sort([3, 1, 2]) | [1, 2, 3]
sort([1, "a"]) | null
get value({a: 1}, "a") | 1
get value({a: 1}, "b") | null
get entries({a: 1}) | [{key: "a", value: 1}]
context([{key: "a", value: 1}]) | {a: 1}
context put({x: 1, y: {a: 0}}, ["y", "a"], 2) | {x: 1, y: {a: 2}}
context put({x: 1}, [], 2) | null
context merge([{x: 1, y: 0}, {y: 2}]) | {x: 1, y: 2}
list replace([2, 4, 7], function(item, nieuw) item < nieuw, 5) | [5, 5, 7]
before(1, (1..10]) | true
before([1..10), [10..20]) | true
after([11..20], 11) | false
meets([1..5], [5..10]) | true
met by([5..10], [1..5)) | false
overlaps([1..5], (5..8]) | false
overlaps before([1..5), (1..5]) | true
overlaps after((1..5], [1..5]) | true
finishes(10, [1..10]) | true
finished by([1..10], (1..10]) | true
includes([1..10], 1) | true
includes((1..10], 1) | false
during([4..6], [1..10]) | true
starts([1..5], (1..10]) | false
started by([1..10], [1..10)) | true
coincides([1..5], [1..5]) | true
before(1, "a") | null
range("[1..5)") | [1..5)
range("[18..]") | null
range("[18..)") | (>= 18)
range("(..2)").end | 2
range("[..]") | null
range("[3..1]") | null
number("1") | null
1 between 1 and null | null
5 in (> 3, < 2) | true
1 in [null..5] | null
9 in [null..5] | false
[1..2] in [1..2] | true
null in [1..2] | null
[1, 2, 3][item > 1][1] | 2
{a: 1}.b | null
some x in [1, 2], y in [2] satisfies x = y | true
every x in [] satisfies false | true
for i in 0..4 return if i = 0 then 1 else i * partial[-1] | [1, 1, 2, 6, 24]
for i in 3..1 return i | [3, 2, 1]
for i in [1, 2], j in [3, 4] return i * j | [3, 4, 6, 8]
[1] instance of list<number> | true
123 instance of list | null
null instance of Any | false
(function(a: number) a) instance of function<number> -> Any | true
(function(a: number) a) instance of function<string> -> Any | false
{a: 1, b: "x"} instance of context<a: number> | true
(function(a, b) a + b)(b: 1, a: 2) | 3
(function(a: number) a)("x") | null
if null then 1 else 2 | 2
true and "x" | null
false and "x" | false
[1, 2] = [1, 2] | true
1 = "1" | null
null = 1 | false
"a" < "b" | true
2 ** 0.5 = sqrt(2) | true
1 / 0 | null
10 ** 9999 | null
"a" + 1 | null
@"P1Y" / @"P1M" | 12
@"P1D" * 1.5 | @"P1DT12H"
"""


@pytest.mark.parametrize("regel", [regel for regel in GELIJK.strip().splitlines() if " | " in regel])
def test_uitkomst(regel: str) -> None:
    expressie, _, verwacht = regel.rpartition(" | ")
    gekregen, gevraagd = feel.evalueer(expressie), feel.evalueer(verwacht)
    assert feel.uit_python(gekregen) == feel.uit_python(gevraagd) or feel.evalueer(f"({expressie}) = ({verwacht})")


def test_null_heeft_een_reden_in_twee_talen() -> None:
    uitkomst = feel.compileer("sqrt(-1) + 1").evalueer()
    assert uitkomst.waarde is None
    assert [reden.code for reden in uitkomst.redenen] == ["getal.domein", "reken.soort"]
    assert all(reden.nederlands and reden.engels for reden in uitkomst.redenen)


def test_elke_functie_met_meer_woorden_is_een_naam() -> None:
    for naam in INGEBOUWD:
        knoop = feel.ontleed(f"{naam}(1)")
        assert feel.druk_af(knoop) == f"{naam}(1)"


def test_elke_ingebouwde_functie_is_getest() -> None:
    vreemd = {"now", "today", "random number", "time", "is", "context"}
    assert {naam for naam in INGEBOUWD if f"{naam}(" not in GELIJK} <= vreemd


def test_nu_en_vandaag_komen_van_de_klok() -> None:
    from datetime import UTC, date, datetime  # noqa: PLC0415

    moment = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    assert feel.evalueer("now()", klok=lambda: moment) == moment
    assert feel.evalueer("today()", klok=lambda: moment) == date(2024, 2, 29)


def test_eigen_functies_krijgen_gewone_waarden() -> None:
    from datetime import date, timedelta  # noqa: PLC0415

    def volgende_week(dag: date, weken: object = 1) -> date:
        return dag + timedelta(weeks=int(str(weken)))

    functies = feel.Functies({"volgende week": (volgende_week, "dag: date, weken: number?")})
    assert feel.evalueer('volgende week(@"2024-02-29")', functies=functies) == date(2024, 3, 7)
    assert feel.evalueer('volgende week(weken: 2, dag: @"2024-02-29")', functies=functies) == date(2024, 3, 14)
    assert feel.evalueer('volgende week("x")', functies=functies) is None
