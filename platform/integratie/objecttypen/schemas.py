"""Schema's van de Objecttypen API 2.2."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url

Kort = Annotated[str, Field(max_length=200)]
Indexpad = Annotated[str, Field(max_length=200, pattern=r"^[\w\- .@]{1,100}$")]
Versiestatus = Literal["draft", "published", "deprecated"]


_INDEX_UITLEG = "Uitbreiding op de standaard: paden in data (plek__wijk) waar de Objecten API een index op houdt."


_BETROKKENE_UITLEG = (
    "Uitbreiding op de standaard: waar in data (aanvrager__bsn) een nummer staat van iemand over wie het object gaat, en welk soort "
    "nummer; een ander systeem dat het object leest of schrijft, komt dan in het Logboek dataverwerkingen."
)
Nummersoort = Literal["bsn", "pseudoniem", "vestiging", "kvk", "rsin", "urn"]


class ObjectTypeIn(Schema):
    """`indexed_paths` is onze uitbreiding: op deze paden in `data` (`plek__wijk`) komt een index in de Objecten API.

    `subject_paths` ook: op welk pad het nummer staat van iemand over wie het object gaat (`{"aanvrager__bsn": "bsn"}`).
    """

    uuid: UUID | None = None
    name: Annotated[str, Field(min_length=1, max_length=100)]
    name_plural: Annotated[str, Field(min_length=1, max_length=100)]
    description: Annotated[str, Field(max_length=1000)] = ""
    data_classification: Literal["open", "intern", "confidential", "strictly_confidential"] = "open"
    maintainer_organization: Kort = ""
    maintainer_department: Kort = ""
    contact_person: Kort = ""
    contact_email: Kort = ""
    source: Kort = ""
    update_frequency: Literal["real_time", "hourly", "daily", "weekly", "monthly", "yearly", "unknown"] = "unknown"
    provider_organization: Kort = ""
    documentation_url: Annotated[str, Field(max_length=200)] = ""
    labels: dict[str, Any] = Field(default_factory=dict)
    allow_geometry: bool = True
    indexed_paths: Annotated[
        list[Indexpad], Field(max_length=20, json_schema_extra={"x-uitbreiding": True, "description": _INDEX_UITLEG})
    ] = Field(default_factory=list)
    subject_paths: Annotated[
        dict[Indexpad, Nummersoort],
        Field(max_length=20, json_schema_extra={"x-uitbreiding": True, "description": _BETROKKENE_UITLEG}),
    ] = Field(default_factory=dict)


class ObjectTypeUit(ObjectTypeIn):
    url: str
    uuid: UUID
    created_at: date
    modified_at: date
    versions: list[Url] = Field(default_factory=list)


class ObjectVersionIn(Schema):
    status: Versiestatus = "draft"
    json_schema: dict[str, Any]


class ObjectVersionUit(ObjectVersionIn):
    url: str
    version: int
    object_type: Url
    created_at: date
    modified_at: date
    published_at: date | None = None
