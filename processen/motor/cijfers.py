"""Cijfers per definitie en per element: aantallen, duur, wachtend en incidenten. Ook de gegevens voor een warmtekaart op het model."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, case, cast, func, select

from processen.motor.tabellen import Geschiedenis, Incident, Instantie, Wachtend


@dataclass(frozen=True)
class ElementCijfers:
    """Hoe vaak een element bereikt werd, wat er nu is, en hoe lang het duurde (seconden; None als er niets is afgerond)."""

    element: str
    bereikt: int
    loopt: int
    wacht: int
    incidenten: int
    mediaan: float | None
    p95: float | None


@dataclass(frozen=True)
class DefinitieCijfers:
    """Een definitie over alle versies: aantallen instanties per staat en haar elementen."""

    sleutel: str
    staten: dict[str, int]
    elementen: tuple[ElementCijfers, ...]


def cijfers(verbinding: Connection, sleutel: str, sinds: datetime | None = None) -> DefinitieCijfers:
    """De cijfers van één definitie, in vier vragen; met `sinds` van instanties die vanaf dan begonnen."""
    waar = [Instantie.sleutel == sleutel, *([Instantie.gestart >= sinds] if sinds else [])]
    staten = select(Instantie.staat, func.count()).where(*waar).group_by(Instantie.staat)
    open_ = _per_open_element(Incident, sleutel).where(Incident.opgelost.is_(None))
    per_staat = {rij[0]: rij[1] for rij in verbinding.execute(staten)}
    stuk = {rij[0]: rij[1] for rij in verbinding.execute(open_)}
    wacht = {rij[0]: rij[1] for rij in verbinding.execute(_per_open_element(Wachtend, sleutel))}
    elementen = tuple(
        ElementCijfers(rij[0], rij[1], rij[2], wacht.get(rij[0], 0), stuk.get(rij[0], 0), rij[3], rij[4])
        for rij in verbinding.execute(_per_element(waar))
    )
    return DefinitieCijfers(sleutel, per_staat, elementen)


def _per_open_element(tabel: type[Incident | Wachtend], sleutel: str) -> Select[Any]:
    """Aantallen per element van wat nu open is, van alle instanties van een definitie."""
    kolommen: list[Any] = [tabel.element, func.count()]
    vraag = select(*kolommen).join(Instantie, Instantie.id == tabel.instantie)
    return vraag.where(Instantie.sleutel == sleutel).group_by(tabel.element)


def _per_element(waar: list[ColumnElement[bool]]) -> Select[Any]:
    duur = func.extract("epoch", Geschiedenis.geeindigd - Geschiedenis.begonnen)
    percentielen = [func.percentile_cont(deel).within_group(duur) for deel in (0.5, 0.95)]
    loopt = func.sum(cast(case((Geschiedenis.uitkomst == "", 1), else_=0), Integer))
    return (
        select(Geschiedenis.element, func.count(), loopt, *percentielen)
        .join(Instantie, Instantie.id == Geschiedenis.instantie)
        .where(*waar)
        .group_by(Geschiedenis.element)
        .order_by(Geschiedenis.element)
    )
