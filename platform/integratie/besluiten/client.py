"""Getypte client van de Besluiten API."""

from collections.abc import Iterator
from typing import Any

from integratie.basis import ApiClient
from integratie.besluiten.schemas import (
    BesluitIn,
    BesluitInformatieObjectIn,
    BesluitInformatieObjectUit,
    BesluitUit,
)


class BesluitenClient(ApiClient):
    """De Besluiten API. `sleutel` is de Idempotency-Key."""

    api = "besluiten"

    def besluit(self, url: str, **params: Any) -> BesluitUit:
        return self.haal(url, BesluitUit, **params)

    def besluiten(self, **params: Any) -> Iterator[BesluitUit]:
        """Alle besluiten bij deze filters, bijvoorbeeld `zaak=`."""
        return self.alle("besluiten", BesluitUit, **params)

    def met_nummer(self, nummer: str, rsin: str) -> BesluitUit | None:
        """Het besluit met dit besluitnummer (`identificatie`) van deze organisatie, of None."""
        return next(self.besluiten(identificatie=nummer, verantwoordelijkeOrganisatie=rsin), None) if nummer else None

    def maak_besluit(self, besluit: BesluitIn, *, sleutel: str | None = None) -> BesluitUit:
        return self.maak("besluiten", besluit, BesluitUit, sleutel=sleutel)

    def wijzig_besluit(self, url: str, **velden: Any) -> BesluitUit:
        return self.wijzig(url, velden, BesluitUit)

    def documenten(self, besluit: str) -> Iterator[BesluitInformatieObjectUit]:
        return self.alle("besluitinformatieobjecten", BesluitInformatieObjectUit, besluit=besluit)

    def koppel_document(
        self, koppeling: BesluitInformatieObjectIn, *, sleutel: str | None = None
    ) -> BesluitInformatieObjectUit:
        return self.maak("besluitinformatieobjecten", koppeling, BesluitInformatieObjectUit, sleutel=sleutel)
