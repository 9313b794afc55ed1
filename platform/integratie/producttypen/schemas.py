"""Schema's van de Producttypen API 1.7: de producten- en dienstencatalogus (PDC). Anders dan elders snake_case op de lijn."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import SlangSchema, Url
from integratie.typen import Urn

Naam = Annotated[str, Field(min_length=1, max_length=255)]
Doelgroep = Literal["burgers", "bedrijven_en_instellingen", "interne_organisatie", "samenwerkingspartners"]
Status = Literal["in_aanvraag", "gereed", "actief", "ingetrokken", "geweigerd", "verlopen"]
Bedrag = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]


class NaamCode(SlangSchema):
    naam: Naam
    code: Naam


class Parameter(SlangSchema):
    naam: Naam
    waarde: Naam


class UrnOfUrl(SlangSchema):
    """Een verwijzing naar een andere registratie: een URN of een URL."""

    urn: Urn | None = None
    url: Url | None = None


class ProductTypeIn(SlangSchema):
    uniforme_product_naam: str | None = None
    doelgroep: Doelgroep
    eigenaar: Urn | None = None
    naam: Naam
    samenvatting: str
    externe_codes: list[NaamCode] = Field(default_factory=list)
    parameters: list[Parameter] = Field(default_factory=list)
    publicatie_start_datum: date | None = None
    publicatie_eind_datum: date | None = None
    code: Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[a-zA-Z0-9._-]+$")]
    toegestane_statussen: list[Status] = Field(default_factory=list)
    keywords: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list)
    interne_opmerkingen: str = ""
    zaaktypen: list[UrnOfUrl] = Field(default_factory=list)
    verzoektypen: list[UrnOfUrl] = Field(default_factory=list)
    processen: list[UrnOfUrl] = Field(default_factory=list)


class PrijsOptie(SlangSchema):
    uuid: UUID | None = None
    bedrag: Bedrag
    beschrijving: Naam


class PrijsRegel(SlangSchema):
    uuid: UUID | None = None
    beschrijving: Naam
    url: Url
    mapping: dict[str, Any] | None = None


class PrijsKort(SlangSchema):
    uuid: UUID
    actief_vanaf: date
    prijsopties: list[PrijsOptie] = Field(default_factory=list)
    prijsregels: list[PrijsRegel] = Field(default_factory=list)


class LinkKort(SlangSchema):
    uuid: UUID
    naam: Naam
    url: str


class ProductTypeUit(ProductTypeIn):
    url: str
    uuid: UUID
    taal: str
    gepubliceerd: bool
    prijzen: list[PrijsKort]
    links: list[LinkKort]
    aanmaak_datum: datetime
    update_datum: datetime


class ContentElementIn(SlangSchema):
    content: str
    aanvullende_informatie: str = ""
    labels: list[str] = Field(default_factory=list)
    producttype_uuid: UUID


class ContentElementUit(ContentElementIn):
    url: str
    uuid: UUID
    taal: str


class PrijsIn(SlangSchema):
    producttype_uuid: UUID
    actief_vanaf: date
    prijsopties: list[PrijsOptie] = Field(default_factory=list)
    prijsregels: list[PrijsRegel] = Field(default_factory=list)


class PrijsUit(PrijsIn):
    url: str
    uuid: UUID


class LinkIn(SlangSchema):
    producttype_uuid: UUID
    naam: Naam
    url: Annotated[str, Field(min_length=1, max_length=200)]


class LinkUit(LinkIn):
    uuid: UUID


class ProductTypeVertalingIn(SlangSchema):
    """De vertaalbare velden van een producttype."""

    naam: Naam
    samenvatting: Annotated[str, Field(min_length=1)]


class ProductTypeVertalingUit(ProductTypeVertalingIn):
    uuid: UUID


class ContentVertalingIn(SlangSchema):
    """De vertaalbare velden van een contentelement."""

    content: Annotated[str, Field(min_length=1)]
    aanvullende_informatie: str = ""


class ContentVertalingUit(ContentVertalingIn):
    uuid: UUID
