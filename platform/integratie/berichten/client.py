"""Getypte client van de Berichten API."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from integratie.basis import ApiClient, Pagina
from integratie.berichten.schemas import BerichtIn, BerichtUit


class BerichtenClient(ApiClient):
    """De Berichten API. `sleutel` is de Idempotency-Key."""

    api = "berichten"

    def bericht(self, url: str) -> BerichtUit:
        return self.haal(url, BerichtUit)

    def plaats(self, bericht: BerichtIn, *, sleutel: str) -> BerichtUit:
        return self.maak("berichten", bericht, BerichtUit, sleutel=sleutel)

    def zoek_berichten(self, criteria: Mapping[str, Any], **params: Any) -> Pagina[BerichtUit]:
        """Zoeken met de criteria in het lichaam (`ontvanger` is een URN, mogelijk met BSN; onze uitbreiding)."""
        return self.zoek("berichten", BerichtUit, criteria, **params)

    def alle_berichten(self, criteria: Mapping[str, Any]) -> Iterator[BerichtUit]:
        """Als `zoek_berichten`, alle pagina's."""
        return self.zoek_alle("berichten", BerichtUit, criteria)

    def markeer_geopend(self, url: str, tijdstip: datetime) -> BerichtUit:
        return self.wijzig(url, {"geopendOp": tijdstip.isoformat()}, BerichtUit)
