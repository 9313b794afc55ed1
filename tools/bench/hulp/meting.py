"""Eén manier van meten voor elke registratie.

Per aanroep: p50 en p95 op granian met vier webprocessen en vier verbindingen (van drie rondes telt de rustigste), het aantal
SQL-opdrachten, de rekentijd in het webproces (die hangt niet af van wat er verder op de machine draait), en de tijd voor dezelfde
rijen als `json_agg` rechtstreeks uit PostgreSQL. Die rijen zijn wat de aanroep zelf las: elke SELECT van een registratie, zonder de telling.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg
from werkzeug.test import Client

from kern.installatie import Installatie
from tools.bench.hulp.belasting import Uitslag, belast, verzoek
from tools.bench.hulp.server import WERKERS, platform
from tools.bench.hulp.tellen import Opdracht, tel_opdrachten

VERBINDINGEN = 4
RONDES = 3
GRENS = 50.0  # milliseconden, p95
STEEKPROEF = 20  # zoveel verschillende vragen voor de vloer
GELUKT = 200


@dataclass(frozen=True)
class Proef:
    """Eén aanroep, met waarden die van het volgnummer afhangen. Met `lichaam` een POST (`_zoek`). `grens`: of het doel ervoor geldt."""

    naam: str
    pad: Callable[[int], str]
    lichaam: Callable[[int], Any] | None = None
    grens: bool = True

    def bytes(self, nummer: int, koppen: dict[str, str]) -> bytes:
        """Het hele HTTP-verzoek."""
        if self.lichaam:
            return verzoek("POST", self.pad(nummer), koppen, orjson.dumps(self.lichaam(nummer)))
        return verzoek("GET", self.pad(nummer), koppen)


@dataclass(frozen=True)
class Los:
    """Eén aanroep los gemeten, als alles warm is: SQL-opdrachten, bytes in het antwoord, rekentijd en vloer in ms."""

    sql: int
    omvang: int
    rekentijd: float
    vloer: float


def meet(installatie: Installatie, proeven: Sequence[Proef], token: str, opties: Any) -> None:
    """Meet elke proef en druk haar cijfers af; met `opties.plannen` eerst het plan van elke vraag."""
    koppen = {"Authorization": f"Token {token}"}
    adres = installatie.instellingen.database_url.replace("+psycopg", "")
    with psycopg.connect(adres, autocommit=True) as verbinding:
        if opties.plannen:
            _druk_plannen_af(installatie, verbinding, proeven, koppen)
        los = [_meet_los(installatie, verbinding, proef, koppen) for proef in proeven]
    print(f"{os.cpu_count()} kernen, belasting van de machine {os.getloadavg()[0]:.1f}")
    print(f"{'aanroep':<32}{'p50 ms':>8}{'p95 ms':>8}{'per s':>8}{'SQL':>5}{'kB':>7}{'rekentijd':>11}{'json_agg ms':>13}{'keer':>7}")  # fmt: skip
    with platform(installatie.instellingen) as server:
        for proef, een in zip(proeven, los, strict=True):
            _druk_af(proef, _belast(server.poort, proef, koppen, opties.seconden), een)


def _belast(poort: int, proef: Proef, koppen: dict[str, str], seconden: float) -> Uitslag:
    def maak(nummer: int) -> bytes:
        return proef.bytes(nummer, koppen)

    if not proef.grens:
        return belast(poort, maak, seconden, verbindingen=1)
    belast(poort, maak, min(0.7, seconden), verbindingen=WERKERS * 4)
    rondes = [belast(poort, maak, seconden, verbindingen=VERBINDINGEN) for _ in range(RONDES)]
    return min(rondes, key=lambda ronde: ronde.p95)


def _druk_af(proef: Proef, uitslag: Uitslag, los: Los) -> None:
    oordeel = "" if uitslag.p95 <= GRENS or not proef.grens else f"meer dan {GRENS:g} ms"
    cijfers = (
        f"{uitslag.mediaan:>8.1f}{uitslag.p95:>8.1f}{uitslag.per_seconde:>8.0f}{los.sql:>5}{los.omvang / 1000:>7.1f}"
    )
    vloer = f"{los.rekentijd:>11.1f}{los.vloer:>13.2f}{uitslag.mediaan / los.vloer:>7.1f}"
    print(f"{proef.naam:<32}{cijfers}{vloer} {oordeel} {uitslag.fouten}".rstrip(), flush=True)


# --- in het eigen proces --------------------------------------------------------------------------------------------------------


def _doe(installatie: Installatie, proef: Proef, nummer: int, koppen: dict[str, str]) -> bytes:
    lichaam = proef.lichaam(nummer) if proef.lichaam else None
    methode = "POST" if proef.lichaam else "GET"
    antwoord = Client(installatie.wsgi).open(proef.pad(nummer), method=methode, json=lichaam, headers=koppen)
    if antwoord.status_code != GELUKT:
        raise RuntimeError(f"{proef.naam}: {antwoord.status_code} {antwoord.get_data(as_text=True)[:400]}")
    return antwoord.get_data()


def _meet_los(installatie: Installatie, verbinding: Any, proef: Proef, koppen: dict[str, str]) -> Los:
    omvang = len(_doe(installatie, proef, 7, koppen))
    with tel_opdrachten(installatie) as opdrachten:
        _doe(installatie, proef, 7, koppen)
    keer = STEEKPROEF if proef.grens else 1
    begin = time.process_time()
    for nummer in range(keer):
        _doe(installatie, proef, nummer, koppen)
    rekentijd = (time.process_time() - begin) * 1000 / keer
    vragen = [_leesvragen(installatie, proef, nummer, koppen) for nummer in range(keer)]
    return Los(len(opdrachten), omvang, rekentijd, _vloer(verbinding, vragen))


def _leesvragen(installatie: Installatie, proef: Proef, nummer: int, koppen: dict[str, str]) -> list[Opdracht]:
    """De SELECT's waarmee de aanroep haar rijen las: niet de telling, en niet wat de kern zelf opzoekt."""
    with tel_opdrachten(installatie) as opdrachten:
        _doe(installatie, proef, nummer, koppen)
    return [
        opdracht
        for opdracht in opdrachten
        if opdracht.sql.startswith(("SELECT", "WITH"))
        and not opdracht.sql.startswith("SELECT count(")
        and "FROM kern." not in opdracht.sql
    ]


def _vloer(verbinding: Any, vragen: Sequence[Sequence[Opdracht]]) -> float:
    """De mediaan (ms) van dezelfde rijen als JSON uit PostgreSQL."""
    duren = []
    for deel in vragen:
        for _ in range(3):
            begin = time.perf_counter()
            for opdracht in deel:
                als_json = f"SELECT json_agg(row_to_json(rij)) FROM ({opdracht.sql}) rij"  # noqa: S608  # SQL van onszelf
                verbinding.execute(als_json.encode(), opdracht.waarden).fetchone()
            duren.append((time.perf_counter() - begin) * 1000)
    return statistics.median(duren)


def _druk_plannen_af(
    installatie: Installatie, verbinding: Any, proeven: Sequence[Proef], koppen: dict[str, str]
) -> None:
    for proef in proeven:
        _doe(installatie, proef, 7, koppen)
        with tel_opdrachten(installatie) as opdrachten:
            _doe(installatie, proef, 7, koppen)
        print(f"\n{proef.naam}")
        for opdracht in opdrachten:
            plan = verbinding.execute(f"EXPLAIN (ANALYZE, BUFFERS) {opdracht.sql}".encode(), opdracht.waarden)
            print(opdracht.sql[:200].replace("\n", " "), *(regel for (regel,) in plan.fetchall()), sep="\n  ")
