"""Het bouwblok dat alle open taken van een zaak sluit, als er niets meer te doen is."""

from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst
from integratie.urn import urn_zaak
from plugins.hulp import ZaakInvoer, clients

MEESTE = 100


class SluitUitvoer(Gegevens):
    aantal: int = Field(title="Aantal", description="Hoeveel taken van de zaak er nu afgebroken zijn.")


class TakenSluiten(Bouwblok[Geen, ZaakInvoer, SluitUitvoer]):
    """Ook losse taken, en taken die een ander bouwblok maakte. Een taak die al klaar is blijft zoals zij is."""

    sleutel = "taken.sluiten"
    naam = Tekst("Open taken sluiten", "Close open tasks")
    uitleg = Tekst(
        "Breekt alle open taken van een zaak af, van medewerkers en van de aanvrager.",
        "Cancels all open tasks of a case, of employees and of the applicant.",
    )
    groep = Tekst("Taken", "Tasks")

    def voer_uit(self, opdracht: Opdracht[Geen, ZaakInvoer]) -> SluitUitvoer:
        api = clients(opdracht)
        zaak = api.zaken.zaak(opdracht.invoer.zaak)
        urn = urn_zaak(opdracht.installatie.instellingen.bronorganisatie, zaak.identificatie)
        klanttaken = api.taken.zoek_klanttaken({"isGerelateerdAan": urn, "status": "open"}, pageSize=MEESTE).results
        eigen = list(api.taken.medewerkertaken(zaaknummer=zaak.identificatie, status="open"))
        for taak in klanttaken:
            api.taken.wijzig_klanttaak(taak.url, status="afgebroken", sleutel=opdracht.idempotentie(taak.url))
        for eigen_taak in eigen:
            api.taken.wijzig_medewerkertaak(
                eigen_taak.url, status="afgebroken", sleutel=opdracht.idempotentie(eigen_taak.url)
            )
        return SluitUitvoer(aantal=self._afgebroken(opdracht, zaak.identificatie, urn))

    def _afgebroken(self, opdracht: Opdracht[Geen, ZaakInvoer], zaaknummer: str, urn: str) -> int:
        """Bij een tweede poging is er niets meer open; wat telt is wat er nu afgebroken is."""
        api = clients(opdracht)
        klanttaken = api.taken.zoek_klanttaken(
            {"isGerelateerdAan": urn, "status": "afgebroken"}, pageSize=MEESTE
        ).results
        return len(klanttaken) + sum(1 for _ in api.taken.medewerkertaken(zaaknummer=zaaknummer, status="afgebroken"))


BLOKKEN: tuple[type[Any], ...] = (TakenSluiten,)
