"""Hoe snel is de procesmotor met haar database: PostgreSQL op dezelfde kernen, fsync aan, volledige geschiedenis, vier werkers.

    instanties per seconde     tien stappen zonder gevolgen buiten, en met een taak ertussen           eis ≥ 450/s, p95 < 15 ms
    aanroepen                  tien bouwblokken die registraties aanroepen (een echt pakket)           streven 60/s; en waar de tijd blijft
    timers                     100.000 timers die tegelijk aflopen                                     eis ≤ 60 s
    afgelopen                  hetzelfde werk naast 1.000.000 afgelopen instanties, om en om           eis ≤ 10 % trager

Met `--klein` op een tiende van de omvang. De grenzen gelden voor een machine die verder niets doet; de verhoudingen ook op een drukke.
"""

import logging
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[2]))
from kern.database import Database
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.klok import VerzetbareKlok
from kern.logboek import richt_in as richt_logboek_in
from kern.migratie import werk_bij
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from kern.tabellen import KERN
from processen import deel
from processen.motor import Motor, TaakOpdracht
from tests.procesmodel import bpmn, einde, element, script, start, taak, tijd, wacht

WERKERS, INSTANTIES = 4, 250
TIMERS, AFGELOPEN = 100_000, 1_000_000
VERZOEKEN, RONDES = 40, 9
SPAWN = multiprocessing.get_context("spawn")


class Bak:
    """Een takenregistratie die alles meteen aanneemt."""

    def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        del installatie
        return f"https://taken.test/{taak.kenmerk}"

    def trek_in(self, installatie: Installatie, kenmerk: Any, verwijzing: str) -> None:
        """Niets te doen."""


def tien() -> bytes:
    """Tien stappen zonder gevolgen buiten: keuze, parallel, berekeningen."""
    return bpmn(
        "tien", start(), script("a", "x + 1", "y"), element("exclusiveGateway", "k"), script("b", "y * 2", "z"), script("c", "0", "z"),
        element("exclusiveGateway", "m"), element("parallelGateway", "u"), script("d", "z + 1", "d"), script("e", "z + 2", "e"),
        element("parallelGateway", "i"), einde(),
        "start > a > k\nk > b [y > 1]\nk > c *\nb > m\nc > m > u\nu > d > i\nu > e > i > einde",
    )  # fmt: skip


def met_taak() -> bytes:
    """Tien stappen met halverwege een taak voor een mens."""
    namen = [f"s{nr}" for nr in range(8)]
    delen = [script(naam, f"{nr}", naam) for nr, naam in enumerate(namen)]
    return bpmn("taak", start(), *delen[:4], taak("t"), *delen[4:], einde(),
                "start > " + " > ".join([*namen[:4], "t", *namen[4:]]) + " > einde")  # fmt: skip


def met_timer() -> bytes:
    """Wachten op een tijdstip, en dan nog een berekening."""
    return bpmn(
        "wacht",
        start(),
        wacht("w", tijd("timeDuration", "PT1H")),
        script("s", "1", "y"),
        einde(),
        "start > w > s > einde",
    )


def _open(url: str, redis: str, data: str, later: float = 0) -> tuple[Installatie, Motor]:
    waarden = {"omgeving": "test", "geheime_sleutel": "x" * 40, "redis_prefix": "bench:"}
    klok = VerzetbareKlok()
    klok.verzet(timedelta(hours=later))
    installatie = Installatie(laad_instellingen(database_url=url, redis_url=redis, data=Path(data), **waarden), klok)
    motor = Motor(installatie, taakpoort=Bak())
    installatie.verwerkers.update({v.naam: v for v in motor.verwerkers()})
    return installatie, motor


# --- werkers: elk een eigen proces -------------------------------------------------------------------------------------------------


def starter(url: str, redis: str, data: str, nummer: str, soort: str, aantal: int) -> list[float]:
    """Start instanties (en rond de taak af) en geef de duur van elk, in ms."""
    logging.disable(logging.CRITICAL)
    installatie, motor = _open(url, redis, data)
    duren = []
    for nr in range(aantal):
        begonnen = time.perf_counter()
        with installatie.db.schrijven() as verbinding:
            instantie = motor.start(verbinding, f"{nummer}-{nr}", soort, {"x": nr})
        if soort == "taak":
            Afhandelaar(installatie).werk_af()
            with installatie.db.lezen() as verbinding:
                (wachtend,) = motor.instantie(verbinding, instantie).wachtend
            with installatie.db.schrijven() as verbinding:
                motor.taak_afgerond(verbinding, wachtend.stap, {"akkoord": True})
        duren.append((time.perf_counter() - begonnen) * 1000)
    installatie.sluit()
    return duren


def afwerker(url: str, redis: str, data: str) -> int:
    """Handel alles af wat over twee uur klaarstaat."""
    logging.disable(logging.CRITICAL)
    installatie, _ = _open(url, redis, data, later=2)
    gedaan = Afhandelaar(installatie).werk_af()
    installatie.sluit()
    return gedaan


# --- metingen ------------------------------------------------------------------------------------------------------------------


class Proef:
    """Een eigen PostgreSQL en Redis, met de motor erop en een poel van werkers."""

    def __init__(self, plek: tuple[str, str, str], pool: Any) -> None:
        self.plek, self.pool, self.reeks = plek, pool, 0
        db = Database(plek[0])
        werk_bij(db, [KERN, deel])
        db.sluit()
        self.installatie, self.motor = _open(*plek)
        with self.installatie.db.schrijven() as verbinding:
            for model in (tien(), met_taak(), met_timer()):
                self.motor.zet_neer(verbinding, model)

    def starten(self, soort: str, aantal: int = INSTANTIES) -> tuple[float, list[float]]:
        """Instanties per seconde met alle werkers, en de duur van elk."""
        self.reeks += 1
        begonnen = time.perf_counter()
        werk = [(*self.plek, f"{self.reeks}-{nr}", soort, aantal) for nr in range(WERKERS)]
        duren = [duur for van_een in self.pool.starmap(starter, werk, 1) for duur in van_een]
        return len(duren) / (time.perf_counter() - begonnen), sorted(duren)

    def sql(self, opdracht: str, **waarden: Any) -> Any:
        with self.installatie.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
            uit = verbinding.execute(text(opdracht), waarden)
            return uit.scalar() if uit.returns_rows else None


def instanties(proef: Proef) -> None:
    for soort, naam in (("tien", "tien stappen"), ("taak", "tien stappen met een taak (4 transacties)")):
        per_seconde, duren = max(proef.starten(soort) for _ in range(3))
        p95 = duren[int(len(duren) * 0.95)]
        print(
            f"{naam}: {per_seconde:.0f} instanties/s met {WERKERS} werkers, mediaan {statistics.median(duren):.1f} ms, p95 {p95:.1f} ms"
            f"{' (eis ≥ 450/s, p95 < 15 ms)' if soort == 'tien' else ''}"
        )


def timers(proef: Proef, aantal: int) -> None:
    """Klaarzetten door één echte wachtende instantie te vermenigvuldigen: starten zelf is al gemeten."""
    with proef.installatie.db.schrijven() as verbinding:
        proef.motor.start(verbinding, "voorbeeld", "wacht")
    proef.sql(_VERMENIGVULDIG, aantal=aantal - 1)
    proef.sql("ANALYZE")
    begonnen = time.perf_counter()
    proef.pool.starmap(afwerker, [proef.plek] * WERKERS, 1)
    duur = time.perf_counter() - begonnen
    klaar = proef.sql("SELECT count(*) FROM processen.instantie WHERE sleutel = 'wacht' AND staat = 'klaar'")
    print(f"timers: {klaar} van {aantal} afgegaan in {duur:.0f} s, {klaar / duur:.0f}/s (eis 100.000 in 60 s)")


_VERMENIGVULDIG = """
WITH w AS (SELECT * FROM processen.wachtend WHERE soort = 'tijd' LIMIT 1), i AS (SELECT i.* FROM processen.instantie i JOIN w ON w.instantie = i.id),
nieuw AS (SELECT gen_random_uuid() AS id, nr FROM generate_series(1, :aantal) nr),
inst AS (INSERT INTO processen.instantie (id, definitie, sleutel, bedrijfssleutel, staat, toestand, versie, variabelen, gestart, spoor)
    SELECT n.id, i.definitie, i.sleutel, 'm' || n.nr, 'loopt', i.toestand, 1, i.variabelen, i.gestart, '' FROM nieuw n, i RETURNING id),
hist AS (INSERT INTO processen.geschiedenis (instantie, nr, stap, element, soort, naam, definitie, begonnen, geeindigd, door, uitkomst)
    SELECT n.id, g.nr, g.stap, g.element, g.soort, g.naam, g.definitie, g.begonnen, g.geeindigd, g.door, g.uitkomst
    FROM nieuw n, i JOIN processen.geschiedenis g ON g.instantie = i.id RETURNING instantie)
INSERT INTO kern.outbox (verwerker, inhoud, vanaf, aangemaakt, spoor, staat, pogingen)
SELECT o.verwerker, jsonb_set(o.inhoud, '{instantie}', to_jsonb(n.id::text)), o.vanaf, o.aangemaakt, '', 'wacht', 0
FROM nieuw n, i JOIN kern.outbox o ON o.inhoud->>'instantie' = i.id::text
"""


def afgelopen(proef: Proef, aantal: int) -> None:
    """Twee databases naast elkaar, een lege en een volle, om en om gemeten: zo treft een drukke machine beide."""
    proef.sql("CREATE DATABASE vol")
    vol = Proef((proef.plek[0].replace("/dienstverlening?", "/vol?"), *proef.plek[1:]), proef.pool)
    begonnen = time.perf_counter()
    for deel_ in range(10):
        vol.sql(_VUL, deel=deel_, aantal=aantal // 10)
    for opdracht in ("VACUUM ANALYZE processen.instantie", "VACUUM ANALYZE processen.geschiedenis", "CHECKPOINT"):
        vol.sql(opdracht)
    print(
        f"afgelopen: {aantal} instanties gezet in {time.perf_counter() - begonnen:.0f} s, {vol.sql(_OMVANG) / 1e9:.1f} GB"
    )
    for soort, keer in (("tien", 60), ("taak", 25)):
        paren = [(proef.starten(soort, keer)[0], vol.starten(soort, keer)[0]) for _ in range(RONDES)]
        verhoudingen = sorted(leeg / gevuld for leeg, gevuld in paren)
        print(
            f"   {soort}: leeg {max(p[0] for p in paren):.0f}/s, vol {max(p[1] for p in paren):.0f}/s (beste van {RONDES}); "
            f"mediaan van de verhouding {statistics.median(verhoudingen):.2f} (eis ≤ 1,10)"
        )
    vol.installatie.sluit()


_OMVANG = "SELECT pg_database_size(current_database())"
_VUL = """
WITH d AS (SELECT id, sleutel FROM processen.definitie WHERE sleutel = 'tien'),
nieuw AS (INSERT INTO processen.instantie (id, definitie, sleutel, bedrijfssleutel, staat, versie, variabelen, gestart, geeindigd, spoor)
    SELECT gen_random_uuid(), d.id, d.sleutel, 'oud-' || :deel || '-' || nr, 'klaar', 3, '{"x": 1, "y": 2, "z": 4}', now() - interval '90 days',
    now() - interval '80 days', '' FROM d, generate_series(1, :aantal) nr RETURNING id, definitie, gestart)
INSERT INTO processen.geschiedenis (instantie, nr, stap, element, soort, naam, definitie, begonnen, geeindigd, door, uitkomst)
SELECT nieuw.id, nr, gen_random_uuid(), 'a', 'scriptTask', '', nieuw.definitie, nieuw.gestart, nieuw.gestart, '', 'voltooid'
FROM nieuw, generate_series(1, 4) nr
"""


# --- een echt pakket ---------------------------------------------------------------------------------------------------------------


def pakketwerker(url: str, redis: str, prefix: str, data: str) -> tuple[int, float, dict[str, tuple[int, float]]]:
    """Werk de outbox af met het hele platform; geef rijen, seconden en per API (aanroepen, seconden)."""
    from dienstverlening.samenstellen import maak_platform  # noqa: PLC0415  # laadt het hele platform
    from tests.opzet import instellingen_voor  # noqa: PLC0415

    richt_logboek_in("error")
    installatie = maak_platform(instellingen_voor(url, redis, Path(data), redis_prefix=prefix))
    begonnen, gedaan, afhandelaar = time.perf_counter(), 0, Afhandelaar(installatie)
    while meer := afhandelaar.werk_af():
        gedaan += meer
    duur = time.perf_counter() - begonnen
    per_api: dict[str, list[float]] = {}
    for meting in installatie.metingen.register.collect():
        for punt in meting.samples:
            if punt.name in ("dienstverlening_verzoek_seconden_count", "dienstverlening_verzoek_seconden_sum"):
                paar = per_api.setdefault(punt.labels["deel"], [0, 0])
                paar[punt.name.endswith("sum")] += punt.value
    installatie.sluit()
    return gedaan, duur, {api: (int(aantal), seconden) for api, (aantal, seconden) in per_api.items()}


def aanroepen(motoren: Motoren, data: str, pool: Any, aantal: int) -> None:
    """De registratie uit het pakket toeristische-verhuur: tien bouwblokken, elk met aanroepen van registraties."""
    from dienstverlening.samenstellen import maak_platform  # noqa: PLC0415
    from tests import opzet  # noqa: PLC0415
    from tests.reishulp import Gemeente  # noqa: PLC0415

    richt_logboek_in("error")
    map_ = Path(data) / "pakket"
    url, prefix = opzet.kopieer(motoren, opzet.zorg_voor_sjabloon(motoren, map_), "pakket"), "benchpakket:"
    installatie = maak_platform(opzet.instellingen_voor(url, motoren.redis_url, map_, redis_prefix=prefix))
    gemeente = Gemeente(installatie).richt_in()
    gemeente.werk()
    pool.starmap(pakketwerker, [(url, motoren.redis_url, prefix, str(map_))] * WERKERS, 1)  # de werkers zijn warm
    for _ in range(aantal):
        gemeente.dien_in("registratie", {"woonsituatie": "koop", "deelVanWoning": "geheel"})
    begonnen = time.perf_counter()
    uitkomsten = pool.starmap(pakketwerker, [(url, motoren.redis_url, prefix, str(map_))] * WERKERS, 1)
    totaal = time.perf_counter() - begonnen
    werk = max(duur for _, duur, _ in uitkomsten)
    per_api: dict[str, list[float]] = {}
    for _, _, delen in uitkomsten:
        for api, (keren, seconden) in delen.items():
            paar = per_api.setdefault(api, [0, 0])
            paar[0], paar[1] = paar[0] + keren, paar[1] + seconden
    keren = sum(paar[0] for paar in per_api.values())
    print(
        f"tien bouwblokken met registraties: {aantal / werk:.1f} instanties/s met {WERKERS} werkers "
        f"{keren / aantal:.0f} aanroepen per instantie, {keren / werk:.0f} aanroepen/s, dus {keren / werk / 10:.1f} instanties/s van tien "
        f"aanroepen (streven 60/s; met starten van de werkers {totaal:.0f} s)"
    )
    for api, (keer, seconden) in sorted(per_api.items(), key=lambda deel_: -deel_[1][1])[:6]:
        print(f"   {api}: {keer / aantal:.1f} aanroepen, {seconden / aantal * 1000:.0f} ms per instantie")
    installatie.sluit()


@contextmanager
def _motoren() -> Iterator[tuple[Motoren, str]]:
    with tempfile.TemporaryDirectory() as data:
        motoren = Motoren(Path(data) / "d", gebonden=False).start()
        try:
            yield motoren, data
        finally:
            motoren.stop()


def main() -> None:
    logging.disable(logging.CRITICAL)
    klein = 10 if "--klein" in sys.argv else 1
    metingen: dict[str, Callable[[Proef], None]] = {
        "instanties": instanties,
        "timers": lambda proef: timers(proef, TIMERS // klein),
        "afgelopen": lambda proef: afgelopen(proef, AFGELOPEN // klein),
    }
    gekozen = [naam for naam in sys.argv[1:] if not naam.startswith("-")] or [*metingen, "aanroepen"]
    with _motoren() as (motoren, data), SPAWN.Pool(WERKERS) as pool:
        proef = Proef((motoren.database_url, motoren.redis_url, data), pool)
        pool.starmap(len, [("",)] * WERKERS)  # de werkers zijn er
        for naam, meet in metingen.items():
            if naam in gekozen:
                meet(proef)
        proef.installatie.sluit()
        if "aanroepen" in gekozen:
            aanroepen(motoren, data, pool, VERZOEKEN)


if __name__ == "__main__":
    main()
