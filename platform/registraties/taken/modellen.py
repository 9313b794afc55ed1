"""De tabellen van de Taken API, in het schema `taken`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.tabel import verwijzing
from kit.trigram import trigramindex, trigramkolom


class Basis(DeclarativeBase):
    metadata = maak_metadata("taken")
    type_annotation_map = TYPEN


class ExterneTaak(Resource, Basis):
    __tablename__ = "externetaak"
    taak_soort: Mapped[str] = mapped_column(index=True)
    is_gerelateerd_aan: Mapped[list[Any]]
    titel: Mapped[str] = mapped_column(index=True)
    verwerker_taak_id: Mapped[str] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(index=True)
    startdatum: Mapped[date] = mapped_column(index=True)
    handelings_perspectief: Mapped[str] = mapped_column(index=True)
    einddatum_handelings_termijn: Mapped[date] = mapped_column(index=True)
    datum_herinnering: Mapped[date] = mapped_column(index=True)
    toelichting: Mapped[str]
    is_toegewezen_aan: Mapped[str] = mapped_column(index=True)
    details: Mapped[dict[str, Any]]
    __table_args__ = (
        Index(
            "ix_externetaak_gerelateerd",
            "is_gerelateerd_aan",
            postgresql_using="gin",
            postgresql_ops={"is_gerelateerd_aan": "jsonb_path_ops"},
        ),
    )


class MedewerkerTaak(Resource, Basis):
    __tablename__ = "medewerkertaak"
    titel: Mapped[str]
    toelichting: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    kandidaatgroepen: Mapped[list[str]]
    behandelaar: Mapped[str] = mapped_column(index=True)
    behandelaar_naam: Mapped[str]
    uitgesloten: Mapped[list[str]] = mapped_column(server_default="[]")
    prioriteit: Mapped[int] = mapped_column(index=True)
    startdatum: Mapped[date] = mapped_column(index=True)
    opvolgdatum: Mapped[date | None] = mapped_column(index=True)
    einddatum: Mapped[date | None] = mapped_column(index=True)
    zaak: Mapped[str | None] = verwijzing(index=True)
    zaaknummer: Mapped[str] = mapped_column(index=True)
    procesinstantie: Mapped[str] = mapped_column(index=True)
    verwerker_taak_id: Mapped[str]
    formulier: Mapped[str]
    gegevens: Mapped[dict[str, Any]]
    uitkomst: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aangemaakt_op: Mapped[datetime] = mapped_column(index=True)
    afgerond_op: Mapped[datetime | None]
    trigrammen: Mapped[list[int]] = trigramkolom("taken", "titel")
    __table_args__ = (
        Index(
            "uq_medewerkertaak_verwerker",
            "verwerker_taak_id",
            unique=True,
            postgresql_where=text("verwerker_taak_id <> ''"),
        ),
        # Hoe een werklijst leest: open, van iemand (of van niemand), op einddatum.
        Index("ix_medewerkertaak_werklijst", "status", "behandelaar", "einddatum"),
        trigramindex("ix_medewerkertaak_trigrammen", "trigrammen"),
        Index("ix_medewerkertaak_groepen", "kandidaatgroepen", postgresql_using="gin"),
    )
