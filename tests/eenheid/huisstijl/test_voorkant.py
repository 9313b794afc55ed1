"""De bouw van de voorkant: herhaalbaar, zonder downloadadressen, met alleen vrije licenties."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from huisstijl import middelen

WORTEL = Path(__file__).parents[3]
TOEGESTAAN = {"EUPL-1.2", "OFL-1.1", "MIT", "ISC", "Apache-2.0", "CC0", "MPL-2.0"}  # MPL: axe-core, alleen voor tests
MET_MERK = ("bpmn-js", "dmn-js")  # MIT, met de eis dat het merk van bpmn.io zichtbaar blijft
ZONDER_VELD = {"cli-table", "component-props"}  # beide MIT, volgens hun leesmij


@pytest.fixture(scope="module")
def bouw() -> ModuleType:
    beschrijving = importlib.util.spec_from_file_location("bouw_voorkant", WORTEL / "tools" / "bouw_voorkant.py")
    assert beschrijving is not None
    assert beschrijving.loader is not None
    module = importlib.util.module_from_spec(beschrijving)
    beschrijving.loader.exec_module(module)
    return module


def test_slot_heeft_geen_downloadadressen_en_alleen_vrije_licenties() -> None:
    slot = json.loads((WORTEL / "frontend" / "package-lock.json").read_text("utf-8"))
    pakketten = {naam: pakket for naam, pakket in slot["packages"].items() if naam}
    assert len(pakketten) > 20
    for naam, pakket in pakketten.items():
        assert "resolved" not in pakket, naam
        assert pakket["integrity"].startswith("sha512-"), naam
        assert _mag(naam.rpartition("node_modules/")[2], pakket.get("license")), naam


def _mag(naam: str, licentie: str | None) -> bool:
    if licentie is None:
        return naam in ZONDER_VELD
    return licentie in TOEGESTAAN or (licentie == "SEE LICENSE IN LICENSE" and naam.startswith(MET_MERK))


def test_wat_er_staat_hoort_bij_de_bronnen(bouw: ModuleType) -> None:
    assert bouw.is_actueel(bouw.afdruk()), "draai: python tools/bouw_voorkant.py"
    assert not bouw.is_actueel("iets anders")
    assert bouw.bouw() is False  # niets veranderd: niets gedaan


def test_alles_in_het_manifest_bestaat() -> None:
    for naam in middelen.manifest():
        assert len(middelen.inhoud(naam)) > 50
    licenties = (middelen.GEBOUWD / "LICENTIES.txt").read_text("utf-8")
    assert "@utrecht/button-css" in licenties
    assert "OFL-1.1" in licenties


def test_zonder_bouw_een_duidelijke_fout(tmp_path: Path) -> None:
    with pytest.raises(middelen.VoorkantOntbreektFout, match="bouw_voorkant"):
        middelen.lees_manifest(tmp_path)
