"""PostgreSQL: korte leestransacties en één schrijftransactie per verzoek, die nooit nesten.

Een geneste transactie, of een API-aanroep terwijl er een open is, putte de verbindingspool uit; daarom is beide een fout.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import Engine


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
    """Eén database van een installatie. De pool is van dit object en gaat met `sluit()` dicht."""

    def __init__(self, url: str, *, verbindingen: int = 10) -> None:
        self.url = url
        self._engine = create_engine(
            url,
            pool_size=verbindingen,
            max_overflow=0,
            pool_timeout=10,
            pool_pre_ping=False,
            hide_parameters=True,  # een databasefout in het log noemt geen gegevens van mensen
            json_serializer=_json,
            json_deserializer=orjson.loads,
            connect_args={"options": "-c timezone=UTC -c lock_timeout=10000"},
        )
        self._lezer = self._engine.execution_options(isolation_level="AUTOCOMMIT")

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
