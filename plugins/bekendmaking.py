"""Bouwblokken voor de officiële bekendmaking in het Gemeenteblad (Awb 3:12, 3:42; Bekendmakingswet)."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from formuliermotor.brief import Brief, SjabloonFout, maak_brief, vul
from formuliermotor.briefopmaak import briefstijl
from integratie.basis import ApiFout
from integratie.configuratie import SJABLOON
from integratie.processen.publicaties import PublicatieIn
from plugins.documentopslag import koppel, vind_of_maak
from plugins.hulp import clients, gekozen, gewoon, vandaag

GROEP = Tekst("Bekendmaking", "Publication")
PERSOONSGEGEVENS = "persoonsgegevens"


class VoorbereidKeuze(Gegevens):
    sjabloon: str = of_invoer(title="Sjabloon", description="Sleutel van het sjabloon met titel en tekst.")
    rubriek: str = of_invoer(
        title="Rubriek", description="Rubriek uit de waardelijst van KOOP, zoals evenementenvergunning."
    )
    soort: str = Field("kennisgeving", title="Soort", description="Soort bekendmaking uit de waardelijst.")
    onderwerp: str = Field(
        "Openbare orde en veiligheid", title="Onderwerp", description="Onderwerp uit de Taxonomie Beleidsagenda (TOOI)."
    )
    termijn: str = Field(
        "", title="Termijn", description="Duur (ISO 8601) van een termijn die bij de publicatie begint, zoals P2W."
    )
    termijn_naam: str = Field("", title="Naam van de termijn", description="Waarvoor die termijn is, zoals zienswijze.")
    bekendmaakt: bool = Field(
        False,
        title="Maakt bekend",
        description="De publicatie is zelf de bekendmaking van het besluit: de bezwaartermijn begint daar.",
    )


class VoorbereidInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    gegevens: dict[str, Any] = Field(
        default_factory=dict, title="Gegevens", description="Waarden die het sjabloon gebruikt."
    )
    besluit: str | None = Field(None, title="Besluit", description="URL van het besluit waar het over gaat.")
    locatie: str = Field("", title="Locatie", description="Waar het is, in woorden; geen adres van een persoon.")
    gebied: dict[str, Any] | None = Field(None, title="Gebied", description="GeoJSON-geometrie: punt, lijn of vlak.")
    datum: date | None = Field(
        None, title="Datum", description="Gewenste dag van publicatie; leeg is zo snel mogelijk."
    )
    ingangsdatum: date | None = Field(None, title="Ingangsdatum", description="Vanaf wanneer het geldt.")
    bijlagen: list[str] = Field(
        default_factory=list, title="Bijlagen", description="URL's van openbare documenten; zij gaan als bestand mee."
    )
    sjabloon: str = Field("", title="Sjabloon", description="In plaats van de instelling.")
    rubriek: str = Field("", title="Rubriek", description="In plaats van de instelling.")
    soort: str = Field("", title="Soort", description="In plaats van de instelling.")
    onderwerp: str = Field("", title="Onderwerp", description="In plaats van de instelling.")
    bekendmaakt: bool | None = Field(None, title="Maakt bekend", description="In plaats van de instelling.")


class PublicatieUitvoer(Gegevens):
    publicatie: str = Field(
        title="Publicatie",
        description="Kenmerk van de bekendmaking; het bericht bekendmaking-gepubliceerd heeft dit als sleutel.",
    )


class Voorbereiden(Bouwblok[VoorbereidKeuze, VoorbereidInvoer, PublicatieUitvoer]):
    """Natuurlijke sleutel: het uuid van de bekendmaking, dat uit de uitvoering volgt."""

    sleutel = "bekendmaking.voorbereiden"
    naam = Tekst("Bekendmaking voorbereiden", "Prepare publication")
    uitleg = Tekst(
        "Maakt de tekst voor het Gemeenteblad met de metadata en zet haar bij de zaak, zodat een medewerker haar kan nakijken.",
        "Makes the text for the gazette with its metadata and puts it with the case, for an employee to check.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[VoorbereidKeuze, VoorbereidInvoer]) -> PublicatieUitvoer:
        keuze, invoer, uuid = opdracht.configuratie, opdracht.invoer, opdracht.uuid("publicatie")
        titel, tekst = _gevuld(opdracht)
        publicatie = PublicatieIn(
            uuid=uuid, zaak=invoer.zaak, besluit=invoer.besluit, titel=titel[:200], tekst=tekst,
            bekendmaakt=keuze.bekendmaakt if invoer.bekendmaakt is None else invoer.bekendmaakt,
            soort=gekozen(opdracht, "soort"), rubriek=gekozen(opdracht, "rubriek"), onderwerp=gekozen(opdracht, "onderwerp"),
            locatie=invoer.locatie, gebied=gewoon(invoer.gebied), datum=invoer.datum, ingangsdatum=invoer.ingangsdatum, termijn=keuze.termijn or None,
            termijn_naam=keuze.termijn_naam, bijlagen=invoer.bijlagen,
        )  # fmt: skip
        clients(opdracht).processen.maak_publicatie(publicatie)
        return PublicatieUitvoer(publicatie=str(uuid))


def _gevuld(opdracht: Opdracht[VoorbereidKeuze, VoorbereidInvoer]) -> tuple[str, str]:
    """Titel en tekst uit het sjabloon; een onbekend of leeg veld is een incident, geen publicatie."""
    sleutel, installatie = gekozen(opdracht, "sjabloon"), opdracht.installatie
    sjabloon = clients(opdracht).configuratie.haal(SJABLOON, sleutel)
    if sjabloon is None:
        raise Onherstelbaar(f"sjabloon {sleutel} is niet ingericht")
    zaak = clients(opdracht).zaken.zaak(opdracht.invoer.zaak)
    vast = {
        "zaaknummer": zaak.identificatie,
        "datum": vandaag(opdracht),
        "gemeente": installatie.instellingen.gemeente_naam,
    }
    vast |= {"aanhef": "", "ontvangen": zaak.startdatum}
    try:
        gevuld = vul(sjabloon, {**vast, **opdracht.invoer.gegevens}, "nl", klok=lambda: opdracht.moment)
    except SjabloonFout as fout:
        raise Onherstelbaar(f"bekendmaking {sleutel}: {fout}") from None
    return gevuld.onderwerp, gevuld.tekst


class AanleverKeuze(Gegevens):
    documenttype: str = of_invoer(
        title="Documenttype", description="Het documenttype waaronder de tekst bij de zaak bewaard wordt."
    )


class AanleverInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    publicatie: str = Field(title="Publicatie", description="Kenmerk van de voorbereide bekendmaking.")
    documenttype: str = Field("", title="Documenttype", description="In plaats van de instelling.")


class Aanleveren(Bouwblok[AanleverKeuze, AanleverInvoer, Geen]):
    """Natuurlijke sleutel: het kenmerk van de bekendmaking; een tweede aanlevering verandert niets."""

    sleutel = "bekendmaking.aanleveren"
    naam = Tekst("Bekendmaking aanleveren", "Submit publication")
    uitleg = Tekst(
        "Levert de tekst aan voor het Gemeenteblad en bewaart haar bij de zaak. Staan er persoonsgegevens in, dan gaat zij niet.",
        "Submits the text for the gazette and keeps it with the case. If it contains personal data, it is not sent.",
    )
    groep = GROEP
    fouten = (
        Fout(PERSOONSGEGEVENS, Tekst("Er staan persoonsgegevens in de tekst.", "The text contains personal data.")),
    )

    def voer_uit(self, opdracht: Opdracht[AanleverKeuze, AanleverInvoer]) -> Geen:
        client = clients(opdracht).processen
        try:
            publicatie = client.lever_aan(UUID(opdracht.invoer.publicatie))
        except ApiFout as fout:
            plekken = [deel.reden for deel in fout.fouten if deel.code == PERSOONSGEGEVENS]
            if not plekken:
                raise
            raise BpmnFout(PERSOONSGEGEVENS, "; ".join(plekken)) from None
        document = vind_of_maak(opdracht, lambda: _document(opdracht, publicatie.titel, publicatie.tekst))
        koppel(opdracht, opdracht.invoer.zaak, document)
        return Geen()


def _document(opdracht: Opdracht[AanleverKeuze, AanleverInvoer], titel: str, tekst: str) -> dict[str, Any]:
    """De tekst zoals zij aangeleverd is, als PDF in het dossier."""
    alineas = [{"inhoud": deel} for deel in tekst.split("\n\n") if deel.strip()]
    inhoud = {"nl": '<p data-elk="alinea in alineas">{{ alinea.inhoud }}</p>'}
    sjabloon = {"soort": "brief", "onderwerp": {"nl": "{{ titel }}"}, "inhoud": inhoud}
    gevuld = vul(sjabloon, {"titel": titel, "alineas": alineas}, "nl", klok=lambda: opdracht.moment)
    pdf = maak_brief(Brief(gevuld, moment=opdracht.moment), briefstijl(opdracht.installatie, namens=opdracht.namens))
    return {"titel": titel[:200], "formaat": "application/pdf", "bestandsnaam": "kennisgeving.pdf", "inhoud": pdf}


BLOKKEN: tuple[type[Any], ...] = (Voorbereiden, Aanleveren)
