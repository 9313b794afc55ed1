"""Lange lijsten in bladzijden."""

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from flask import request

GROOTTE = 20


@dataclass(frozen=True)
class Bladzijde:
    """Welk deel van een lijst gevraagd is."""

    nummer: int = 1
    grootte: int = GROOTTE

    @classmethod
    def gevraagd(cls) -> "Bladzijde":
        """Uit `?pagina=`; wat geen bladzijde is, is de eerste."""
        return cls(max(request.args.get("pagina", 1, int), 1))

    @property
    def params(self) -> dict[str, int]:
        return {"page": self.nummer, "pageSize": self.grootte}

    def aantal(self, totaal: int) -> int:
        """Hoeveel bladzijden er zijn; minstens één."""
        return max(ceil(totaal / self.grootte), 1)


def bladeradres() -> str:
    """Dit adres met `{}` op de plaats van het paginanummer, voor `c.paginering`."""
    overig = [(naam, waarde) for naam, waarde in request.args.items(multi=True) if naam != "pagina"]
    query = urlencode(overig).replace("{", "%7B").replace("}", "%7D")
    return f"?{query}&pagina={{}}" if query else "?pagina={}"
