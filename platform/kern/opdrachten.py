"""SQL-opdrachten die maar één keer gemaakt worden, en hoe ze met weinig omhaal uitgevoerd worden.

`model` is een tabelklasse. `voer_uit` geeft een vaste opdracht rechtstreeks aan psycopg: hetzelfde als `Connection.execute`, in
dezelfde transactie en met dezelfde fouten, voor een vijfde van de rekentijd. Alleen voor opdrachten die steeds hetzelfde object
zijn: wat per verzoek anders in elkaar zit, gaat met SQLAlchemy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import (
    BindParameter,
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors

Opdracht = Select[Any] | Insert | Update | Delete
Vastlegging = tuple[Insert | Update | Delete, Mapping[str, Any]]
"""Een schrijvende opdracht met haar waarden."""


@dataclass(frozen=True)
class _Gecompileerd:
    """De tekst van een opdracht, de waarden die er zelf in zitten (`vast`, of nu uit te rekenen), en welke waarden omgezet worden."""

    tekst: str
    vast: Mapping[str, Any]
    nu: Mapping[str, Callable[[], Any]]
    om: Mapping[str, Callable[[Any], Any]]
    kolommen: tuple[str, ...]

    def parameters(self, waarden: Mapping[str, Any]) -> dict[str, Any]:
        """De parameters voor psycopg."""
        uit = {**self.vast, **{naam: reken() for naam, reken in self.nu.items()}, **waarden}
        for naam, om in self.om.items():
            uit[naam] = om(uit[naam])
        return uit


def voer_uit(verbinding: Connection, opdracht: Opdracht, waarden: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    """Voer een vaste opdracht uit met deze waarden; bij een fout dezelfde uitzondering als SQLAlchemy geeft."""
    gemaakt = _gecompileerd(opdracht, tuple(waarden), verbinding.dialect)
    return _stuur(verbinding, gemaakt.tekst, gemaakt.parameters(waarden))


def voer_samen_uit(
    verbinding: Connection, samen: Sequence[Vastlegging], dan: tuple[Opdracht, Mapping[str, Any]]
) -> psycopg.Cursor[Any]:
    """Vaste opdrachten in één keer heen en weer; het antwoord is dat van `dan`. Hun waarden heten verschillend.

    Geen van de opdrachten ziet wat een andere ervan schrijft.
    """
    parameters: dict[str, Any] = {}
    teksten = []
    for opdracht, waarden in (*samen, dan):
        deel = _gecompileerd(opdracht, tuple(waarden), verbinding.dialect)
        erbij = deel.parameters(waarden)
        if dubbel := parameters.keys() & erbij.keys():
            raise ValueError(f"dubbele waarden: {', '.join(sorted(dubbel))}")
        parameters |= erbij
        teksten.append(deel.tekst)
    vooraf = ", ".join(f"deel{nr} AS ({tekst})" for nr, tekst in enumerate(teksten[:-1]))
    return _stuur(verbinding, f"WITH {vooraf} {teksten[-1]}" if vooraf else teksten[-1], parameters)


def _stuur(verbinding: Connection, tekst: str, parameters: Mapping[str, Any]) -> psycopg.Cursor[Any]:
    cursor: psycopg.Cursor[Any] = verbinding.connection.cursor()  # type: ignore[assignment]  # de cursor van psycopg zelf
    for luister in verbinding.engine.dispatch.before_cursor_execute:
        luister(verbinding, cursor, tekst, parameters, None, False)  # zo roept SQLAlchemy ze aan
    try:
        cursor.execute(tekst, parameters)
    except psycopg.Error as fout:
        raise _vertaald(verbinding, tekst, fout) from fout
    return cursor


def _vertaald(verbinding: Connection, tekst: str, fout: psycopg.Error) -> BaseException:
    weg = verbinding.dialect.is_disconnect(fout, verbinding.connection.driver_connection, None)  # type: ignore[arg-type]  # psycopg
    if weg:
        verbinding.invalidate(fout)
    return DBAPIError.instance(
        tekst,
        None,
        fout,
        psycopg.Error,
        hide_parameters=True,  # een databasefout in het log noemt geen gegevens van mensen
        connection_invalidated=weg,
        dialect=verbinding.dialect,
    )


# Bij de opdracht zelf, zodat het met haar verdwijnt.
_GEMAAKT: WeakKeyDictionary[Opdracht, dict[Any, _Gecompileerd]] = WeakKeyDictionary()


def _gecompileerd(opdracht: Opdracht, namen: tuple[str, ...], dialect: Dialect) -> _Gecompileerd:
    bekend = _GEMAAKT.get(opdracht)
    if bekend is None:
        bekend = _GEMAAKT[opdracht] = {}
    if namen not in bekend:
        bekend[namen] = _compileer(opdracht, namen, dialect)
    return bekend[namen]


def _compileer(opdracht: Opdracht, namen: tuple[str, ...], dialect: Dialect) -> _Gecompileerd:
    los = {deel.key for deel in visitors.iterate(opdracht) if isinstance(deel, BindParameter)}
    kolommen = [naam for naam in namen if naam not in los]
    gemaakt = opdracht.compile(dialect=dialect, column_keys=kolommen or None)
    delen = {naam: deel for deel, naam in gemaakt.bind_names.items()}
    om = {naam: deel.type.dialect_impl(dialect).bind_processor(dialect) for naam, deel in delen.items()}
    eigen = {naam: deel for naam, deel in delen.items() if naam not in namen}
    return _Gecompileerd(
        str(gemaakt),
        {naam: deel.value for naam, deel in eigen.items() if deel.callable is None},
        {naam: deel.callable for naam, deel in eigen.items() if deel.callable is not None},
        {naam: functie for naam, functie in om.items() if functie is not None},
        tuple(naam for naam in opdracht.exported_columns.keys() if naam),  # noqa: SIM118  # een kolommenlijst
    )


def eerste(verbinding: Connection, opdracht: Opdracht, waarden: Mapping[str, Any]) -> dict[str, Any] | None:
    """De eerste rij van een vaste SELECT (of RETURNING), per kolomnaam; None als er geen is."""
    rij = voer_uit(verbinding, opdracht, waarden).fetchone()
    namen = _gecompileerd(opdracht, tuple(waarden), verbinding.dialect).kolommen
    return None if rij is None else dict(zip(namen, rij, strict=True))


def invoegen(model: Any) -> Insert:
    """INSERT in de tabel van `model`."""
    return _invoegen(model.__table__)


def bijwerken(model: Any) -> Update:
    """UPDATE van de rij met id `gezocht`, met een hogere revisie."""
    return _bijwerken(model.__table__)


def rij_van(model: Any) -> Select[Any]:
    """SELECT van alle kolommen van de rij met id `gezocht`."""
    return _rij_van(model.__table__)


def vergrendelde_rij_van(model: Any) -> Select[Any]:
    """Hetzelfde, en de rij blijft vergrendeld tot het eind van de transactie."""
    return _vergrendelde_rij_van(model.__table__)


@cache
def _invoegen(tabel: Table) -> Insert:
    return insert(tabel).inline()


@cache
def _bijwerken(tabel: Table) -> Update:
    return update(tabel).where(tabel.c.id == bindparam("gezocht")).values(revisie=tabel.c.revisie + 1)


@cache
def _rij_van(tabel: Table) -> Select[Any]:
    return select(*tabel.columns).where(tabel.c.id == bindparam("gezocht"))


@cache
def _vergrendelde_rij_van(tabel: Table) -> Select[Any]:
    return _rij_van(tabel).with_for_update()
