"""Schema's van de Berichten API 0.1."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema
from integratie.taken.schemas import IsGerelateerdAan, Perspectief
from integratie.typen import Tijdstip, Urn


class Bijlage(Schema):
    informatie_object: Urn
    omschrijving: Annotated[str, Field(max_length=40)] = ""
    is_bericht_type_bijlage: bool = False


class BerichtIn(Schema):
    onderwerp: Annotated[str, Field(min_length=1, max_length=50)]
    bericht_tekst: Annotated[str, Field(min_length=1, max_length=4000)]
    publicatiedatum: Tijdstip | None = None
    referentie: Annotated[str, Field(max_length=25)] = ""
    ontvanger: Urn
    geopend_op: Tijdstip | None = None
    bericht_type: Annotated[str, Field(max_length=8)] = ""
    is_gerelateerd_aan: list[IsGerelateerdAan] = Field(default_factory=list)
    handelings_perspectief: Perspectief = ""
    einddatum_handelings_termijn: Tijdstip | None = None
    mijn_overheid_berichtenbox: bool = False
    bijlagen: list[Bijlage] = Field(default_factory=list)


class BerichtUit(BerichtIn):
    url: str
    urn: str
    uuid: UUID
