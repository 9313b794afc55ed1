"""De tabellen van de motor (schema `processen`): uitvoeringstoestand, geen dossiers.

Lopende zaken staan in kleine deelindexen, zodat miljoenen afgelopen instanties niets vertragen.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import NAMEN, TYPEN


class Basis(DeclarativeBase):
    metadata = MetaData(schema="processen", naming_convention=NAMEN)
    type_annotation_map = TYPEN


class Definitie(Basis):
    """Eén versie van een procesdefinitie met haar beslissingen. Hoogstens één versie per sleutel is actief."""

    __tablename__ = "definitie"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sleutel: Mapped[str]
    versie: Mapped[int] = mapped_column(Integer)
    staat: Mapped[str]  # concept, actief, ingetrokken
    hash: Mapped[str]
    naam: Mapped[str]
    versielabel: Mapped[str]
    bpmn: Mapped[bytes] = mapped_column(LargeBinary)
    dmn: Mapped[list[str]]
    pakket: Mapped[str]
    startberichten: Mapped[list[str]]
    startsignalen: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    geactiveerd: Mapped[datetime | None]
    neergezet: Mapped[datetime]
    door: Mapped[str]
    __table_args__ = (
        UniqueConstraint("sleutel", "versie"),
        Index("uq_definitie_actief", "sleutel", unique=True, postgresql_where=text("staat = 'actief'")),
    )


class Instantie(Basis):
    """Een procesinstantie. `bedrijfssleutel` is uniek per definitiesleutel: één instantie per verzoek."""

    __tablename__ = "instantie"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    definitie: Mapped[UUID] = mapped_column(index=True)
    sleutel: Mapped[str]
    bedrijfssleutel: Mapped[str]
    staat: Mapped[str]  # loopt, klaar, afgebroken
    toestand: Mapped[bytes | None] = mapped_column(LargeBinary)
    versie: Mapped[int] = mapped_column(Integer)
    variabelen: Mapped[dict[str, Any]]
    gestart: Mapped[datetime] = mapped_column(index=True)
    geeindigd: Mapped[datetime | None]
    spoor: Mapped[str]
    __table_args__ = (
        UniqueConstraint("sleutel", "bedrijfssleutel"),
        Index("ix_instantie_bedrijfssleutel", "bedrijfssleutel"),
        Index(
            "ix_instantie_zaak", text("right(variabelen->>'zaak', 36)"), postgresql_where=text("variabelen ? 'zaak'")
        ),
        Index("ix_instantie_loopt", "sleutel", "gestart", postgresql_where=text("staat = 'loopt'")),
    )


class Geschiedenis(Basis):
    """Elke keer dat een element bereikt werd. `invoer`, `uitvoer` en `uitleg` gaan weg bij de vernietiging van de zaak."""

    __tablename__ = "geschiedenis"
    instantie: Mapped[UUID] = mapped_column(primary_key=True)
    nr: Mapped[int] = mapped_column(Integer, primary_key=True)
    stap: Mapped[UUID]
    element: Mapped[str]
    soort: Mapped[str]
    naam: Mapped[str]
    definitie: Mapped[UUID]
    begonnen: Mapped[datetime]
    geeindigd: Mapped[datetime | None]
    door: Mapped[str]
    uitkomst: Mapped[str]  # leeg zolang de stap loopt; voltooid, afgebroken, fout, overgeslagen
    invoer: Mapped[dict[str, Any] | None]
    uitvoer: Mapped[dict[str, Any] | None]
    uitleg: Mapped[dict[str, Any] | None]
    __table_args__ = (Index("ix_geschiedenis_beslist", "begonnen", postgresql_where=text("uitleg IS NOT NULL")),)


class Wachtend(Basis):
    """Waar een instantie op wacht: een bouwblok, een taak, een tijdstip, een bericht of een signaal."""

    __tablename__ = "wachtend"
    stap: Mapped[UUID] = mapped_column(primary_key=True)
    instantie: Mapped[UUID] = mapped_column(index=True)
    nr: Mapped[int] = mapped_column(Integer)
    element: Mapped[str]
    soort: Mapped[str]  # bouwblok, taak, tijd, bericht, signaal
    naam: Mapped[str]
    sleutel: Mapped[str]
    vanaf: Mapped[datetime | None]
    verwijzing: Mapped[str]
    inhoud: Mapped[dict[str, Any]]
    sinds: Mapped[datetime]
    __table_args__ = (
        Index("ix_wachtend_naam", "soort", "naam", "sleutel"),
        Index("ix_wachtend_verwijzing", "verwijzing", postgresql_where=text("verwijzing <> ''")),
        Index("ix_wachtend_vanaf", "vanaf", postgresql_where=text("vanaf IS NOT NULL")),
    )


class Bericht(Basis):
    """Een ontvangen bericht, bewaard tot iemand erop wacht. `uniek_id` voorkomt dat het twee keer telt."""

    __tablename__ = "bericht"
    uniek_id: Mapped[str] = mapped_column(primary_key=True)
    naam: Mapped[str]
    sleutel: Mapped[str]
    inhoud: Mapped[dict[str, Any]]
    ontvangen: Mapped[datetime] = mapped_column(index=True)
    bezorgd_aan: Mapped[UUID | None]
    __table_args__ = (
        Index("ix_bericht_wacht", "naam", "sleutel", "ontvangen", postgresql_where=text("bezorgd_aan IS NULL")),
    )


class Incident(Basis):
    """Een gestopte stap die een beheerder moet bekijken. `fout` bevat nooit persoonsgegevens."""

    __tablename__ = "incident"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instantie: Mapped[UUID] = mapped_column(index=True)
    stap: Mapped[UUID | None]
    element: Mapped[str]
    soort: Mapped[str]
    fout: Mapped[str]
    poging: Mapped[int] = mapped_column(Integer)
    gemaakt: Mapped[datetime]
    opgelost: Mapped[datetime | None]
    door: Mapped[str]
    oplossing: Mapped[str]
    outbox: Mapped[int | None]
    __table_args__ = (Index("ix_incident_open", "gemaakt", postgresql_where=text("opgelost IS NULL")),)


class Verhuizing(Basis):
    """Een instantie die naar een andere versie ging, met wat nodig is om dat terug te draaien zolang zij nog niet verder is."""

    __tablename__ = "verhuizing"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instantie: Mapped[UUID] = mapped_column(index=True)
    van: Mapped[UUID]
    naar: Mapped[UUID]
    plan: Mapped[dict[str, Any]]
    toestand: Mapped[bytes] = mapped_column(LargeBinary)
    wachtend: Mapped[list[Any]]
    versie: Mapped[int] = mapped_column(Integer)
    gedaan: Mapped[datetime]
    door: Mapped[str]
    teruggedraaid: Mapped[datetime | None]
