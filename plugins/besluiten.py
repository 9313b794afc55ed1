"""Bouwblokken over besluiten."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst
from integratie.basis import ApiFout
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitIn, BesluitInformatieObjectIn, BesluitUit
from integratie.besluiten.toelichting import KENMERKEN, Toelichting
from integratie.catalogi import CatalogiClient
from kern.klok import NEDERLAND
from kern.plugins import haak
from kern.termijnen import bezwaartermijn
from plugins.hulp import leesbaar

GROEP = Tekst("Besluiten", "Decisions")
UNIEK = "unique"


class BesluitKeuze(Gegevens):
    besluittype: str = Field(title="Besluittype", description="Omschrijving van het besluittype.")
    bestuursorgaan: str = Field(
        title="Bestuursorgaan", description="Namens wie het besluit genomen wordt.", max_length=50
    )
    grondslag: str = Field(title="Grondslag", description="De wettelijke grondslag.")
    mandaat: str = Field(title="Mandaat", description="Waarop de bevoegdheid om te tekenen berust.")
    ondertekenaar: str = Field(title="Ondertekenaar", description="Functie van wie tekent.")


class BesluitInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    toelichting: str = Field("", title="Motivering", description="Waarom dit besluit genomen is.")
    ingangsdatum: date | None = Field(None, title="Ingangsdatum", description="Leeg is vandaag.")
    vervaldatum: date | None = Field(None, title="Vervaldatum", description="Laatste dag, als het besluit eindigt.")


class BesluitUitvoer(Gegevens):
    besluit: str = Field(title="Besluit", description="URL van het besluit.")
    besluitnummer: str = Field(title="Besluitnummer", description="Identificatie van het besluit.")
    bezwaar_tot: date = Field(
        title="Bezwaar tot", description="Laatste dag om bezwaar te maken, bij verzending op de dag van het besluit."
    )


class BesluitVastleggen(Bouwblok[BesluitKeuze, BesluitInvoer, BesluitUitvoer]):
    """Natuurlijke sleutel: een besluitnummer dat vóór de eerste poging vaststaat."""

    sleutel = "besluiten.vastleggen"
    naam = Tekst("Besluit vastleggen", "Record decision")
    uitleg = Tekst(
        "Legt een besluit vast, met bestuursorgaan, grondslag, mandaat, ondertekenaar en motivering.",
        "Records a decision, with authority, legal basis, mandate, signatory and reasons.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[BesluitKeuze, BesluitInvoer]) -> BesluitUitvoer:
        client = BesluitenClient(opdracht.installatie, namens=opdracht.namens)
        rsin = opdracht.installatie.instellingen.bronorganisatie
        datum = opdracht.moment.astimezone(NEDERLAND).date()
        nummer = f"BESLUIT-{datum.year}-{leesbaar(opdracht.uuid('besluit'), 3)}"
        gevonden = next(client.besluiten(identificatie=nummer, verantwoordelijkeOrganisatie=rsin), None)
        besluit = gevonden or self._maak(opdracht, client, nummer, datum)
        return BesluitUitvoer(besluit=besluit.url, besluitnummer=nummer, bezwaar_tot=bezwaartermijn(datum))

    def _maak(
        self, opdracht: Opdracht[BesluitKeuze, BesluitInvoer], client: BesluitenClient, nummer: str, datum: date
    ) -> BesluitUit:
        keuze, invoer = opdracht.configuratie, opdracht.invoer
        soort = CatalogiClient(opdracht.installatie, namens=opdracht.namens).besluittype(keuze.besluittype, datum)
        if soort is None:
            raise Onherstelbaar(f"besluittype '{keuze.besluittype}' bestaat niet")
        waarden = (keuze.grondslag, keuze.mandaat, keuze.ondertekenaar)
        toelichting = Toelichting(invoer.toelichting, tuple(zip(KENMERKEN, waarden, strict=True)))
        besluit = BesluitIn(
            identificatie=nummer,
            verantwoordelijke_organisatie=opdracht.installatie.instellingen.bronorganisatie,
            besluittype=soort.url,
            zaak=invoer.zaak,
            datum=datum,
            toelichting=toelichting.als_tekst(),
            bestuursorgaan=keuze.bestuursorgaan,
            ingangsdatum=invoer.ingangsdatum or datum,
            vervaldatum=invoer.vervaldatum,
        )
        return client.maak_besluit(besluit, sleutel=opdracht.idempotentie("besluit"))


class KoppelInvoer(Gegevens):
    besluit: str = Field(title="Besluit", description="URL van het besluit.")
    document: str = Field(title="Document", description="URL van het document.")


class DocumentKoppelen(Bouwblok[Geen, KoppelInvoer, Geen]):
    """Natuurlijke sleutel: besluit en document samen."""

    sleutel = "besluiten.document-koppelen"
    naam = Tekst("Document bij het besluit hangen", "Attach document to the decision")
    uitleg = Tekst("Het document legt het besluit vast.", "The document records the decision.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, KoppelInvoer]) -> Geen:
        koppeling = BesluitInformatieObjectIn(
            besluit=opdracht.invoer.besluit, informatieobject=opdracht.invoer.document
        )
        try:
            BesluitenClient(opdracht.installatie, namens=opdracht.namens).koppel_document(
                koppeling, sleutel=opdracht.idempotentie("koppel")
            )
        except ApiFout as fout:
            if UNIEK not in {deel.code for deel in fout.fouten}:
                raise
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [BesluitVastleggen, DocumentKoppelen]
