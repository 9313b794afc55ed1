"""Lezen wat de motor bewaart: instanties, geschiedenis, incidenten en uitleg."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.engine import RowMapping

import feel
from processen.motor.fouten import NietGevonden
from processen.motor.tabellen import Geschiedenis, Incident, Instantie, Wachtend

UUID_TEKENS = 36
Herstelactie = Literal["opnieuw", "overslaan", "verplaatsen"]


@dataclass(frozen=True)
class WachtendInfo:
    """Waar een instantie op wacht. `soort`: bouwblok, taak, tijd, bericht of signaal."""

    stap: UUID
    element: str
    soort: str
    naam: str
    sleutel: str
    vanaf: datetime | None
    verwijzing: str
    sinds: datetime


@dataclass(frozen=True)
class InstantieInfo:
    """Een procesinstantie. `staat`: loopt, klaar of afgebroken."""

    id: UUID
    definitie: UUID
    sleutel: str
    bedrijfssleutel: str
    staat: str
    variabelen: dict[str, Any]
    gestart: datetime
    geeindigd: datetime | None
    wachtend: tuple[WachtendInfo, ...] = field(default=())


@dataclass(frozen=True)
class Regel:
    """Eén bereikt element. `uitkomst`: leeg zolang het loopt, voltooid, afgebroken, fout of overgeslagen."""

    nr: int
    stap: UUID
    element: str
    soort: str
    naam: str
    begonnen: datetime
    geeindigd: datetime | None
    door: str
    uitkomst: str
    invoer: dict[str, Any] | None
    uitvoer: dict[str, Any] | None
    uitleg: dict[str, Any] | None
    definitie: UUID


@dataclass(frozen=True)
class IncidentInfo:
    """Een gestopte stap. `oplossing` is leeg zolang het incident open is."""

    id: UUID
    instantie: UUID
    stap: UUID | None
    element: str
    soort: str
    fout: str
    poging: int
    gemaakt: datetime
    opgelost: datetime | None
    door: str
    oplossing: str
    outbox: int | None


@dataclass(frozen=True)
class Taak:
    """Een open taak; `verwijzing` is haar URL in de Taken API (leeg zolang zij nog gemaakt wordt)."""

    stap: UUID
    instantie: UUID
    element: str
    naam: str
    verwijzing: str
    sinds: datetime


@dataclass(frozen=True)
class WachtendHier:
    """Een instantie bij een element waar zij nog niet klaar mee is. `soort` is het soort element."""

    stap: UUID
    instantie: UUID
    zaaknummer: str
    soort: str
    sinds: datetime


T = TypeVar("T", WachtendInfo, Regel, IncidentInfo, Taak)


def instantie(verbinding: Connection, sleutel: UUID) -> InstantieInfo:
    rij = verbinding.execute(_vraag().where(Instantie.id == sleutel)).mappings().first()
    if rij is None:
        raise NietGevonden(f"procesinstantie {sleutel}")
    wachtend = select(*_kolommen(Wachtend, WachtendInfo)).where(Wachtend.instantie == sleutel)
    rijen = verbinding.execute(wachtend.order_by(Wachtend.sinds, Wachtend.nr)).mappings()
    return _info(rij, tuple(_als(WachtendInfo, r) for r in rijen))


def instanties(
    verbinding: Connection, bedrijfssleutel: str, definitie: str, staat: str, limiet: int
) -> list[InstantieInfo]:
    vraag = _vraag().order_by(Instantie.gestart.desc(), Instantie.id).limit(limiet)
    keuzes = ((Instantie.bedrijfssleutel, bedrijfssleutel), (Instantie.sleutel, definitie), (Instantie.staat, staat))
    for kolom, waarde in keuzes:
        vraag = vraag.where(kolom == waarde) if waarde else vraag
    return [_info(rij) for rij in verbinding.execute(vraag).mappings()]


@dataclass(frozen=True)
class Zoeken:
    """Welke instanties: leeg is elke. `zaak` is de URL (of het uuid) van de zaak in de variabele `zaak`."""

    definitie: str = ""
    versie: UUID | None = None
    bedrijfssleutel: str = ""
    staat: str = ""
    zaak: str = ""


def zoek(verbinding: Connection, zoeken: Zoeken, vanaf: int, limiet: int) -> tuple[list[InstantieInfo], int]:
    """Een deel van de instanties, de nieuwste eerst, en hoeveel het er samen zijn."""
    waar = _zoekwaar(zoeken)
    aantal = verbinding.execute(select(func.count()).select_from(Instantie).where(*waar)).scalar_one()
    vraag = _vraag().where(*waar).order_by(Instantie.gestart.desc(), Instantie.id).offset(vanaf).limit(limiet)
    return [_info(rij) for rij in verbinding.execute(vraag).mappings()], aantal


def bij_zaak(verbinding: Connection, zaak: str) -> list[UUID]:
    """De instanties van een zaak."""
    return list(verbinding.scalars(select(Instantie.id).where(*_zoekwaar(Zoeken(zaak=zaak)))))


def wachtend_bij(verbinding: Connection, definitie: str, element: str, limiet: int = 100) -> list[WachtendHier]:
    """De lopende instanties van dit proces bij dit element, wie er het langst is eerst; ook wie er met een incident vastzit."""
    nummer = func.coalesce(Instantie.variabelen["zaaknummer"].astext, "")
    velden = (Geschiedenis.stap, Geschiedenis.instantie, nummer, Geschiedenis.soort, Geschiedenis.begonnen)
    waar = (Instantie.sleutel == definitie, Instantie.staat == "loopt", Geschiedenis.element == element)
    vraag = select(*velden).join(Instantie, Instantie.id == Geschiedenis.instantie)
    rijen = verbinding.execute(
        vraag.where(*waar, Geschiedenis.uitkomst == "").order_by(Geschiedenis.begonnen).limit(limiet)
    )
    return [WachtendHier(*rij) for rij in rijen]


def _zoekwaar(zoeken: Zoeken) -> list[ColumnElement[bool]]:
    keuzes = (
        (Instantie.sleutel, zoeken.definitie), (Instantie.definitie, zoeken.versie),
        (Instantie.bedrijfssleutel, zoeken.bedrijfssleutel), (Instantie.staat, zoeken.staat),
    )  # fmt: skip
    waar: list[ColumnElement[bool]] = [kolom == waarde for kolom, waarde in keuzes if waarde]
    if zoeken.zaak:  # zo staat het in ix_instantie_zaak; adressen kunnen verhuizen, het uuid niet
        zaak = Instantie.variabelen["zaak"].astext
        waar += [func.right(zaak, UUID_TEKENS) == zoeken.zaak[-UUID_TEKENS:], Instantie.variabelen.has_key("zaak")]
    return waar


def open_taken(verbinding: Connection, sleutel: UUID | None, vanaf: int, limiet: int) -> tuple[list[Taak], int]:
    """De taken waar instanties op wachten, de oudste eerst."""
    waar = [Wachtend.soort == "taak", *([Wachtend.instantie == sleutel] if sleutel else [])]
    aantal = verbinding.execute(select(func.count()).select_from(Wachtend).where(*waar)).scalar_one()
    vraag = select(*_kolommen(Wachtend, Taak)).where(*waar).order_by(Wachtend.sinds, Wachtend.stap)
    return [_als(Taak, rij) for rij in verbinding.execute(vraag.offset(vanaf).limit(limiet)).mappings()], aantal


def taak(verbinding: Connection, stap: UUID) -> Taak:
    """Eén open taak. `NietGevonden` als niemand er (meer) op wacht."""
    waar = (Wachtend.soort == "taak", Wachtend.stap == stap)
    rij = verbinding.execute(select(*_kolommen(Wachtend, Taak)).where(*waar)).mappings().first()
    if rij is None:
        raise NietGevonden(f"open taak {stap}")
    return _als(Taak, rij)


def geschiedenis(verbinding: Connection, sleutel: UUID) -> list[Regel]:
    vraag = select(*_kolommen(Geschiedenis, Regel)).where(Geschiedenis.instantie == sleutel).order_by(Geschiedenis.nr)
    return [_als(Regel, rij) for rij in verbinding.execute(vraag).mappings()]


def uitleg(verbinding: Connection, verwijzing: str) -> Any:
    sleutel, _, nr = verwijzing.partition("/")
    waar = (Geschiedenis.instantie == UUID(sleutel), Geschiedenis.nr == int(nr))
    gevonden = verbinding.scalar(select(Geschiedenis.uitleg).where(*waar))
    if gevonden is None:
        raise NietGevonden(f"uitleg {verwijzing}")
    return gevonden


def incidenten(verbinding: Connection, sleutel: UUID | None, *, open_: bool) -> list[IncidentInfo]:
    vraag = select(*_kolommen(Incident, IncidentInfo)).order_by(Incident.gemaakt, Incident.id)
    vraag = vraag.where(Incident.instantie == sleutel) if sleutel else vraag
    vraag = vraag.where(Incident.opgelost.is_(None)) if open_ else vraag
    return [_als(IncidentInfo, rij) for rij in verbinding.execute(vraag).mappings()]


def incident(verbinding: Connection, sleutel: UUID) -> IncidentInfo:
    rij = (
        verbinding.execute(select(*_kolommen(Incident, IncidentInfo)).where(Incident.id == sleutel)).mappings().first()
    )
    if rij is None:
        raise NietGevonden(f"incident {sleutel}")
    return _als(IncidentInfo, rij)


def laatste(verbinding: Connection, sleutel: UUID, limiet: int) -> list[Regel]:
    vraag = select(*_kolommen(Geschiedenis, Regel)).where(Geschiedenis.instantie == sleutel)
    rijen = verbinding.execute(vraag.order_by(Geschiedenis.nr.desc()).limit(limiet)).mappings()
    return [_als(Regel, rij) for rij in rijen]


def _kolommen(tabel: Any, soort: Any) -> list[Any]:
    return [tabel.__table__.c[naam] for naam in soort.__dataclass_fields__]


def _als(soort: type[T], rij: RowMapping) -> T:
    return soort(**rij)


def _vraag() -> Any:
    return select(*[Instantie.__table__.c[naam] for naam in InstantieInfo.__dataclass_fields__ if naam != "wachtend"])


def _info(rij: RowMapping, wachtend: tuple[WachtendInfo, ...] = ()) -> InstantieInfo:
    velden = {**rij, "variabelen": feel.uit_json(rij["variabelen"])}
    return InstantieInfo(**velden, wachtend=wachtend)
