"""Elke regel met een nummer uit de ZGW-standaarden heeft een functie en een test, en de tabel daarvan is bij de tijd."""

import re
from pathlib import Path

import pytest

from tools.zgw_regels import DOEL, REGELS, functies, genoemd, genoemd_in_naam, pagina, toetsen

BRON = Path(__file__).parents[3] / "shared" / "standaarden" / "regels.md"


def test_elke_regel_heeft_een_functie() -> None:
    assert sorted(set(REGELS) - set(functies())) == []


def test_elke_regel_heeft_een_test() -> None:
    assert sorted(set(REGELS) - set(toetsen())) == []


def test_niemand_noemt_een_regel_die_er_niet_is() -> None:
    """Een nummer dat de standaard tweemaal gebruikt staat er altijd bij welke het is."""
    assert {regel: sorted(map(str, plekken)) for regel, plekken in functies().items() if regel not in REGELS} == {}
    assert {regel: sorted(map(str, plekken)) for regel, plekken in toetsen().items() if regel not in REGELS} == {}


def test_de_tabel_is_bijgewerkt() -> None:
    assert DOEL.read_text(encoding="utf-8") == pagina(), "draai `python tools/dekking.py`"


@pytest.mark.skipif(not BRON.exists(), reason="alleen waar de beschrijving van de standaarden staat")
def test_elk_nummer_uit_de_beschrijving_staat_in_de_tabel() -> None:
    bekend = {regel.partition(" ")[0] for regel in REGELS}
    assert set(re.findall(r"\b(?:zrc|ztc|drc|brc|ac|nrc)-\d{3}", BRON.read_text(encoding="utf-8"))) - bekend == set()


@pytest.mark.parametrize(
    ("tekst", "regels"),
    [
        ("zrc-003, zrc-004 en 006: zo", ["zrc-003", "zrc-004", "zrc-006"]),
        ("ztc-004 tot en met ztc-006", ["ztc-004", "ztc-005", "ztc-006"]),
        ("zrc-025 (expand)", ["zrc-025 (expand)"]),
        ("zrc-007 (anders)", ["zrc-007"]),
        ("drc-0012", []),
    ],
)
def test_wat_een_tekst_noemt(tekst: str, regels: list[str]) -> None:
    assert list(genoemd(tekst)) == regels


def test_wat_een_naam_noemt() -> None:
    assert list(genoemd_in_naam("test_brc_003_en_008_koppeling")) == ["brc-003", "brc-008"]
    assert list(genoemd_in_naam("test_ztc_004_tot_006_brondatum")) == ["ztc-004", "ztc-005", "ztc-006"]
