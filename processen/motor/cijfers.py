"""Cijfers per definitie en per element: aantallen, duur, wachtend en incidenten. Ook de gegevens voor een warmtekaart op het model."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Select, case, cast, func, select

from processen.motor.tabellen import Geschiedenis, Incident, Instantie


@dataclass(frozen=True)
class ElementCijfers:
    """Hoe vaak een element bereikt werd, wat er nu is, en hoe lang het duurde (seconden; None als er niets is afgerond)."""

    element: str
    bereikt: int
    loopt: int
    incidenten: int
    mediaan: float | None
    p95: float | None


@dataclass(frozen=True)
class DefinitieCijfers:
    """Een definitie over alle versies: aantallen instanties per staat en haar elementen."""

    sleutel: str
    staten: dict[str, int]
    elementen: tuple[ElementCijfers, ...]


def cijfers(verbinding: Connection, sleutel: str) -> DefinitieCijfers:
    """De cijfers van één definitie, in drie vragen."""
    staten = select(Instantie.staat, func.count()).where(Instantie.sleutel == sleutel).group_by(Instantie.staat)
    open_ = (
        select(Incident.element, func.count())
        .join(Instantie, Instantie.id == Incident.instantie)
        .where(Instantie.sleutel == sleutel, Incident.opgelost.is_(None))
        .group_by(Incident.element)
    )
    per_staat = {rij[0]: rij[1] for rij in verbinding.execute(staten)}
    stuk = {rij[0]: rij[1] for rij in verbinding.execute(open_)}
    rijen = verbinding.execute(_per_element(sleutel)).all()
    return DefinitieCijfers(
        sleutel, per_staat, tuple(ElementCijfers(r[0], r[1], r[2], stuk.get(r[0], 0), r[3], r[4]) for r in rijen)
    )


def _per_element(sleutel: str) -> Select[Any]:
    duur = func.extract("epoch", Geschiedenis.geeindigd - Geschiedenis.begonnen)
    percentielen = [func.percentile_cont(deel).within_group(duur) for deel in (0.5, 0.95)]
    loopt = func.sum(cast(case((Geschiedenis.uitkomst == "", 1), else_=0), Integer))
    return (
        select(Geschiedenis.element, func.count(), loopt, *percentielen)
        .join(Instantie, Instantie.id == Geschiedenis.instantie)
        .where(Instantie.sleutel == sleutel)
        .group_by(Geschiedenis.element)
        .order_by(Geschiedenis.element)
    )
