"""Getypte client van de inkomensbron. Het BSN gaat in het lichaam, nooit in het adres."""

from typing import Any

import httpx
from pydantic import ValidationError

from integratie.basis import ApiFout, NietBereikbaar
from integratie.bronadres import bronadres
from integratie.inkomen.schemas import Inkomen
from kern.installatie import Installatie

SIMULATORPAD = "/simulatoren/inkomen"


class InkomenClient:
    """De inkomensbron op `basis_url`. `sleutel` gaat mee als X-API-KEY."""

    def __init__(self, http: httpx.Client, basis_url: str, *, sleutel: str = "") -> None:
        self._http = http
        self._url = f"{basis_url}/inkomen"
        self._headers = {"X-API-KEY": sleutel} if sleutel else {}

    def inkomen(self, bsn: str) -> Inkomen | None:
        """Het inkomen van deze persoon; None als de bron hem niet kent. `NietBereikbaar` is het herhalen waard."""
        vraag: dict[str, Any] = {"burgerservicenummer": bsn}
        try:
            antwoord = self._http.post(self._url, json=vraag, headers=self._headers)
        except httpx.TransportError as fout:
            raise NietBereikbaar(503, type(fout).__name__, "De inkomensbron is niet bereikbaar.") from None
        if antwoord.status_code == httpx.codes.NOT_FOUND:
            return None
        if antwoord.is_error:
            soort = NietBereikbaar if antwoord.is_server_error else ApiFout
            raise soort(antwoord.status_code, "bron", "De inkomensbron gaf een foutmelding.")
        try:
            return Inkomen.model_validate_json(antwoord.content)
        except ValidationError:
            raise ApiFout(502, "antwoord", "Het antwoord van de inkomensbron klopt niet.") from None


def maak_inkomen_client(installatie: Installatie) -> InkomenClient:
    """De client volgens de instellingen; zonder INKOMEN_URL die op de simulator (alleen demo en test)."""
    adres = bronadres(installatie, "inkomen_url", SIMULATORPAD)
    return InkomenClient(installatie.http, adres, sleutel=installatie.instellingen.inkomen_sleutel.get_secret_value())
