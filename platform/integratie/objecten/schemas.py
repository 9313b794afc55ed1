"""Schema's van de Objecten API 2.7."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url


class Reference(Schema):
    type: Literal["zaak"]
    url: Url


class ObjectRecordIn(Schema):
    type_version: Annotated[int, Field(ge=0, le=32767)]
    data: dict[str, Any] = Field(default_factory=dict)
    geometry: dict[str, Any] | None = None
    references: list[Reference] = Field(default_factory=list)
    start_at: date
    correction_for: int | None = None


class ObjectRecordUit(ObjectRecordIn):
    index: int
    end_at: date | None = None
    registration_at: date
    corrected_by: int | None = None


class ObjectIn(Schema):
    uuid: UUID | None = None
    type: Url
    record: ObjectRecordIn


class ObjectUit(Schema):
    url: str
    uuid: UUID
    type: Url
    record: ObjectRecordUit
