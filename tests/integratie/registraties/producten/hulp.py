"""Producttypen en wat erbij hoort, kaal over de lijn."""

from typing import Any
from uuid import uuid4

from integratie.producttypen import ProducttypenClient

Rij = dict[str, Any]


class Catalogus:
    """Maakt rijen in de Producttypen API en leest ze terug."""

    def __init__(self, client: ProducttypenClient) -> None:
        self.client = client

    def maak(self, pad: str, **velden: Any) -> Rij:
        antwoord: Rij = self.client.vraag("POST", pad, json=velden)
        return antwoord

    def type(self, code: str = "", **velden: Any) -> Rij:
        """Een producttype; alleen wat afwijkt hoeft erbij."""
        code = code or f"pt-{uuid4().hex[:8]}"
        basis = {
            "code": code,
            "naam": code.capitalize(),
            "samenvatting": "Samenvatting",
            "doelgroep": "interne_organisatie",
        }
        return self.maak("producttypen", **{**basis, **velden})

    def thema(self, naam: str, **velden: Any) -> Rij:
        return self.maak("themas", **{"naam": naam, "hoofd_thema": None, "producttype_uuids": [], **velden})

    def wijzig(self, pad: str, rij: Rij | str, **velden: Any) -> Rij:
        antwoord: Rij = self.client.vraag("PATCH", f"{pad}/{rij if isinstance(rij, str) else rij['uuid']}", json=velden)
        return antwoord

    def haal(self, pad: str, rij: Rij) -> Rij:
        antwoord: Rij = self.client.vraag("GET", f"{pad}/{rij['uuid']}")
        return antwoord

    def lijst(self, pad: str, **params: Any) -> list[Rij]:
        antwoord = self.client.vraag("GET", pad, params=params)
        rijen: list[Rij] = antwoord if isinstance(antwoord, list) else antwoord["results"]
        return rijen

    def codes(self, **params: Any) -> set[str]:
        """De codes van de producttypen die bij deze filters passen."""
        return {rij["code"] for rij in self.lijst("producttypen", **params)}
