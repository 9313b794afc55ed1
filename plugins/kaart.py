"""De vraag naar een plek op de kaart, voor formulieren over de openbare ruimte.

Het antwoord is een punt in GeoJSON, met de plek in woorden erbij als die gegeven is. Wie geen kaart kan of wil gebruiken vult een adres of
coördinaten in. Standaard komt er niets van buiten; met KAART_TEGELS krijgt de kaart een achtergrond.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from wtforms import Field

from contracten import Ongeldig, Tekst, Veldtype
from huisstijl.velden import KaartVeld
from kern.plugins import haak

ZOOM = range(1, 21)
BUITEN = Tekst(
    "Deze plek ligt buiten het gebied waar dit formulier over gaat.", "This place is outside the area of this form."
)
LEEG = Tekst(
    "Wijs een plek aan op de kaart, of vul een adres in.", "Point out a place on the map, or enter an address."
)
ALLEEN_PUNT = Tekst(
    "Wijs een punt aan op de kaart, of vul de coördinaten in.",
    "Point out a place on the map, or enter the coordinates.",
)


class Kaart(Veldtype):
    """`opties`: `midden` [lengte, breedte], `zoom` (1 tot en met 20), `gebied` [west, zuid, oost, noord], `puntVerplicht`."""

    sleutel = "kaart"
    naam = Tekst("Kaart", "Map")
    schema: ClassVar[Mapping[str, Any]] = {
        "type": "object",
        "properties": {
            "type": {"const": "Point"},
            "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
            "plaats": {"type": "string"},
        },
        "anyOf": [{"required": ["coordinates"]}, {"required": ["plaats"]}],
    }

    def veld(self, opties: Mapping[str, Any], **gedeeld: Any) -> Field:
        midden = opties.get("midden")
        return KaartVeld(midden=tuple(midden) if midden else None, zoom=int(opties.get("zoom", 0)), **gedeeld)

    def lees(self, invoer: Any, opties: Mapping[str, Any]) -> Any:
        punt = invoer.get("coordinates") if isinstance(invoer, Mapping) else None
        plaats = str(invoer.get("plaats") or "") if isinstance(invoer, Mapping) else ""
        if not punt and (opties.get("puntVerplicht") or not plaats):
            raise Ongeldig(ALLEEN_PUNT if opties.get("puntVerplicht") else LEEG)
        if punt and not _binnen(punt, opties.get("gebied")):
            raise Ongeldig(BUITEN)
        return {
            **({"type": "Point", "coordinates": list(punt)} if punt else {}),
            **({"plaats": plaats} if plaats else {}),
        }

    def toon(self, waarde: Any, opties: Mapping[str, Any]) -> str:
        del opties
        punt = waarde.get("coordinates")
        graden = f"{punt[1]:.6f}, {punt[0]:.6f}" if punt else ""
        return "\n".join(deel for deel in (str(waarde.get("plaats") or ""), graden) if deel)

    def fouten_in(self, opties: Mapping[str, Any]) -> Iterable[Tekst]:
        for naam, aantal in (("midden", 2), ("gebied", 4)):
            waarde = opties.get(naam)
            if waarde is not None and not _getallen(waarde, aantal):
                yield Tekst(f"{naam} is een lijst van {aantal} getallen", f"{naam} is a list of {aantal} numbers")
        if opties.get("zoom", 1) not in ZOOM:
            yield Tekst("zoom is een heel getal van 1 tot en met 20", "zoom is a whole number from 1 to 20")
        for naam in sorted(set(opties) - {"midden", "zoom", "gebied", "puntVerplicht"}):
            yield Tekst(f"kent optie {naam} niet", f"does not know option {naam}")


def _getallen(waarde: Any, aantal: int) -> bool:
    goed = isinstance(waarde, list) and len(waarde) == aantal
    return goed and all(isinstance(deel, int | float) and not isinstance(deel, bool) for deel in waarde)


def _binnen(punt: Any, gebied: Any) -> bool:
    if not gebied:
        return True
    west, zuid, oost, noord = gebied
    return bool(west <= punt[0] <= oost and zuid <= punt[1] <= noord)


@haak
def veldtypen() -> Iterable[type[Any]]:
    """De veldtypen van deze plugin."""
    return [Kaart]
