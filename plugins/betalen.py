"""Bouwblokken over betalen: een betaling vragen, verwerken, en geld uitbetalen."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from integratie.klanttaken import voor_initiator
from integratie.taken.schemas import VAN_BOUWBLOK, BetaalDetails, BetaalTaakIn, Doelrekening, ExterneTaakUit
from kern.klok import NEDERLAND
from kern.plugins import haak
from kern.termijnen import termijn
from plugins import uitbetalen
from plugins.hulp import ZaakInvoer, clients, gekozen, vandaag

GROEP = Tekst("Betalen", "Payments")
Staat = Literal["betaald", "niet betaald"]


class BetaalKeuze(Gegevens):
    omschrijving: str = of_invoer(title="Omschrijving", description="Waarvoor betaald wordt.", max_length=60)
    termijn: str = Field("P2W", title="Termijn", description="Hoe lang de aanvrager heeft, zoals P2W.")


class BetaalInvoer(ZaakInvoer):
    omschrijving: str = Field("", title="Omschrijving", description="In plaats van de instelling.", max_length=60)
    bedrag: Decimal = Field(title="Bedrag", description="In euro.", gt=0, max_digits=12, decimal_places=2)
    uiterlijk: date | None = Field(None, title="Uiterlijk", description="Laatste dag; leeg volgt uit de termijn.")


class BetaalUitvoer(Gegevens):
    betaling: str = Field(title="Betaling", description="Sleutel van het bericht betaling-afgerond, met betaald.")
    taak: str = Field(title="Taak", description="URL van de betaaltaak.")


class BetaalVerzoek(Bouwblok[BetaalKeuze, BetaalInvoer, BetaalUitvoer]):
    """Natuurlijke sleutel: het kenmerk van de betaaltaak, dat vóór de eerste poging vaststaat."""

    sleutel = "betalen.verzoek"
    naam = Tekst("Om betaling vragen", "Request payment")
    uitleg = Tekst(
        "Zet een betaaltaak klaar in MijnGemeente; is er betaald of is de termijn voorbij, dan komt het bericht betaling-afgerond.",
        "Creates a payment task in the portal; once paid or expired, the message betaling-afgerond arrives.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[BetaalKeuze, BetaalInvoer]) -> BetaalUitvoer:
        api, invoer = clients(opdracht), opdracht.invoer
        kenmerk = f"{VAN_BOUWBLOK}{opdracht.uuid('betaling').hex}"
        zaak, omschrijving = api.zaken.zaak(invoer.zaak), gekozen(opdracht, "omschrijving")
        taak = BetaalTaakIn(
            titel=f"Betaal {omschrijving}"[:100],
            verwerker_taak_id=kenmerk,
            einddatum_handelings_termijn=invoer.uiterlijk or termijn(vandaag(opdracht), opdracht.configuratie.termijn),
            handelings_perspectief="betalen",
            details=BetaalDetails(
                bedrag=invoer.bedrag,
                transactieomschrijving=f"{omschrijving} {zaak.identificatie}"[:80],
                doelrekening=Doelrekening(naam=opdracht.installatie.instellingen.gemeente_naam),
            ),
            **voor_initiator(opdracht.installatie, zaak.url, namens=opdracht.namens),
        )
        gemaakt = api.taken.maak_betaaltaak(taak, sleutel=opdracht.idempotentie("betaling"))
        if zaak.betalingsindicatie != "nog_niet":
            api.zaken.wijzig_zaak(zaak.url, betalingsindicatie="nog_niet")
        return BetaalUitvoer(betaling=kenmerk, taak=gemaakt.url)


class VerwerkInvoer(ZaakInvoer):
    betaling: str = Field(title="Betaling", description="Kenmerk van de betaling.")


class VerwerkUitvoer(Gegevens):
    staat: Staat = Field(title="Staat", description="betaald of niet betaald.")
    betaald: bool = Field(title="Betaald", description="Is het bedrag betaald?")


class BetalingVerwerken(Bouwblok[Geen, VerwerkInvoer, VerwerkUitvoer]):
    """De taak is alleen uitgevoerd als de betaaldienst zelf zegt dat er betaald is; een open taak vervalt."""

    sleutel = "betalen.verwerken"
    naam = Tekst("Betaling verwerken", "Process payment")
    uitleg = Tekst(
        "Kijkt of er betaald is en legt dat bij de zaak vast. Is er niet betaald, dan vervalt de betaaltaak.",
        "Checks whether the payment was made and records it. If not, the payment task lapses.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, VerwerkInvoer]) -> VerwerkUitvoer:
        api = clients(opdracht)
        taak = api.taken.klanttaak_bij(opdracht.invoer.betaling)
        if taak is None:
            raise Onherstelbaar("er is geen betaaltaak met dit kenmerk")
        betaald = taak.status in ("uitgevoerd", "verwerkt")
        if betaald:
            moment = opdracht.moment.astimezone(NEDERLAND).isoformat()
            api.zaken.wijzig_zaak(opdracht.invoer.zaak, betalingsindicatie="geheel", laatsteBetaaldatum=moment)
        self._sluit(opdracht, taak, "verwerkt" if betaald else "afgebroken")
        return VerwerkUitvoer(staat="betaald" if betaald else "niet betaald", betaald=betaald)

    def _sluit(self, opdracht: Opdracht[Geen, VerwerkInvoer], taak: ExterneTaakUit, status: str) -> None:
        if taak.status in ("open", "uitgevoerd"):
            clients(opdracht).taken.wijzig_klanttaak(
                taak.url, status=status, sleutel=opdracht.idempotentie("betaling-verwerkt")
            )


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [BetaalVerzoek, BetalingVerwerken, *uitbetalen.BLOKKEN]
