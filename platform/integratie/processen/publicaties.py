"""Schema's van officiële bekendmakingen in de processen-API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url
from integratie.typen import Duur

Publicatiestaat = Literal["concept", "aangeleverd", "gepubliceerd", "geweigerd", "mislukt"]
Naam = Annotated[str, Field(min_length=1, max_length=200)]


class PublicatieIn(Schema):
    """Een tekst voor het publicatieblad. Met `bekendmaakt` is dit zelf de bekendmaking van het besluit (Awb 3:42); anders een kennisgeving.

    `termijn` (ISO 8601, `P2W`) begint bij de publicatie; `gebied` is een GeoJSON-geometrie.
    """

    uuid: UUID
    zaak: Url
    besluit: Url | None = None
    bekendmaakt: bool = False
    titel: Naam
    soort: Naam
    rubriek: Naam
    onderwerp: Naam
    tekst: Annotated[str, Field(min_length=1, max_length=20000)]
    locatie: Annotated[str, Field(max_length=500)] = ""
    gebied: dict[str, Any] | None = None
    datum: date | None = None
    ingangsdatum: date | None = None
    termijn: Duur | None = None
    termijn_naam: Annotated[str, Field(max_length=200)] = ""
    bijlagen: list[Url] = Field(default_factory=list)


class TekstIn(Schema):
    """Een andere tekst, zolang er nog niets is aangeleverd. `nagekeken`: een medewerker keek naar de namen en adressen die erin leken te staan."""

    titel: Naam
    tekst: Annotated[str, Field(min_length=1, max_length=20000)]
    nagekeken: bool = False


class PublicatieUit(PublicatieIn):
    staat: Publicatiestaat
    nagekeken: bool
    aangemaakt: datetime
    aangeleverd: datetime | None = None
    kenmerk: str = ""
    nummer: str = ""
    gepubliceerd: date | None = None
    adres: str = ""
    laatste_dag: date | None = None
    reden: str = ""
    vondsten: list[str] = Field(default_factory=list)
    """Persoonsgegevens die in de tekst lijken te staan, met de plaats; het gegeven zelf staat er niet bij."""
