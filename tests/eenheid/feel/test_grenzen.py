"""Vijandige modellen: elke grens is een duidelijke fout en kost hoogstens een paar seconden."""

import pytest

import feel

GRENZEN = feel.Grenzen(stappen=50_000, lijst=10_000, tekst=100_000, regex=500)


@pytest.mark.parametrize(
    ("expressie", "grens"),
    [
        ("for i in 1..999999999 return 0", "lijst"),
        ("some i in 1..999999999 satisfies false", "stappen"),
        ("count(for i in 1..300, j in 1..300 return 1)", "lijst"),
        ("{f: function(n, g) g(n, g), uit: f(1, f)}.uit", "diepte"),
        ('for i in 1..60 return if i = 1 then "xxxxxxxxxx" else partial[-1] + partial[-1]', "tekst"),
        ("string(for i in 1..30 return [partial, partial])", "diepte"),
        ("for i in 1..60 return [partial[-1], partial[-1]]", "lijst"),
        ('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", ".*a.*a.*b")', "regex"),
    ],
)
def test_een_grens_stopt_de_berekening(expressie: str, grens: str) -> None:
    uitkomst = feel.compileer(expressie).evalueer(grenzen=GRENZEN)
    assert uitkomst.waarde is None
    assert uitkomst.grens is not None
    assert uitkomst.grens.grens == grens
    assert uitkomst.redenen[-1].code == f"grens.{grens}"


@pytest.mark.parametrize("tekst", ["(" * 500 + "1" + ")" * 500, "[" * 200, "if true then " * 200, "-" * 5000 + "1"])
def test_te_diep_nesten_is_een_leesfout(tekst: str) -> None:
    with pytest.raises(feel.FeelFout, match=r"genest|Verwacht"):
        feel.compileer(tekst)


def test_een_te_lange_expressie_is_een_leesfout() -> None:
    with pytest.raises(feel.FeelFout):
        feel.compileer("1+" * 60_000 + "1")


def test_een_kwaadaardig_patroon_is_zonder_terugverwijzing_gewoon_snel() -> None:
    assert feel.evalueer('matches(t, "(a+)+$")', {"t": "a" * 2000 + "b"}) is False


def test_grote_getallen_zijn_null_met_een_reden() -> None:
    assert feel.evalueer("9 ** 999999999") is None
    assert feel.evalueer("exp(99999999)") is None
