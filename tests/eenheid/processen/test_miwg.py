"""De referentiemodellen van de BPMN Model Interchange Working Group: elk proces draait, of de pagina zegt precies waarom niet."""

from pathlib import Path

import pytest

from processen.motor.definities import lees_soepel
from processen.motor.lezen import ontleed
from tools import bpmn_modellen

MAP = Path(__file__).resolve().parents[4] / "shared" / "gegevens" / "bpmn-miwg"
pytestmark = pytest.mark.skipif(not MAP.is_dir(), reason="de modellen zijn hier niet")
MODELLEN = sorted(MAP.rglob("*.bpmn"))
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"


def test_de_pagina_klopt() -> None:
    """Maak haar opnieuw met `python tools/bpmn_modellen.py MAP`."""
    assert bpmn_modellen.DOEL.read_text().endswith(bpmn_modellen.BEGIN + "\n" + bpmn_modellen.tabel(MAP))


@pytest.mark.parametrize("bestand", MODELLEN, ids=lambda b: b.stem)
def test_elk_proces_loopt_af_of_heeft_een_reden(bestand: Path) -> None:
    uitkomsten = list(bpmn_modellen.uitkomsten(bestand.read_bytes()))
    assert uitkomsten
    for naam, uitkomst in uitkomsten:
        assert uitkomst.startswith(("draait", "leeg")) or uitkomst.endswith(")"), (naam, uitkomst)


@pytest.mark.parametrize("bestand", MODELLEN, ids=lambda b: b.stem)
def test_te_lezen_met_tekening(bestand: Path) -> None:
    bpmn = bestand.read_bytes()
    assert lees_soepel(bpmn).bereik.elementen
    assert ontleed(bpmn).find(DI) is not None
