"""Schema's van de Catalogi API 1.3.

Zaaktypen, besluittypen en informatieobjecttypen verwijzen op naam naar elkaar: de schrijfschema's nemen namen (identificatie of
omschrijving) en ook URL's, de leesschema's hebben URL's van geldige versies met de namen ernaast.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from integratie.basis import GevuldeUrl, Schema, Url
from integratie.typen import Duur, Emailadres, ObjectType, OmschrijvingGeneriek, Rsin, Vertrouwelijkheid, leeg_als_null

AardRelatie = Literal["vervolg", "bijdrage", "onderwerp"]
Afleidingswijze = Literal[
    "afgehandeld",
    "ander_datumkenmerk",
    "eigenschap",
    "gerelateerde_zaak",
    "hoofdzaak",
    "ingangsdatum_besluit",
    "termijn",
    "vervaldatum_besluit",
    "zaakobject",
]
Archiefnominatie = Literal["", "blijvend_bewaren", "vernietigen"]
Formaat = Literal["tekst", "getal", "datum", "datum_tijd"]
Objecttype = Literal["", ObjectType]
Richting = Literal["inkomend", "intern", "uitgaand"]
Namen = list[Annotated[str, Field(max_length=1000)]]


def _enige(waarde: Any) -> Any:
    """Wat er staat, ook als het als lijst van één is verpakt: zo sturen de landelijke OpenAPI-tests een resultaattypeomschrijving."""
    return waarde[0] if isinstance(waarde, list) and len(waarde) == 1 else waarde


class CatalogusIn(Schema):
    domein: Annotated[str, Field(min_length=1, max_length=5, pattern=r"^[A-Z]+$")]
    rsin: Annotated[Rsin, Field(min_length=1)]
    contactpersoon_beheer_naam: Annotated[str, Field(min_length=1, max_length=40)]
    contactpersoon_beheer_telefoonnummer: Annotated[str, Field(max_length=20)] = ""
    contactpersoon_beheer_emailadres: Annotated[Emailadres, Field(max_length=254)] = ""
    naam: Annotated[str, Field(max_length=200)] | None = None
    versie: Annotated[str, Field(max_length=20)] | None = None
    begindatum_versie: date | None = None


class CatalogusUit(CatalogusIn):
    url: str
    zaaktypen: list[Url]
    besluittypen: list[Url]
    besluittype_omschrijving: list[str]
    informatieobjecttypen: list[Url]
    informatieobjecttype_omschrijving: list[str]


class ReferentieProces(Schema):
    naam: Annotated[str, Field(max_length=80)]
    link: Annotated[Url, Field(max_length=200)] = ""


class BronCatalogus(Schema):
    url: Annotated[Url, Field(max_length=200)] = ""
    domein: Annotated[str, Field(max_length=5)]
    rsin: Annotated[str, Field(max_length=9)]


class BronZaaktype(Schema):
    url: Annotated[Url, Field(max_length=200)] = ""
    identificatie: Annotated[str, Field(max_length=50)]
    omschrijving: Annotated[str, Field(max_length=80)]


class ZaakTypenRelatie(Schema):
    """`zaaktype` is de identificatie van een zaaktype in dezelfde catalogus, of een URL."""

    zaaktype: Annotated[str, Field(min_length=1, max_length=1000)]
    aard_relatie: AardRelatie
    toelichting: Annotated[str, Field(max_length=255)] = ""


class ZaakTypenRelatieUit(ZaakTypenRelatie):
    zaaktype: Annotated[Url, Field(max_length=200)]
    zaaktype_identificatie: str


class Geldigheid(Schema):
    """Van wanneer tot en met wanneer een versie geldt; `begin_object` en `einde_object` leidt de registratie zelf af."""

    begin_geldigheid: date
    einde_geldigheid: date | None = None
    begin_object: date | None = None
    einde_object: date | None = None


class GeldigheidVanZaaktype(Schema):
    """De geldigheid komt van het zaaktype; een meegegeven waarde moet daaraan gelijk zijn."""

    begin_geldigheid: date | None = None
    einde_geldigheid: date | None = None
    begin_object: date | None = None
    einde_object: date | None = None


class _ZaakType(Geldigheid):
    identificatie: Annotated[str, Field(min_length=1, max_length=50)]
    omschrijving: Annotated[str, Field(min_length=1, max_length=80)]
    omschrijving_generiek: Annotated[str, Field(max_length=80), leeg_als_null(str)] = ""
    vertrouwelijkheidaanduiding: Vertrouwelijkheid
    doel: str
    aanleiding: str
    toelichting: Annotated[str, leeg_als_null(str)] = ""
    indicatie_intern_of_extern: Literal["intern", "extern"]
    handeling_initiator: Annotated[str, Field(max_length=20)]
    onderwerp: Annotated[str, Field(max_length=80)]
    handeling_behandelaar: Annotated[str, Field(max_length=20)]
    doorlooptijd: Duur
    servicenorm: Duur | None = None
    opschorting_en_aanhouding_mogelijk: bool
    verlenging_mogelijk: bool
    verlengingstermijn: Duur | None = None
    trefwoorden: list[Annotated[str, Field(max_length=30)]] = Field(default_factory=list)
    publicatie_indicatie: bool
    publicatietekst: Annotated[str, leeg_als_null(str)] = ""
    verantwoordingsrelatie: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list)
    producten_of_diensten: list[Url]
    selectielijst_procestype: Annotated[Url, Field(max_length=200)] = ""
    referentieproces: ReferentieProces
    verantwoordelijke: Annotated[str, Field(max_length=50)]
    broncatalogus: BronCatalogus | None = None
    bronzaaktype: BronZaaktype | None = None
    catalogus: GevuldeUrl
    versiedatum: date | None = None


class ZaakTypeIn(_ZaakType):
    besluittypen: Namen = Field(default_factory=list)
    deelzaaktypen: Namen = Field(default_factory=list)
    gerelateerde_zaaktypen: list[ZaakTypenRelatie]


class ZaakTypeUit(_ZaakType):
    url: str
    versiedatum: date
    zaakobjecttypen: list[Url]
    statustypen: list[Url]
    resultaattypen: list[Url]
    resultaattype_omschrijving: list[str] = Field(default_factory=list)
    eigenschappen: list[Url]
    informatieobjecttypen: list[Url]
    informatieobjecttype_omschrijving: list[str] = Field(default_factory=list)
    roltypen: list[Url]
    besluittypen: list[Url]
    besluittype_omschrijving: list[str] = Field(default_factory=list)
    deelzaaktypen: list[Url] = Field(default_factory=list)
    deelzaaktype_identificaties: list[str] = Field(default_factory=list)
    gerelateerde_zaaktypen: list[ZaakTypenRelatieUit]
    concept: bool


class CheckListItem(Schema):
    itemnaam: Annotated[str, Field(max_length=30)]
    toelichting: Annotated[str, Field(max_length=1000)] | None = None
    vraagstelling: Annotated[str, Field(max_length=255)]
    verplicht: bool = False


class StatusTypeIn(GeldigheidVanZaaktype):
    omschrijving: Annotated[str, Field(min_length=1, max_length=80)]
    omschrijving_generiek: Annotated[str, Field(max_length=80)] = ""
    statustekst: Annotated[str, Field(max_length=1000)] = ""
    zaaktype: GevuldeUrl
    volgnummer: Annotated[int, Field(le=9999, ge=1)]
    informeren: bool = False
    doorlooptijd: Duur | None = None
    toelichting: Annotated[str, Field(max_length=1000)] | None = None
    checklistitem_statustype: list[CheckListItem] = Field(default_factory=list)
    eigenschappen: list[Url] = Field(default_factory=list)


class StatusTypeUit(StatusTypeIn):
    url: str
    catalogus: GevuldeUrl
    zaaktype_identificatie: str
    is_eindstatus: bool


class BrondatumArchiefprocedure(Schema):
    afleidingswijze: Afleidingswijze
    datumkenmerk: Annotated[str, Field(max_length=80)] = ""
    einddatum_bekend: bool = False
    objecttype: Objecttype = ""
    registratie: Annotated[str, Field(max_length=80)] = ""
    procestermijn: Duur | None = None


class _ResultaatType(GeldigheidVanZaaktype):
    zaaktype: GevuldeUrl
    omschrijving: Annotated[str, Field(min_length=1, max_length=30)]
    resultaattypeomschrijving: Annotated[Url, Field(min_length=1), BeforeValidator(_enige)]
    selectielijstklasse: Annotated[Url, Field(min_length=1)]
    toelichting: str = ""
    archiefnominatie: Archiefnominatie = ""
    archiefactietermijn: Duur | None = None
    brondatum_archiefprocedure: BrondatumArchiefprocedure | None = None
    procesobjectaard: Annotated[str, Field(max_length=200)] | None = None
    catalogus: Url | None = None
    indicatie_specifiek: bool | None = None
    procestermijn: Duur | None = None


class ResultaatTypeIn(_ResultaatType):
    besluittypen: Namen = Field(default_factory=list)
    informatieobjecttypen: Namen = Field(default_factory=list)


class ResultaatTypeUit(_ResultaatType):
    url: str
    zaaktype_identificatie: str
    omschrijving_generiek: str
    besluittypen: list[Url] = Field(default_factory=list)
    besluittype_omschrijving: list[str] = Field(default_factory=list)
    informatieobjecttypen: list[Url] = Field(default_factory=list)
    informatieobjecttype_omschrijving: list[str] = Field(default_factory=list)


class RolTypeIn(GeldigheidVanZaaktype):
    zaaktype: GevuldeUrl
    omschrijving: Annotated[str, Field(min_length=1, max_length=100)]
    omschrijving_generiek: OmschrijvingGeneriek
    catalogus: Url | None = None


class RolTypeUit(RolTypeIn):
    url: str
    zaaktype_identificatie: str


class InformatieObjectTypeOmschrijvingGeneriek(Schema):
    informatieobjecttype_omschrijving_generiek: Annotated[str, Field(max_length=80)]
    definitie_informatieobjecttype_omschrijving_generiek: Annotated[str, Field(max_length=255)]
    herkomst_informatieobjecttype_omschrijving_generiek: Annotated[str, Field(max_length=12)]
    hierarchie_informatieobjecttype_omschrijving_generiek: Annotated[str, Field(max_length=80)]
    opmerking_informatieobjecttype_omschrijving_generiek: Annotated[str, Field(max_length=255)] | None = None


def geen_generieke_omschrijving() -> dict[str, Any]:
    """De lege structuur van de gegevensgroep `omschrijvingGeneriek`."""
    return {
        veld.alias or naam: None if naam.startswith("opmerking") else ""
        for naam, veld in InformatieObjectTypeOmschrijvingGeneriek.model_fields.items()
    }


class InformatieObjectTypeIn(Geldigheid):
    catalogus: GevuldeUrl
    omschrijving: Annotated[str, Field(min_length=1, max_length=80)]
    vertrouwelijkheidaanduiding: Vertrouwelijkheid
    informatieobjectcategorie: Annotated[str, Field(max_length=80)] = ""
    trefwoord: list[Annotated[str, Field(max_length=30)]] = Field(default_factory=list)
    omschrijving_generiek: Annotated[
        InformatieObjectTypeOmschrijvingGeneriek, leeg_als_null(geen_generieke_omschrijving)
    ] = Field(
        default_factory=lambda: InformatieObjectTypeOmschrijvingGeneriek.model_validate(geen_generieke_omschrijving())
    )


class InformatieObjectTypeUit(InformatieObjectTypeIn):
    url: str
    concept: bool
    zaaktypen: list[Url]
    zaaktype_identificaties: list[str] = Field(default_factory=list)
    besluittypen: list[Url]
    besluittype_omschrijving: list[str] = Field(default_factory=list)


class ZaakTypeInformatieObjectTypeIn(Schema):
    """`informatieobjecttype` is een omschrijving, of een URL."""

    zaaktype: GevuldeUrl
    informatieobjecttype: Annotated[str, Field(min_length=1, max_length=1000)]
    volgnummer: Annotated[int, Field(le=999, ge=1)]
    richting: Richting
    statustype: Url | None = None


class ZaakTypeInformatieObjectTypeUit(ZaakTypeInformatieObjectTypeIn):
    url: str
    zaaktype_identificatie: str
    catalogus: GevuldeUrl


class _BesluitType(Geldigheid):
    catalogus: GevuldeUrl
    omschrijving: Annotated[str, Field(max_length=80)] = ""
    omschrijving_generiek: Annotated[str, Field(max_length=80)] = ""
    besluitcategorie: Annotated[str, Field(max_length=40)] = ""
    reactietermijn: Duur | None = None
    publicatie_indicatie: bool
    publicatietekst: str = ""
    publicatietermijn: Duur | None = None
    toelichting: str = ""


class BesluitTypeIn(_BesluitType):
    informatieobjecttypen: Namen
    zaaktypen: Namen = Field(default_factory=list)


class BesluitTypeUit(_BesluitType):
    url: str
    zaaktypen: list[Url]
    zaaktype_identificaties: list[str] = Field(default_factory=list)
    informatieobjecttypen: list[Url]
    informatieobjecttype_omschrijvingen: list[str] = Field(default_factory=list)
    concept: bool
    resultaattypen: list[Url] = Field(default_factory=list)
    resultaattypen_omschrijving: list[str] = Field(default_factory=list)
    vastgelegd_in: list[str] = Field(default_factory=list)


class EigenschapSpecificatie(Schema):
    groep: Annotated[str, Field(max_length=32)] = ""
    formaat: Formaat
    lengte: Annotated[str, Field(min_length=1, max_length=14)]
    kardinaliteit: Annotated[str, Field(min_length=1, max_length=3)]
    waardenverzameling: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list)


class EigenschapIn(GeldigheidVanZaaktype):
    naam: Annotated[str, Field(min_length=1, max_length=20)]
    definitie: Annotated[str, Field(min_length=1, max_length=255)]
    specificatie: EigenschapSpecificatie
    toelichting: Annotated[str, Field(max_length=1000)] = ""
    zaaktype: GevuldeUrl
    statustype: Url | None = None


class EigenschapUit(EigenschapIn):
    url: str
    catalogus: GevuldeUrl
    zaaktype_identificatie: str


class ZaakObjectTypeIn(GeldigheidVanZaaktype):
    ander_objecttype: bool
    objecttype: Annotated[Url, Field(min_length=1, max_length=200)]
    relatie_omschrijving: Annotated[str, Field(min_length=1, max_length=80)]
    zaaktype: GevuldeUrl
    catalogus: Url | None = None


class ZaakObjectTypeUit(ZaakObjectTypeIn):
    url: str
    begin_geldigheid: date
    catalogus: Url
    zaaktype_identificatie: str
    resultaattypen: list[Url] = Field(default_factory=list)
    resultaattype_omschrijving: list[str] = Field(default_factory=list)
    statustypen: list[Url] = Field(default_factory=list)
