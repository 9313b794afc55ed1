"""Wie in een rol zit: per `betrokkeneType` een eigen vorm van `betrokkeneIdentificatie` en `authenticatieContext`."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from integratie.basis import Schema
from integratie.typen import Bsn

BetrokkeneType = Literal[
    "natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "organisatorische_eenheid", "medewerker"
]
Rechtsvorm = Literal[
    "",
    "besloten_vennootschap",
    "cooperatie_europees_economische_samenwerking",
    "europese_cooperatieve_venootschap",  # zo gespeld tot en met Zaken 1.5
    "europese_cooperatieve_vennootschap",
    "europese_naamloze_vennootschap",
    "kerkelijke_organisatie",
    "naamloze_vennootschap",
    "onderlinge_waarborg_maatschappij",
    "overig_privaatrechtelijke_rechtspersoon",
    "stichting",
    "vereniging",
    "vereniging_van_eigenaars",
    "publiekrechtelijke_rechtspersoon",
    "vennootschap_onder_firma",
    "maatschap",
    "rederij",
    "commanditaire_vennootschap",
    "kapitaalvennootschap_binnen_eer",
    "overige_buitenlandse_rechtspersoon_vennootschap",
    "kapitaalvennootschap_buiten_eer",
]
Identificatie = Annotated[str, Field(max_length=100)]
Plaats = Annotated[str, Field(max_length=80)]
Huisnummer = Annotated[int, Field(ge=0, le=99999)]
Postcode = Annotated[str, Field(max_length=7)]
Huisletter = Annotated[str, Field(max_length=1)]
Toevoeging = Annotated[str, Field(max_length=4)]


class AdresInBag(Schema):
    """De velden die elk adres in de Zaken API deelt."""

    wpl_woonplaats_naam: Plaats
    gor_openbare_ruimte_naam: Plaats
    aoa_postcode: Postcode = ""
    aoa_huisnummer: Huisnummer
    aoa_huisletter: Huisletter = ""
    aoa_huisnummertoevoeging: Toevoeging = ""


class VerblijfsAdres(AdresInBag):
    aoa_identificatie: Identificatie
    inp_locatiebeschrijving: Annotated[str, Field(max_length=1000)] = ""


class SubVerblijfBuitenland(Schema):
    lnd_landcode: Annotated[str, Field(max_length=4)]
    lnd_landnaam: Annotated[str, Field(max_length=40)]
    sub_adres_buitenland_1: Annotated[str, Field(max_length=35, alias="subAdresBuitenland_1")] = ""
    sub_adres_buitenland_2: Annotated[str, Field(max_length=35, alias="subAdresBuitenland_2")] = ""
    sub_adres_buitenland_3: Annotated[str, Field(max_length=35, alias="subAdresBuitenland_3")] = ""


class RolNatuurlijkPersoon(Schema):
    inp_bsn: Bsn = ""
    anp_identificatie: Annotated[str, Field(max_length=17)] = ""
    inp_a_nummer: Annotated[str, Field(max_length=10, pattern=r"^([1-9][0-9]{9})?$", alias="inpA_nummer")] = ""
    geslachtsnaam: Annotated[str, Field(max_length=200)] = ""
    voorvoegsel_geslachtsnaam: Annotated[str, Field(max_length=80)] = ""
    voorletters: Annotated[str, Field(max_length=20)] = ""
    voornamen: Annotated[str, Field(max_length=200)] = ""
    geslachtsaanduiding: Literal["", "m", "v", "o"] = ""
    geboortedatum: Annotated[str, Field(max_length=18)] = ""
    verblijfsadres: VerblijfsAdres | None = None
    sub_verblijf_buitenland: SubVerblijfBuitenland | None = None


class RolNietNatuurlijkPersoon(Schema):
    """`kvkNummer` en `vestigingsNummer` zijn van Open Zaak (regels 9)."""

    inn_nnp_id: Annotated[str, Field(max_length=9)] = ""
    ann_identificatie: Annotated[str, Field(max_length=17)] = ""
    kvk_nummer: Annotated[str, Field(max_length=8)] = ""
    vestigings_nummer: Annotated[str, Field(max_length=24)] = ""
    statutaire_naam: Annotated[str, Field(max_length=500)] = ""
    inn_rechtsvorm: Rechtsvorm = ""
    bezoekadres: Annotated[str, Field(max_length=1000)] = ""
    sub_verblijf_buitenland: SubVerblijfBuitenland | None = None


class RolVestiging(Schema):
    vestigings_nummer: Annotated[str, Field(max_length=24)] = ""
    handelsnaam: list[Annotated[str, Field(max_length=625)]] = Field(default_factory=list)
    verblijfsadres: VerblijfsAdres | None = None
    sub_verblijf_buitenland: SubVerblijfBuitenland | None = None
    kvk_nummer: Annotated[str, Field(max_length=8)] = ""


class RolOrganisatorischeEenheid(Schema):
    identificatie: Annotated[str, Field(max_length=24)] = ""
    naam: Annotated[str, Field(max_length=50)] = ""
    is_gehuisvest_in: Annotated[str, Field(max_length=24)] = ""


class RolMedewerker(Schema):
    identificatie: Annotated[str, Field(max_length=254)] = ""
    achternaam: Annotated[str, Field(max_length=200)] = ""
    voorletters: Annotated[str, Field(max_length=20)] = ""
    voorvoegsel_achternaam: Annotated[str, Field(max_length=10)] = ""


BETROKKENEN: dict[str, type[BaseModel]] = {
    "natuurlijk_persoon": RolNatuurlijkPersoon,
    "niet_natuurlijk_persoon": RolNietNatuurlijkPersoon,
    "vestiging": RolVestiging,
    "organisatorische_eenheid": RolOrganisatorischeEenheid,
    "medewerker": RolMedewerker,
}


class Vertegenwoordigde(Schema):
    """Namens wie iemand handelt."""

    identifier_type: Literal["bsn", "kvkNummer"]
    identifier: Annotated[str, Field(min_length=1, max_length=9)]

    @model_validator(mode="after")
    def _nummer_past(self) -> "Vertegenwoordigde":
        lengte = 9 if self.identifier_type == "bsn" else 8
        if len(self.identifier) != lengte:
            raise PydanticCustomError("nummer_past_niet", "Dit nummer heeft niet de lengte die bij zijn soort hoort.")
        return self


class GemachtigdeDienst(Schema):
    id: Annotated[str, Field(max_length=255)]
    uuid: Annotated[str, Field(max_length=36)] = ""


class Mandaat(Schema):
    role: Literal["", "bewindvoerder", "curator", "mentor"] = ""
    services: list[GemachtigdeDienst] = Field(default_factory=list)


class AuthenticatieContext(Schema):
    """Hoe een betrokkene inlogde, zoals Open Zaak het bij een rol bewaart; `mandate` hoort bij `representee` (regels 9)."""

    source: Literal["digid", "eherkenning"]
    level_of_assurance: Annotated[str, Field(max_length=255)] = ""
    representee: Vertegenwoordigde | None = None
    mandate: Mandaat | None = None
    acting_subject: Annotated[str, Field(max_length=255)] = ""

    @model_validator(mode="after")
    def _mandaat_bij_vertegenwoordigde(self) -> "AuthenticatieContext":
        if self.representee is not None and self.mandate is None:
            raise PydanticCustomError("mandaat_ontbreekt", "Wie iemand vertegenwoordigt, noemt het mandaat.")
        return self
