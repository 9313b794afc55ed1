"""De tabellen van de Objecten API, in het schema `objecten`."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource
from kit.geometrie import kaderindex
from kit.tabel import verwijzing
from kit.trigram import trigramindex, trigramkolom

SCHEMA = "objecten"
_TELT_MEE = ["start_at", "end_at", "laatste", "object", "index"]


class Basis(DeclarativeBase):
    metadata = maak_metadata(SCHEMA)
    type_annotation_map = TYPEN


class Object(Resource, Basis):
    __tablename__ = "object"
    type: Mapped[str] = verwijzing(index=True)


class Record(Resource, Basis):
    """Een stand van een object. `type` herhaalt dat van het object en `laatste` zegt of geen record een hogere index heeft:
    een lijst leest zo alleen deze tabel.
    """

    __tablename__ = "record"
    object: Mapped[UUID] = mapped_column(ForeignKey("objecten.object.id", ondelete="CASCADE"))
    type: Mapped[str] = verwijzing()
    index: Mapped[int]
    laatste: Mapped[bool]
    type_version: Mapped[int] = mapped_column(index=True)
    data: Mapped[dict[str, Any]]
    geometry: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    references: Mapped[list[Any]]
    start_at: Mapped[date]
    end_at: Mapped[date | None]
    registration_at: Mapped[date]
    correction_for: Mapped[int | None]
    corrected_by: Mapped[int | None]
    trigrammen: Mapped[list[int]] = trigramkolom(SCHEMA, "objecten.zoektekst(data)")
    __table_args__ = (
        UniqueConstraint("object", "index"),
        Index("ix_record_data", "data", postgresql_using="gin", postgresql_ops={"data": "jsonb_path_ops"}),
        # Wat bij tellen nodig is staat erin: dan hoeft de tabel zelf niet gelezen.
        Index("ix_record_lijst", "type", "nr", postgresql_include=_TELT_MEE),
        trigramindex("ix_record_trigrammen", "trigrammen"),
        kaderindex("ix_record_kader", SCHEMA, "geometry"),
    )
