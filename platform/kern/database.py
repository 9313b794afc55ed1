"""PostgreSQL: korte leestransacties en één schrijftransactie per verzoek, die nooit nesten.

Een geneste transactie, of een API-aanroep terwijl er een open is, putte de verbindingspool uit; daarom is beide een fout.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import orjson
from psycopg import _queries
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine

# psycopg onthoudt van korte opdrachten hoe zij naar PostgreSQL gaan; die van een resource met veel velden zijn langer dan het denkt.
_queries.MAX_CACHED_STATEMENT_LENGTH = 1 << 14  # tekens


class TransactieOpen(RuntimeError):
    """Er is al een transactie open in deze context: sluit die eerst."""


@dataclass
class _Transactie:
    na_commit: list[Callable[[], object]] = field(default_factory=list)


_open: ContextVar[_Transactie | None] = ContextVar("open_transactie", default=None)


def eis_geen_transactie(waarvoor: str) -> None:
    """Geef `TransactieOpen` als er in deze context een transactie open is."""
    if _open.get() is not None:
        raise TransactieOpen(f"{waarvoor} terwijl er een databasetransactie open is")


def na_commit(functie: Callable[[], object]) -> None:
    """Voer `functie` uit zodra de huidige schrijftransactie vaststaat; bij terugdraaien niet."""
    transactie = _open.get()
    if transactie is None:
        raise RuntimeError("na_commit buiten een schrijftransactie")
    transactie.na_commit.append(functie)


def _json(waarde: Any) -> str:
    return orjson.dumps(waarde, default=str, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z).decode()


class Database:
    """Eén database van een installatie. De pools (om te lezen en om te schrijven) zijn van dit object en gaan met `sluit()` dicht."""

    def __init__(self, url: str, *, verbindingen: int = 10) -> None:
        self.url = url
        gedeeld: dict[str, Any] = {
            "pool_size": verbindingen,
            "max_overflow": 0,
            "pool_timeout": 10,
            "pool_pre_ping": False,
            "hide_parameters": True,  # een databasefout in het log noemt geen gegevens van mensen
            "json_serializer": _json,
            "json_deserializer": orjson.loads,
            "connect_args": {"options": "-c timezone=UTC -c lock_timeout=10000"},
        }
        self._engine = create_engine(url, **gedeeld)
        # Eigen verbindingen om te lezen: per verzoek van en naar autocommit wisselen kost meer dan een vraag.
        self._lezer = create_engine(url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None, **gedeeld)

    @property
    def engine(self) -> Engine:
        """De engine, voor migraties en tests."""
        return self._engine

    @contextmanager
    def lezen(self) -> Iterator[Connection]:
        """Een verbinding om kort te lezen; elke opdracht ziet wat dan vaststaat."""
        with self._begrensd(), self._lezer.connect() as verbinding:
            yield verbinding

    @contextmanager
    def schrijven(self) -> Iterator[Connection]:
        """Eén schrijftransactie: alles of niets. Daarna lopen de `na_commit`-functies."""
        with self._begrensd() as transactie, self._engine.begin() as verbinding:
            yield verbinding
        for functie in transactie.na_commit:
            functie()

    @contextmanager
    def meeluisteren(self, functie: Callable[..., None]) -> Iterator[None]:
        """Laat `functie(verbinding, cursor, opdracht, waarden, …)` bij elke SQL-opdracht in dit blok lopen, voor metingen."""
        for engine in (self._engine, self._lezer):
            event.listen(engine, "before_cursor_execute", functie)
        try:
            yield
        finally:
            for engine in (self._engine, self._lezer):
                event.remove(engine, "before_cursor_execute", functie)

    @contextmanager
    def _begrensd(self) -> Iterator[_Transactie]:
        eis_geen_transactie("nieuwe transactie")
        transactie = _Transactie()
        merk = _open.set(transactie)
        try:
            yield transactie
        finally:
            _open.reset(merk)

    def sluit(self) -> None:
        """Sluit alle verbindingen."""
        self._engine.dispose()
        self._lezer.dispose()
