"""Getypte client van de Producttypen API."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from integratie.basis import ApiClient, Pagina
from integratie.producttypen.schemas import (
    ContentElementIn,
    ContentElementUit,
    LinkIn,
    LinkUit,
    PrijsIn,
    PrijsUit,
    ProductTypeIn,
    ProductTypeUit,
)


class ProducttypenClient(ApiClient):
    """De Producttypen API: de producten- en dienstencatalogus."""

    api = "producttypen"

    def producttype(self, code: str) -> ProductTypeUit | None:
        """Het producttype met deze code."""
        return next(self.alle("producttypen", ProductTypeUit, code=code), None)

    def zoek_producten(self, zoek: str = "", **params: Any) -> Pagina[ProductTypeUit]:
        """Gepubliceerde producttypen waarin deze woorden voorkomen; zonder woorden allemaal."""
        return self.lijst(
            "producttypen",
            ProductTypeUit,
            gepubliceerd=True,
            ordering="naam",
            **({"zoek": zoek} if zoek else {}),
            **params,
        )

    def content(self, producttype: UUID) -> Iterator[ContentElementUit]:
        return self.alle("content", ContentElementUit, producttype__uuid=str(producttype))

    def zorg_voor_producttype(
        self,
        producttype: ProductTypeIn,
        content: Iterable[ContentElementIn] = (),
        prijzen: Iterable[PrijsIn] = (),
        links: Iterable[LinkIn] = (),
    ) -> ProductTypeUit:
        """Vind of maak het producttype op zijn code, met deze inhoud; `producttype_uuid` van de delen wordt gezet."""
        bestaand = self.producttype(producttype.code)
        gevonden = (
            self.vervang(f"producttypen/{bestaand.uuid}", producttype, ProductTypeUit)
            if bestaand
            else self.maak("producttypen", producttype, ProductTypeUit)
        )
        for oud in list(self.content(gevonden.uuid)):
            self.verwijder(f"content/{oud.uuid}")
        for pad, delen, schema in (
            ("content", content, ContentElementUit),
            ("prijzen", prijzen, PrijsUit),
            ("links", links, LinkUit),
        ):
            if pad != "content" and bestaand:
                continue
            for deel in delen:
                self.maak(pad, deel.model_copy(update={"producttype_uuid": gevonden.uuid}), schema)
        return gevonden
