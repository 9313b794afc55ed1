"""Schema's van de Klantinteracties API 0.9 (Open Klant), en de gemarkeerde uitbreiding `_afronden`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from integratie.basis import Schema, Url
from integratie.typen import Emailadres, Tijdstip
from kern.elfproef import voldoet_aan_elfproef

TELEFOON = r"^(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})$"
Telefoon = Annotated[str, Field(max_length=20, pattern=rf"^$|{TELEFOON}")]
SoortPartij = Literal["persoon", "organisatie", "contactpersoon"]
SoortActor = Literal["medewerker", "geautomatiseerde_actor", "organisatorische_eenheid"]
SoortAdres = Literal["email", "telefoonnummer", "overig"]
Taakstatus = Literal["te_verwerken", "verwerkt"]
Tekst200 = Annotated[str, Field(max_length=200)]
Metagegevens = dict[str, Annotated[str, Field(max_length=255)]]


class Verwijst(Schema):
    """Hoe deze API naar een eigen resource verwijst; in een verzoek volstaat het uuid."""

    uuid: UUID
    url: str = ""


class Adres(Schema):
    nummeraanduiding_id: Annotated[str, Field(max_length=16, pattern=r"^([0-9]{16})?$")] = ""
    straatnaam: Annotated[str, Field(max_length=255)] = ""
    huisnummer: Annotated[int, Field(ge=1, le=99999)] | None = None
    huisnummertoevoeging: Annotated[str, Field(max_length=20)] = ""
    postcode: Annotated[str, Field(max_length=7, pattern=r"^([1-9][0-9]{3} [A-Z]{2})?$")] = ""
    stad: Annotated[str, Field(max_length=255)] = ""
    adresregel1: Annotated[str, Field(max_length=80)] = ""
    adresregel2: Annotated[str, Field(max_length=80)] = ""
    adresregel3: Annotated[str, Field(max_length=80)] = ""
    land: Annotated[str, Field(pattern=r"^([A-Za-z]{2})?$")] = ""


class Contactnaam(Schema):
    voorletters: Annotated[str, Field(max_length=10)] = ""
    voornaam: Tekst200 = ""
    voorvoegsel_achternaam: Annotated[str, Field(max_length=10)] = ""
    achternaam: Tekst200 = ""


class Objectidentificator(Schema):
    """Wijst iets aan in een register van een ander."""

    object_id: Tekst200 = ""
    code_objecttype: Tekst200 = ""
    code_register: Tekst200 = ""
    code_soort_object_id: Tekst200 = ""


# partijen


class PersoonIdentificatie(Schema):
    contactnaam: Contactnaam | None = None


class OrganisatieIdentificatie(Schema):
    naam: Tekst200 = ""


class ContactpersoonIdentificatie(Schema):
    werkte_voor_partij: Verwijst | None = None
    contactnaam: Contactnaam | None = None


_SOORTEN = {
    ("brp", "natuurlijk_persoon", "bsn"): 9,
    ("hr", "niet_natuurlijk_persoon", "rsin"): 9,
    ("hr", "niet_natuurlijk_persoon", "kvk_nummer"): 8,
    ("hr", "vestiging", "vestigingsnummer"): 12,
}


class Partijnummer(Schema):
    """Een nummer in de BRP of het handelsregister; de combinatie en de vorm van het nummer worden getoetst."""

    model_config = ConfigDict(hide_input_in_errors=True)

    code_objecttype: Literal["natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging"]
    code_soort_object_id: Literal["bsn", "vestigingsnummer", "kvk_nummer", "rsin"]
    object_id: Annotated[str, Field(max_length=200, repr=False)]
    code_register: Literal["brp", "hr"]

    @model_validator(mode="after")
    def _klopt(self) -> "Partijnummer":
        lengte = _SOORTEN.get((self.code_register, self.code_objecttype, self.code_soort_object_id))
        if lengte is None:
            raise ValueError("Dit register kent dit soort nummer niet bij dit objecttype.")
        if not (self.object_id.isascii() and self.object_id.isdigit() and len(self.object_id) == lengte):
            raise ValueError(f"Dit nummer heeft precies {lengte} cijfers.")
        if self.code_soort_object_id in ("bsn", "rsin") and not voldoet_aan_elfproef(self.object_id):
            raise ValueError("Dit nummer voldoet niet aan de elfproef.")
        return self


class PartijIdentificatorIn(Schema):
    uuid: UUID | None = None
    identificeerde_partij: Verwijst | None = None
    andere_partij_identificator: Tekst200 = ""
    partij_identificator: Partijnummer
    sub_identificator_van: Verwijst | None = None


class PartijIdentificatorUit(PartijIdentificatorIn):
    uuid: UUID
    url: str


class PartijIdentificatorInPartij(PartijIdentificatorIn):
    """Meegestuurd met een partij: met `uuid` blijft een bestaande, zonder ontstaat een nieuwe."""

    url: str = ""


class CategorieIn(Schema):
    naam: Annotated[str, Field(max_length=80)] = ""


class CategorieUit(CategorieIn):
    url: str
    uuid: UUID


class CategorieVerwijst(Verwijst):
    """Een categorie met haar naam; in een verzoek volstaat het uuid."""

    naam: str = ""


class CategorieRelatieIn(Schema):
    partij: Verwijst | None = None
    categorie: CategorieVerwijst | None = None
    begin_datum: date | None = None
    eind_datum: date | None = None


class CategorieRelatieUit(CategorieRelatieIn):
    url: str
    uuid: UUID


class CategorieRelatieVerwijst(Verwijst):
    """Een categorierelatie zoals de partij haar toont."""

    categorie_naam: str | None = None
    begin_datum: date | None = None
    eind_datum: date | None = None


class RekeningnummerIn(Schema):
    model_config = ConfigDict(hide_input_in_errors=True)

    partij: Verwijst | None = None
    iban: Annotated[str, Field(max_length=34, pattern=r"^[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}$", repr=False)]
    bic: Annotated[str, Field(max_length=11, pattern=r"^(\S{8,11})?$")] = ""


class RekeningnummerUit(RekeningnummerIn):
    url: str
    uuid: UUID


class VertegenwoordigingIn(Schema):
    vertegenwoordigende_partij: Verwijst
    vertegenwoordigde_partij: Verwijst


class VertegenwoordigingUit(VertegenwoordigingIn):
    url: str
    uuid: UUID


class PartijIn(Schema):
    nummer: Annotated[str, Field(max_length=10)] | None = None
    interne_notitie: Annotated[str, Field(max_length=1000)] = ""
    digitale_adressen: list[Verwijst] | None = None
    voorkeurs_digitaal_adres: Verwijst | None = None
    rekeningnummers: list[Verwijst] | None = None
    voorkeurs_rekeningnummer: Verwijst | None = None
    partij_identificatoren: list[PartijIdentificatorInPartij] | None = None
    soort_partij: SoortPartij
    indicatie_geheimhouding: bool | None = None
    voorkeurstaal: Annotated[str, Field(max_length=3)] = ""
    indicatie_actief: bool
    bezoekadres: Adres | None = None
    correspondentieadres: Adres | None = None
    partij_identificatie: dict[str, Any] | None = None


class PartijUit(PartijIn):
    url: str
    uuid: UUID
    betrokkenen: list[Verwijst]
    categorie_relaties: list[CategorieRelatieVerwijst]
    vertegenwoordigden: list[Verwijst]

    @property
    def naam(self) -> str:
        """Hoe de partij zichzelf noemt; leeg als dat niet bekend is."""
        identificatie = self.partij_identificatie or {}
        return str(identificatie.get("naam") or identificatie.get("volledigeNaam") or "")

    def identificator(self, soort: str) -> str:
        """De waarde van een identificator (`bsn`, `kvk_nummer`, `vestigingsnummer`, `rsin`), of leeg."""
        nummers = (deel.partij_identificator for deel in self.partij_identificatoren or [])
        return next((nummer.object_id for nummer in nummers if nummer.code_soort_object_id == soort), "")


class DigitaalAdresIn(Schema):
    verstrekt_door_betrokkene: Verwijst | None = None
    verstrekt_door_partij: Verwijst | None = None
    adres: Annotated[str, Field(min_length=1, max_length=80)]
    soort_digitaal_adres: SoortAdres
    is_standaard_adres: bool = False
    omschrijving: Annotated[str, Field(max_length=40)] = ""
    referentie: Annotated[str, Field(max_length=50, pattern=r"^[-a-zA-Z0-9_]*$")] = ""
    verificatie_datum: date | None = None


class DigitaalAdresUit(DigitaalAdresIn):
    url: str
    uuid: UUID


# klantcontacten


def _eis_taal(waarde: str) -> str:
    if len(waarde) != 3:  # noqa: PLR2004  # ISO 639-2
        raise ValueError("Geef de taal als code van drie letters, zoals nld.")
    return waarde


class KlantcontactIn(Schema):
    nummer: Annotated[str, Field(max_length=10)] | None = None
    referentienummer: Annotated[str, Field(max_length=10)] | None = None
    kanaal: Annotated[str, Field(min_length=1, max_length=50)]
    onderwerp: Annotated[str, Field(min_length=1, max_length=200)]
    inhoud: Annotated[str, Field(max_length=1000)] = ""
    reactie: Annotated[str, Field(max_length=4000)] = ""
    indicatie_contact_gelukt: bool | None = None
    hoofd_onderwerp_type: Url = ""
    verdere_actie_ondernomen: bool = False
    taal: Annotated[str, AfterValidator(_eis_taal)]
    vertrouwelijk: bool
    plaatsgevonden_op: Tijdstip | None = None
    metagegevens: Metagegevens = Field(default_factory=dict, alias="metadata")


class ActorIn(Schema):
    naam: Annotated[str, Field(min_length=1, max_length=200)]
    soort_actor: SoortActor
    indicatie_actief: bool = True
    actoridentificator: Objectidentificator | None = None
    actor_identificatie: dict[str, Any] | None = None


class ActorUit(ActorIn):
    url: str
    uuid: UUID


class MedewerkerIdentificatie(Schema):
    functie: Annotated[str, Field(max_length=40)] = ""
    emailadres: Annotated[Emailadres, Field(max_length=254)] = ""
    telefoonnummer: Telefoon = ""


class GeautomatiseerdIdentificatie(Schema):
    functie: Annotated[str, Field(max_length=40)]
    omschrijving: Tekst200 = ""


class EenheidIdentificatie(Schema):
    omschrijving: Tekst200 = ""
    emailadres: Annotated[Emailadres, Field(max_length=254)] = ""
    faxnummer: Annotated[str, Field(max_length=20)] = ""
    telefoonnummer: Telefoon = ""


class KlantcontactUit(KlantcontactIn):
    url: str
    uuid: UUID
    ging_over_onderwerpobjecten: list[Verwijst]
    had_betrokken_actoren: list[ActorUit]
    omvatte_bijlagen: list[Verwijst]
    had_betrokkenen: list[Verwijst]
    leidde_tot_interne_taken: list[Verwijst]


class BetrokkeneBasis(Schema):
    was_partij: Verwijst | None = None
    bezoekadres: Adres | None = None
    correspondentieadres: Adres | None = None
    contactnaam: Contactnaam | None = None
    rol: Literal["vertegenwoordiger", "klant"]
    organisatienaam: Tekst200 = ""
    initiator: bool


class BetrokkeneIn(BetrokkeneBasis):
    had_klantcontact: Verwijst


class BetrokkeneUit(BetrokkeneIn):
    url: str
    uuid: UUID
    digitale_adressen: list[Verwijst]
    volledige_naam: str


class OnderwerpobjectBasis(Schema):
    was_klantcontact: Verwijst | None = None
    onderwerpobjectidentificator: Objectidentificator | None = None


class OnderwerpobjectIn(OnderwerpobjectBasis):
    klantcontact: Verwijst | None = None


class OnderwerpobjectUit(OnderwerpobjectIn):
    url: str
    uuid: UUID


class OnderwerpobjectVerwijderd(Schema):
    """De URL's van klantcontacten die bleven, omdat zij nog een ander onderwerp hebben."""

    behouden: list[str]


class BijlageBasis(Schema):
    bijlageidentificator: Objectidentificator | None = None


class BijlageIn(BijlageBasis):
    was_bijlage_van_klantcontact: Verwijst | None = None


class BijlageUit(BijlageIn):
    url: str
    uuid: UUID


class InterneTaakBasis(Schema):
    nummer: Annotated[str, Field(max_length=10)] | None = None
    referentienummer: Annotated[str, Field(max_length=10)] | None = None
    gevraagde_handeling: Annotated[str, Field(min_length=1, max_length=200)]
    toegewezen_aan_actor: Verwijst | None = None
    toegewezen_aan_actoren: list[Verwijst] = Field(default_factory=list)
    toelichting: Annotated[str, Field(max_length=1000)] = ""
    status: Taakstatus
    afgehandeld_op: Tijdstip | None = None


class InterneTaakIn(InterneTaakBasis):
    aanleidinggevend_klantcontact: Verwijst


class InterneTaakUit(InterneTaakIn):
    url: str
    uuid: UUID
    toegewezen_op: datetime


class ActorKlantcontactIn(Schema):
    actor: Verwijst
    klantcontact: Verwijst


class ActorKlantcontactUit(ActorKlantcontactIn):
    url: str
    uuid: UUID


# meer resources in één keer


class MaakKlantcontactIn(Schema):
    klantcontact: KlantcontactIn
    betrokkene: BetrokkeneBasis | None = None
    onderwerpobject: OnderwerpobjectBasis | None = None


class MaakKlantcontactUit(Schema):
    klantcontact: KlantcontactUit
    betrokkene: BetrokkeneUit | None
    onderwerpobject: OnderwerpobjectUit | None


class AdresVanBetrokkene(Schema):
    """Waarop de betrokkene voor de opvolging van dit contact bereikbaar is."""

    adres: Annotated[str, Field(min_length=1, max_length=80)]
    soort_digitaal_adres: SoortAdres
    omschrijving: Annotated[str, Field(max_length=40)] = ""


class BetrokkeneMetAdressen(BetrokkeneBasis):
    """Een betrokkene met de digitale adressen die hij bij dit contact opgaf."""

    digitale_adressen: Annotated[list[AdresVanBetrokkene], Field(max_length=20)] = Field(default_factory=list)


class AfrondenIn(Schema):
    """Uitbreiding op de standaard: alles van één afgerond klantcontact, in één transactie."""

    klantcontact: KlantcontactIn
    betrokkenen: Annotated[list[BetrokkeneMetAdressen], Field(max_length=20)] = Field(default_factory=list)
    onderwerpobjecten: Annotated[list[OnderwerpobjectBasis], Field(max_length=100)] = Field(default_factory=list)
    bijlagen: Annotated[list[BijlageBasis], Field(max_length=100)] = Field(default_factory=list)
    interne_taak: InterneTaakBasis | None = None
    actoren: Annotated[list[Verwijst], Field(max_length=20)] = Field(default_factory=list)


class AfrondenUit(Schema):
    klantcontact: KlantcontactUit
    betrokkenen: list[BetrokkeneUit]
    digitale_adressen: list[DigitaalAdresUit]
    onderwerpobjecten: list[OnderwerpobjectUit]
    bijlagen: list[BijlageUit]
    interne_taak: InterneTaakUit | None
    actoren: list[ActorKlantcontactUit]
