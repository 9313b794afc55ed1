"""Bouwblokken over documenten: meegestuurde stukken bij de zaak hangen, brieven maken (`plugins.brieven`) en inhoud lezen."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst
from integratie.urn import ontleed
from integratie.verzoeken import VerzoekenClient
from kern.installatie import Installatie
from kern.plugins import haak
from plugins import documentinhoud
from plugins.brieven import DocumentGenereren
from plugins.documentopslag import koppel

GROEP = Tekst("Documenten", "Documents")


class KoppelInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    verzoek: str = Field(title="Verzoek", description="URL van het verzoek.")


class DocumentenUitvoer(Gegevens):
    documenten: list[str] = Field(title="Documenten", description="URL's van de documenten.")


class DocumentenKoppelen(Bouwblok[Geen, KoppelInvoer, DocumentenUitvoer]):
    """Natuurlijke sleutel: zaak en document samen."""

    sleutel = "documenten.koppelen"
    naam = Tekst("Stukken bij de zaak hangen", "Attach documents to the case")
    uitleg = Tekst(
        "De samenvatting en de bijlagen van het verzoek worden documenten van de zaak.",
        "The summary and attachments of the request become documents of the case.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, KoppelInvoer]) -> DocumentenUitvoer:
        verzoek = VerzoekenClient(opdracht.installatie, namens=opdracht.namens).verzoek(opdracht.invoer.verzoek)
        urns = [verzoek.verzoek_informatie_object, *(bijlage.informatie_object for bijlage in verzoek.bijlagen)]
        urls = [url_van_document(opdracht.installatie, urn) for urn in urns if urn]
        for url in urls:
            koppel(opdracht, opdracht.invoer.zaak, url)
        return DocumentenUitvoer(documenten=urls)


class ToevoegInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    documenten: list[str] = Field(title="Documenten", description="URL's of URN's van documenten.")


class DocumentenToevoegen(Bouwblok[Geen, ToevoegInvoer, Geen]):
    """Natuurlijke sleutel: zaak en document samen."""

    sleutel = "documenten.toevoegen"
    naam = Tekst("Documenten aan de zaak toevoegen", "Add documents to the case")
    uitleg = Tekst(
        "Hangt bestaande documenten bij de zaak, zoals stukken uit een klanttaak.",
        "Attaches existing documents to the case.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ToevoegInvoer]) -> Geen:
        for document in opdracht.invoer.documenten:
            url = url_van_document(opdracht.installatie, document) if document.startswith("urn:") else document
            koppel(opdracht, opdracht.invoer.zaak, url)
        return Geen()


def url_van_document(installatie: Installatie, urn: str) -> str:
    """De URL van een document bij zijn URN."""
    return f"{installatie.diensten['documenten'].basis}/enkelvoudiginformatieobjecten/{ontleed(urn)['uuid']}"


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [DocumentenKoppelen, DocumentenToevoegen, DocumentGenereren, *documentinhoud.BLOKKEN]
