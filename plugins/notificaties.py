"""Het bouwblok dat een notificatie publiceert. Ontvangen doet een proces met een berichtgebeurtenis en een regel in `pakket.toml`."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst
from integratie.notificaties.schemas import KanaalIn, Notificatie
from kern.plugins import haak
from plugins.hulp import clients


class PubliceerKeuze(Gegevens):
    kanaal: str = Field(
        title="Kanaal", description="Naam van het kanaal; bestaat het niet, dan ontstaat het.", max_length=50
    )
    resource: str = Field(title="Resource", description="Waar de notificatie over gaat, zoals zaak.", max_length=100)
    actie: str = Field(title="Actie", description="Wat er gebeurde, zoals create of update.", max_length=100)


class PubliceerInvoer(Gegevens):
    hoofd_object: str = Field(title="Hoofdobject", description="URL van het hoofdobject.")
    resource_url: str = Field("", title="Resource-URL", description="URL van de resource; leeg is het hoofdobject.")
    kenmerken: dict[str, str] = Field(default_factory=dict, title="Kenmerken", description="Waarop abonnees filteren.")


class NotificatiePubliceren(Bouwblok[PubliceerKeuze, PubliceerInvoer, Geen]):
    """Met dezelfde sleutel is het dezelfde notificatie. Elders kan zij twee keer komen, zoals elke notificatie mag."""

    sleutel = "notificaties.publiceren"
    naam = Tekst("Notificatie publiceren", "Publish notification")
    uitleg = Tekst("Laat abonnees weten dat er iets gebeurd is.", "Tells subscribers that something happened.")
    groep = Tekst("Notificaties", "Notifications")

    def voer_uit(self, opdracht: Opdracht[PubliceerKeuze, PubliceerInvoer]) -> Geen:
        keuze, invoer, client = opdracht.configuratie, opdracht.invoer, clients(opdracht).notificaties
        client.zet_kanalen([KanaalIn(naam=keuze.kanaal, filters=sorted(invoer.kenmerken))])
        bericht = Notificatie(
            kanaal=keuze.kanaal,
            hoofd_object=invoer.hoofd_object,
            resource=keuze.resource,
            resource_url=invoer.resource_url or invoer.hoofd_object,
            actie=keuze.actie,
            aanmaakdatum=opdracht.moment,
            kenmerken=invoer.kenmerken,
        )
        client.meld(bericht, sleutel=opdracht.idempotentie("notificatie"))
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [NotificatiePubliceren]
