"""De tabellen van de Objecttypen API, in het schema `objecttypen`."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kern.tabellen import TYPEN, maak_metadata
from kit import Resource


class Basis(DeclarativeBase):
    metadata = maak_metadata("objecttypen")
    type_annotation_map = TYPEN


class ObjectType(Resource, Basis):
    __tablename__ = "objecttype"
    name: Mapped[str]
    name_plural: Mapped[str]
    description: Mapped[str]
    data_classification: Mapped[str] = mapped_column(index=True)
    maintainer_organization: Mapped[str]
    maintainer_department: Mapped[str]
    contact_person: Mapped[str]
    contact_email: Mapped[str]
    source: Mapped[str]
    update_frequency: Mapped[str]
    provider_organization: Mapped[str]
    documentation_url: Mapped[str]
    labels: Mapped[dict[str, Any]]
    allow_geometry: Mapped[bool]
    indexed_paths: Mapped[list[str]] = mapped_column(server_default="[]")
    subject_paths: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    created_at: Mapped[date]
    modified_at: Mapped[date]


class ObjectVersion(Resource, Basis):
    __tablename__ = "objectversie"
    object_type: Mapped[UUID] = mapped_column(ForeignKey("objecttypen.objecttype.id"))
    version: Mapped[int]
    status: Mapped[str]
    json_schema: Mapped[dict[str, Any]]
    created_at: Mapped[date]
    modified_at: Mapped[date]
    published_at: Mapped[date | None]
    __table_args__ = (UniqueConstraint("object_type", "version"),)
