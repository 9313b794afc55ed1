"""De opdrachtregel: starten, stoppen, en één duidelijke regel als iets niet kan."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import httpx
import psutil
import pytest
from click.testing import CliRunner, Result

from dienstverlening.cli import GROEPEN, groep
from kern.motoren import IngebouwdePostgres, IngebouwdeRedis, Motoren, stop_motoren
from kern.motoren.basis import wacht_tot

PROGRAMMA = str(Path(sys.executable).with_name("dienstverlening"))
SCHOON = {
    naam: waarde
    for naam, waarde in os.environ.items()
    if naam not in ("DATA", "POORT", "OMGEVING", "DATABASE_URL", "REDIS_URL")
}


def draai(*argumenten: str, **omgeving: str) -> Result:
    """In dit proces, want elk nieuw proces laadt eerst het hele platform."""
    schoon = dict.fromkeys(os.environ.keys() - SCHOON.keys())
    return CliRunner().invoke(groep, argumenten, env={**schoon, "OMGEVING": "test", **omgeving})


def vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    stop_motoren(tmp_path / "data")


@pytest.fixture(scope="module")
def demodata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """De datamap van een demo: alleen de eerste keer starten vult haar, en dat is het lange deel."""
    data = tmp_path_factory.mktemp("demo") / "data"
    yield data
    stop_motoren(data)


@contextmanager
def draaiende_demo(data: Path, poort: int, uitvoer: Path) -> Iterator[subprocess.Popen[str]]:
    with uitvoer.open("w") as bestand:
        demo = subprocess.Popen(
            [PROGRAMMA, "demo", "--data", str(data), "--poort", str(poort)],
            env=SCHOON,
            stdout=bestand,
            stderr=bestand,
            text=True,
        )
    try:
        assert wacht_tot(lambda: "Stop met Ctrl-C" in uitvoer.read_text(), 90, zolang=lambda: demo.poll() is None), (
            uitvoer.read_text()
        )
        yield demo
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(40)


def processen(demo: subprocess.Popen[str], data: Path) -> list[psutil.Process]:
    """Alles wat de demo startte: kinderen, kleinkinderen en motoren."""
    motoren = [IngebouwdePostgres(data / "postgres").proces(), IngebouwdeRedis(data / "redis").proces()]
    return psutil.Process(demo.pid).children(recursive=True) + [proces for proces in motoren if proces]


def leeft(proces: psutil.Process) -> bool:
    return proces.is_running() and proces.status() != psutil.STATUS_ZOMBIE


def test_demo_start_stopt_en_verhuist_naar_een_andere_poort(demodata: Path, tmp_path: Path) -> None:
    data = demodata
    eerste, tweede = vrije_poort(), vrije_poort()
    with draaiende_demo(data, eerste, tmp_path / "een") as demo:
        gestart = processen(demo, data)
        assert len(gestart) >= 5  # postgres, redis, web, twee workers
        assert httpx.get(f"http://127.0.0.1:{eerste}/gezond").is_success
        assert httpx.get(f"http://127.0.0.1:{eerste}/gereed").is_success
        geweigerd = draai("demo", "--data", str(data), "--poort", str(tweede))
        assert (geweigerd.exit_code, geweigerd.stderr.count("\n")) == (2, 1)
        assert "in gebruik" in geweigerd.stderr
        toegang = subprocess.run(
            [
                PROGRAMMA,
                "applicatie",
                "toevoegen",
                "zaaksysteem",
                "--secret",
                "g" * 40,
                "--alle-autorisaties",
                "--data",
                str(data),
            ],
            env=SCHOON,
            capture_output=True,
            text=True,
            check=False,
        )  # zonder OMGEVING of POORT: de datamap onthoudt welke installatie het is
        assert (toegang.returncode, toegang.stderr) == (0, "")
    assert demo.returncode == 0
    assert [proces for proces in gestart if leeft(proces)] == []
    assert f"http://localhost:{eerste}/mijn/" in (tmp_path / "een").read_text()
    with draaiende_demo(data, tweede, tmp_path / "twee"):
        assert httpx.get(f"http://127.0.0.1:{tweede}/gezond").is_success
    assert f"http://localhost:{tweede}/mijn/" in (tmp_path / "twee").read_text()


def test_kill_9_van_de_demo_laat_niets_draaien(demodata: Path, tmp_path: Path) -> None:
    with draaiende_demo(demodata, vrije_poort(), tmp_path / "uit") as demo:
        gestart = processen(demo, demodata)
        demo.kill()
        assert wacht_tot(lambda: not any(leeft(proces) for proces in gestart), 20), [
            proces for proces in gestart if leeft(proces)
        ]


def test_bezette_poort_is_een_regel(data: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        uitkomst = draai("demo", "--data", str(data), "--poort", str(bezet.getsockname()[1]))
    assert uitkomst.exit_code == 2
    assert uitkomst.stderr.count("\n") == 1
    assert "is bezet" in uitkomst.stderr
    assert not data.exists()


def test_onbeschrijfbare_datamap_is_een_regel(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    uitkomst = draai("demo", "--data", str(tmp_path / "bestand" / "data"), "--poort", str(vrije_poort()))
    assert uitkomst.exit_code == 2
    assert uitkomst.stderr.count("\n") == 1
    assert "niet geschreven worden" in uitkomst.stderr


def test_fout_als_echt_proces(data: Path) -> None:
    """De code en de regel komen ook buiten dit proces aan, zonder traceback."""
    uitkomst = subprocess.run(
        [PROGRAMMA, "web", "--data", str(data)],
        env={**SCHOON, "REDIS_URL": "ergens", "OMGEVING": "test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode == 2
    assert uitkomst.stderr == "dienstverlening: REDIS_URL: moet beginnen met redis://, rediss:// of unix://\n"
    assert uitkomst.stdout == ""


def test_foute_instellingen_worden_alle_genoemd(data: Path) -> None:
    uitkomst = draai("web", "--data", str(data), REDIS_URL="ergens", BRONORGANISATIE="123")
    assert uitkomst.exit_code == 2
    regels = uitkomst.stderr.splitlines()
    assert len(regels) == 2
    assert {regel.split(": ")[1] for regel in regels} == {"REDIS_URL", "BRONORGANISATIE"}


def test_productie_zonder_sleutel_start_niet(data: Path) -> None:
    uitkomst = draai("web", "--data", str(data), OMGEVING="productie")
    assert uitkomst.exit_code == 2
    assert "GEHEIME_SLEUTEL" in uitkomst.stderr


def test_onbekend_onderdeel_wordt_genoemd(data: Path) -> None:
    uitkomst = draai("controleer", "--data", str(data), ONDERDELEN="zakken")
    assert uitkomst.exit_code == 2
    assert "onbekend: zakken" in uitkomst.stderr


def test_bijwerken_en_controleren(data: Path) -> None:
    with Motoren(data, snel=True):
        voor = draai("controleer", "--data", str(data))
        assert voor.exit_code == 1
        assert "draai dienstverlening db bijwerken" in voor.stdout
        assert draai("db", "bijwerken", "--data", str(data)).stdout.endswith("De database is bij.\n")
        na = draai("controleer", "--data", str(data))
    assert (na.exit_code, na.stdout.count("FOUT")) == (0, 0), na.stdout


def test_onbereikbare_database_wordt_gemeld(data: Path) -> None:
    uitkomst = draai("controleer", "--data", str(data), DATABASE_URL="postgresql://niemand@127.0.0.1:1/niets")
    assert uitkomst.exit_code == 1
    assert "FOUT  PostgreSQL" in uitkomst.stdout
    assert "goed  Redis" in uitkomst.stdout


def test_elke_groep_staat_in_de_hulp() -> None:
    """Groepen laden pas bij gebruik; een verkeerde naam zou anders pas dan opvallen."""
    tekst = draai("--help").stdout
    for naam in GROEPEN:
        assert f"  {naam} " in tekst
        assert draai(naam, "--help").exit_code == 0


def test_pakket_nakijken_op_een_datamap(data: Path) -> None:
    pakket = files("processen") / "procespakketten" / "toeristische-verhuur"
    with Motoren(data, snel=True):
        assert draai("db", "bijwerken", "--data", str(data)).exit_code == 0
        uitkomst = draai("pakket", "controleer", str(pakket), "--data", str(data))
    assert uitkomst.exit_code == 0, uitkomst.output
    assert "in orde" in uitkomst.stdout
