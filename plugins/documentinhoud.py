"""Bouwblokken over de inhoud van documenten: opslaan, lezen en ontkoppelen."""

from typing import Any, Literal

import orjson
from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from plugins.documentopslag import koppel, vind_of_maak
from plugins.hulp import ZaakInvoer, clients, gewoon, is_misschien_al_weg

GROEP = Tekst("Documenten", "Documents")
JSON = "application/json"
UITGANGEN = {"text/plain": "txt", JSON: "json"}
GROOTSTE_JSON = 1 << 20


class OpslaanKeuze(Gegevens):
    documenttype: str = of_invoer(title="Documenttype", description="Omschrijving van het informatieobjecttype.")
    formaat: Literal["text/plain", "application/json"] = Field(
        "text/plain", title="Formaat", description="Tekst, of gegevens als JSON."
    )
    tonen: bool = Field(False, title="Tonen", description="Mag de aanvrager het document in MijnGemeente zien?")


class OpslaanInvoer(ZaakInvoer):
    titel: str = Field(title="Titel", description="Titel van het document.", min_length=1, max_length=200)
    inhoud: str = Field("", title="Inhoud", description="De tekst, bij formaat text/plain.")
    gegevens: dict[str, Any] = Field(default_factory=dict, title="Gegevens", description="Bij application/json.")
    documenttype: str = Field("", title="Documenttype", description="In plaats van de instelling.")


class DocumentUitvoer(Gegevens):
    document: str = Field(title="Document", description="URL van het document.")


class DocumentOpslaan(Bouwblok[OpslaanKeuze, OpslaanInvoer, DocumentUitvoer]):
    """Natuurlijke sleutel: een documentnummer dat vóór de eerste poging vaststaat."""

    sleutel = "documenten.opslaan"
    naam = Tekst("Document opslaan", "Store document")
    uitleg = Tekst("Bewaart een tekst of gegevens als document bij de zaak.", "Stores text or data with the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[OpslaanKeuze, OpslaanInvoer]) -> DocumentUitvoer:
        document = vind_of_maak(opdracht, lambda: self._document(opdracht))
        koppel(opdracht, opdracht.invoer.zaak, document)
        return DocumentUitvoer(document=document)

    def _document(self, opdracht: Opdracht[OpslaanKeuze, OpslaanInvoer]) -> dict[str, Any]:
        invoer, keuze = opdracht.invoer, opdracht.configuratie
        inhoud = orjson.dumps(gewoon(invoer.gegevens)) if keuze.formaat == JSON else invoer.inhoud.encode()
        return {
            "titel": invoer.titel,
            "formaat": keuze.formaat,
            "bestandsnaam": f"document.{UITGANGEN[keuze.formaat]}",
            "inhoud": inhoud,
            "tonen_aan_initiator": keuze.tonen,
        }


class LeesKeuze(Gegevens):
    velden: list[str] = Field(
        default_factory=list, title="Velden", description="Namen uit een JSON-document die het proces nodig heeft."
    )


class LeesInvoer(Gegevens):
    document: str = Field(title="Document", description="URL van het document.")


class LeesUitvoer(Gegevens):
    titel: str = Field(title="Titel", description="Titel van het document.")
    status: str = Field(title="Status", description="Status, zoals definitief, of leeg.")
    formaat: str = Field(title="Formaat", description="Mediatype.")
    omvang: int = Field(title="Omvang", description="Aantal bytes.")
    versie: int = Field(title="Versie", description="Versienummer.")
    waarden: dict[str, Any] = Field(title="Waarden", description="De gevraagde velden, op naam.")


class DocumentLezen(Bouwblok[LeesKeuze, LeesInvoer, LeesUitvoer]):
    """Leest alleen. De inhoud zelf komt niet in variabelen, hoogstens de genoemde velden."""

    sleutel = "documenten.lezen"
    naam = Tekst("Document lezen", "Read document")
    uitleg = Tekst(
        "Haalt op wat voor document het is, en uit een JSON-document de genoemde velden.",
        "Gets what kind of document it is, and the named fields from a JSON document.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[LeesKeuze, LeesInvoer]) -> LeesUitvoer:
        document = clients(opdracht).documenten.document(opdracht.invoer.document)
        return LeesUitvoer(
            titel=document.titel,
            status=document.status,
            formaat=document.formaat,
            omvang=document.bestandsomvang or 0,
            versie=document.versie,
            waarden=self._waarden(opdracht),
        )

    def _waarden(self, opdracht: Opdracht[LeesKeuze, LeesInvoer]) -> dict[str, Any]:
        velden = opdracht.configuratie.velden
        if not velden:
            return {}
        client = clients(opdracht).documenten
        document = client.document(opdracht.invoer.document)
        if document.formaat != JSON or (document.bestandsomvang or 0) > GROOTSTE_JSON:
            raise Onherstelbaar("velden zijn alleen te lezen uit een JSON-document van hoogstens 1 MB")
        gelezen = orjson.loads(b"".join(client.inhoud(document)))
        return {veld: gelezen.get(veld) for veld in velden}


class OntkoppelInvoer(ZaakInvoer):
    document: str = Field(title="Document", description="URL van het document.")


class DocumentOntkoppelen(Bouwblok[Geen, OntkoppelInvoer, Geen]):
    """Een koppeling die er niet meer is, haalde een vorige poging weg."""

    sleutel = "documenten.ontkoppelen"
    naam = Tekst("Document van de zaak halen", "Detach document from the case")
    uitleg = Tekst("Het document hoort niet meer bij de zaak.", "The document no longer belongs to the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, OntkoppelInvoer]) -> Geen:
        zaken = clients(opdracht).zaken
        weg = [k.url for k in zaken.documenten(opdracht.invoer.zaak) if k.informatieobject == opdracht.invoer.document]
        for url in weg:
            with is_misschien_al_weg():
                zaken.verwijder(url)
        return Geen()


BLOKKEN = (DocumentOpslaan, DocumentLezen, DocumentOntkoppelen)
