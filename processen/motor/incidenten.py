"""Incidenten zoals een operator ze leest: een lijst om te filteren, en één met alles wat nodig is om haar te begrijpen."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select

import feel
from processen.motor import overzicht
from processen.motor.definities import DefinitieInfo
from processen.motor.fouten import NietGevonden
from processen.motor.herstel import bestemmingen
from processen.motor.model import Element
from processen.motor.tabellen import Definitie, Geschiedenis, Incident, Instantie

if TYPE_CHECKING:
    from processen.motor.motor import Motor

PER_PAGINA = 50
MEESTE_REGELS = 30
"""Zoveel stappen van de geschiedenis staan bij een incident, de laatste eerst."""


@dataclass(frozen=True)
class Filter:
    """Welke incidenten: van een definitie, een element, een soort of een procespakket; open of opgelost."""

    definitie: str = ""
    element: str = ""
    soort: str = ""
    opgelost: bool = False
    pakket: str = ""


@dataclass(frozen=True)
class Regel:
    """Eén incident in de lijst. `fout` bevat nooit persoonsgegevens."""

    id: UUID
    instantie: UUID
    sleutel: str
    bedrijfssleutel: str
    element: str
    soort: str
    fout: str
    poging: int
    gemaakt: datetime
    opgelost: datetime | None
    door: str
    oplossing: str


@dataclass(frozen=True)
class Pagina:
    """Een bladzijde van de lijst."""

    regels: list[Regel]
    totaal: int
    nummer: int

    @property
    def aantal(self) -> int:
        """Het aantal bladzijden, minstens 1."""
        return max(1, ceil(self.totaal / PER_PAGINA))


@dataclass(frozen=True)
class Detail:
    """Eén incident met de stap, haar invoer, de variabelen, de laatste stappen en waar het token heen kan."""

    incident: overzicht.IncidentInfo
    definitie: DefinitieInfo
    instantie: overzicht.InstantieInfo
    element: Element
    invoer: dict[str, Any]
    variabelen: dict[str, Any]
    """In de bewaarvorm van FEEL (JSON), om te tonen en te wijzigen."""
    geschiedenis: list[overzicht.Regel]
    bestemmingen: list[Element]
    spoor: str
    elementen: tuple[Element, ...]
    """Alle knopen van het proces: wat zij opleveren geeft variabelen hun naam."""


def lijst(verbinding: Connection, filter_: Filter, nummer: int = 1) -> Pagina:
    """Bladzijde `nummer` (vanaf 1), de oudste eerst."""
    regels, totaal = deel(verbinding, filter_, (nummer - 1) * PER_PAGINA, PER_PAGINA)
    return Pagina(regels, totaal, nummer)


def een(verbinding: Connection, sleutel: UUID) -> Regel:
    """Eén incident. `NietGevonden` als het niet bestaat."""
    rij = verbinding.execute(_vraag().where(Incident.id == sleutel)).mappings().first()
    if rij is None:
        raise NietGevonden(f"incident {sleutel}")
    return Regel(**rij)


def deel(verbinding: Connection, filter_: Filter, vanaf: int, limiet: int) -> tuple[list[Regel], int]:
    """Een stuk van de lijst, de oudste eerst, en hoeveel het er samen zijn."""
    waar = _waar(filter_)
    tel = select(func.count()).select_from(Incident).join(Instantie, Instantie.id == Incident.instantie).where(*waar)
    vraag = _vraag().where(*waar).order_by(Incident.gemaakt, Incident.id)
    rijen = verbinding.execute(vraag.limit(limiet).offset(vanaf)).mappings()
    return [Regel(**rij) for rij in rijen], verbinding.execute(tel).scalar_one()


def nummers(verbinding: Connection, filter_: Filter, limiet: int) -> list[UUID]:
    """De eerste `limiet` incidenten van een filter, om ze samen te herstellen."""
    vraag = select(Incident.id).join(Instantie, Instantie.id == Incident.instantie).where(*_waar(filter_))
    return list(verbinding.scalars(vraag.order_by(Incident.gemaakt, Incident.id).limit(limiet)))


def van_pakket(verbinding: Connection, sleutels: list[UUID], pakket: str) -> list[UUID]:
    """Welke van deze incidenten bij een zaak van dit procespakket horen; open of opgelost."""
    eigen = select(Definitie.id).where(Definitie.pakket == pakket)
    vraag = select(Incident.id).join(Instantie, Instantie.id == Incident.instantie)
    gevonden = set(verbinding.scalars(vraag.where(Incident.id.in_(sleutels), Instantie.definitie.in_(eigen))))
    return [sleutel for sleutel in sleutels if sleutel in gevonden]


def tellingen(verbinding: Connection, pakket: str = "") -> list[tuple[str, str, str, int]]:
    """(definitie, element, soort, aantal) van wat open is, het meeste eerst; met `pakket` alleen van dat procespakket."""
    groep = (Instantie.sleutel, Incident.element, Incident.soort)
    vraag = select(*groep, func.count()).select_from(Incident).join(Instantie, Instantie.id == Incident.instantie)
    vraag = vraag.where(*_waar(Filter(pakket=pakket))).group_by(*groep).order_by(func.count().desc(), *groep)
    return [(rij[0], rij[1], rij[2], rij[3]) for rij in verbinding.execute(vraag)]


def detail(motor: "Motor", verbinding: Connection, sleutel: UUID) -> Detail:
    """Eén incident. `NietGevonden` als het niet bestaat."""
    incident = overzicht.incident(verbinding, sleutel)
    instantie = motor.instantie(verbinding, incident.instantie)
    stap = _stap(verbinding, incident)
    definitie = stap["definitie"] if stap else instantie.definitie
    gecompileerd = motor.definities.haal(verbinding, definitie)
    element = _element(gecompileerd.proces.bereik.alles(), incident.element)
    ruw = verbinding.execute(select(Instantie.variabelen, Instantie.spoor).where(Instantie.id == instantie.id)).one()
    return Detail(
        incident=incident,
        definitie=motor.definities.een(verbinding, definitie),
        instantie=instantie,
        element=element,
        invoer=feel.uit_json(stap["invoer"] or {}) if stap else {},
        variabelen=ruw.variabelen,
        geschiedenis=overzicht.laatste(verbinding, instantie.id, MEESTE_REGELS),
        bestemmingen=bestemmingen(gecompileerd.proces, element),
        spoor=ruw.spoor,
        elementen=tuple(knoop for _, knoop in gecompileerd.proces.bereik.alles()),
    )


def _element(alle: Any, naam: str) -> Element:
    """Het getekende element; een naam die er niet (meer) is krijgt een leeg element."""
    return next((element for _, element in alle if element.id == naam), Element(naam, ""))


def _stap(verbinding: Connection, incident: overzicht.IncidentInfo) -> Any:
    if incident.stap is None:
        return None
    waar = (Geschiedenis.instantie == incident.instantie, Geschiedenis.stap == incident.stap)
    vraag = select(Geschiedenis.definitie, Geschiedenis.invoer).where(*waar).order_by(Geschiedenis.nr.desc()).limit(1)
    return verbinding.execute(vraag).mappings().first()


def _vraag() -> Select[Any]:
    velden = {**Incident.__table__.c, "sleutel": Instantie.sleutel, "bedrijfssleutel": Instantie.bedrijfssleutel}
    kolommen: list[Any] = [velden[naam].label(naam) for naam in Regel.__dataclass_fields__]
    return select(*kolommen).join(Instantie, Instantie.id == Incident.instantie)


def _waar(filter_: Filter) -> list[ColumnElement[bool]]:
    waar = [Incident.opgelost.is_not(None) if filter_.opgelost else Incident.opgelost.is_(None)]
    keuzes = (
        (Instantie.sleutel, filter_.definitie),
        (Incident.element, filter_.element),
        (Incident.soort, filter_.soort),
    )
    if filter_.pakket:
        waar.append(Instantie.definitie.in_(select(Definitie.id).where(Definitie.pakket == filter_.pakket)))
    return waar + [kolom == waarde for kolom, waarde in keuzes if waarde]


__all__ = [
    "Detail",
    "Filter",
    "NietGevonden",
    "Pagina",
    "Regel",
    "detail",
    "lijst",
    "nummers",
    "tellingen",
    "van_pakket",
]
