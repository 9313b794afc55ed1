"""Schema's van de Zaken API 1.7."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from integratie.basis import GevuldeUrl, Schema, Url
from integratie.typen import Duur, Emailadres, OmschrijvingGeneriek, Rsin, Vertrouwelijkheid, leeg_als_null

Archiefnominatie = Literal["", "blijvend_bewaren", "vernietigen"]
Archiefstatus = Literal["nog_te_archiveren", "gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen"]
Betalingsindicatie = Literal["", "nvt", "nog_niet", "gedeeltelijk", "geheel"]
BetrokkeneType = Literal[
    "natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid", "medewerker"
]


class Verlenging(Schema):
    """Zonder reden en duur is er geen verlenging: de lege structuur van de gegevensgroep (zrc-012)."""

    reden: Annotated[str, Field(max_length=200)]
    duur: Duur | None

    @field_validator("duur")
    @classmethod
    def _duur_bij_reden(cls, waarde: str | None, info: ValidationInfo) -> str | None:
        if waarde is None and info.data.get("reden"):
            raise PydanticCustomError("duur_ontbreekt", "Bij een verlenging hoort een duur.")
        return waarde


class Opschorting(Schema):
    indicatie: bool
    reden: Annotated[str, Field(max_length=200)]


class RelevanteZaak(Schema):
    url: Url
    aard_relatie: Literal["vervolg", "onderwerp", "bijdrage"]


class ZaakKenmerk(Schema):
    kenmerk: Annotated[str, Field(max_length=40)]
    bron: Annotated[str, Field(max_length=40)]


class Processobject(Schema):
    datumkenmerk: Annotated[str, Field(max_length=250)]
    identificatie: Annotated[str, Field(max_length=250)]
    objecttype: Annotated[str, Field(max_length=250)]
    registratie: Annotated[str, Field(max_length=250)]


def geen_verlenging() -> dict[str, Any]:
    return {"reden": "", "duur": None}


def geen_opschorting() -> dict[str, Any]:
    return {"indicatie": False, "reden": ""}


def geen_processobject() -> dict[str, Any]:
    return {"datumkenmerk": "", "identificatie": "", "objecttype": "", "registratie": ""}


class ZaakIn(Schema):
    identificatie: Annotated[str, Field(max_length=40)] = ""
    bronorganisatie: Annotated[Rsin, Field(min_length=1)]
    omschrijving: Annotated[str, Field(max_length=80)] = ""
    toelichting: Annotated[str, Field(max_length=1000)] = ""
    zaaktype: GevuldeUrl
    registratiedatum: date | None = None
    verantwoordelijke_organisatie: Annotated[Rsin, Field(min_length=1)]
    startdatum: date
    einddatum_gepland: date | None = None
    uiterlijke_einddatum_afdoening: date | None = None
    publicatiedatum: date | None = None
    communicatiekanaal: Url = ""
    producten_of_diensten: list[Url] = Field(default_factory=list)
    vertrouwelijkheidaanduiding: Literal[""] | Vertrouwelijkheid = ""
    betalingsindicatie: Betalingsindicatie = ""
    laatste_betaaldatum: datetime | None = None
    zaakgeometrie: dict[str, Any] | None = None
    verlenging: Annotated[Verlenging, leeg_als_null(geen_verlenging)] = Field(
        default_factory=lambda: Verlenging(reden="", duur=None)
    )
    opschorting: Annotated[Opschorting, leeg_als_null(geen_opschorting)] = Field(
        default_factory=lambda: Opschorting(indicatie=False, reden="")
    )
    selectielijstklasse: Url = ""
    hoofdzaak: GevuldeUrl | None = None
    relevante_andere_zaken: list[RelevanteZaak] = Field(default_factory=list)
    kenmerken: list[ZaakKenmerk] = Field(default_factory=list)
    archiefnominatie: Archiefnominatie | None = None
    archiefstatus: Archiefstatus = "nog_te_archiveren"
    archiefactiedatum: date | None = None
    opdrachtgevende_organisatie: Rsin = ""
    processobjectaard: Annotated[str, Field(max_length=200)] | None = None
    startdatum_bewaartermijn: date | None = None
    processobject: Annotated[Processobject, leeg_als_null(geen_processobject)] = Field(
        default_factory=lambda: Processobject(**geen_processobject())
    )


class ZaakUit(ZaakIn):
    url: str
    uuid: UUID
    registratiedatum: date
    einddatum: date | None = None
    betalingsindicatie_weergave: str = ""
    deelzaken: list[Url] = Field(default_factory=list)
    eigenschappen: list[Url] = Field(default_factory=list)
    rollen: list[Url] = Field(default_factory=list)
    status: Url | None = None
    zaakinformatieobjecten: list[Url] = Field(default_factory=list)
    zaakobjecten: list[Url] = Field(default_factory=list)
    resultaat: Url | None = None


class StatusIn(Schema):
    zaak: GevuldeUrl
    statustype: GevuldeUrl
    datum_status_gezet: datetime
    statustoelichting: Annotated[str, Field(max_length=1000)] = ""
    gezetdoor: Annotated[Url, Field(max_length=200)] | None = None


class StatusUit(StatusIn):
    url: str
    uuid: UUID
    indicatie_laatst_gezette_status: bool
    zaakinformatieobjecten: list[Url] = Field(default_factory=list)


class ResultaatIn(Schema):
    zaak: GevuldeUrl
    resultaattype: GevuldeUrl
    toelichting: Annotated[str, Field(max_length=1000)] = ""


class ResultaatUit(ResultaatIn):
    url: str
    uuid: UUID


class ContactPersoonRol(Schema):
    emailadres: Annotated[Emailadres, Field(max_length=254)] = ""
    functie: Annotated[str, Field(max_length=50)] = ""
    telefoonnummer: Annotated[str, Field(max_length=20)] = ""
    naam: Annotated[str, Field(max_length=40)]


class RolIn(Schema):
    zaak: GevuldeUrl
    betrokkene: Url = ""
    betrokkene_type: BetrokkeneType
    afwijkende_naam_betrokkene: Annotated[str, Field(max_length=625)] = ""
    roltype: GevuldeUrl
    roltoelichting: Annotated[str, Field(max_length=1000)]
    indicatie_machtiging: Literal["", "gemachtigde", "machtiginggever"] = ""
    contactpersoon_rol: ContactPersoonRol | None = None
    betrokkene_identificatie: dict[str, Any] | None = None
    authenticatie_context: dict[str, Any] | None = None


class RolUit(RolIn):
    url: str
    uuid: UUID
    omschrijving: str
    omschrijving_generiek: OmschrijvingGeneriek
    registratiedatum: datetime
    statussen: list[Url] = Field(default_factory=list)


class ZaakInformatieObjectIn(Schema):
    informatieobject: GevuldeUrl
    zaak: GevuldeUrl
    titel: Annotated[str, Field(max_length=200)] = ""
    beschrijving: str = ""
    vernietigingsdatum: datetime | None = None
    status: GevuldeUrl | None = None


class ZaakInformatieObjectUit(ZaakInformatieObjectIn):
    url: str
    uuid: UUID
    aard_relatie_weergave: Literal["Hoort bij, omgekeerd: kent", "Legt vast, omgekeerd: kan vastgelegd zijn als"]
    registratiedatum: datetime


class ZaakEigenschapIn(Schema):
    zaak: GevuldeUrl
    eigenschap: GevuldeUrl
    waarde: str


class ZaakEigenschapUit(ZaakEigenschapIn):
    url: str
    uuid: UUID
    naam: str
