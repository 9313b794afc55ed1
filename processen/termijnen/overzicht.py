"""Klokken in lijsten: per toestand en zaaktype, voor een rij zaken, en geteld. Elk één vraag aan de database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, not_, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert

from integratie.termijnen.schemas import KlokUit, OverzichtUit, WekkerIn
from kern.installatie import Installatie
from processen.termijnen.grootboek import Grootboek
from processen.termijnen.tabellen import Klok, Wekker
from processen.termijnen.weergave import kort


@dataclass(frozen=True)
class Filters:
    """Welke klokken: een toestand (leeg is elke open klok) en zaaktypen (None is alle)."""

    toestand: str = ""
    zaaktypen: Sequence[str] | None = None


def deel(
    installatie: Installatie, verbinding: Connection, filters: Filters, vanaf: int, grootte: int
) -> tuple[list[KlokUit], int]:
    """Eén pagina open klokken, de eerste einddatum voorop, met het aantal in totaal."""
    vandaag = installatie.klok.vandaag()
    waar: list[ColumnElement[Any]] = [Klok.gesloten.is_(False), Klok.einddatum.is_not(None)]
    if filters.toestand:
        waar.append(_toestanden(vandaag)[filters.toestand])
    if filters.zaaktypen is not None:
        waar.append(Klok.zaaktype.in_(filters.zaaktypen))
    vraag = select(*Klok.__table__.columns).where(*waar).order_by(Klok.einddatum, Klok.id)
    rijen = verbinding.execute(vraag.offset(vanaf).limit(grootte)).mappings().all()
    aantal = verbinding.scalar(select(func.count()).select_from(Klok).where(*waar)) or 0
    return [kort(rij, installatie.diensten.naar_url, vandaag) for rij in map(dict, rijen)], aantal


def van_zaken(installatie: Installatie, verbinding: Connection, zaken: Sequence[str]) -> list[KlokUit]:
    """De klokken van deze zaken."""
    gezocht = [installatie.diensten.naar_opslag(zaak) for zaak in zaken]
    rijen = verbinding.execute(select(*Klok.__table__.columns).where(Klok.zaak.in_(gezocht))).mappings()
    vandaag = installatie.klok.vandaag()
    return [kort(dict(rij), installatie.diensten.naar_url, vandaag) for rij in rijen]


def per_zaaktype(verbinding: Connection, vandaag: date) -> list[OverzichtUit]:
    """Hoeveel open klokken er per zaaktype in elke toestand zijn."""
    tel = {naam: func.count().filter(waar).label(naam) for naam, waar in _toestanden(vandaag).items()}
    vraag = select(Klok.zaaktype, func.max(Klok.zaaktype_naam).label("zaaktype_naam"), *tel.values())
    open_ = (Klok.gesloten.is_(False), Klok.einddatum.is_not(None))
    rijen = verbinding.execute(vraag.where(*open_).group_by(Klok.zaaktype).order_by(Klok.zaaktype)).mappings()
    return [OverzichtUit(**rij) for rij in rijen]


def zet_wekker(boek: Grootboek, wekker: WekkerIn) -> date | None:
    """Zet een wekker en geef het moment, als dat vaststaat."""
    rij = {
        "id": wekker.uuid, "klok": boek.klok["id"], "moment": wekker.moment, "datum": wekker.datum,
        "werkdagen": wekker.werkdagen, "beurt": 0,
    }  # fmt: skip
    gezet = boek.verbinding.scalar(upsert(Wekker).values(rij).on_conflict_do_nothing().returning(Wekker.id))
    if gezet is not None:
        boek.bewaar()
    om: date | None = boek.verbinding.scalar(select(Wekker.om).where(Wekker.id == wekker.uuid))
    return om


def _toestanden(vandaag: date) -> dict[str, ColumnElement[Any]]:
    stil = and_(
        func.coalesce(Klok.opgeschort_vanaf <= vandaag, False),
        or_(Klok.opgeschort_tot.is_(None), Klok.opgeschort_tot >= vandaag),
    )
    te_laat = Klok.einddatum < vandaag
    dreigt = Klok.dreigt_vanaf <= vandaag
    return {
        "loopt": and_(not_(stil), not_(te_laat)),
        "dreigt": and_(not_(stil), not_(te_laat), dreigt),
        "opgeschort": stil,
        "verlopen": and_(not_(stil), te_laat),
    }
