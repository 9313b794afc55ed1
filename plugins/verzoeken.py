"""Bouwblokken over het verzoek waarmee een proces begon."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Gegevens, Opdracht, Tekst
from integratie.catalogi import CatalogiClient
from integratie.urn import urn_zaak
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van
from integratie.zaken.schemas import ZaakUit
from kern.plugins import haak
from plugins.ontvangst import BevestigKeuze, bevestig

GROEP = Tekst("Verzoeken", "Requests")


class VeldenKeuze(Gegevens):
    velden: str = Field(
        title="Velden", description="Namen van antwoorden die het proces nodig heeft om te kiezen, met komma's."
    )


class VerzoekInvoer(Gegevens):
    verzoek: str = Field(title="Verzoek", description="URL van het verzoek.")


class Waarden(Gegevens):
    waarden: dict[str, Any] = Field(title="Waarden", description="De gevraagde antwoorden, op naam.")


class GegevensLezen(Bouwblok[VeldenKeuze, VerzoekInvoer, Waarden]):
    """Alleen wat het proces nodig heeft om te routeren; het dossier blijft in de Verzoeken API."""

    sleutel = "verzoeken.gegevens"
    naam = Tekst("Antwoorden lezen", "Read answers")
    uitleg = Tekst("Haalt de genoemde antwoorden uit het verzoek.", "Reads the named answers from the request.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[VeldenKeuze, VerzoekInvoer]) -> Waarden:
        verzoek = VerzoekenClient(opdracht.installatie, namens=opdracht.namens).verzoek(opdracht.invoer.verzoek)
        namen = (naam.strip() for naam in opdracht.configuratie.velden.split(","))
        return Waarden(waarden={naam: verzoek.aanvraag_gegevens.get(naam) for naam in namen if naam})


class ZaakKeuze(BevestigKeuze):
    zaaktype: str = Field(title="Zaaktype", description="Identificatie van het zaaktype dat de zaak moet hebben.")


class NummerInvoer(VerzoekInvoer):
    zaaknummer: str = Field(title="Zaaknummer", description="Het nummer van de zaak, zoals iemand het invulde.")


class ZaakUitvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    zaaknummer: str = Field(title="Zaaknummer", description="Identificatie van de zaak.")
    status: str = Field(title="Status", description="Omschrijving van de laatste status; leeg als er geen is.")
    open: bool = Field(title="Open", description="Of de zaak nog niet is afgesloten.")
    bereikbaar: bool = Field(title="Bereikbaar", description="Of er een initiator is om naar te schrijven.")


class BijZaak(Bouwblok[ZaakKeuze, NummerInvoer, ZaakUitvoer]):
    """Herhalen verandert niets: het verzoek hoort daarna bij dezelfde zaak."""

    sleutel = "verzoeken.bij-zaak"
    naam = Tekst("Verzoek bij een zaak zoeken", "Find the case of a request")
    uitleg = Tekst(
        "Zoekt de zaak met het nummer dat iemand invulde, hangt het verzoek daaraan en bevestigt de ontvangst.",
        "Finds the case with the number someone entered, attaches the request to it and confirms receipt.",
    )
    groep = GROEP
    fouten = (Fout("niet-gevonden", Tekst("Er is geen zaak met dit nummer.", "There is no case with this number.")),)

    def voer_uit(self, opdracht: Opdracht[ZaakKeuze, NummerInvoer]) -> ZaakUitvoer:
        installatie, rsin = opdracht.installatie, opdracht.installatie.instellingen.bronorganisatie
        zaken = ZakenClient(installatie, namens=opdracht.namens)
        catalogi = CatalogiClient(installatie, namens=opdracht.namens)
        nummer = opdracht.invoer.zaaknummer.strip().upper()
        zaak = next(iter(zaken.zoek_zaken(identificatie=nummer, bronorganisatie=rsin).results if nummer else ()), None)
        if zaak is None or catalogi.type_bij_url(zaak.zaaktype).identificatie != opdracht.configuratie.zaaktype:
            raise BpmnFout("niet-gevonden")
        verzoeken = VerzoekenClient(installatie, namens=opdracht.namens)
        verzoeken.markeer_verwerkt(opdracht.invoer.verzoek, zaak=urn_zaak(rsin, zaak.identificatie))
        bevestig(opdracht, zaak.url, verzoeken.verzoek(opdracht.invoer.verzoek))
        return ZaakUitvoer(
            zaak=zaak.url,
            zaaknummer=zaak.identificatie,
            status=_status(zaken, catalogi, zaak),
            open=zaak.einddatum is None,
            bereikbaar=initiator_van(zaken, zaak.url) is not None,
        )


def _status(zaken: ZakenClient, catalogi: CatalogiClient, zaak: ZaakUit) -> str:
    laatste = max(zaken.statussen(zaak.url), key=lambda status: status.datum_status_gezet, default=None)
    typen = {soort.url: soort.omschrijving for soort in catalogi.statustypen(zaak.zaaktype)} if laatste else {}
    return typen[laatste.statustype] if laatste else ""


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [GegevensLezen, BijZaak]
