"""Elke regel in docs/recht.md heeft een artikel en een toets, en elke toets die er staat bestaat."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

WORTEL = Path(__file__).parents[3]
RECHT = (WORTEL / "docs" / "recht.md").read_text()
PAKKETTEN = WORTEL / "processen" / "procespakketten"
TOETS = re.compile(r"`((?:tests/)?[\w/]*test_\w+(?:\.py)?|tests/[\w/]+)`")
SCENARIO = re.compile(r"\b(\d\d)\b")
VAN = re.compile(r"((?:\d\d(?:, | en )?)+) van `([\w-]+)`")
VOORBEELDEN = re.compile(r'voorbeelden? "([^"]+)"|, "([^"]+)"')


def rijen() -> Iterator[tuple[str, list[str]]]:
    """Elke rij met de kop waar zij onder staat; zonder koppen en strepen van tabellen."""
    kop = ""
    for regel in RECHT.splitlines():
        if regel.startswith("## "):
            kop = regel[3:]
        cellen = [cel.strip() for cel in regel.strip().strip("|").split(" | ")] if regel.startswith("|") else []
        if cellen and cellen[0] not in ("Regel", "Wat", "---"):
            yield kop, cellen


RIJEN = list(rijen())


@pytest.fixture(scope="module")
def tests() -> str:
    """Alle tests achter elkaar."""
    return "\n".join(pad.read_text() for pad in (WORTEL / "tests").rglob("*.py"))


def test_er_staat_veel_recht_in() -> None:
    assert len(RIJEN) > 60


@pytest.mark.parametrize(("kop", "cellen"), RIJEN, ids=[cellen[0][:50] for _, cellen in RIJEN])
def test_elke_regel_heeft_artikel_plek_en_toets(kop: str, cellen: list[str]) -> None:
    assert len(cellen) == (3 if kop == "Wat altijd geldt" else 4), f"{kop}: {cellen[0]}"
    assert all(cellen), f"{kop}: {cellen[0]} mist een artikel, plek of toets"


def test_elke_genoemde_toets_bestaat(tests: str) -> None:
    genoemd = TOETS.findall(RECHT)
    assert genoemd
    assert [naam for naam in genoemd if not _bestaat(naam, tests)] == []


def _bestaat(naam: str, tests: str) -> bool:
    if naam.startswith("tests/"):
        return (WORTEL / naam).exists()
    if naam.endswith(".py"):
        return any((WORTEL / "tests").rglob(naam))
    return f"def {naam}(" in tests


def test_elk_genoemd_scenario_bestaat() -> None:
    for kop, cellen in RIJEN:
        rest = cellen[-1]
        for nummers, pakket in VAN.findall(rest):
            _eis_scenarios(pakket, nummers)
        if kop == "Bezwaar":  # een nummer zonder pakket is daar van het pakket bezwaar
            _eis_scenarios("bezwaar", VAN.sub("", TOETS.sub("", rest)))


def _eis_scenarios(pakket: str, tekst: str) -> None:
    for nummer in SCENARIO.findall(tekst):
        assert list((PAKKETTEN / pakket / "scenarios").glob(f"{nummer}-*.yaml")), f"{pakket} {nummer}"


def test_elke_groep_voorbeelden_bestaat(tests: str) -> None:
    groepen = [naam for _, cellen in RIJEN for paar in VOORBEELDEN.findall(cellen[-1]) for naam in paar if naam]
    assert groepen
    assert [naam for naam in groepen if naam not in tests] == []
