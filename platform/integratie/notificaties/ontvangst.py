"""Notificaties ontvangen: een onderdeel neemt een abonnement en controleert wie er bij zijn webhook aanklopt.

    ontvanger = Ontvanger(installatie, "processen")
    ontvanger.abonneer(f"{basis}/notificaties", KanaalFilter(naam="verzoeken"))      # bij het starten, vaker mag

    @openbaar                                                                         # de ontvanger controleert zelf
    def webhook():
        notificatie = ontvanger.lees(request.headers.get("Authorization"), request.get_data())
        if notificatie is not None:
            ...                                                                       # kort: zet werk in de outbox
        return "", 204

Aflevering is minstens één keer en zonder volgorde: maak de verwerking idempotent en haal de stand op via `resource_url`.
"""

import hmac

from pydantic import ValidationError

from integratie.notificaties.client import NotificatiesClient
from integratie.notificaties.schemas import AbonnementIn, KanaalFilter, Notificatie
from kern.fouten import Probleem
from kern.installatie import Installatie

TESTKANAAL = "test"


class Ontvanger:
    """De webhook van één onderdeel: zijn aanmelding, zijn abonnement en het lezen van wat binnenkomt."""

    def __init__(self, installatie: Installatie, onderdeel: str) -> None:
        self._client = NotificatiesClient(installatie, namens=onderdeel)
        self.auth = f"Bearer {installatie.leid_af(f'webhook:{onderdeel}')}"

    def abonneer(self, callback_url: str, *kanalen: KanaalFilter) -> None:
        """Zorg dat er precies één abonnement op deze URL is, met deze kanalen. De kanalen moeten bestaan."""
        gewenst = AbonnementIn(callback_url=callback_url, auth=self.auth, kanalen=list(kanalen))
        bestaand = [deel for deel in self._client.abonnementen() if deel.callback_url == callback_url]
        if not bestaand:
            self._client.maak_abonnement(gewenst)
        elif bestaand[0].kanalen != gewenst.kanalen:
            self._client.vervang_abonnement(bestaand[0].url, gewenst)
        for dubbel in bestaand[1:]:
            self._client.verwijder_abonnement(dubbel.url)

    def lees(self, authorization: str | None, lichaam: bytes) -> Notificatie | None:
        """Het bericht; None bij de proef die de Notificaties API doet bij het abonneren. `Probleem` 403 of 400 als het niet klopt."""
        if not hmac.compare_digest((authorization or "").encode(), self.auth.encode()):
            raise Probleem(403)
        try:
            notificatie = Notificatie.model_validate_json(lichaam)
        except ValidationError:
            raise Probleem(400, code="invalid", detail="Dit is geen notificatie.") from None
        return None if notificatie.kanaal == TESTKANAAL else notificatie
