"""Schema's van de Producten API 1.7: wat iemand van de gemeente heeft. Anders dan elders snake_case op de lijn."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from integratie.basis import SlangSchema, Url
from integratie.producttypen.schemas import Productstatus, ProductTypeBijThema, ThemaKort, UrnOfUrl
from integratie.typen import Bsn, Urn


class Eigenaar(SlangSchema):
    """Een persoon (BSN of klantnummer) of een organisatie (KVK-nummer, eventueel met vestiging), niet allebei."""

    uuid: UUID | None = None
    bsn: Bsn = ""
    kvk_nummer: Annotated[str, Field(pattern=r"^(\d{8})?$")] = ""
    vestigingsnummer: Annotated[str, Field(max_length=24)] = ""
    klantnummer: Annotated[str, Field(max_length=50)] = ""

    @model_validator(mode="after")
    def _persoon_of_organisatie(self) -> "Eigenaar":
        persoon = bool(self.bsn or self.klantnummer)
        if persoon == bool(self.kvk_nummer):
            raise ValueError("Een eigenaar is een persoon (bsn of klantnummer) of een organisatie (kvk_nummer).")
        if self.vestigingsnummer and not self.kvk_nummer:
            raise ValueError("Bij een vestigingsnummer hoort een kvk_nummer.")
        return self


class ProductBasis(SlangSchema):
    naam: Annotated[str, Field(max_length=255)] = ""
    start_datum: date | None = None
    eind_datum: date | None = None
    gepubliceerd: bool = False
    eigenaren: Annotated[list[Eigenaar], Field(min_length=1)]
    documenten: list[UrnOfUrl] = Field(default_factory=list)
    zaken: list[UrnOfUrl] = Field(default_factory=list)
    taken: list[UrnOfUrl] = Field(default_factory=list)
    status: Productstatus = "initieel"
    prijs: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)] | None = None
    frequentie: Literal["", "eenmalig", "maandelijks", "jaarlijks"] = ""
    verbruiksobject: dict[str, Any] | None = None
    dataobject: dict[str, Any] | None = None
    aanvraag_zaak_urn: Urn | None = None
    aanvraag_zaak_url: Url | None = None


class ProductIn(ProductBasis):
    producttype_uuid: UUID


class ProducttypeBijProduct(ProductTypeBijThema):
    themas: list[ThemaKort]


class ProductUit(ProductBasis):
    url: str
    uuid: UUID
    producttype: ProducttypeBijProduct
    aanmaak_datum: datetime
    update_datum: datetime
