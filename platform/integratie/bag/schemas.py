"""Schema's van de BAG: een uitgebreid adres."""

from pydantic import Field

from integratie.basis import Schema


class BagAdres(Schema):
    """Een adres met het object dat er staat; `oppervlakte` in vierkante meters."""

    openbare_ruimte_naam: str = ""
    huisnummer: int
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    postcode: str = ""
    woonplaats_naam: str = ""
    nummeraanduiding_identificatie: str
    adresseerbaar_object_identificatie: str = ""
    adresseerbaar_object_status: str = ""
    type_adresseerbaar_object: str = ""
    gebruiksdoelen: list[str] = Field(default_factory=list)
    oppervlakte: int | None = None
    pand_identificaties: list[str] = Field(default_factory=list)
    oorspronkelijk_bouwjaar: list[str] = Field(default_factory=list)


class Ingebed(Schema):
    adressen: list[BagAdres] = Field(default_factory=list)


class Adressen(Schema):
    """Het antwoord op een zoekvraag (HAL)."""

    ingebed: Ingebed = Field(default_factory=Ingebed, alias="_embedded")
