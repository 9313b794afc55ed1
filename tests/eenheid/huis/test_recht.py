"""docs/recht.md noemt bij elke regel de toets die haar laat zien: die toets moet er zijn."""

import re
from pathlib import Path

WORTEL = Path(__file__).parents[3]
RECHT = (WORTEL / "docs" / "recht.md").read_text()
TOETS = re.compile(r"`(test_\w+)`")


def test_elke_toets_die_recht_noemt_bestaat() -> None:
    tests = [bestand.read_text() for bestand in (WORTEL / "tests").rglob("test_*.py")]
    bekend = {naam for tekst in tests for naam in re.findall(r"def (test_\w+)\(", tekst)}
    genoemd = set(TOETS.findall(RECHT))
    assert len(genoemd) > 100, "de vorm van docs/recht.md is veranderd"
    assert genoemd - bekend == set()


def test_elk_testbestand_dat_recht_noemt_bestaat() -> None:
    paden = set(re.findall(r"`(tests/[\w/]+\.py)`", RECHT))
    assert [pad for pad in sorted(paden) if not (WORTEL / pad).exists()] == []
