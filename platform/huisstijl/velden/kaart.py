"""Een punt op de kaart: een plek in woorden, of coördinaten, en met JavaScript ook aan te wijzen."""

from decimal import Decimal
from typing import Any, Final

from huisstijl import controles, widgets
from huisstijl.taal import lui, vertaal
from huisstijl.velden.delen import Deelvak, DelenVeld

CIJFERS: Final = 6
"""Zes cijfers achter de komma is ongeveer tien centimeter."""
GRENZEN: Final = {"breedtegraad": 90, "lengtegraad": 180}


class KaartVeld(DelenVeld):
    """Een dict: `plaats` (tekst), en als er een punt is `type` en `coordinates` (lengte, breedte) zoals in GeoJSON.

    Zonder kaart of JavaScript vult iemand een adres of coördinaten in. `midden` (lengte, breedte) en `zoom` zijn waar de kaart begint.
    """

    widget = widgets.Kaart()
    delen = (
        Deelvak("plaats", lui("Adres of omschrijving van de plek"), 0, "street-address", verplicht=False),
        Deelvak("breedtegraad", lui("Breedtegraad, zoals 52,0907"), 12, "", "decimal", verplicht=False),
        Deelvak("lengtegraad", lui("Lengtegraad, zoals 5,1214"), 12, "", "decimal", verplicht=False),
    )

    def __init__(
        self, label: str | None = None, *, midden: tuple[float, float] | None = None, zoom: int = 0, **overig: Any
    ) -> None:
        overig.pop("eenheid", None)
        self.midden, self.zoom = midden, zoom
        super().__init__(label, **overig)

    def lees_delen(self) -> dict[str, Any]:
        plaats, punt = self.invoer.get("plaats", ""), [self.invoer.get(naam, "") for naam in GRENZEN]
        waarde: dict[str, Any] = {"plaats": plaats} if plaats else {}
        if not any(punt):
            return waarde
        if not all(punt):
            raise ValueError(vertaal("Vul de breedtegraad en de lengtegraad allebei in, of geen van beide."))
        breedte, lengte = (_graden(naam, tekst) for naam, tekst in zip(GRENZEN, punt, strict=True))
        return {**waarde, "type": "Point", "coordinates": [lengte, breedte]}

    def naar_delen(self, waarde: Any) -> dict[str, str]:
        lengte, breedte = waarde.get("coordinates") or ("", "")
        return {
            "plaats": str(waarde.get("plaats") or ""),
            "breedtegraad": _tekst(breedte),
            "lengtegraad": _tekst(lengte),
        }


def _graden(naam: str, tekst: str) -> float:
    graden = controles.lees_getal(tekst.replace(".", ","))
    if abs(graden) > GRENZEN[naam]:
        raise ValueError(vertaal("Een breedtegraad ligt tussen -90 en 90, een lengtegraad tussen -180 en 180."))
    return float(round(Decimal(graden), CIJFERS))


def _tekst(graden: Any) -> str:
    return f"{graden}".replace(".", ",")
