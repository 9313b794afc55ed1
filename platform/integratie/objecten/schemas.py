"""Schema's van de Objecten API 2.7."""

from datetime import date
from datetime import date as datum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import GevuldeUrl, Schema, Url
from integratie.geojson import GeoJson


class Reference(Schema):
    type: Literal["zaak"]
    url: Url


class ObjectRecordIn(Schema):
    type_version: Annotated[int, Field(ge=0, le=32767)]
    data: dict[str, Any] = Field(default_factory=dict)
    geometry: GeoJson | None = None
    references: list[Reference] = Field(default_factory=list)
    start_at: date
    correction_for: Annotated[int, Field(ge=0, le=2147483647)] | None = None


class ObjectRecordUit(ObjectRecordIn):
    index: int
    end_at: date | None = None
    registration_at: date
    corrected_by: int | None = None


class ObjectIn(Schema):
    uuid: UUID | None = None
    type: GevuldeUrl
    record: ObjectRecordIn


class ObjectUit(Schema):
    url: str
    uuid: UUID
    type: GevuldeUrl
    record: ObjectRecordUit


class GeometrieBinnen(Schema):
    within: GeoJson | None = None


class Zoekvraag(Schema):
    """Waarop te zoeken is, in het lichaam; in de query met dezelfde namen, behalve `geometry`."""

    type: GevuldeUrl | None = None
    type_version: int | None = None
    data_attr: str | list[str] | None = Field(default=None, alias="data_attr")
    data_attrs: str | None = Field(default=None, alias="data_attrs")
    data_icontains: str | None = Field(default=None, alias="data_icontains")
    date: datum | None = None
    registration_date: datum | None = None
    fields: str | None = None
    ordering: str | None = None
    geometry: GeometrieBinnen | None = None


class Permission(Schema):
    """Wat een token met één objecttype mag; `fields` per versie, alleen bij `use_fields`."""

    type: GevuldeUrl
    mode: Literal["read_only", "read_and_write"]
    use_fields: bool = Field(default=False, alias="use_fields")
    fields: dict[str, Any] | None = None


class Behouden(Schema):
    """Objecten die bleven staan omdat er nog andere zaken naar verwijzen."""

    behouden: list[Url]
