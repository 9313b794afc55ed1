"""Wat bij een ingestuurd formulier hoort naar de Documenten API: de PDF met de antwoorden, en de bijlagen.

Elke naam komt van de inzending. Herhalen na een storing geeft dus dezelfde documenten, ook bij een register dat geen
Idempotency-Key kent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO, Final
from uuid import UUID

from formuliermotor.bestanden import Conceptbestanden
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn
from integratie.urn import urn_uuid
from kern.installatie import Installatie
from kern.klok import NEDERLAND

ISO_TAAL: Final[Mapping[str, str]] = {"nl": "nld", "en": "eng"}
LANGSTE_TITEL: Final = 200
BESTAAT_AL: Final = "identificatie-niet-uniek"


class TypeOntbreekt(LookupError):
    """Het documenttype van het formulier staat (vandaag) niet in de catalogus."""


@dataclass(frozen=True)
class Stuk:
    """Een document in het register. `omschrijving` is zijn titel."""

    url: str
    urn: str
    omschrijving: str


@dataclass(frozen=True)
class Indiening:
    """Wat alle stukken van een inzending delen. `nummer` (32 tekens hex) maakt hun namen, `namens` is het onderdeel.

    `catalogus` is het domein waarin de documenttypen staan; leeg is in welke dan ook.
    """

    installatie: Installatie
    namens: str
    nummer: UUID
    moment: datetime
    taal: str = "nl"
    catalogus: str = ""

    def bewaar_pdf(self, inhoud: bytes, titel: str, documenttype: str) -> Stuk:
        """De PDF van de antwoorden."""
        document = self._document(titel, documenttype, "0", "application/pdf", f"{titel}.pdf")
        eigen = document.model_copy(update={"auteur": self.installatie.instellingen.gemeente_naam})
        return self._bewaar(eigen, BytesIO(inhoud), len(inhoud))

    def bewaar_bijlagen(
        self, bestanden: Conceptbestanden, verwijzingen: Iterable[Mapping[str, Any]], documenttype: str
    ) -> list[Stuk]:
        """De meegestuurde bestanden, in volgorde."""
        return [
            self._bewaar_bijlage(bestanden, verwijzing, nummer, documenttype)
            for nummer, verwijzing in enumerate(verwijzingen, 1)
        ]

    def verwijder(self, aantal_bijlagen: int) -> None:
        """Verwijder de PDF en de bijlagen weer, voor zover ze er zijn: het verzoek waar ze bij hoorden kwam er niet."""
        client = DocumentenClient(self.installatie, namens=self.namens)
        rsin = self.installatie.instellingen.bronorganisatie
        for volgnummer in range(aantal_bijlagen + 1):
            naam = self._identificatie(str(volgnummer))
            for document in client.zoek_documenten(identificatie=naam, bronorganisatie=rsin).results:
                client.verwijder(document.url)

    def _identificatie(self, volgnummer: str) -> str:
        return f"{self.nummer.hex}-{volgnummer}"

    def _bewaar_bijlage(
        self, bestanden: Conceptbestanden, verwijzing: Mapping[str, Any], nummer: int, documenttype: str
    ) -> Stuk:
        naam = str(verwijzing["naam"])
        document = self._document(naam, documenttype, str(nummer), str(verwijzing["mediatype"]), naam)
        with bestanden.open(verwijzing) as inhoud:
            return self._bewaar(document, inhoud, int(verwijzing["grootte"]))

    def _document(self, titel: str, documenttype: str, volgnummer: str, formaat: str, bestandsnaam: str) -> DocumentIn:
        dag = self.moment.astimezone(NEDERLAND).date()
        soort = CatalogiClient(self.installatie, namens=self.namens).documenttype_in(
            self.catalogus, self.installatie.instellingen.bronorganisatie, documenttype, dag
        )
        if soort is None:
            raise TypeOntbreekt(documenttype)
        return DocumentIn(
            identificatie=self._identificatie(volgnummer),
            bronorganisatie=self.installatie.instellingen.bronorganisatie,
            creatiedatum=dag,
            ontvangstdatum=dag,
            titel=titel[:LANGSTE_TITEL],
            bestandsnaam=bestandsnaam[-LANGSTE_TITEL:],
            auteur="Indiener",
            status="definitief",
            formaat=formaat,
            taal=ISO_TAAL[self.taal],
            tonen_aan_initiator=True,
            # Zonder antwoord op deze vraag is een zaak niet te sluiten (zrc-007).
            indicatie_gebruiksrecht=False,
            informatieobjecttype=soort.url,
        )

    def _bewaar(self, document: DocumentIn, inhoud: BinaryIO, omvang: int) -> Stuk:
        client = DocumentenClient(self.installatie, namens=self.namens)
        try:
            url = client.bewaar_bestand(document, inhoud, omvang, sleutel=document.identificatie).url
        except ApiFout as fout:
            if BESTAAT_AL not in {deel.code for deel in fout.fouten}:
                raise
            url = self._gevonden(client, document)
        uuid = url.rstrip("/").rpartition("/")[2]
        rsin = self.installatie.instellingen.bronorganisatie
        return Stuk(url, urn_uuid(rsin, "informatieobject", uuid), document.titel)

    def _gevonden(self, client: DocumentenClient, document: DocumentIn) -> str:
        pagina = client.zoek_documenten(identificatie=document.identificatie, bronorganisatie=document.bronorganisatie)
        return pagina.results[0].url
