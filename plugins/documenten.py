"""Bouwblokken over documenten: meegestuurde stukken bij de zaak hangen, en brieven maken."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from formuliermotor.brief import maak_brief, vul
from formuliermotor.pdf import Pdfstijl
from integratie.configuratie import SJABLOON, Configuratie
from integratie.geadresseerde import geadresseerde_van
from integratie.urn import ontleed
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.plugins import haak
from plugins import documentinhoud
from plugins.documentopslag import koppel, vind_of_maak
from plugins.hulp import gekozen, vandaag

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


class GenereerKeuze(Gegevens):
    sjabloon: str = of_invoer(title="Sjabloon", description="Sleutel van het sjabloon (soort brief).")
    documenttype: str = of_invoer(title="Documenttype", description="Omschrijving van het informatieobjecttype.")


class GenereerInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    gegevens: dict[str, Any] = Field(
        default_factory=dict, title="Gegevens", description="Waarden die het sjabloon gebruikt."
    )
    sjabloon: str = Field("", title="Sjabloon", description="In plaats van de instelling.")
    documenttype: str = Field("", title="Documenttype", description="In plaats van de instelling.")


class DocumentUitvoer(Gegevens):
    document: str = Field(title="Document", description="URL van het document.")


class DocumentGenereren(Bouwblok[GenereerKeuze, GenereerInvoer, DocumentUitvoer]):
    """Natuurlijke sleutel: een documentnummer dat vóór de eerste poging vaststaat."""

    sleutel = "documenten.genereren"
    naam = Tekst("Brief maken", "Generate letter")
    uitleg = Tekst(
        "Maakt een brief als toegankelijke PDF en hangt hem bij de zaak.",
        "Generates an accessible PDF letter and attaches it to the case.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> DocumentUitvoer:
        document = vind_of_maak(opdracht, lambda: self._document(opdracht))
        koppel(opdracht, opdracht.invoer.zaak, document)
        return DocumentUitvoer(document=document)

    def _document(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> dict[str, Any]:
        titel, inhoud = self._brief(opdracht)
        return {
            "titel": titel,
            "formaat": "application/pdf",
            "bestandsnaam": f"{gekozen(opdracht, 'sjabloon')}.pdf",
            "inhoud": inhoud,
            "tonen_aan_initiator": True,
        }

    def _brief(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> tuple[str, bytes]:
        installatie = opdracht.installatie
        naam = gekozen(opdracht, "sjabloon")
        sjabloon = Configuratie(installatie, namens=opdracht.namens).haal(SJABLOON, naam)
        if sjabloon is None:
            raise Onherstelbaar(f"sjabloon {naam} is niet ingericht")
        zaken = ZakenClient(installatie, namens=opdracht.namens)
        zaak = zaken.zaak(opdracht.invoer.zaak)
        rol = initiator_van(zaken, zaak.url)
        geadresseerde = geadresseerde_van(installatie, rol) if rol else None
        gegevens = self._gegevens(opdracht, zaak) | {
            "aanhef": geadresseerde.aanhef if geadresseerde else "Geachte heer of mevrouw"
        }
        gevuld = vul(sjabloon, gegevens, klok=lambda: opdracht.moment)
        adres = [geadresseerde.naam, *geadresseerde.adresregels] if geadresseerde else []
        kenmerken = [("Zaaknummer", zaak.identificatie), ("Datum", f"{vandaag(opdracht):%d-%m-%Y}")]
        return gevuld.onderwerp, maak_brief(gevuld, adres, kenmerken, Pdfstijl(installatie.instellingen.gemeente_naam))

    def _gegevens(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer], zaak: ZaakUit) -> dict[str, Any]:
        """Wat elk sjabloon kan gebruiken, met de meegegeven waarden erbij."""
        vast = {
            "zaaknummer": zaak.identificatie,
            "datum": vandaag(opdracht),
            "startdatum": zaak.startdatum,
            "gemeente": opdracht.installatie.instellingen.gemeente_naam,
        }
        return vast | opdracht.invoer.gegevens


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [DocumentenKoppelen, DocumentenToevoegen, DocumentGenereren, *documentinhoud.BLOKKEN]
