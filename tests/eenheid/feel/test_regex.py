"""Reguliere expressies van XPath, naast die van Python waar zij hetzelfde betekenen."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import feel

ATOMEN = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "(a|b)", "(ab)", "\\d", "\\s", "(?:a|bc)"])
HERHALING = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "*?", "+?"])
PATRONEN = st.lists(st.tuples(ATOMEN, HERHALING).map("".join), min_size=1, max_size=4).map("".join)


@settings(max_examples=200, deadline=None)
@given(PATRONEN, st.text(alphabet="abc1 ", max_size=8))
def test_zelfde_antwoord_als_python(patroon: str, tekst: str) -> None:
    verwacht = re.search(patroon, tekst) is not None
    assert feel.evalueer("matches(t, p)", {"t": tekst, "p": patroon}) is verwacht
    if not re.search(patroon, ""):
        vervangen = re.sub(patroon, "#", tekst)
        assert feel.evalueer('replace(t, p, "#")', {"t": tekst, "p": patroon}) == vervangen


@pytest.mark.parametrize(
    ("tekst", "patroon", "vlaggen", "verwacht"),
    [
        ("x", "[A-Z-[OI]]", "i", True),
        ("O", "[A-Z-[OI]]", "i", False),
        ("é", "\\p{Ll}", "", True),
        ("α", "\\p{IsGreek}", "", True),
        ("α", "\\P{IsGreek}", "", False),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b$", "m", True),
        ("hello world", "he ll o\\ s world", "x", True),
        ("abab", "(ab)\\1", "", True),
        ("_x-1", "\\i\\c*", "", True),
        ("a", "[z-a]", "", None),
        ("a", "a{2,1}", "", None),
        ("a", "(a", "", None),
        ("a", "a", "y", None),
        ("a", "\\b", "", None),
    ],
)
def test_wat_xpath_anders_doet(tekst: str, patroon: str, vlaggen: str, verwacht: bool | None) -> None:
    assert feel.evalueer("matches(t, p, v)", {"t": tekst, "p": patroon, "v": vlaggen}) is verwacht


@pytest.mark.parametrize(
    ("vervanging", "verwacht"),
    [
        ("[$1]", "x[a]y"),
        ("$0$0", "xabaaby"),
        ("\\$1", "x$1y"),
        ("$9", "xy"),
        ("$12", "xa2y"),
        ("$", None),
        ("\\n", None),
    ],
)
def test_vervangen_met_groepen(vervanging: str, verwacht: str | None) -> None:
    gekregen = feel.evalueer('replace("xaby", "(a)b", v)', {"v": vervanging})
    assert gekregen == (verwacht if verwacht != "xabaaby" else "xababy")


def test_een_patroon_dat_leeg_past_mag_niet_vervangen() -> None:
    assert feel.evalueer('replace("abc", "x*", "-")') is None
    assert feel.evalueer('split("abc", "")') is None
