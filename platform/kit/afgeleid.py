"""Leesvelden die geen kolom zijn: een uitdrukking in dezelfde SELECT, dus zonder extra vraag per rij."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ARRAY, ColumnElement, ScalarSelect, Uuid, and_, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, aliased

from kit.tabel import Gespiegeld, Resource

if TYPE_CHECKING:
    from kit.omgeving import Omgeving

Uitdrukking = ColumnElement[Any] | ScalarSelect[Any]
Uitdrukkingmaker = Callable[[], Uitdrukking | InstrumentedAttribute[Any]]
Kolom = Callable[[], InstrumentedAttribute[Any]]
_GEEN: ColumnElement[Any] = literal_column("'{}'::uuid[]", ARRAY(Uuid))
_NIETS: ColumnElement[Any] = literal_column("NULL::uuid", Uuid())


@dataclass(frozen=True)
class Afgeleid:
    """Een leesveld uit een SQL-uitdrukking. Met `doel` is de waarde een id (of lijst) van die tabel, weergegeven als URL;
    met `urn` is zij een id van dat soort, weergegeven als URN; met `paden` is zij een lijst paden binnen de API, weergegeven als URL's; `in_omgeving` zet om met de omgeving erbij (de datum van vandaag).
    `bij_nieuw` is de waarde bij een rij die er net is en waar nog niets onder hangt: dan hoeft niemand te zoeken.
    """

    uitdrukking: Uitdrukkingmaker
    doel: Callable[[], type[Resource]] | None = None
    omzetten: Callable[[Any], Any] | None = None
    urn: str = ""
    paden: bool = False
    in_omgeving: "Callable[[Any, Omgeving], Any] | None" = None
    bij_nieuw: ColumnElement[Any] | None = None


def waarde(
    uitdrukking: Uitdrukkingmaker,
    omzetten: Callable[[Any], Any] | None = None,
    *,
    bij_nieuw: ColumnElement[Any] | None = None,
) -> Afgeleid:
    """Een gewone afgeleide waarde."""
    return Afgeleid(uitdrukking, omzetten=omzetten, bij_nieuw=bij_nieuw)


def urn(soort: str, id_: Uitdrukkingmaker) -> Afgeleid:
    """De URN van een resource van deze gemeente: `urn:nld:<rsin>:<soort>:uuid:<id>`."""
    return Afgeleid(id_, urn=soort)


def kinderen(kolom: Kolom) -> Afgeleid:
    """De URL's van alle rijen die met `kolom` naar de resource verwijzen, oudste eerst."""

    def uitdrukking() -> Uitdrukking:
        kind: Any = aliased(kolom().class_)
        verwijst = _verwijst(kind, kolom())
        ids = func.coalesce(func.array_agg(aggregate_order_by(kind.id, kind.nr)), _GEEN)
        return select(ids).where(verwijst).scalar_subquery()

    return Afgeleid(uitdrukking, doel=lambda: _tabel(kolom), bij_nieuw=_GEEN)


def laatste(kolom: Kolom, volgorde: Callable[[Any], Any]) -> Afgeleid:
    """De URL van de rij die met `kolom` verwijst en bij `volgorde` (een uitdrukking op die tabel) de hoogste is."""

    def uitdrukking() -> Uitdrukking:
        kind: Any = aliased(kolom().class_)
        verwijst = _verwijst(kind, kolom())
        return (
            select(kind.id).where(verwijst).order_by(volgorde(kind).desc(), kind.nr.desc()).limit(1).scalar_subquery()
        )

    return Afgeleid(uitdrukking, doel=lambda: _tabel(kolom), bij_nieuw=_NIETS)


def _tabel(kolom: Kolom) -> type[Resource]:
    tabel: Any = kolom().class_
    return cast("type[Resource]", tabel)


def _verwijst(kind: Any, kolom: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Het kind verwijst met deze kolom naar de rij, en is geen relatie die nog bezig is."""
    verwijst: ColumnElement[bool] = getattr(kind, kolom.key) == _doelkolom(kolom)
    tabel: Any = kolom.class_
    return and_(verwijst, kind.mark == "") if issubclass(tabel, Gespiegeld) else verwijst


def _doelkolom(kolom: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    sleutels: Any = kolom.property.columns[0].foreign_keys
    return cast("ColumnElement[Any]", next(iter(sleutels)).column)
