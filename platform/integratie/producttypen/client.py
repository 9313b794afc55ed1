"""Getypte client van de Producttypen API."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import httpx
from pydantic import BaseModel

from integratie.basis import ApiClient, Pagina
from integratie.producttypen.schemas import (
    ContentElementIn,
    ContentElementUit,
    ContentVertalingIn,
    ContentVertalingUit,
    LinkIn,
    LinkUit,
    PrijsIn,
    PrijsUit,
    ProductTypeIn,
    ProductTypeUit,
    ProductTypeVertalingIn,
    ProductTypeVertalingUit,
)
from kern.installatie import Installatie


def paginaparams(params: Mapping[str, Any]) -> dict[str, Any]:
    """De paginagrootte heet in deze standaard `page_size`, en overal elders `pageSize`."""
    return {"page_size" if naam == "pageSize" else naam: waarde for naam, waarde in params.items()}


class ProducttypenClient(ApiClient):
    """De Producttypen API: de producten- en dienstencatalogus. `taal` is de taal om in te lezen, met terugval op Nederlands."""

    api = "producttypen"

    def __init__(
        self, installatie: Installatie, *, namens: str, gebruiker: str = "", weergave: str = "", taal: str = ""
    ) -> None:
        super().__init__(installatie, namens=namens, gebruiker=gebruiker, weergave=weergave)
        self._taal = {"Accept-Language": taal} if taal else {}

    def _stuur(self, methode: str, pad: str, **opties: Any) -> httpx.Response:
        return super()._stuur(methode, pad, **{**opties, "headers": opties["headers"] | self._taal})

    def producttype(self, code: str) -> ProductTypeUit | None:
        """Het producttype met deze code."""
        return next(self.alle("producttypen", ProductTypeUit, code=code), None)

    def zoek_producten(self, zoek: str = "", **params: Any) -> Pagina[ProductTypeUit]:
        """Gepubliceerde producttypen bij deze zoekvraag, beste eerst (onze uitbreiding); zonder vraag allemaal, op naam."""
        return self.lijst(
            "producttypen",
            ProductTypeUit,
            gepubliceerd=True,
            **({"zoek": zoek} if zoek else {"ordering": "naam"}),
            **paginaparams(params),
        )

    def zoek_gestopt(self, zoek: str, dag: date, **params: Any) -> Pagina[ProductTypeUit]:
        """Producttypen bij deze zoekvraag die op deze dag niet meer aangeboden worden; voor wie er vragen over krijgt."""
        return self.lijst(
            "producttypen",
            ProductTypeUit,
            gepubliceerd=False,
            publicatie_eind_datum__lte=dag.isoformat(),
            zoek=zoek,
            **paginaparams(params),
        )

    def content(self, producttype: UUID) -> Iterator[ContentElementUit]:
        return self.alle("content", ContentElementUit, producttype__uuid=str(producttype))

    def vertaal(self, producttype: UUID, taal: str, teksten: ProductTypeVertalingIn | None) -> None:
        """Zet de teksten van een producttype in een andere taal, of haal ze weg (None)."""
        self._vertaal(f"producttypen/{producttype}/vertaling/{taal}", teksten, ProductTypeVertalingUit)

    def vertaal_content(self, content: UUID, taal: str, teksten: ContentVertalingIn | None) -> None:
        """Zet de teksten van een contentelement in een andere taal, of haal ze weg (None)."""
        self._vertaal(f"content/{content}/vertaling/{taal}", teksten, ContentVertalingUit)

    def _vertaal(self, pad: str, teksten: BaseModel | None, schema: type[BaseModel]) -> None:
        if teksten is None:
            self.verwijder(pad)
        else:
            self.vervang(pad, teksten, schema)

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
