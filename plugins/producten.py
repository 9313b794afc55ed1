"""Bouwblokken over producten, en de nummers die daarbij horen."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst
from contracten.nummer import nummer_bij
from integratie.producten import ProductenClient
from integratie.urn import urn_zaak
from integratie.zaken import ZakenClient
from kern.plugins import haak
from plugins import producten_boeken, producten_eindigen, producten_tellen, producten_wijzigen
from plugins.hulp import clients
from plugins.verstrekken import verstrek

GROEP = Tekst("Producten", "Products")


class NummerKeuze(Gegevens):
    voorvoegsel: str = Field(
        title="Voorvoegsel", description="Begin van het nummer, zoals de gemeentecode.", max_length=10
    )
    groepen: int = Field(4, title="Groepen", description="Aantal groepen van vier tekens.", ge=2, le=5)


class Nummer(Gegevens):
    nummer: str = Field(title="Nummer", description="Het uitgegeven nummer.")


class NummerUitgeven(Bouwblok[NummerKeuze, Geen, Nummer]):
    """Het nummer volgt uit de uitvoering zelf: elke poging geeft hetzelfde, en geen twee uitvoeringen geven er een gelijk."""

    sleutel = "nummers.uitgeven"
    naam = Tekst("Nummer uitgeven", "Issue number")
    uitleg = Tekst(
        "Geeft een uniek nummer uit dat aan de telefoon voor te lezen is.",
        "Issues a unique number that can be read out over the phone.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[NummerKeuze, Geen]) -> Nummer:
        keuze = opdracht.configuratie
        return Nummer(nummer=f"{keuze.voorvoegsel}-{nummer_bij(opdracht.uuid('nummer'), keuze.groepen)}")


class ProductKeuze(Gegevens):
    producttype: str = Field(title="Producttype", description="Code van het producttype.")


class VerstrekKeuze(ProductKeuze):
    antwoorden: list[str] = Field(
        default_factory=list,
        title="Antwoorden",
        description="Vragen van het verzoek waarvan het antwoord bij het product bewaard wordt, buiten het proces om.",
    )


class ProductInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    verzoek: str = Field(
        "", title="Verzoek", description="URL van het verzoek, als er antwoorden bij het product komen."
    )
    naam: str = Field(title="Naam", description="Naam van het product, zoals het registratienummer.")
    start_datum: date | None = Field(None, title="Vanaf", description="Eerste dag; leeg is vandaag.")
    eind_datum: date | None = Field(None, title="Tot", description="Laatste dag, als het product eindigt.")
    gegevens: dict[str, Any] | None = Field(
        None, title="Gegevens", description="Wat er bij het product bewaard wordt, zoals een kenteken of zone."
    )


class ProductUitvoer(Gegevens):
    product: str = Field(title="Product", description="URL van het product.")


class ProductVerstrekken(Bouwblok[VerstrekKeuze, ProductInvoer, ProductUitvoer]):
    """Natuurlijke sleutel: de naam van het product en de zaak waarin het verstrekt werd."""

    sleutel = "producten.verstrekken"
    naam = Tekst("Product verstrekken", "Grant product")
    uitleg = Tekst("Legt vast dat de aanvrager dit product heeft.", "Records that the applicant holds this product.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[VerstrekKeuze, ProductInvoer]) -> ProductUitvoer:
        invoer = opdracht.invoer
        gegevens = {**_antwoorden(opdracht), **(invoer.gegevens or {})} or None
        periode = {"start_datum": invoer.start_datum, "eind_datum": invoer.eind_datum}
        product = verstrek(opdracht, opdracht.configuratie.producttype, invoer.zaak, invoer.naam, gegevens, **periode)
        return ProductUitvoer(product=product.url)


def _antwoorden(opdracht: Opdracht[VerstrekKeuze, ProductInvoer]) -> dict[str, Any]:
    velden, verzoek = opdracht.configuratie.antwoorden, opdracht.invoer.verzoek
    if not (velden and verzoek):
        return {}
    gegeven = clients(opdracht).verzoeken.verzoek(verzoek).aanvraag_gegevens
    return {veld: gegeven[veld] for veld in velden if gegeven.get(veld) is not None}


class StatusKeuze(Gegevens):
    status: Literal["actief", "ingetrokken", "verlopen"] = Field(
        title="Status", description="De nieuwe status van het product."
    )


class ZaakInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak waarin het product verstrekt werd.")


class ProductstatusZetten(Bouwblok[StatusKeuze, ZaakInvoer, Geen]):
    """Producten die de status al hebben, blijven zoals ze zijn."""

    sleutel = "producten.status-zetten"
    naam = Tekst("Status van het product zetten", "Set product status")
    uitleg = Tekst(
        "Trekt de producten van een zaak in, of maakt ze weer geldig.",
        "Withdraws the products of a case, or makes them valid again.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[StatusKeuze, ZaakInvoer]) -> Geen:
        installatie, status = opdracht.installatie, opdracht.configuratie.status
        zaak = ZakenClient(installatie, namens=opdracht.namens).zaak(opdracht.invoer.zaak)
        client = ProductenClient(installatie, namens=opdracht.namens)
        urn = urn_zaak(installatie.instellingen.bronorganisatie, zaak.identificatie)
        # Eerst alles lezen: wijzigen tussen de pagina's door kan hun volgorde veranderen.
        for product in list(client.alle_producten({"aanvraag_zaak_urn": urn})):
            if product.status != status:
                client.wijzig_product(product.url, status=status)
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [
        NummerUitgeven,
        ProductVerstrekken,
        ProductstatusZetten,
        *producten_wijzigen.BLOKKEN,
        *producten_tellen.BLOKKEN,
        *producten_boeken.BLOKKEN,
        *producten_eindigen.BLOKKEN,
    ]
