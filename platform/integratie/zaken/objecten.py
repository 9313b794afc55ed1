"""Waar een zaak over gaat: per `objectType` een eigen vorm van `objectIdentificatie`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from integratie.basis import Schema
from integratie.zaken.betrokkenen import (
    BETROKKENEN,
    AdresInBag,
    Huisletter,
    Huisnummer,
    Identificatie,
    Plaats,
    Postcode,
    RolNatuurlijkPersoon,
    RolNietNatuurlijkPersoon,
    Toevoeging,
)

Code2 = Annotated[str, Field(max_length=2)]
Code4 = Annotated[str, Field(max_length=4)]
Naam40 = Annotated[str, Field(max_length=40)]
Naam80 = Annotated[str, Field(max_length=80)]
LangeNaam = Annotated[str, Field(max_length=500)]


class ObjectAdres(Schema):
    identificatie: Identificatie
    wpl_woonplaats_naam: Plaats
    gor_openbare_ruimte_naam: Plaats
    huisnummer: Huisnummer
    huisletter: Huisletter = ""
    huisnummertoevoeging: Toevoeging = ""
    postcode: Postcode = ""


class ObjectBuurt(Schema):
    buurt_code: Code2
    buurt_naam: Naam40
    gem_gemeente_code: Code4
    wyk_wijk_code: Code2


class ObjectGemeente(Schema):
    gemeente_naam: Naam80
    gemeente_code: Code4


class ObjectGemeentelijkeOpenbareRuimte(Schema):
    identificatie: Identificatie
    openbare_ruimte_naam: Naam80


class TerreinGebouwdObjectAdres(AdresInBag):
    """`oaoIdentificatie` is tot en met Zaken 1.5 de schrijfwijze van `aoaIdentificatie`."""

    num_identificatie: Identificatie = ""
    oao_identificatie: Identificatie = ""
    aoa_identificatie: Identificatie = ""
    ogo_locatie_aanduiding: Identificatie = ""


class ObjectTerreinGebouwdObject(Schema):
    identificatie: Identificatie
    adres_aanduiding_grp: TerreinGebouwdObjectAdres | None = None


class ObjectHuishouden(Schema):
    nummer: Annotated[str, Field(max_length=12)]
    is_gehuisvest_in: ObjectTerreinGebouwdObject | None = None


class ObjectInrichtingselement(Schema):
    type: Literal[
        "bak",
        "bord",
        "installatie",
        "kast",
        "mast",
        "paal",
        "sensor",
        "straatmeubilair",
        "waterinrichtingselement",
        "weginrichtingselement",
    ]
    identificatie: Identificatie
    naam: LangeNaam = ""


class ObjectKadastraleOnroerendeZaak(Schema):
    kadastrale_identificatie: Identificatie
    kadastrale_aanduiding: Annotated[str, Field(max_length=1000)]


class ObjectKunstwerkdeel(Schema):
    type: Literal[
        "keermuur",
        "overkluizing",
        "duiker",
        "faunavoorziening",
        "vispassage",
        "bodemval",
        "coupure",
        "ponton",
        "voorde",
        "hoogspanningsmast",
        "gemaal",
        "perron",
        "sluis",
        "strekdam",
        "steiger",
        "stuw",
    ]
    identificatie: Identificatie
    naam: Naam80


class ObjectMaatschappelijkeActiviteit(Schema):
    kvk_nummer: Annotated[str, Field(max_length=8)]
    handelsnaam: Annotated[str, Field(max_length=200)]


class ObjectOpenbareRuimte(Schema):
    identificatie: Identificatie
    wpl_woonplaats_naam: Plaats
    gor_openbare_ruimte_naam: Plaats


class ObjectPand(Schema):
    identificatie: Identificatie


class ObjectSpoorbaandeel(Schema):
    type: Literal["breedspoor", "normaalspoor", "smalspoor", "spoorbaan"]
    identificatie: Identificatie
    naam: LangeNaam = ""


class ObjectTerreindeel(Schema):
    type: Naam40
    identificatie: Identificatie
    naam: LangeNaam = ""


class ObjectWaterdeel(Schema):
    type_waterdeel: Literal["zee", "waterloop", "watervlakte", "greppel_droge_sloot"]
    identificatie: Identificatie
    naam: LangeNaam = ""


class ObjectWegdeel(Schema):
    type: Annotated[str, Field(max_length=100)]
    identificatie: Identificatie
    naam: LangeNaam = ""


class ObjectWijk(Schema):
    wijk_code: Code2
    wijk_naam: Naam40
    gem_gemeente_code: Code4


class ObjectWoonplaats(Schema):
    identificatie: Identificatie
    woonplaats_naam: Naam80


class WozObjectAdres(AdresInBag):
    aoa_identificatie: Identificatie
    locatie_omschrijving: Annotated[str, Field(max_length=1000)] = ""


class ObjectWozObject(Schema):
    woz_object_nummer: Annotated[str, Field(max_length=100)]
    aanduiding_woz_object: WozObjectAdres | None = None


class ObjectWozDeelobject(Schema):
    nummer_woz_deel_object: Annotated[str, Field(max_length=6)]
    is_onderdeel_van: ObjectWozObject | None = None


class ObjectWozWaarde(Schema):
    waardepeildatum: Annotated[str, Field(max_length=9)]
    is_voor: ObjectWozObject | None = None


class ZakelijkRechtGerechtigde(Schema):
    natuurlijk_persoon: RolNatuurlijkPersoon | None = None
    niet_natuurlijk_persoon: RolNietNatuurlijkPersoon | None = None


class ObjectZakelijkRecht(Schema):
    identificatie: Identificatie
    avg_aard: Annotated[str, Field(max_length=1000)]
    heeft_betrekking_op: ObjectKadastraleOnroerendeZaak | None = None
    heeft_als_gerechtigde: ZakelijkRechtGerechtigde | None = None


class ObjectOverige(Schema):
    overige_data: dict[str, Any]


DINGEN: dict[str, type[BaseModel]] = {
    "adres": ObjectAdres,
    "buurt": ObjectBuurt,
    "gemeente": ObjectGemeente,
    "gemeentelijke_openbare_ruimte": ObjectGemeentelijkeOpenbareRuimte,
    "huishouden": ObjectHuishouden,
    "inrichtingselement": ObjectInrichtingselement,
    "kadastrale_onroerende_zaak": ObjectKadastraleOnroerendeZaak,
    "kunstwerkdeel": ObjectKunstwerkdeel,
    "maatschappelijke_activiteit": ObjectMaatschappelijkeActiviteit,
    "openbare_ruimte": ObjectOpenbareRuimte,
    "pand": ObjectPand,
    "spoorbaandeel": ObjectSpoorbaandeel,
    "terreindeel": ObjectTerreindeel,
    "terrein_gebouwd_object": ObjectTerreinGebouwdObject,
    "waterdeel": ObjectWaterdeel,
    "wegdeel": ObjectWegdeel,
    "wijk": ObjectWijk,
    "woonplaats": ObjectWoonplaats,
    "woz_deelobject": ObjectWozDeelobject,
    "woz_object": ObjectWozObject,
    "woz_waarde": ObjectWozWaarde,
    "zakelijk_recht": ObjectZakelijkRecht,
    "overige": ObjectOverige,
}
"""De vormen van zaken en plaatsen; `besluit`, `enkelvoudig_document` en `status` zijn alleen met een URL aan te wijzen."""

OBJECTEN: dict[str, type[BaseModel]] = {**DINGEN, **BETROKKENEN}
"""Alle vormen: iemand is ook een object."""
