"""De betaalprovider op de Mollie Payments API (v2): iDEAL en andere methoden op de betaalpagina van Mollie."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qs
from uuid import UUID

import httpx

from contracten import Begonnen, Betaalprovider, Betaalstaat, Betaalverzoek, BetalingGeweigerd, Tekst
from integratie.basis import NietBereikbaar
from integratie.bronadres import bronadres
from kern.installatie import Installatie
from kern.plugins import haak

SIMULATORPAD = "/simulatoren/betalen"
STATEN: Mapping[str, Betaalstaat] = {
    "open": "open",
    "pending": "open",
    "authorized": "open",
    "paid": "betaald",
    "failed": "mislukt",
    "canceled": "mislukt",
    "expired": "verlopen",
}
TALEN = {"nl": "nl_NL", "en": "en_GB"}


class Mollie(Betaalprovider):
    """Betalen met Mollie; de sleutel van de betaling is de Idempotency-Key."""

    sleutel: ClassVar[str] = "mollie"
    naam: ClassVar[Tekst] = Tekst("Mollie", "Mollie")

    def begin(self, installatie: Installatie, verzoek: Betaalverzoek) -> Begonnen:
        inhoud = {
            "amount": {"currency": "EUR", "value": f"{verzoek.bedrag:.2f}"},
            "description": verzoek.omschrijving,
            "redirectUrl": verzoek.terug,
            "webhookUrl": verzoek.melden,
            "locale": TALEN.get(verzoek.taal, TALEN["nl"]),
            "metadata": {"kenmerk": verzoek.kenmerk, "waarvoor": str(verzoek.waarvoor)},
        }
        betaling = self._vraag(installatie, "POST", "payments", inhoud, {"Idempotency-Key": str(verzoek.sleutel)})
        return Begonnen(betaling["id"], betaling["_links"]["checkout"]["href"])

    def staat(self, installatie: Installatie, nummer: str, waarvoor: UUID) -> Betaalstaat:
        if not nummer.isascii() or not nummer.replace("_", "").isalnum():
            raise BetalingGeweigerd("dit is geen nummer van een betaling")
        betaling = self._vraag(installatie, "GET", f"payments/{nummer}")
        if (betaling.get("metadata") or {}).get("waarvoor") != str(waarvoor):
            raise BetalingGeweigerd("deze betaling is voor iets anders")
        terug = float((betaling.get("amountRefunded") or {}).get("value", 0))
        return "terugbetaald" if terug else STATEN.get(betaling["status"], "open")

    def lees_melding(self, koppen: Mapping[str, str], inhoud: bytes) -> str:
        del koppen  # een melding van Mollie heeft geen handtekening: alleen het nummer telt
        nummers = parse_qs(inhoud.decode("ascii", "replace")).get("id", [])
        if len(nummers) != 1:
            raise ValueError("een melding noemt precies één betaling")
        return nummers[0]

    def _vraag(
        self,
        installatie: Installatie,
        methode: str,
        pad: str,
        inhoud: Any = None,
        koppen: Mapping[str, str] | None = None,
    ) -> Any:
        basis = bronadres(installatie, "betalen_url", SIMULATORPAD)
        sleutel = installatie.instellingen.betalen_sleutel.get_secret_value()
        headers = {"Authorization": f"Bearer {sleutel}", **(koppen or {})}
        try:
            antwoord = installatie.http.request(methode, f"{basis}/v2/{pad}", json=inhoud, headers=headers)
        except httpx.TransportError as fout:
            raise NietBereikbaar(503, type(fout).__name__, "De betaaldienst is niet bereikbaar.") from None
        if antwoord.is_server_error or antwoord.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise NietBereikbaar(antwoord.status_code, "betalen", "De betaaldienst gaf een foutmelding.")
        if antwoord.is_error:
            raise BetalingGeweigerd(f"de betaaldienst weigert met status {antwoord.status_code}")
        return antwoord.json()


@haak
def betaalproviders() -> Iterable[type[Betaalprovider]]:
    """De betaalprovider van deze plugin."""
    return [Mollie]
