"""De tabellen van de Verzoeken API, in het schema `verzoeken`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource


class Basis(DeclarativeBase):
    metadata = maak_metadata("verzoeken")
    type_annotation_map = TYPEN


class VerzoekType(Resource, Basis):
    __tablename__ = "verzoektype"
    naam: Mapped[str] = mapped_column(index=True)
    omschrijving: Mapped[str]
    soort: Mapped[str]


class VerzoekTypeVersion(Resource, Basis):
    __tablename__ = "verzoektypeversie"
    verzoek_type: Mapped[UUID] = mapped_column(ForeignKey("verzoeken.verzoektype.id", ondelete="CASCADE"))
    versie: Mapped[int]
    bijlage_typen: Mapped[list[Any]]
    status: Mapped[str]
    aanvraag_gegevens_schema: Mapped[dict[str, Any]]
    aangemaakt_op: Mapped[date]
    gewijzigd_op: Mapped[date]
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]
    __table_args__ = (UniqueConstraint("verzoek_type", "versie"),)


class Verzoek(Resource, Basis):
    __tablename__ = "verzoek"
    verzoek_type: Mapped[UUID] = mapped_column(ForeignKey("verzoeken.verzoektype.id"), index=True)
    versie: Mapped[int] = mapped_column(index=True)
    geometrie: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    aanvraag_gegevens: Mapped[dict[str, Any]]
    bijlagen: Mapped[list[Any]]
    initiator: Mapped[str] = mapped_column(index=True)
    mede_initiator: Mapped[str] = mapped_column(index=True)
    is_gerelateerd_aan: Mapped[list[Any]]
    kanaal: Mapped[str]
    verzoek_taal: Mapped[str]
    verwerk_status: Mapped[str] = mapped_column(index=True)
    verzoek_informatie_object: Mapped[str]
    verzoek_bron: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    verzoek_betaling: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    authenticatie_context: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    geregistreerd_op: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (
        Index("ix_verzoek_betaling_voltooid", text("(verzoek_betaling ->> 'voltooid')")),
        Index("ix_verzoek_betaling_referentie", text("(verzoek_betaling ->> 'transactieReferentie')")),
        Index(
            "ix_verzoek_gerelateerd",
            "is_gerelateerd_aan",
            postgresql_using="gin",
            postgresql_ops={"is_gerelateerd_aan": "jsonb_path_ops"},
        ),
        Index(
            "uq_verzoek_bron",
            text("(verzoek_bron ->> 'naam')"),
            text("(verzoek_bron ->> 'kenmerk')"),
            unique=True,
            postgresql_where=text("verzoek_bron ->> 'kenmerk' <> ''"),
        ),
    )
