"""Elk voorbeeld van docs/feel.md klopt."""

from pathlib import Path

import pytest

import feel

PAGINA = Path(__file__).resolve().parents[3] / "docs" / "feel.md"


def voorbeelden() -> list[str]:
    blokken = PAGINA.read_text("utf-8").split("```feel\n")[1:]
    return [regel for blok in blokken for regel in blok.split("```")[0].strip().splitlines()]


@pytest.mark.parametrize("regel", voorbeelden())
def test_voorbeeld(regel: str) -> None:
    expressie, pijl, verwacht = regel.partition(" → ")
    assert pijl
    gekregen, gevraagd = feel.evalueer(expressie), feel.evalueer(verwacht)
    zelfde = feel.evalueer("a = b", {"a": gekregen, "b": gevraagd})
    assert zelfde is True or gekregen is gevraagd is None


def test_er_zijn_genoeg_voorbeelden() -> None:
    assert len(voorbeelden()) > 70
