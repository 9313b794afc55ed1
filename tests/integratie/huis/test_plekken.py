"""Een webproces laadt alleen wat het gebruikt; wat de lijst van een onderdeel zegt, klopt met het onderdeel zelf."""

import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory

import simulatoren
from dienstverlening.plekken import PLEKKEN, SIMULATOREN
from kern import migratie
from kern.deel import Plek

ALLES = PLEKKEN + SIMULATOREN
ZWAAR = {"SpiffWorkflow", "lxml", "pypdf", "weasyprint", "alembic", "odf", "pyhanko", "PIL", "feel", "dmn"}
LATER = {"formulieren", "kcc", "mijngemeente", "processen", "plugins", "simulatoren", "formuliermotor"}
SELDEN = {
    "authlib",
    "babel",
    "flask_wtf",
    "fsspec",
    "limits",
    "stdnum",
    "wtforms",
}  # alleen schermen, of een opslag elders


@pytest.mark.parametrize("plek", ALLES, ids=lambda plek: plek.naam)
def test_lijst_klopt_met_het_onderdeel(plek: Plek) -> None:
    deel = plek.laad()
    assert (deel.naam, deel.pad) == (plek.naam, plek.pad)
    assert plek.pakket == (deel.pakket if deel.tabellen is not None else "")


def test_elke_simulator_heeft_een_plek() -> None:
    """Wat hier niet staat, wordt niet opgehangen: zijn adres geeft dan 404."""
    assert sorted(plek.naam for plek in SIMULATOREN) == sorted(deel.naam for deel in simulatoren.DELEN)


@pytest.mark.parametrize("plek", [plek for plek in ALLES if plek.pakket], ids=lambda plek: plek.naam)
def test_nieuwste_versie_zonder_alembic(plek: Plek) -> None:
    assert migratie._koppen(plek.pakket) == set(ScriptDirectory.from_config(migratie._scripts(plek.pakket)).get_heads())


def test_webproces_laadt_de_schermen_en_de_motor_niet() -> None:
    vraag = "import sys, dienstverlening.web; print(*sorted({naam.partition('.')[0] for naam in sys.modules}))"
    geladen = subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True).stdout.split()
    assert not (ZWAAR | LATER | SELDEN) & set(geladen)
    assert "registraties" in geladen
