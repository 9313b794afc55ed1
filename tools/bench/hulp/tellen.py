"""SQL-opdrachten tellen en rekentijd toewijzen, in het eigen proces."""

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kern.installatie import Installatie

ONS = (
    "kit",
    "kern",
    "registraties",
    "integratie",
    "dienstverlening",
    "huisstijl",
    "formulieren",
    "mijngemeente",
    "kcc",
    "processen",
)


@dataclass(frozen=True)
class Opdracht:
    """Eén SQL-opdracht met haar waarden, zoals de driver haar kreeg."""

    sql: str
    waarden: Any


@contextmanager
def tel_opdrachten(installatie: Installatie) -> Iterator[list[Opdracht]]:
    """De SQL-opdrachten die binnen dit blok naar de database gingen."""
    opdrachten: list[Opdracht] = []

    def onthoud(_verbinding: Any, _cursor: Any, sql: str, waarden: Any, *_rest: Any) -> None:
        opdrachten.append(Opdracht(sql, waarden))

    with installatie.db.meeluisteren(onthoud):
        yield opdrachten


@contextmanager
def tel_sql(installatie: Installatie) -> Iterator[list[str]]:
    """De tekst van de SQL-opdrachten die binnen dit blok naar de database gingen."""
    teksten: list[str] = []
    with tel_opdrachten(installatie) as opdrachten:
        try:
            yield teksten
        finally:
            teksten += [opdracht.sql for opdracht in opdrachten]


def verdeling(werk: Callable[[], object], keer: int) -> list[tuple[str, float]]:
    """Welk deel van de rekentijd (0 tot 1) in welk pakket zit, grootste eerst."""
    profiel = cProfile.Profile(time.process_time)
    profiel.enable()
    for _ in range(keer):
        werk()
    profiel.disable()
    tellers: Counter[str] = Counter()
    for (bestand, _, naam), (_, _, eigen, *_rest) in pstats.Stats(profiel).stats.items():  # type: ignore[attr-defined]  # niet in de stubs
        tellers[_pakket(bestand, naam)] += eigen
    totaal = sum(tellers.values())
    return [(naam, seconden / totaal) for naam, seconden in tellers.most_common()]


def _pakket(bestand: str, naam: str) -> str:
    if bestand == "~":
        return _ingebouwd(naam)
    delen = Path(bestand).parts
    if "site-packages" in delen:
        return delen[delen.index("site-packages") + 1]
    return next((deel for deel in delen if deel in ONS), "python")


def _ingebouwd(naam: str) -> str:
    for deel in ("psycopg", "orjson", "select", "socket", "poll"):
        if deel in naam:
            return "psycopg" if deel in ("psycopg", "select", "poll") else "netwerk" if deel == "socket" else deel
    return "python"
