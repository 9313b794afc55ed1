"""Pagina's: `count`, `next`, `previous`, `results` (regels 1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from kern.fouten import Ongeldig, ParamFout, Probleem

STANDAARD_GROOTTE = 100
GROOTSTE = 500


@dataclass(frozen=True)
class Pagina:
    """De gevraagde pagina, met het adres waar `next` en `previous` op voortbouwen."""

    nummer: int
    grootte: int
    adres: str
    overig: tuple[tuple[str, str], ...]

    @property
    def vanaf(self) -> int:
        """Hoeveel rijen voor deze pagina liggen."""
        return (self.nummer - 1) * self.grootte

    def eis_bestaat(self, aantal: int) -> None:
        """404 als de pagina niet bestaat; een lege verzameling heeft wel een eerste pagina."""
        if self.nummer > 1 and self.vanaf >= aantal:
            raise Probleem(404, detail="Deze pagina bestaat niet.")

    def omhul(self, resultaten: list[Any], aantal: int) -> Mapping[str, Any]:
        """De resultaten met telling en adressen van de buurpagina's."""
        volgende = self._adres(self.nummer + 1) if self.vanaf + self.grootte < aantal else None
        vorige = self._adres(self.nummer - 1) if self.nummer > 1 else None
        return {"count": aantal, "next": volgende, "previous": vorige, "results": resultaten}

    def _adres(self, nummer: int) -> str:
        return f"{self.adres}?{urlencode([*self.overig, ('page', str(nummer))])}"


def lees_pagina(args: MultiDict[str, str], basis: str, pad: str, grootteveld: str = "pageSize") -> Pagina:
    """De pagina uit de queryparameters; een onmogelijk nummer geeft 404."""
    nummer = _getal(args.get("page", "1"))
    if nummer is None or nummer < 1:
        raise Probleem(404, detail="Deze pagina bestaat niet.")
    grootte = _getal(args.get(grootteveld, str(STANDAARD_GROOTTE)))
    if grootte is None or not 1 <= grootte <= GROOTSTE:
        raise Ongeldig(ParamFout(grootteveld, "invalid", f"Kies een getal van 1 tot en met {GROOTSTE}."))
    overig = tuple((naam, waarde) for naam, waarde in args.items(multi=True) if naam != "page")
    return Pagina(nummer, grootte, f"{basis}{pad}", overig)


def _getal(tekst: str) -> int | None:
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else None  # noqa: PLR2004  # past in een getal van 32 bits
