"""Getypte client van de BAG API Individuele Bevragingen."""

import httpx
from pydantic import ValidationError

from integratie.bag.schemas import Adressen, BagAdres
from integratie.basis import ApiFout, NietBereikbaar
from integratie.bronadres import bronadres
from kern.installatie import Installatie

SIMULATORPAD = "/simulatoren/bag"


class BagClient:
    """De BAG op `basis_url` (zonder `/adressenuitgebreid`). `sleutel` gaat mee als X-Api-Key."""

    def __init__(self, http: httpx.Client, basis_url: str, *, sleutel: str = "") -> None:
        self._http = http
        self._url = f"{basis_url}/adressenuitgebreid"
        self._headers = {"Accept": "application/hal+json", **({"X-Api-Key": sleutel} if sleutel else {})}

    def adres(self, postcode: str, huisnummer: int, huisletter: str = "", toevoeging: str = "") -> BagAdres | None:
        """Het adres dat precies zo heet; None als het niet in de BAG staat. `NietBereikbaar` is het herhalen waard."""
        vraag = {
            "postcode": postcode.replace(" ", "").upper(),
            "huisnummer": str(huisnummer),
            "huisletter": huisletter,
            "huisnummertoevoeging": toevoeging,
            "exacteMatch": "true",
        }
        gevonden = self._vraag({naam: waarde for naam, waarde in vraag.items() if waarde})
        return gevonden[0] if gevonden else None

    def _vraag(self, vraag: dict[str, str]) -> list[BagAdres]:
        try:
            antwoord = self._http.get(self._url, params=vraag, headers=self._headers)
        except httpx.TransportError as fout:
            raise NietBereikbaar(503, type(fout).__name__, "De BAG is niet bereikbaar.") from None
        if antwoord.status_code == httpx.codes.NOT_FOUND:
            return []
        if antwoord.is_error:
            soort = NietBereikbaar if antwoord.is_server_error else ApiFout
            raise soort(antwoord.status_code, "bag", "De BAG gaf een foutmelding.")
        try:
            return Adressen.model_validate_json(antwoord.content).ingebed.adressen
        except ValidationError:
            raise ApiFout(502, "antwoord", "Het antwoord van de BAG klopt niet.") from None


def maak_bag_client(installatie: Installatie) -> BagClient:
    """De client volgens de instellingen; zonder BAG_URL die op de simulator (alleen demo en test)."""
    adres = bronadres(installatie, "bag_url", SIMULATORPAD)
    return BagClient(installatie.http, adres, sleutel=installatie.instellingen.bag_sleutel.get_secret_value())
