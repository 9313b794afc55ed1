"""De stappen van het image en van `make demo`, in een schone map. Duurt minuten: `make installatieproef`."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

WORTEL = Path(__file__).parents[3]
HANGT = 60  # seconden
pytestmark = pytest.mark.traag


def draai(map_: Path, *opdracht: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    schoon = {naam: os.environ[naam] for naam in os.environ if not naam.startswith(("VIRTUAL_ENV", "PYTHONPATH"))}
    return subprocess.run(opdracht, cwd=map_, env={**schoon, **omgeving}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Een map met precies wat de eerste trap van het image kopieert, en daarna de installatie."""
    map_ = tmp_path_factory.mktemp("image")
    dockerfile = (WORTEL / "docker/Dockerfile").read_text()
    bronnen = [
        deel for regel in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE) for deel in regel.split()
    ]
    inhoud = subprocess.run(
        ["git", "archive", "HEAD", *sorted(set(bronnen))], cwd=WORTEL, capture_output=True, check=True
    )
    subprocess.run(["tar", "-x", "-C", map_], input=inhoud.stdout, check=True)
    uitkomst = draai(map_, sys.executable, "tools/installeer.py")
    assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr
    return map_


def test_tweede_keer_installeren_is_meteen_klaar(image: Path) -> None:
    begin = time.monotonic()
    assert draai(image, sys.executable, "tools/installeer.py").returncode == 0
    assert time.monotonic() - begin < HANGT


def test_systeemlaag_heeft_niets_meer_nodig(image: Path) -> None:
    uitkomst = draai(image, sys.executable, "tools/installeer.py", "systeem")
    assert (uitkomst.returncode, uitkomst.stdout) == (0, "")


def test_ingang_van_het_image(image: Path) -> None:
    programma = str(image / ".venv/bin/dienstverlening")
    assert draai(image, programma, "--version").stdout.startswith("dienstverlening ")
    uitkomst = draai(image, programma, "web", OMGEVING="productie", GEHEIME_SLEUTEL="")
    assert uitkomst.returncode == 2
    assert "GEHEIME_SLEUTEL" in uitkomst.stderr


def test_voorkant_is_gebouwd(image: Path) -> None:
    assert (image / "platform/huisstijl/static/gebouwd/manifest.json").is_file()


def test_database_van_het_image_is_bij_te_werken(image: Path, tmp_path: Path) -> None:
    """`db bijwerken` en `controleer` zoals compose ze aanroept, hier met de eigen motoren."""
    programma = str(image / ".venv/bin/dienstverlening")
    omgeving = {"OMGEVING": "productie", "GEHEIME_SLEUTEL": "g" * 40, "DATA": str(tmp_path / "data")}
    assert draai(image, programma, "db", "bijwerken", **omgeving).returncode == 0
    uitkomst = draai(image, programma, "controleer", **omgeving)
    assert uitkomst.returncode == 0, uitkomst.stdout
