"""Schema's van de Verzoeken API 0.1. Verwijzingen naar andere registraties zijn URN's."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url
from integratie.geojson import GeoJson
from integratie.typen import OptioneleUrn, Tijdstip, Urn

Versiestatus = Literal["draft", "published", "deprecated"]
Soort = Literal["aanvraag", "melding", "aangifte", "bezwaar", "klacht", "overig"]
LANGSTE_TITEL = 100
Versienummer = Annotated[int, Field(ge=0, le=32767)]


class VerzoekTypeIn(Schema):
    """`soort` is onze uitbreiding: een aanvraag vraagt een besluit en start de beslistermijn."""

    naam: Annotated[str, Field(min_length=1, max_length=100)]
    omschrijving: Annotated[str, Field(max_length=4000)] = ""
    soort: Soort = "overig"


class VersieKort(Schema):
    url: str
    versie: Versienummer
    status: Versiestatus


class VerzoekTypeUit(VerzoekTypeIn):
    url: str
    urn: str
    uuid: UUID
    versies: list[VersieKort]

    @property
    def titel(self) -> str:
        """Hoe dit soort verzoek voor mensen heet. De naam is een sleutel; is de omschrijving een korte regel, dan is zij de titel."""
        regel = self.omschrijving.strip()
        return regel if regel and "\n" not in regel and len(regel) <= LANGSTE_TITEL else self.naam


class BijlageType(Schema):
    informatie_objecttype: Urn
    omschrijving: str = ""


class VerzoekTypeVersionIn(Schema):
    bijlage_typen: list[BijlageType] = Field(default_factory=list)
    status: Versiestatus = "draft"
    aanvraag_gegevens_schema: dict[str, Any]
    einde_geldigheid: date | None = None


class VerzoekTypeVersionUit(VerzoekTypeVersionIn):
    url: str
    versie: int
    verzoek_type: Url
    aangemaakt_op: date
    gewijzigd_op: date
    begin_geldigheid: date | None = None


class Bijlage(Schema):
    informatie_object: Urn
    omschrijving: Annotated[str, Field(max_length=40)] = ""


class IsGerelateerdAan(Schema):
    urn: Urn


class VerzoekBron(Schema):
    naam: Annotated[str, Field(max_length=100)] = ""
    kenmerk: Annotated[str, Field(max_length=255)] = ""


class VerzoekBetaling(Schema):
    provider_kenmerk: Annotated[str, Field(max_length=100)] = ""
    bedrag: Annotated[Decimal, Field(max_digits=10, decimal_places=2)] | None = None
    voltooid: bool = False
    transactie_datum: Tijdstip | None = None
    transactie_referentie: Annotated[str, Field(max_length=100)] = ""


class VerzoekIn(Schema):
    verzoek_type: Url
    geometrie: GeoJson | None = None
    aanvraag_gegevens: dict[str, Any]
    versie: Versienummer | None = None
    bijlagen: list[Bijlage] = Field(default_factory=list)
    initiator: OptioneleUrn = ""
    mede_initiator: OptioneleUrn = ""
    is_gerelateerd_aan: list[IsGerelateerdAan] = Field(default_factory=list)
    kanaal: Annotated[str, Field(max_length=200)] = ""
    verzoek_taal: Annotated[str, Field(min_length=2, max_length=2)] = "nl"
    verwerk_status: Literal["geregistreerd", "verwerkt"] = "geregistreerd"
    verzoek_informatie_object: OptioneleUrn = ""
    verzoek_bron: VerzoekBron | None = None
    verzoek_betaling: VerzoekBetaling | None = None
    authenticatie_context: dict[str, Any] | None = None


class VerzoekUit(VerzoekIn):
    url: str
    urn: str
    uuid: UUID
    versie: Versienummer
    verzoek_type_urn: Annotated[str, Field(json_schema_extra={"format": "urn"})]
    geregistreerd_op: datetime
