"""Schema's van de Zaken API 1.7."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from integratie.basis import GevuldeUrl, Schema, Url
from integratie.geojson import GeoJson
from integratie.polymorf import Polymorf
from integratie.typen import (
    Duur,
    Emailadres,
    ObjectType,
    OmschrijvingGeneriek,
    Rsin,
    Tijdstip,
    Vertrouwelijkheid,
    leeg_als_null,
)
from integratie.zaken.betrokkenen import BETROKKENEN, AuthenticatieContext, BetrokkeneType
from integratie.zaken.objecten import DINGEN, OBJECTEN

Archiefnominatie = Literal["", "blijvend_bewaren", "vernietigen"]
Archiefstatus = Literal["nog_te_archiveren", "gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen"]
Betalingsindicatie = Literal["", "nvt", "nog_niet", "gedeeltelijk", "geheel"]


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


class OpschortingUit(Opschorting):
    """`eerdereOpschorting` is van Open Zaak: is de zaak al eens eerder opgeschort (regels 9)?"""

    eerdere_opschorting: bool = False


class RelevanteZaak(Schema):
    """`overig`, `overigeRelatie` en `toelichting` zijn van Open Zaak (regels 9)."""

    url: GevuldeUrl
    aard_relatie: Literal["vervolg", "onderwerp", "bijdrage", "overig"]
    overige_relatie: Annotated[str, Field(max_length=100)] = ""
    toelichting: Annotated[str, Field(max_length=255)] = ""


class GerelateerdeZaak(Schema):
    """Van Open Zaak (regels 9): een relatie zonder aard, die aan beide kanten staat."""

    url: GevuldeUrl


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
    communicatiekanaal_naam: Annotated[str, Field(max_length=250)] = ""
    producten_of_diensten: list[Url] = Field(default_factory=list)
    vertrouwelijkheidaanduiding: Literal[""] | Vertrouwelijkheid = ""
    betalingsindicatie: Annotated[Betalingsindicatie, leeg_als_null(str)] = ""
    laatste_betaaldatum: Tijdstip | None = None
    zaakgeometrie: GeoJson | None = None
    verlenging: Annotated[Verlenging, leeg_als_null(geen_verlenging)] = Field(
        default_factory=lambda: Verlenging(reden="", duur=None)
    )
    opschorting: Annotated[Opschorting, leeg_als_null(geen_opschorting)] = Field(
        default_factory=lambda: Opschorting(indicatie=False, reden="")
    )
    selectielijstklasse: Url = ""
    hoofdzaak: GevuldeUrl | None = None
    relevante_andere_zaken: list[RelevanteZaak] = Field(default_factory=list)
    gerelateerde_zaken: list[GerelateerdeZaak] = Field(default_factory=list)
    kenmerken: list[ZaakKenmerk] = Field(default_factory=list)
    archiefnominatie: Archiefnominatie | None = None
    archiefstatus: Archiefstatus = "nog_te_archiveren"
    archiefactiedatum: date | None = None
    opdrachtgevende_organisatie: Annotated[Rsin, leeg_als_null(str)] = ""
    processobjectaard: Annotated[str, Field(max_length=200)] | None = None
    startdatum_bewaartermijn: date | None = None
    processobject: Annotated[Processobject, leeg_als_null(geen_processobject)] = Field(
        default_factory=lambda: Processobject(**geen_processobject())
    )
    laatst_geopend: Tijdstip | None = None


class ZaakUit(ZaakIn):
    url: str
    uuid: UUID
    registratiedatum: date
    opschorting: OpschortingUit = Field(default_factory=lambda: OpschortingUit(indicatie=False, reden=""))
    einddatum: date | None = None
    laatst_gemuteerd: datetime | None = None
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
    datum_status_gezet: Tijdstip
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
    begin_geldigheid: date | None = None
    einde_geldigheid: date | None = None
    betrokkene_identificatie: Annotated[dict[str, Any] | None, Polymorf("betrokkene_type", BETROKKENEN)] = None
    authenticatie_context: AuthenticatieContext | None = None


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
    vernietigingsdatum: Tijdstip | None = None
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


class ObjectTypeOverigeDefinitie(Schema):
    """Waar het JSON-schema van een eigen objecttype staat: de URL, en de paden (jq) naar schema en gegevens."""

    url: Annotated[Url, Field(min_length=1)]
    schema_: Annotated[str, Field(min_length=1, max_length=100, alias="schema")]
    object_data: Annotated[str, Field(min_length=1, max_length=100)]


class ZaakObjectIn(Schema):
    """`betrokkeneIdentificatie` is in het bestand de naam van `objectIdentificatie` bij personen; beide zijn goed."""

    zaak: GevuldeUrl
    object: Url = ""
    zaakobjecttype: Url | None = None
    object_type: ObjectType
    object_type_overige: Annotated[str, Field(max_length=100, pattern=r"^[a-z_]*$")] = ""
    object_type_overige_definitie: ObjectTypeOverigeDefinitie | None = None
    relatieomschrijving: Annotated[str, Field(max_length=80)] = ""
    object_identificatie: Annotated[dict[str, Any] | None, Polymorf("object_type", OBJECTEN, DINGEN)] = None
    betrokkene_identificatie: Annotated[dict[str, Any] | None, Polymorf("object_type", BETROKKENEN)] = None


class ZaakObjectUit(ZaakObjectIn):
    url: str
    uuid: UUID


class ZaakBesluitIn(Schema):
    besluit: GevuldeUrl


class ZaakBesluitUit(ZaakBesluitIn):
    url: str
    uuid: UUID


class KlantContactIn(Schema):
    zaak: GevuldeUrl
    identificatie: Annotated[str, Field(max_length=14)] = ""
    datumtijd: Tijdstip
    kanaal: Annotated[str, Field(max_length=20)] = ""
    onderwerp: Annotated[str, Field(max_length=200)] = ""
    toelichting: Annotated[str, Field(max_length=1000)] = ""


class KlantContactUit(KlantContactIn):
    url: str
    uuid: UUID


class ZaakContactMomentIn(Schema):
    zaak: GevuldeUrl
    contactmoment: GevuldeUrl


class ZaakContactMomentUit(ZaakContactMomentIn):
    url: str
    uuid: UUID


class ZaakVerzoekIn(Schema):
    zaak: GevuldeUrl
    verzoek: GevuldeUrl


class ZaakVerzoekUit(ZaakVerzoekIn):
    url: str
    uuid: UUID


class ZaakNotitieIn(Schema):
    onderwerp: Annotated[str, Field(min_length=1, max_length=255)]
    tekst: Annotated[str, Field(min_length=1)]
    aangemaakt_door: Annotated[str, Field(max_length=255)] = ""
    notitie_type: Literal["intern", "extern"] = "intern"
    status: Literal["concept", "definitief"] = "concept"
    gerelateerd_aan: GevuldeUrl


class ZaakNotitieUit(ZaakNotitieIn):
    url: str
    aanmaakdatum: datetime
    wijzigingsdatum: datetime


class Zaaknummer(Schema):
    zaaknummer: str


class SubStatusIn(Schema):
    """Uitbreiding, zoals Open Zaak haar kent: wat er binnen een status gebeurt. Zonder `status` is het de status van nu."""

    zaak: GevuldeUrl
    status: GevuldeUrl | None = None
    omschrijving: Annotated[str, Field(min_length=1, max_length=200)]
    tijdstip: Tijdstip
    doelgroep: Literal["betrokkenen", "intern"] = "betrokkenen"


class SubStatusUit(SubStatusIn):
    url: str
    uuid: UUID
