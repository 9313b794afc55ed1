"""Getypte client van de Producten API."""

from collections.abc import Iterator, Mapping
from typing import Any

from integratie.basis import ApiClient, Pagina
from integratie.producten.schemas import ProductIn, ProductUit
from integratie.producttypen.client import paginaparams


class ProductenClient(ApiClient):
    """De Producten API. `sleutel` is de Idempotency-Key."""

    api = "producten"

    def product(self, url: str) -> ProductUit:
        return self.haal(url, ProductUit)

    def verstrek(self, product: ProductIn, *, sleutel: str) -> ProductUit:
        """Leg vast dat iemand dit product heeft; bestaat er al een met deze naam en zaak, dan dat."""
        zaak = product.aanvraag_zaak_urn
        bestaand = (
            self.lijst("producten", ProductUit, naam=product.naam, aanvraag_zaak_urn=zaak).results if zaak else []
        )
        return bestaand[0] if bestaand else self.maak("producten", product, ProductUit, sleutel=sleutel)

    def zoek_producten(self, criteria: Mapping[str, Any], **params: Any) -> Pagina[ProductUit]:
        """Zoeken met de criteria in het lichaam (`eigenaren__bsn`), zodat er geen BSN in een URL komt (onze uitbreiding)."""
        return self.zoek("producten", ProductUit, criteria, **paginaparams(params))

    def alle_producten(self, criteria: Mapping[str, Any]) -> Iterator[ProductUit]:
        """Als `zoek_producten`, alle pagina's."""
        return self.zoek_alle("producten", ProductUit, criteria)

    def wijzig_product(self, url: str, **velden: Any) -> ProductUit:
        return self.wijzig(url, velden, ProductUit)
