"""De ingebouwde motoren op echte mappen: starten, meeliften, kill -9, rechten en lange paden."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from kern.motoren import IngebouwdePostgres, IngebouwdeRedis, Motoren, MotorFout, stop_motoren
from kern.motoren.basis import socketmap, wacht_tot
from kern.motoren.wijze import BINARIES, NIEMAND, bereikbaar, kies_wijze

WORTEL = Path(__file__).parents[3]
ROOT = os.geteuid() == 0
HANGT = 60  # seconden
START_EN_WACHT = """
import sys, time
from pathlib import Path
from kern.motoren import Motoren
with Motoren(Path(sys.argv[1]), snel=True) as motoren:
    print(motoren.database_url, flush=True)
    time.sleep(60 if len(sys.argv) > 2 else 0)
"""


def libpq(url: str) -> str:
    return url.replace("+psycopg", "")


def vraag(url: str, opdracht: str) -> list[tuple[object, ...]]:
    with psycopg.connect(libpq(url), autocommit=True) as verbinding:
        uitkomst = verbinding.execute(opdracht)
        return uitkomst.fetchall() if uitkomst.description else []


def opdracht(*argumenten: str) -> list[str]:
    return [sys.executable, "-c", START_EN_WACHT, *argumenten]


def omgeving() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(WORTEL / "platform")}


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    stop_motoren(tmp_path / "data")


def test_beide_motoren_starten_en_stoppen(data: Path) -> None:
    with Motoren(data, snel=True) as motoren:
        assert vraag(motoren.database_url, "SHOW listen_addresses") == [("",)]
        assert vraag(motoren.database_url, "SELECT upper('é'), current_database()") == [("É", "dienstverlening")]
        client = redis.Redis.from_url(motoren.redis_url)
        assert client.ping()
        assert client.config_get("port") == {"port": "0"}
        client.close()
        assert motoren.postgres
        assert motoren.redis
        processen = [motoren.postgres.proces(), motoren.redis.proces()]
    assert all(proces and not proces.is_running() for proces in processen)


def test_tweede_start_lift_mee_en_stopt_niets(data: Path) -> None:
    with Motoren(data, snel=True) as eerste:
        with Motoren(data, snel=True) as tweede:
            assert (eerste.eigenaar, tweede.eigenaar) == (True, False)
            assert tweede.database_url == eerste.database_url
        assert vraag(eerste.database_url, "SELECT 1") == [(1,)]


def test_start_is_idempotent(data: Path) -> None:
    postgres = IngebouwdePostgres(data / "postgres", snel=True)
    assert postgres.start() == postgres.start()
    postgres.stop()
    postgres.stop()


def test_gegevens_overleven_stop_en_start(data: Path) -> None:
    with Motoren(data, snel=True) as motoren:
        vraag(motoren.database_url, "CREATE TABLE zaak AS SELECT 7 AS nummer")
        with redis.Redis.from_url(motoren.redis_url) as client:
            client.set("sessie", "x")
    with Motoren(data, snel=True) as motoren:
        assert vraag(motoren.database_url, "SELECT nummer FROM zaak") == [(7,)]
        with redis.Redis.from_url(motoren.redis_url) as client:
            assert client.get("sessie") == b"x"


def test_start_na_kill_9_van_de_postmaster(data: Path) -> None:
    postgres = IngebouwdePostgres(data / "postgres")
    url = postgres.start()
    vraag(url, "CREATE TABLE zaak AS SELECT 7 AS nummer")
    proces = postgres.proces()
    assert proces
    proces.kill()
    proces.wait(10)
    assert (postgres.wijze.data / "postmaster.pid").exists()
    begin = time.monotonic()
    assert postgres.start() == url
    assert time.monotonic() - begin < HANGT
    assert vraag(url, "SELECT nummer FROM zaak") == [(7,)]
    postgres.stop()


def test_pid_van_een_ander_houdt_de_start_niet_tegen(data: Path) -> None:
    """Na een herstart van de machine kan de oude pid van een heel ander proces zijn."""
    postgres = IngebouwdePostgres(data / "postgres", snel=True)
    postgres.start()
    pid_bestand = postgres.wijze.data / "postmaster.pid"
    regels = pid_bestand.read_text().splitlines()
    proces = postgres.proces()
    assert proces
    proces.kill()
    proces.wait(10)
    pid_bestand.write_text("\n".join([str(os.getppid()), *regels[1:]]) + "\n")
    assert vraag(postgres.start(), "SELECT 1") == [(1,)]
    postgres.stop()


def test_redis_na_kill_9(data: Path) -> None:
    motor = IngebouwdeRedis(data / "redis")
    url = motor.start()
    with redis.Redis.from_url(url) as client:
        client.set("sessie", "x")
        client.bgrewriteaof()
        assert wacht_tot(lambda: client.info("persistence")["aof_rewrite_in_progress"] == 0, 10)
    proces = motor.proces()
    assert proces
    proces.kill()
    proces.wait(10)
    motor.start()
    with redis.Redis.from_url(url) as client:
        assert client.get("sessie") == b"x"
    motor.stop()


def test_motoren_verdwijnen_met_hun_eigenaar(data: Path) -> None:
    """Ook kill -9 van de eigenaar laat niets draaien."""
    with subprocess.Popen(opdracht(str(data), "wacht"), env=omgeving(), stdout=subprocess.PIPE) as eigenaar:
        assert eigenaar.stdout
        assert eigenaar.stdout.readline().startswith(b"postgresql+psycopg://")
        processen = [IngebouwdePostgres(data / "postgres").proces(), IngebouwdeRedis(data / "redis").proces()]
        assert all(processen)
        eigenaar.send_signal(signal.SIGKILL)
    assert wacht_tot(lambda: not any(proces and _leeft(proces) for proces in processen), 10)


def _leeft(proces: psutil.Process) -> bool:
    return proces.is_running() and proces.status() != psutil.STATUS_ZOMBIE


def test_achtergebleven_motor_wordt_overgenomen(data: Path) -> None:
    eerste = IngebouwdePostgres(data / "postgres", snel=True, gebonden=False)
    eerste.start()
    assert eerste._slot
    eerste._slot.close()  # zo blijft hij achter na kill -9 van de eigenaar
    tweede = IngebouwdePostgres(data / "postgres", snel=True)
    tweede.start()
    assert tweede.eigenaar
    tweede.stop()
    assert eerste.proces() is None
    assert eerste._kind
    eerste._kind.wait(5)


def test_pad_van_200_tekens(tmp_path: Path) -> None:
    diep = tmp_path / ("a" * 100) / f"met spatie é {'b' * 90}"
    with Motoren(diep, snel=True) as motoren:
        sockets = motoren.database_url.partition("host=")[2]
        assert len(f"{sockets}/.s.PGSQL.5432") <= 100
        assert vraag(motoren.database_url, "SELECT 1") == [(1,)]


def test_map_met_rechten_0700(tmp_path: Path) -> None:
    geheim = tmp_path / "geheim"
    geheim.mkdir(mode=0o700)
    with Motoren(geheim / "data", snel=True) as motoren:
        assert vraag(motoren.database_url, "SELECT 1") == [(1,)]
        assert motoren.postgres
        assert (motoren.postgres.datamap.stat().st_mode & 0o777) == 0o700


@pytest.mark.skipif(not ROOT, reason="alleen root kan van gebruiker wisselen")
@pytest.mark.skipif(
    not bereikbaar(BINARIES), reason="de programma's staan in een map waar een gewone gebruiker niet bij kan"
)
@pytest.mark.filterwarnings(
    "ignore:This process:DeprecationWarning"
)  # fork naast draden van xdist: het kind doet alleen dit
def test_als_gewone_gebruiker() -> None:
    thuis = Path("/tmp") / f"dv-proef-{os.getpid()}"  # noqa: S108 - tmp_path zelf is alleen voor root
    thuis.mkdir(mode=0o700)
    os.chown(thuis, NIEMAND, NIEMAND)
    # fork en geen exec: de Python van root kan in een map staan die de ander niet mag lezen
    kind = multiprocessing.get_context("fork").Process(target=_start_als_niemand, args=(thuis,))
    kind.start()
    kind.join(60)
    uid = (thuis / "uid").read_text() if (thuis / "uid").exists() else ""
    shutil.rmtree(thuis)
    assert (kind.exitcode, uid) == (0, str(NIEMAND))


def _start_als_niemand(thuis: Path) -> None:
    os.setgroups([])
    os.setgid(NIEMAND)
    os.setuid(NIEMAND)
    with Motoren(thuis / "data", snel=True) as motoren:
        assert vraag(motoren.database_url, "SELECT 1") == [(1,)]
        assert motoren.postgres
        proces = motoren.postgres.proces()
        assert proces
        (thuis / "uid").write_text(str(proces.uids().effective))


@pytest.mark.skipif(not ROOT, reason="alleen root heeft een andere gebruiker nodig")
def test_root_zonder_naamruimte_draait_als_niemand() -> None:
    thuis = Path("/tmp") / f"dv-root-{os.getpid()}"  # noqa: S108 - een map waar een gewone gebruiker bij kan
    thuis.mkdir(mode=0o755)
    wijze = kies_wijze(thuis / "postgres" / "cluster", naamruimte=lambda: False) if _maak(thuis / "postgres") else None
    postgres = IngebouwdePostgres(thuis / "postgres", snel=True, wijze=wijze)
    try:
        assert vraag(postgres.start(), "SELECT 1") == [(1,)]
        proces = postgres.proces()
        assert proces
        assert proces.uids().effective == NIEMAND
    finally:
        postgres.stop()
        shutil.rmtree(thuis)


def _maak(pad: Path) -> bool:
    pad.mkdir(mode=0o700)
    return True


def test_onbeschrijfbare_map_geeft_een_regel(tmp_path: Path) -> None:
    bestand = tmp_path / "bestand"
    bestand.write_text("")
    with pytest.raises(MotorFout, match="niet geschreven worden") as fout:
        Motoren(bestand / "data").start()
    assert "\n" not in str(fout.value)


def test_andere_versie_wordt_geweigerd(data: Path) -> None:
    cluster = data / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(MotorFout, match="PostgreSQL 15"):
        IngebouwdePostgres(data / "postgres").start()


def test_socketmap_van_een_ander_wordt_geweigerd(tmp_path: Path) -> None:
    sockets = socketmap(tmp_path)
    sockets.chmod(0o777)
    with pytest.raises(MotorFout, match="verwijder die map"):
        socketmap(tmp_path)
    sockets.rmdir()


def test_gegeven_urls_starten_geen_motor(data: Path) -> None:
    with Motoren(data, database_url="postgresql+psycopg://elders/db", redis_url="redis://elders") as motoren:
        assert motoren.database_url == "postgresql+psycopg://elders/db"
    assert not data.exists()
