"""SQL-opdrachten die maar één keer gemaakt worden: SQLAlchemy onthoudt bij het object zelf hoe het gecompileerd is.

`model` is een tabelklasse; de waarden gaan als parameters mee met `execute`.
"""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, Table, Update, bindparam, insert, select, update


def invoegen(model: Any) -> Insert:
    """INSERT in de tabel van `model`."""
    return _invoegen(model.__table__)


def bijwerken(model: Any) -> Update:
    """UPDATE van de rij met id `gezocht`, met een hogere revisie."""
    return _bijwerken(model.__table__)


def rij_van(model: Any) -> Select[Any]:
    """SELECT van alle kolommen van de rij met id `gezocht`."""
    return _rij_van(model.__table__)


@cache
def _invoegen(tabel: Table) -> Insert:
    return insert(tabel).inline()


@cache
def _bijwerken(tabel: Table) -> Update:
    return update(tabel).where(tabel.c.id == bindparam("gezocht")).values(revisie=tabel.c.revisie + 1)


@cache
def _rij_van(tabel: Table) -> Select[Any]:
    return select(*tabel.columns).where(tabel.c.id == bindparam("gezocht"))
