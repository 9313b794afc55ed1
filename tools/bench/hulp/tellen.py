"""SQL-opdrachten tellen en rekentijd toewijzen, in het eigen proces."""

import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

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


@contextmanager
def tel_sql(installatie: Installatie) -> Iterator[list[str]]:
    """De SQL-opdrachten die binnen dit blok naar de database gingen."""
    opdrachten: list[str] = []

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        opdrachten.append(opdracht)

    event.listen(installatie.db.engine, "before_cursor_execute", onthoud)
    try:
        yield opdrachten
    finally:
        event.remove(installatie.db.engine, "before_cursor_execute", onthoud)


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
