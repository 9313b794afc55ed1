"""Bouwblokken over documenten: meegestuurde stukken bij de zaak hangen, en brieven maken."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst
from formuliermotor.brief import maak_brief, vul
from formuliermotor.pdf import Pdfstijl
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.configuratie import SJABLOON, Configuratie
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn, DocumentUit
from integratie.geadresseerde import geadresseerde_van
from integratie.urn import ontleed
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import ZaakInformatieObjectIn, ZaakUit
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.plugins import haak

GROEP = Tekst("Documenten", "Documents")
UNIEK = "unique"


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


def koppel(opdracht: Opdracht[Any, Any], zaak: str, document: str) -> None:
    """Hang een document bij een zaak; hangt het er al, dan is dat goed."""
    koppeling = ZaakInformatieObjectIn(zaak=zaak, informatieobject=document)
    try:
        ZakenClient(opdracht.installatie, namens=opdracht.namens).koppel_document(
            koppeling, sleutel=opdracht.idempotentie(f"koppel:{document}")
        )
    except ApiFout as fout:
        if UNIEK not in {deel.code for deel in fout.fouten}:
            raise


class GenereerKeuze(Gegevens):
    sjabloon: str = Field(title="Sjabloon", description="Sleutel van het sjabloon (soort brief).")
    documenttype: str = Field(title="Documenttype", description="Omschrijving van het informatieobjecttype.")


class GenereerInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    gegevens: dict[str, Any] = Field(
        default_factory=dict, title="Gegevens", description="Waarden die het sjabloon gebruikt."
    )


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
        client = DocumentenClient(opdracht.installatie, namens=opdracht.namens)
        rsin, nummer = opdracht.installatie.instellingen.bronorganisatie, f"DOC-{opdracht.uuid('document').hex[:20]}"
        gevonden = client.zoek_documenten(identificatie=nummer, bronorganisatie=rsin).results
        document = gevonden[0] if gevonden else self._maak(opdracht, client, nummer)
        koppel(opdracht, opdracht.invoer.zaak, document.url)
        return DocumentUitvoer(document=document.url)

    def _maak(
        self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer], client: DocumentenClient, nummer: str
    ) -> DocumentUit:
        instellingen = opdracht.installatie.instellingen
        titel, inhoud = self._brief(opdracht)
        document = DocumentIn(
            identificatie=nummer,
            bronorganisatie=instellingen.bronorganisatie,
            creatiedatum=opdracht.moment.astimezone(NEDERLAND).date(),
            titel=titel,
            auteur=instellingen.gemeente_naam,
            status="definitief",
            formaat="application/pdf",
            taal="nld",
            bestandsnaam=f"{opdracht.configuratie.sjabloon}.pdf",
            informatieobjecttype=self._documenttype(opdracht),
            inhoud=b64encode(inhoud).decode(),
            bestandsomvang=len(inhoud),
            indicatie_gebruiksrecht=False,
            tonen_aan_initiator=True,
        )
        return client.maak_document(document, sleutel=opdracht.idempotentie("document"))

    def _brief(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> tuple[str, bytes]:
        installatie = opdracht.installatie
        sjabloon = Configuratie(installatie, namens=opdracht.namens).haal(SJABLOON, opdracht.configuratie.sjabloon)
        if sjabloon is None:
            raise Onherstelbaar(f"sjabloon {opdracht.configuratie.sjabloon} is niet ingericht")
        zaken = ZakenClient(installatie, namens=opdracht.namens)
        zaak = zaken.zaak(opdracht.invoer.zaak)
        rol = initiator_van(zaken, zaak.url)
        geadresseerde = geadresseerde_van(installatie, rol) if rol else None
        gegevens = self._gegevens(opdracht, zaak) | {
            "aanhef": geadresseerde.aanhef if geadresseerde else "Geachte heer of mevrouw"
        }
        gevuld = vul(sjabloon, gegevens, klok=lambda: opdracht.moment)
        adres = [geadresseerde.naam, *geadresseerde.adresregels] if geadresseerde else []
        datum = opdracht.moment.astimezone(NEDERLAND).date()
        kenmerken = [("Zaaknummer", zaak.identificatie), ("Datum", f"{datum:%d-%m-%Y}")]
        return gevuld.onderwerp, maak_brief(gevuld, adres, kenmerken, Pdfstijl(installatie.instellingen.gemeente_naam))

    def _gegevens(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer], zaak: ZaakUit) -> dict[str, Any]:
        """Wat elk sjabloon kan gebruiken, met de meegegeven waarden erbij."""
        vast = {
            "zaaknummer": zaak.identificatie,
            "datum": opdracht.moment.astimezone(NEDERLAND).date(),
            "startdatum": zaak.startdatum,
            "gemeente": opdracht.installatie.instellingen.gemeente_naam,
        }
        return vast | opdracht.invoer.gegevens

    def _documenttype(self, opdracht: Opdracht[GenereerKeuze, GenereerInvoer]) -> str:
        omschrijving = opdracht.configuratie.documenttype
        op = opdracht.moment.astimezone(NEDERLAND).date()
        soort = CatalogiClient(opdracht.installatie, namens=opdracht.namens).informatieobjecttype(omschrijving, op)
        if soort is None:
            raise Onherstelbaar(f"documenttype '{omschrijving}' bestaat niet")
        return soort.url


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [DocumentenKoppelen, DocumentenToevoegen, DocumentGenereren]
