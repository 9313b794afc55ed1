"""Bouwblokken over het verzoek waarmee een proces begon."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Gegevens, Opdracht, Tekst
from integratie.verzoeken import VerzoekenClient
from kern.plugins import haak

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


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [GegevensLezen]
