"""Getypte client van de Autorisaties API."""

from collections.abc import Iterator
from typing import Any

from integratie.autorisaties.schemas import ApplicatieIn, ApplicatieUit
from integratie.basis import ApiClient, ApiFout

NIET_GEVONDEN = 404


class AutorisatiesClient(ApiClient):
    """De Autorisaties API: welke applicatie (client_id) wat mag. De geheimen staan er niet in."""

    api = "autorisaties"

    def applicaties(self, **params: Any) -> Iterator[ApplicatieUit]:
        return self.alle("applicaties", ApplicatieUit, **params)

    def applicatie(self, client_id: str) -> ApplicatieUit | None:
        """De applicatie van dit client_id, of None."""
        try:
            return self.haal("applicaties/consumer", ApplicatieUit, clientId=client_id)
        except ApiFout as fout:
            if fout.status == NIET_GEVONDEN:
                return None
            raise

    def maak_applicatie(self, applicatie: ApplicatieIn, *, sleutel: str | None = None) -> ApplicatieUit:
        return self.maak("applicaties", applicatie, ApplicatieUit, sleutel=sleutel)

    def vervang_applicatie(self, url: str, applicatie: ApplicatieIn) -> ApplicatieUit:
        return self.vervang(url, applicatie, ApplicatieUit)

    def wijzig_applicatie(self, url: str, **velden: Any) -> ApplicatieUit:
        return self.wijzig(url, velden, ApplicatieUit)

    def verwijder_applicatie(self, url: str) -> None:
        self.verwijder(url)
