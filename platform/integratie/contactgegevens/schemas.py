"""Schema's van de Contactgegevens API 1.1 (Open Klant)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema
from integratie.klantinteracties.schemas import Adres, Tekst200


class PersoonIn(Schema):
    geboortedatum: date
    overlijdensdatum: date | None = None
    geslachtsnaam: Annotated[str, Field(min_length=1, max_length=200)]
    geslacht: Literal["m", "v", "o", ""] = ""
    voorvoegsel: Annotated[str, Field(max_length=10)] = ""
    voornamen: Tekst200 = ""
    adres: Adres | None = None


class PersoonUit(PersoonIn):
    url: str
    uuid: UUID


class OrganisatieIn(Schema):
    handelsnaam: Annotated[str, Field(min_length=1, max_length=255)]
    oprichtingsdatum: date | None = None
    opheffingsdatum: date | None = None
    adres: Adres | None = None


class OrganisatieUit(OrganisatieIn):
    url: str
    uuid: UUID
