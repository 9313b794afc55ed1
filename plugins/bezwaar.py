"""Bouwblokken voor bezwaar: het besluit erbij zoeken, en de stukken die op de zaak betrekking hebben verzamelen (Awb 7:4)."""

from collections.abc import Iterator
from datetime import date
from tempfile import TemporaryFile
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.besluiten.schemas import BesluitUit
from integratie.configuratie import PROCESPAKKET
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn, DocumentUit
from integratie.zaken.rollen import initiator_van, urn_van_rol
from integratie.zaken.schemas import ZaakUit
from plugins.documentopslag import documenttype_van, koppel
from plugins.hulp import clients

GROEP = Tekst("Bezwaar", "Objections")


class ZoekInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de bezwaarzaak.")
    kenmerk: str | None = Field(None, title="Kenmerk", description="Het besluitnummer dat de bezwaarmaker noemde.")


class ZoekUitvoer(Gegevens):
    gevonden: bool = Field(title="Gevonden", description="Of er een besluit met dit nummer is.")
    besluit: str | None = Field(title="Besluit", description="URL van het besluit.")
    besluitnummer: str | None = Field(title="Besluitnummer", description="Het nummer zoals het geregistreerd is.")
    naam: str | None = Field(title="Naam", description="Wat voor besluit het is.")
    zaak: str | None = Field(title="Zaak van het besluit", description="URL van de zaak waarin het besluit genomen is.")
    genomen: date | None = Field(title="Genomen op", description="De datum van het besluit.")
    bekendgemaakt: date | None = Field(title="Bekendgemaakt", description="De dag waarop het besluit verstuurd is.")
    laatste_dag: date | None = Field(title="Laatste dag", description="De laatste dag om bezwaar te maken.")
    gericht_aan: bool = Field(title="Gericht aan", description="Of de bezwaarmaker om het besluit vroeg of het kreeg.")
    behandelaars: list[str] = Field(title="Behandelaars", description="Wie aan het besluit werkten (gebruikersnamen).")
    groepen: list[str] = Field(
        default_factory=list, title="Groepen", description="De teams die zaken van dit zaaktype behandelen."
    )


class BesluitZoeken(Bouwblok[Geen, ZoekInvoer, ZoekUitvoer]):
    """Leest alleen; een besluit dat niet bekend is gemaakt heeft nog geen laatste dag."""

    sleutel = "bezwaar.besluit-zoeken"
    naam = Tekst("Besluit bij het bezwaar zoeken", "Find the contested decision")
    uitleg = Tekst(
        "Zoekt het besluit op zijn nummer, met de bezwaartermijn, voor wie het was en wie eraan werkten.",
        "Finds the decision by its number, with the objection period, its addressee and who worked on it.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ZoekInvoer]) -> ZoekUitvoer:
        client = clients(opdracht).besluiten
        rsin = opdracht.installatie.instellingen.bronorganisatie
        besluit = client.met_nummer((opdracht.invoer.kenmerk or "").strip().upper(), rsin)
        if besluit is None:
            leeg = dict.fromkeys(
                ("besluit", "besluitnummer", "naam", "zaak", "genomen", "bekendgemaakt", "laatste_dag")
            )
            return ZoekUitvoer(gevonden=False, gericht_aan=False, behandelaars=[], **leeg)
        return self._gevonden(opdracht, besluit)

    def _gevonden(self, opdracht: Opdracht[Geen, ZoekInvoer], besluit: BesluitUit) -> ZoekUitvoer:
        soort = clients(opdracht).catalogi.vraag("GET", besluit.besluittype)
        return ZoekUitvoer(
            gevonden=True,
            besluit=besluit.url,
            besluitnummer=besluit.identificatie,
            naam=str(soort["omschrijving"]),
            zaak=besluit.zaak or None,
            genomen=besluit.datum,
            bekendgemaakt=besluit.verzenddatum,
            laatste_dag=besluit.uiterlijke_reactiedatum,
            gericht_aan=bool(besluit.zaak) and _zelfde_initiator(opdracht, opdracht.invoer.zaak, besluit.zaak),
            behandelaars=sorted(set(_behandelaars(opdracht, besluit.zaak))) if besluit.zaak else [],
            groepen=sorted(set(_groepen(opdracht, besluit.zaak))) if besluit.zaak else [],
        )


def _zelfde_initiator(opdracht: Opdracht[Any, Any], zaak: str, andere: str) -> bool:
    zaken = clients(opdracht).zaken
    urns = [urn_van_rol(rol) for rol in (initiator_van(zaken, zaak), initiator_van(zaken, andere)) if rol]
    return len(urns) == 2 and bool(urns[0]) and urns[0] == urns[1]  # noqa: PLR2004  # van elke zaak één


def _behandelaars(opdracht: Opdracht[Any, Any], zaak: str) -> Iterator[str]:
    """Wie een taak bij de zaak afrondde, of er als medewerker een rol in heeft."""
    taken = clients(opdracht).taken.medewerkertaken(zaak=zaak, status="afgerond")
    yield from (taak.behandelaar for taak in taken if taak.behandelaar)
    for rol in clients(opdracht).zaken.rollen(zaak, betrokkeneType="medewerker"):
        yield from filter(None, [str((rol.betrokkene_identificatie or {}).get("identificatie") or "")])


def _groepen(opdracht: Opdracht[Any, Any], zaak: str) -> Iterator[str]:
    """De teams uit de pakketten die dit zaaktype behandelen."""
    soort = clients(opdracht).catalogi.type_bij_url(clients(opdracht).zaken.zaak(zaak).zaaktype).identificatie
    for pakket in clients(opdracht).configuratie.alle(PROCESPAKKET):
        for team in pakket.get("teams", ()):
            if team["zaaktype"] == soort:
                yield from team["groepen"]


class StukkenKeuze(Gegevens):
    documenttype: str = of_invoer(
        title="Documenttype", description="Het documenttype van een afschrift in het bezwaardossier."
    )


class StukkenInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de bezwaarzaak.")
    andere_zaak: str = Field(title="Andere zaak", description="URL van de zaak waarin het besluit genomen is.")
    documenttype: str = Field("", title="Documenttype", description="In plaats van de instelling.")


class StukkenUitvoer(Gegevens):
    aantal: int = Field(title="Aantal", description="Hoeveel stukken er nu in het dossier zitten.")
    documenten: list[str] = Field(title="Documenten", description="URL's van de stukken.")


class StukkenVerzamelen(Bouwblok[StukkenKeuze, StukkenInvoer, StukkenUitvoer]):
    """Natuurlijke sleutel: bezwaarzaak en stuk samen; nog eens verzamelen voegt alleen toe wat er intussen bij kwam.

    Een zaaktype kent alleen zijn eigen documenttypen (zrc-017): van elk stuk komt een afschrift in het dossier.
    """

    sleutel = "bezwaar.stukken-verzamelen"
    naam = Tekst("Stukken van het besluit verzamelen", "Collect the documents of the decision")
    uitleg = Tekst(
        "Legt van elk stuk in de zaak van het besluit een afschrift in de bezwaarzaak (Awb 7:4).",
        "Puts a copy of every document of the contested case into the objection case.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[StukkenKeuze, StukkenInvoer]) -> StukkenUitvoer:
        zaken = clients(opdracht).zaken
        documenten = clients(opdracht).documenten
        zaak = zaken.zaak(opdracht.invoer.zaak)
        stukken = [documenten.document(stuk.informatieobject) for stuk in zaken.documenten(opdracht.invoer.andere_zaak)]
        klaar = sorted(
            (stuk for stuk in stukken if stuk.status != "in_bewerking"), key=lambda stuk: stuk.begin_registratie
        )
        urls = [self._neem_op(opdracht, documenten, zaak, stuk) for stuk in klaar]
        return StukkenUitvoer(aantal=len(urls), documenten=urls)

    def _neem_op(
        self,
        opdracht: Opdracht[StukkenKeuze, StukkenInvoer],
        client: DocumentenClient,
        zaak: ZaakUit,
        stuk: DocumentUit,
    ) -> str:
        nummer = f"STUK-{uuid5(NAMESPACE_URL, f'{zaak.uuid}:{stuk.url}').hex[:20]}"
        gevonden = client.zoek_documenten(identificatie=nummer, bronorganisatie=stuk.bronorganisatie).results
        url = gevonden[0].url if gevonden else self._afschrift(opdracht, client, stuk, nummer)
        koppel(opdracht, zaak.url, url)
        return url

    def _afschrift(
        self, opdracht: Opdracht[StukkenKeuze, StukkenInvoer], client: DocumentenClient, stuk: DocumentUit, nummer: str
    ) -> str:
        document = DocumentIn(
            identificatie=nummer,
            bronorganisatie=stuk.bronorganisatie,
            creatiedatum=stuk.creatiedatum,
            titel=stuk.titel,
            auteur=stuk.auteur,
            status="definitief",
            formaat=stuk.formaat,
            taal=stuk.taal,
            bestandsnaam=stuk.bestandsnaam,
            beschrijving=f"Afschrift van {stuk.identificatie}",
            tonen_aan_initiator=True,
            indicatie_gebruiksrecht=False,
            informatieobjecttype=documenttype_van(opdracht),
        )
        with TemporaryFile() as bestand:
            for brok in client.inhoud(stuk):
                bestand.write(brok)
            omvang = bestand.tell()
            bestand.seek(0)
            return client.bewaar_bestand(document, bestand, omvang, sleutel=opdracht.idempotentie(nummer)).url


BLOKKEN: tuple[type[Any], ...] = (BesluitZoeken, StukkenVerzamelen)
