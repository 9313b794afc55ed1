"""Bijgehouden tellingen: hoeveel rijen er per type en vertrouwelijkheid zijn, zonder ze te lezen.

Triggers (zie de migratie van de registratie) tellen in de transactie van de wijziging zelf, dus een telling klopt altijd. Elke
databaseverbinding telt in een eigen `emmer`: transacties die tegelijk schrijven wachten niet op elkaar.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Dialect, Select, func, select, true

from kern.opdrachten import voer_uit
from kit.bron import Bron
from kit.sqltekst import vaste_voorwaarde
from kit.toegang import Toegang, TypeRechten


def geteld(verbinding: Connection, bron: Bron, toegang: Toegang, scopes: Sequence[str]) -> int | None:
    """Hoeveel rijen van `bron` de aanroeper zonder filters ziet; None als dat niet bijgehouden wordt."""
    if bron.telling is None or not isinstance(bron.rechten, TypeRechten) or toegang.alleen_gereed:
        return None
    vraag = toegang.onthoud(
        (bron.enkelvoud, "telling", *scopes), lambda: _telling(bron, toegang, scopes, verbinding.dialect)
    )
    (aantal,) = voer_uit(verbinding, vraag, {}).fetchone() or (0,)
    return int(aantal)


def ziet_alles(verbinding: Connection, bron: Bron, toegang: Toegang, scopes: Sequence[str]) -> bool:
    """Ziet de aanroeper elke rij die er nu is? False als dat niet bijgehouden wordt."""
    zichtbaar = geteld(verbinding, bron, toegang, scopes)
    if zichtbaar is None:
        return False
    tabel: Any = bron.telling
    alles = select(func.coalesce(func.sum(tabel.aantal), 0)).where(tabel.tabel == bron.enkelvoud)
    return int(verbinding.execute(alles).scalar_one()) == zichtbaar


def _telling(bron: Bron, toegang: Toegang, scopes: Sequence[str], dialect: Dialect) -> Select[Any]:
    tabel: Any = bron.telling
    zichtbaar = _zichtbaar(cast("TypeRechten", bron.rechten), tabel, toegang, scopes)
    vast = vaste_voorwaarde(zichtbaar, dialect, langste=sys.maxsize)  # zo is het een vaste opdracht
    return select(func.coalesce(func.sum(tabel.aantal), 0)).where(tabel.tabel == bron.enkelvoud, vast)


def _zichtbaar(rechten: TypeRechten, tabel: Any, toegang: Toegang, scopes: Sequence[str]) -> ColumnElement[bool]:
    return (
        true() if toegang.alles else replace(rechten, type=tabel.type, va=tabel.va).beperking(toegang, "lijst", scopes)
    )
