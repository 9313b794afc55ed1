"""Getypte client van de Klantinteracties API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field

from integratie.basis import ApiClient, ApiFout, Pagina
from integratie.klantinteracties import schemas
from integratie.klantinteracties.schemas import (
    ActorIn,
    ActorUit,
    AfrondenIn,
    AfrondenUit,
    Contactnaam,
    DigitaalAdresUit,
    InterneTaakUit,
    KlantcontactUit,
    Objectidentificator,
    Partijnummer,
    PartijUit,
    SoortActor,
    Verwijst,
)

VOORKEUR = "kanaal-"
GEEN_ADRES = "post"
UNIEK = "unique"


@dataclass(frozen=True)
class Kanaalvoorkeur:
    """Wat iemand koos voor berichten van één soort: elektronisch naar `adres` (een `soort_adres`), of op papier."""

    elektronisch: bool
    adres: str = ""
    soort_adres: str = ""


class KlantcontactMetRelaties(KlantcontactUit):
    """Een klantcontact met wat `expand` meegaf."""

    gekoppeld: dict[str, Any] = Field(default_factory=dict, alias="_expand")


class PartijMetAdressen(PartijUit):
    """Een partij met de digitale adressen die zij zelf opgaf."""

    gekoppeld: dict[str, Any] = Field(default_factory=dict, alias="_expand")

    @property
    def adressen(self) -> list[DigitaalAdresUit]:
        """De opgegeven adressen, oudste eerst, ook die een kanaalvoorkeur vastleggen."""
        return [DigitaalAdresUit.model_validate(adres) for adres in self.gekoppeld.get("digitaleAdressen", [])]


class KlantinteractiesClient(ApiClient):
    """Partijen, hun contactgegevens en voorkeuren, en contacten met de gemeente. `sleutel` is de Idempotency-Key."""

    api = "klantinteracties"

    # partijen

    def partij(self, partij: UUID | str) -> PartijMetAdressen:
        """Een partij op uuid of URL."""
        return self.haal(_pad("partijen", partij), PartijMetAdressen, expand="digitaleAdressen")

    def partij_bij_bsn(self, bsn: str) -> PartijMetAdressen | None:
        """De partij van een natuurlijk persoon, als die er al is. Het BSN gaat in het lichaam, niet in de URL."""
        return self._partij_bij(_nummer("brp", "natuurlijk_persoon", "bsn", bsn))

    def partij_bij_kvk(self, kvk: str) -> PartijMetAdressen | None:
        """De partij van een onderneming, als die er al is."""
        return self._partij_bij(_nummer("hr", "niet_natuurlijk_persoon", "kvk_nummer", kvk))

    def zorg_voor_partij_bsn(self, bsn: str, *, naam: Contactnaam | None = None, taal: str = "nld") -> PartijUit:
        """De partij van een natuurlijk persoon; bestaat zij nog niet, dan ontstaat zij. Ook bij gelijktijdig gebruik één."""
        groep = {"contactnaam": naam and naam.als_json()}
        return self._zorg_voor(_nummer("brp", "natuurlijk_persoon", "bsn", bsn), "persoon", groep, taal)

    def zorg_voor_partij_kvk(self, kvk: str, *, naam: str = "", taal: str = "nld") -> PartijUit:
        """De partij van een onderneming; bestaat zij nog niet, dan ontstaat zij."""
        nummer = _nummer("hr", "niet_natuurlijk_persoon", "kvk_nummer", kvk)
        return self._zorg_voor(nummer, "organisatie", {"naam": naam}, taal)

    def partijen_bij_adres(self, adres: str) -> list[PartijMetAdressen]:
        """De partijen (hoogstens 100) die dit e-mailadres of telefoonnummer zelf opgaven."""
        gevonden = self.zoek("digitaleadressen", DigitaalAdresUit, {"adres": adres}).results
        ids = dict.fromkeys(deel.verstrekt_door_partij.uuid for deel in gevonden if deel.verstrekt_door_partij)
        return [self.partij(id_) for id_ in ids]

    def _partij_bij(self, nummer: Partijnummer) -> PartijMetAdressen | None:
        criteria = {f"partijIdentificator__{naam}": waarde for naam, waarde in nummer.als_json().items()}
        gevonden = self.zoek("partijen", PartijMetAdressen, {**criteria, "expand": "digitaleAdressen"}).results
        return gevonden[0] if gevonden else None

    def _zorg_voor(self, nummer: Partijnummer, soort: str, groep: Mapping[str, Any], taal: str) -> PartijUit:
        bestaand = self._partij_bij(nummer)
        if bestaand is not None:
            return bestaand
        nieuw = {
            "soortPartij": soort,
            "indicatieActief": True,
            "voorkeurstaal": taal,
            "partijIdentificatie": groep,
            "partijIdentificatoren": [{"partijIdentificator": nummer.als_json()}],
        }
        try:
            return self.maak("partijen", nieuw, PartijUit)
        except ApiFout as fout:
            tegelijk = self._partij_bij(nummer) if any(deel.code == UNIEK for deel in fout.fouten) else None
            if tegelijk is None:
                raise
            return tegelijk

    # contactgegevens en voorkeuren

    def digitale_adressen(self, partij: UUID | str, **filters: Any) -> list[DigitaalAdresUit]:
        """De adressen die een partij zelf opgaf."""
        eigen = {"verstrektDoorPartij__uuid": _uuid(partij)}
        return list(self.alle("digitaleadressen", DigitaalAdresUit, **eigen, **filters))

    def zet_standaardadres(self, partij: UUID | str, soort: str, adres: str) -> DigitaalAdresUit:
        """Het standaardadres (`email` of `telefoonnummer`) van een partij; een bestaand gelijk adres wordt het standaardadres."""
        bestaand = next((a for a in self.digitale_adressen(partij, soortDigitaalAdres=soort) if a.adres == adres), None)
        if bestaand is not None:
            return self.wijzig(f"digitaleadressen/{bestaand.uuid}", {"isStandaardAdres": True}, DigitaalAdresUit)
        return self._maak_adres(partij, soort, adres, isStandaardAdres=True)

    def zet_kanaalvoorkeur(
        self, partij: UUID | str, soort: str, adres: str | None, *, omschrijving: str = ""
    ) -> Kanaalvoorkeur:
        """Leg vast of en waar iemand berichten van deze soort elektronisch wil; `adres` None is: op papier.

        De keuze is een digitaal adres met `referentie` `kanaal-<soort>` (soort: letters, cijfers, `-` en `_`, hoogstens 43);
        op papier is dat een adres van soort `overig`. Zo past zij in de standaard en overleeft zij een wissel van register.
        """
        vorm = _soort_adres(adres)
        oude = self.digitale_adressen(partij, referentie=f"{VOORKEUR}{soort}")
        for ander in oude:
            if ander.soort_digitaal_adres != vorm:
                self.verwijder(f"digitaleadressen/{ander.uuid}")
        zelfde = next((deel for deel in oude if deel.soort_digitaal_adres == vorm), None)
        waarde = adres or GEEN_ADRES
        if zelfde is None:
            self._maak_adres(partij, vorm, waarde, referentie=f"{VOORKEUR}{soort}", omschrijving=omschrijving[:40])
        elif zelfde.adres != waarde:
            self.wijzig(f"digitaleadressen/{zelfde.uuid}", {"adres": waarde}, DigitaalAdresUit)
        return Kanaalvoorkeur(adres is not None, adres or "", vorm if adres else "")

    def kanaalvoorkeur(self, partij: UUID | str, soort: str) -> Kanaalvoorkeur | None:
        """De keuze van deze partij voor berichten van deze soort; None als daar nooit naar gevraagd is."""
        gekozen = self.digitale_adressen(partij, referentie=f"{VOORKEUR}{soort}")
        return _voorkeur(gekozen[-1]) if gekozen else None

    def _maak_adres(self, partij: UUID | str, soort: str, adres: str, **meer: Any) -> DigitaalAdresUit:
        nieuw = {"verstrektDoorPartij": {"uuid": _uuid(partij)}, "soortDigitaalAdres": soort, "adres": adres, **meer}
        return self.maak("digitaleadressen", nieuw, DigitaalAdresUit)

    # contacten

    def registreer_contact(self, contact: AfrondenIn, *, sleutel: str) -> AfrondenUit:
        """Een afgerond klantcontact met alles wat erbij hoort, in één transactie; dezelfde `sleutel` geeft hetzelfde contact."""
        return self.maak("klantcontacten/_afronden", contact, AfrondenUit, sleutel=sleutel)

    def klantcontacten(self, criteria: Mapping[str, Any], **params: Any) -> Pagina[KlantcontactMetRelaties]:
        """Eén pagina klantcontacten, nieuwste eerst, met betrokkenen, onderwerpen en interne taken in `gekoppeld`."""
        relaties = "hadBetrokkenen,gingOverOnderwerpobjecten,leiddeTotInterneTaken"
        zoek = {"ordering": "-plaatsgevondenOp", "expand": relaties, **criteria}
        return self.zoek("klantcontacten", KlantcontactMetRelaties, zoek, **params)

    def klantcontact(self, contact: UUID | str) -> KlantcontactMetRelaties:
        """Eén klantcontact met betrokkenen (en hun adressen), onderwerpen en interne taken in `gekoppeld`."""
        relaties = "hadBetrokkenen.digitaleAdressen,gingOverOnderwerpobjecten,leiddeTotInterneTaken"
        return self.haal(_pad("klantcontacten", contact), KlantcontactMetRelaties, expand=relaties)

    # actoren en interne taken

    def zorg_voor_actor(self, soort: SoortActor, object_id: str, naam: str) -> ActorUit:
        """De actor met deze identificatie (gebruikersnaam, afdelingscode); bestaat zij nog niet, dan ontstaat zij.

        De standaard laat dubbele actoren toe: ontstaan er twee tegelijk, dan kiest iedereen de oudste.
        """
        zoek = {"actoridentificatorObjectId": object_id, "soortActor": soort}
        bekend = self.lijst("actoren", ActorUit, **zoek).results
        if not bekend:
            wie = Objectidentificator(object_id=object_id, code_objecttype=soort, code_register="dienstverlening")
            self.maak("actoren", ActorIn(naam=naam, soort_actor=soort, actoridentificator=wie), ActorUit)
            bekend = self.lijst("actoren", ActorUit, **zoek).results
        return bekend[0]

    def interne_taken(self, **filters: Any) -> Pagina[InterneTaakUit]:
        """Eén pagina interne taken, nieuwste eerst."""
        return self.lijst("internetaken", InterneTaakUit, **{"ordering": "-toegewezenOp", **filters})

    def interne_taak(self, taak: UUID | str) -> InterneTaakUit:
        return self.haal(_pad("internetaken", taak), InterneTaakUit)

    def wijzig_interne_taak(self, taak: UUID | str, *, sleutel: str | None = None, **velden: Any) -> InterneTaakUit:
        """Velden in camelCase; `status` `verwerkt` zet ook het tijdstip van afhandelen."""
        return self.wijzig(_pad("internetaken", taak), velden, InterneTaakUit, sleutel=sleutel)


def verwijs(uuid: UUID) -> Verwijst:
    """Een verwijzing in een verzoek."""
    return Verwijst(uuid=uuid)


def onderwerp_zaak(zaak: str) -> schemas.OnderwerpobjectBasis:
    """Het onderwerp van een klantcontact: een zaak, op haar uuid."""
    wijst_aan = Objectidentificator(
        object_id=zaak, code_objecttype="zaak", code_register="zaken", code_soort_object_id="uuid"
    )
    return schemas.OnderwerpobjectBasis(onderwerpobjectidentificator=wijst_aan)


def _nummer(register: str, objecttype: str, soort: str, waarde: str) -> Partijnummer:
    velden = {"codeRegister": register, "codeObjecttype": objecttype, "codeSoortObjectId": soort, "objectId": waarde}
    return Partijnummer.model_validate(velden)


def _pad(bron: str, wie: UUID | str) -> str:
    return str(wie) if str(wie).startswith("http") else f"{bron}/{wie}"


def _uuid(partij: UUID | str) -> str:
    return str(partij).rstrip("/").rpartition("/")[2]


def _soort_adres(adres: str | None) -> str:
    if adres is None:
        return "overig"
    return "email" if "@" in adres else "telefoonnummer"


def _voorkeur(adres: DigitaalAdresUit) -> Kanaalvoorkeur:
    if adres.soort_digitaal_adres == "overig":
        return Kanaalvoorkeur(elektronisch=False)
    return Kanaalvoorkeur(elektronisch=True, adres=adres.adres, soort_adres=adres.soort_digitaal_adres)
