"""Schema's van de Producttypen API 1.7: de producten- en dienstencatalogus (PDC). Anders dan elders snake_case op de lijn."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import unquote
from uuid import UUID

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from integratie.basis import SlangSchema, Url
from integratie.typen import Urn

Naam = Annotated[str, Field(min_length=1, max_length=255)]
Tekst = Annotated[str, Field(min_length=1)]
Sleutel = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^:\[\]]+$")]
Doelgroep = Literal["burgers", "bedrijven_en_instellingen", "interne_organisatie", "samenwerkingspartners"]
Status = Literal["in_aanvraag", "gereed", "actief", "ingetrokken", "geweigerd", "verlopen"]
Productstatus = Literal["initieel", "in_aanvraag", "gereed", "actief", "ingetrokken", "geweigerd", "verlopen"]
Bedrag = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]
Postcode = Annotated[str, Field(max_length=7, pattern=r"^([1-9][0-9]{3}\s?[A-Za-z]{2})?$")]
Telefoonnummer = Annotated[str, Field(max_length=15, pattern=r"^(\+?[0-9][0-9 \-]{4,})?$")]
Adres = Annotated[str, Field(min_length=1, max_length=1000, json_schema_extra={"format": "uri"})]
Email = Annotated[str, Field(max_length=254, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")]


def _eis_verschillend(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) != len(ids):
        raise ValueError("Noem elk uuid één keer.")
    return ids


Uuids = Annotated[list[UUID], AfterValidator(_eis_verschillend)]


def _eis_bestand(waarde: Any) -> Any:
    if not hasattr(waarde, "stream"):
        raise ValueError("Hier hoort een bestand.")  # pydantic kent ValueError
    return waarde


Upload = Annotated[Any, PlainValidator(_eis_bestand), WithJsonSchema({"type": "string", "format": "binary"})]


class NaamCode(SlangSchema):
    naam: Sleutel
    code: Sleutel


class Parameter(SlangSchema):
    naam: Sleutel
    waarde: Sleutel


class UrnOfUrl(SlangSchema):
    """Een verwijzing naar een andere registratie: een URN of een URL, of beide."""

    urn: Urn | None = None
    url: Url | None = None


# organisaties, locaties, contacten


class _Adres(SlangSchema):
    naam: Naam
    email: Email = ""
    telefoonnummer: Telefoonnummer = ""
    straat: Annotated[str, Field(max_length=255)] = ""
    huisnummer: Annotated[str, Field(max_length=10)] = ""
    postcode: Postcode = ""
    stad: Annotated[str, Field(max_length=255)] = ""


class LocatieIn(_Adres):
    pass


class LocatieKort(LocatieIn):
    uuid: UUID


class LocatieUit(LocatieKort):
    url: str


class OrganisatieIn(_Adres):
    code: Naam


class OrganisatieKort(OrganisatieIn):
    uuid: UUID


class OrganisatieUit(OrganisatieKort):
    url: str


class _Contact(SlangSchema):
    naam: Naam
    email: Email = ""
    telefoonnummer: Telefoonnummer = ""
    rol: Annotated[str, Field(max_length=100)] = ""


class ContactIn(_Contact):
    organisatie_uuid: UUID | None = None


class ContactKort(_Contact):
    uuid: UUID
    organisatie: OrganisatieKort | None


class ContactUit(ContactKort):
    url: str


# thema's


class _Thema(SlangSchema):
    naam: Naam
    beschrijving: str = ""
    gepubliceerd: bool = False
    hoofd_thema: UUID | None


class ThemaKort(_Thema):
    uuid: UUID
    aanmaak_datum: datetime
    update_datum: datetime


class ThemaIn(_Thema):
    producttype_uuids: Uuids


class ThemaDeels(_Thema):
    """Bij PATCH: wie de producttypen weglaat, houdt ze."""

    producttype_uuids: Uuids = Field(default_factory=list)


class ProductTypeBijThema(SlangSchema):
    uuid: UUID
    code: str
    naam: str
    keywords: list[str]
    uniforme_product_naam: str | None
    toegestane_statussen: list[Status]
    gepubliceerd: bool
    publicatie_start_datum: date | None
    publicatie_eind_datum: date | None
    aanmaak_datum: datetime
    update_datum: datetime
    taal: str


class ThemaUit(ThemaKort):
    url: str
    producttypen: list[ProductTypeBijThema]


# prijzen, links, acties, bestanden


class PrijsOptie(SlangSchema):
    uuid: UUID | None = None
    bedrag: Bedrag
    beschrijving: Naam


class PrijsRegelIn(SlangSchema):
    """Een beslistabel die de prijs bepaalt: welke tabel van welke bekende DMN-omgeving."""

    uuid: UUID | None = None
    beschrijving: Naam
    dmn_tabel_id: Tekst
    tabel_endpoint: Adres
    mapping: dict[str, Any] | None = None


class PrijsRegel(SlangSchema):
    uuid: UUID
    beschrijving: Naam
    url: str
    mapping: dict[str, Any] | None


class PrijsKort(SlangSchema):
    uuid: UUID
    actief_vanaf: date
    prijsopties: list[PrijsOptie] = Field(default_factory=list)
    prijsregels: list[PrijsRegel] = Field(default_factory=list)


class PrijsIn(SlangSchema):
    producttype_uuid: UUID
    actief_vanaf: date
    prijsopties: list[PrijsOptie] = Field(default_factory=list)
    prijsregels: list[PrijsRegelIn] = Field(default_factory=list)


class PrijsUit(PrijsKort):
    url: str
    producttype_uuid: UUID


WAARHEEN = "waarheen"
"""Het label van de inhoud die zegt waar iemand terechtkan nu het product gestopt is."""

VERWIJZING: Any = {"format": "uri-reference"}
"""Een link naar een formulier van de eigen site heeft geen adres: dat kan verhuizen."""


class LinkIn(SlangSchema):
    producttype_uuid: UUID
    naam: Naam
    url: Annotated[str, Field(min_length=1, max_length=200, json_schema_extra=VERWIJZING)]


class LinkKort(SlangSchema):
    uuid: UUID
    naam: Naam
    url: Annotated[str, Field(json_schema_extra=VERWIJZING)]


class LinkUit(LinkIn):
    uuid: UUID


class ActieIn(SlangSchema):
    """Iets wat met een product te doen is: een adres, of een beslistabel die zegt wat er kan."""

    naam: Naam
    producttype_uuid: UUID
    direct_url: Adres | None = None
    tabel_endpoint: Adres | None = None
    dmn_tabel_id: Tekst | None = None
    mapping: dict[str, Any] | None = None


class ActieKort(SlangSchema):
    uuid: UUID
    naam: Naam
    url: str
    mapping: dict[str, Any] | None


class ActieUit(ActieKort):
    producttype_uuid: UUID


class BestandIn(SlangSchema):
    producttype_uuid: UUID
    bestand: Upload


class BestandDeels(SlangSchema):
    """Bij PATCH: zonder nieuw bestand blijft het oude."""

    producttype_uuid: UUID
    bestand: Upload | None = None


class BestandKort(SlangSchema):
    uuid: UUID
    bestand: Annotated[str, Field(json_schema_extra={"format": "uri"})]

    @property
    def naam(self) -> str:
        """De bestandsnaam: het eind van het adres."""
        return unquote(self.bestand.rpartition("/")[2])


class BestandUit(BestandKort):
    url: str
    producttype_uuid: UUID


# inhoud


class ContentElementIn(SlangSchema):
    content: Tekst
    aanvullende_informatie: str = ""
    labels: list[Naam] = Field(default_factory=list)
    producttype_uuid: UUID | None = None
    thema_uuid: UUID | None = None


class ContentElementKort(SlangSchema):
    uuid: UUID
    taal: str
    content: str
    aanvullende_informatie: str
    labels: list[str]


class ContentElementUit(ContentElementIn):
    url: str
    uuid: UUID
    taal: str


class ContentVertalingIn(SlangSchema):
    """De vertaalbare velden van een contentelement."""

    content: Tekst
    aanvullende_informatie: str = ""


class ContentVertalingUit(ContentVertalingIn):
    uuid: UUID


class ContentLabelIn(SlangSchema):
    naam: Naam


class ContentLabelUit(ContentLabelIn):
    pass


# schema's en instellingen van de catalogus


class JsonSchemaIn(SlangSchema):
    naam: Annotated[str, Field(min_length=1, max_length=200)]
    json_schema: Annotated[dict[str, Any], Field(alias="schema")]


class JsonSchemaKort(JsonSchemaIn):
    pass


class JsonSchemaUit(JsonSchemaKort):
    url: str


class DmnConfigIn(SlangSchema):
    """Een DMN-omgeving waar acties en prijsregels naar mogen verwijzen (onze uitbreiding)."""

    naam: Naam
    tabel_endpoint: Adres


class DmnConfigUit(DmnConfigIn):
    url: str
    uuid: UUID


class UniformeProductnaamIn(SlangSchema):
    """Een naam uit de UPL, met de SDG-onderwerpen waar hij bij hoort (onze uitbreiding).

    `sdg`: codes van de onderwerpen uit bijlage I en II van de SDG-verordening, zoals `N1` of `B2`.
    """

    naam: Naam
    uri: Annotated[str, Field(min_length=1, max_length=200, json_schema_extra={"format": "uri"})]
    sdg: list[Annotated[str, Field(pattern=r"^[A-Z][0-9]{0,2}$")]] = Field(default_factory=list)
    is_verwijderd: bool = False


class UniformeProductnaamUit(UniformeProductnaamIn):
    url: str
    uuid: UUID


class SynoniemIn(SlangSchema):
    """Woorden die bij het zoeken hetzelfde betekenen (onze uitbreiding): wie een ervan zoekt, zoekt ze allemaal."""

    woorden: Annotated[list[Annotated[str, Field(min_length=2, max_length=100)]], Field(min_length=2, max_length=50)]


class SynoniemUit(SlangSchema):
    """De woorden zoals het zoeken ze kent: zonder hoofdletters, accenten en leestekens."""

    url: str
    uuid: UUID
    woorden: list[str]


# het producttype zelf


class ProductTypeBasis(SlangSchema):
    uniforme_product_naam: Tekst | None = None
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


class ProductTypeIn(ProductTypeBasis):
    thema_uuids: Uuids = Field(default_factory=list)
    locatie_uuids: Uuids = Field(default_factory=list)
    organisatie_uuids: Uuids = Field(default_factory=list)
    contact_uuids: Uuids = Field(default_factory=list)
    verbruiksobject_schema_naam: Tekst | None = None
    dataobject_schema_naam: Tekst | None = None


class ProductTypeUit(ProductTypeBasis):
    url: str
    uuid: UUID
    taal: str
    gepubliceerd: bool
    themas: list[ThemaKort]
    locaties: list[LocatieKort]
    organisaties: list[OrganisatieKort]
    contacten: list[ContactKort]
    prijzen: list[PrijsKort]
    links: list[LinkKort]
    acties: list[ActieKort]
    bestanden: list[BestandKort]
    verbruiksobject_schema: JsonSchemaKort | None
    dataobject_schema: JsonSchemaKort | None
    aanmaak_datum: datetime
    update_datum: datetime

    def gestopt_op(self, dag: date) -> date | None:
        """Sinds wanneer het product op deze `dag` niet meer aangeboden wordt: de publicatie was er en is voorbij."""
        eind = self.publicatie_eind_datum
        return eind if eind is not None and eind <= dag else None


class ProductTypeVertalingIn(SlangSchema):
    """De vertaalbare velden van een producttype."""

    naam: Naam
    samenvatting: Tekst


class ProductTypeVertalingUit(ProductTypeVertalingIn):
    uuid: UUID


class ActuelePrijsUit(SlangSchema):
    """Wat een producttype nu kost; `actuele_prijs` is leeg als er (nog) geen prijs geldt."""

    uuid: UUID
    code: str
    upl_naam: str | None
    upl_uri: Annotated[str | None, Field(json_schema_extra={"format": "uri"})]
    actuele_prijs: PrijsKort | None
