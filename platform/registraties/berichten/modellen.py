"""De tabel van de Berichten API, in het schema `berichten`."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import DeclarativeBase, Mapped

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource


class Basis(DeclarativeBase):
    metadata = maak_metadata("berichten")
    type_annotation_map = TYPEN


class Bericht(Resource, Basis):
    __tablename__ = "bericht"
    onderwerp: Mapped[str]
    bericht_tekst: Mapped[str]
    publicatiedatum: Mapped[datetime]
    referentie: Mapped[str]
    ontvanger: Mapped[str]
    geopend_op: Mapped[datetime | None]
    bericht_type: Mapped[str]
    is_gerelateerd_aan: Mapped[list[Any]]
    handelings_perspectief: Mapped[str]
    einddatum_handelings_termijn: Mapped[datetime | None]
    mijn_overheid_berichtenbox: Mapped[bool]
    bijlagen: Mapped[list[Any]]
    __table_args__ = (
        Index("ix_bericht_ontvanger", "ontvanger", "publicatiedatum"),
        Index("ix_bericht_publicatiedatum", "publicatiedatum"),
        Index("ix_bericht_ongelezen", "ontvanger", postgresql_where=text("geopend_op IS NULL")),
        Index(
            "ix_bericht_gerelateerd",
            "is_gerelateerd_aan",
            postgresql_using="gin",
            postgresql_ops={"is_gerelateerd_aan": "jsonb_path_ops"},
        ),
    )
