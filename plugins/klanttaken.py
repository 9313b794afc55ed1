"""Bouwblokken over klanttaken die naast het proces lopen. Wacht een stap zelf op de aanvrager, gebruik dan een gebruikerstaak."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.klanttaken import formulierdefinitie, voor_initiator
from integratie.taken.schemas import VAN_BOUWBLOK, FormulierDetails, FormulierTaakIn
from kern.plugins import haak
from kern.termijnen import termijn
from plugins import taken_sluiten
from plugins.hulp import ZaakInvoer, clients, gekozen, vandaag

GROEP = Tekst("Klanttaken", "Customer tasks")


class TaakKeuze(Gegevens):
    formulier: str = of_invoer(title="Formulier", description="Sleutel van het formulier.")
    titel: str = of_invoer(title="Titel", description="Wat de aanvrager moet doen.", max_length=100)
    termijn: str = Field("P2W", title="Termijn", description="Hoe lang de aanvrager heeft, zoals P2W.")


class TaakInvoer(ZaakInvoer):
    formulier: str = Field("", title="Formulier", description="In plaats van de instelling.")
    titel: str = Field("", title="Titel", description="In plaats van de instelling.", max_length=100)
    gegevens: dict[str, Any] = Field(default_factory=dict, title="Gegevens", description="Wat al ingevuld is.")
    uiterlijk: date | None = Field(None, title="Uiterlijk", description="Laatste dag; leeg volgt uit de termijn.")


class TaakUitvoer(Gegevens):
    taak: str = Field(title="Taak", description="URL van de klanttaak.")
    kenmerk: str = Field(
        title="Kenmerk", description="Sleutel van het bericht klanttaak-afgerond (uitgevoerd, antwoord)."
    )


class KlanttaakAanmaken(Bouwblok[TaakKeuze, TaakInvoer, TaakUitvoer]):
    """Natuurlijke sleutel: het kenmerk van de taak, dat vóór de eerste poging vaststaat."""

    sleutel = "klanttaak.aanmaken"
    naam = Tekst("Klanttaak klaarzetten", "Create customer task")
    uitleg = Tekst(
        "Zet een taak klaar in MijnGemeente en gaat door; is zij gedaan, dan komt het bericht klanttaak-afgerond.",
        "Creates a task in the portal and continues; when done, the message klanttaak-afgerond arrives.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[TaakKeuze, TaakInvoer]) -> TaakUitvoer:
        installatie, invoer, namens = opdracht.installatie, opdracht.invoer, opdracht.namens
        kenmerk = f"{VAN_BOUWBLOK}{opdracht.uuid('klanttaak').hex}"
        definitie = formulierdefinitie(installatie, gekozen(opdracht, "formulier"), namens=namens)
        taak = FormulierTaakIn(
            titel=gekozen(opdracht, "titel"),
            verwerker_taak_id=kenmerk,
            einddatum_handelings_termijn=invoer.uiterlijk or termijn(vandaag(opdracht), opdracht.configuratie.termijn),
            handelings_perspectief="informatie_geven",
            details=FormulierDetails(formulier_definitie=definitie, voorinvullen_gegevens=invoer.gegevens),
            **voor_initiator(installatie, invoer.zaak, namens=namens),
        )
        gemaakt = clients(opdracht).taken.maak_formuliertaak(taak, sleutel=opdracht.idempotentie("klanttaak"))
        return TaakUitvoer(taak=gemaakt.url, kenmerk=kenmerk)


class AfrondKeuze(Gegevens):
    status: Literal["verwerkt", "afgebroken"] = Field(
        "verwerkt", title="Status", description="Verwerkt na een antwoord; afgebroken als de taak niet meer hoeft."
    )


class AfrondInvoer(Gegevens):
    taak: str = Field(title="Taak", description="URL van de klanttaak.")


class KlanttaakAfronden(Bouwblok[AfrondKeuze, AfrondInvoer, Geen]):
    """Een taak die al verwerkt of afgebroken is, blijft zoals zij is."""

    sleutel = "klanttaak.afronden"
    naam = Tekst("Klanttaak afronden", "Finish customer task")
    uitleg = Tekst("Het antwoord is verwerkt, of de taak hoeft niet meer.", "The answer is processed, or not needed.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[AfrondKeuze, AfrondInvoer]) -> Geen:
        client, status = clients(opdracht).taken, opdracht.configuratie.status
        taak = client.klanttaak(opdracht.invoer.taak)
        if taak.status not in ("verwerkt", "afgebroken"):
            client.wijzig_klanttaak(taak.url, status=status, sleutel=opdracht.idempotentie("afronden"))
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [KlanttaakAanmaken, KlanttaakAfronden, *taken_sluiten.BLOKKEN]
