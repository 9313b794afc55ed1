"""Bouwblokken over klanten en hun contact met de gemeente."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.klantinteracties.client import onderwerp_zaak, verwijs
from integratie.klantinteracties.schemas import AfrondenIn, BetrokkeneMetAdressen, KlantcontactIn, PartijUit
from integratie.zaken.rollen import initiator_van
from kern.plugins import haak
from plugins.hulp import ZaakInvoer, clients, gekozen

GROEP = Tekst("Klantinteracties", "Customer interactions")


def partij_van(opdracht: Opdracht[Any, Any], zaak: str) -> PartijUit | None:
    """De partij van de initiator; bestaat zij nog niet, dan ontstaat zij. None voor wie geen BSN of KVK-nummer heeft."""
    api = clients(opdracht)
    rol = initiator_van(api.zaken, zaak)
    betrokkene = (rol.betrokkene_identificatie if rol else None) or {}
    if betrokkene.get("inpBsn"):
        return api.klantinteracties.zorg_voor_partij_bsn(betrokkene["inpBsn"])
    if betrokkene.get("kvkNummer"):
        naam = betrokkene.get("statutaireNaam") or ""
        return api.klantinteracties.zorg_voor_partij_kvk(betrokkene["kvkNummer"], naam=naam)
    return None


class PartijUitvoer(Gegevens):
    partij: str | None = Field(title="Partij", description="URL; null als de aanvrager geen BSN of KVK-nummer heeft.")


class PartijVindenOfMaken(Bouwblok[Geen, ZaakInvoer, PartijUitvoer]):
    """Natuurlijke sleutel: het BSN of KVK-nummer van de partij."""

    sleutel = "klantinteracties.partij-vinden-of-maken"
    naam = Tekst("Klant vinden of maken", "Find or create customer")
    uitleg = Tekst(
        "Zoekt de aanvrager in het klantregister; is hij er nog niet, dan komt hij erin.",
        "Finds the applicant in the customer register, or adds him.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ZaakInvoer]) -> PartijUitvoer:
        partij = partij_van(opdracht, opdracht.invoer.zaak)
        return PartijUitvoer(partij=partij.url if partij else None)


class ContactKeuze(Gegevens):
    kanaal: str = Field(title="Kanaal", description="Hoe het contact ging, zoals telefoon of balie.", max_length=50)
    onderwerp: str = of_invoer(title="Onderwerp", description="Waar het contact over ging.", max_length=200)


class ContactInvoer(ZaakInvoer):
    onderwerp: str = Field("", title="Onderwerp", description="In plaats van de instelling.", max_length=200)
    inhoud: str = Field(title="Inhoud", description="Wat er besproken is.", max_length=1000)


class ContactUitvoer(Gegevens):
    klantcontact: str = Field(title="Klantcontact", description="URL van het klantcontact.")


class ContactRegistreren(Bouwblok[ContactKeuze, ContactInvoer, ContactUitvoer]):
    """Natuurlijke sleutel: kanaal, onderwerp en het tijdstip van deze stap."""

    sleutel = "klantinteracties.contact-registreren"
    naam = Tekst("Klantcontact registreren", "Record customer contact")
    uitleg = Tekst("Legt een contact met de aanvrager vast.", "Records a contact with the applicant.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[ContactKeuze, ContactInvoer]) -> ContactUitvoer:
        client, contact = clients(opdracht).klantinteracties, self._contact(opdracht)
        criteria = {"kanaal": contact.kanaal, "plaatsgevondenOp": opdracht.moment.isoformat()}
        for bestaand in client.klantcontacten(criteria).results:
            if (bestaand.onderwerp, bestaand.inhoud) == (contact.onderwerp, contact.inhoud):
                return ContactUitvoer(klantcontact=bestaand.url)
        partij = partij_van(opdracht, opdracht.invoer.zaak)
        nieuw = AfrondenIn(
            klantcontact=contact,
            betrokkenen=[_klant(partij)] if partij else [],
            onderwerpobjecten=[onderwerp_zaak(opdracht.invoer.zaak.rpartition("/")[2])],
        )
        gemaakt = client.registreer_contact(nieuw, sleutel=opdracht.idempotentie("klantcontact"))
        return ContactUitvoer(klantcontact=gemaakt.klantcontact.url)

    def _contact(self, opdracht: Opdracht[ContactKeuze, ContactInvoer]) -> KlantcontactIn:
        return KlantcontactIn(
            kanaal=opdracht.configuratie.kanaal,
            onderwerp=gekozen(opdracht, "onderwerp"),
            inhoud=opdracht.invoer.inhoud,
            indicatie_contact_gelukt=True,
            taal="nld",
            vertrouwelijk=False,
            plaatsgevonden_op=opdracht.moment,
        )


def _klant(partij: PartijUit) -> BetrokkeneMetAdressen:
    return BetrokkeneMetAdressen(was_partij=verwijs(partij.uuid), rol="klant", initiator=True)


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [PartijVindenOfMaken, ContactRegistreren]
