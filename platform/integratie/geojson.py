"""GeoJSON (RFC 7946) als veldtype: gecontroleerd op vorm, in lengte- en breedtegraad (EPSG:4326)."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator

DIEPST = 10
_KLEINSTE_RING, _KLEINSTE_LIJN = 4, 2


def _positie(waarde: Any) -> None:
    """[lengtegraad, breedtegraad], met eventueel een hoogte."""
    _eis(isinstance(waarde, list) and len(waarde) in (2, 3), "Een positie is [lengtegraad, breedtegraad].")
    _eis(all(type(getal) in (int, float) for getal in waarde), "Een positie bestaat uit getallen.")
    lengte, breedte = waarde[:2]
    _eis(-180 <= lengte <= 180 and -90 <= breedte <= 90, "Geef lengtegraad en breedtegraad (EPSG:4326), in die volgorde.")  # fmt: skip # noqa: PLR2004  # de randen van de aarde, in graden


def _lijst_van(deel: Callable[[Any], None], minstens: int = 1) -> Callable[[Any], None]:
    def toets(waarde: Any) -> None:
        _eis(isinstance(waarde, list) and len(waarde) >= minstens, f"Hier horen minstens {minstens} delen.")
        for een in waarde:
            deel(een)

    return toets


def _ring(waarde: Any) -> None:
    _lijst_van(_positie, _KLEINSTE_RING)(waarde)
    _eis(waarde[0] == waarde[-1], "Een ring eindigt waar hij begint.")


_lijn = _lijst_van(_positie, _KLEINSTE_LIJN)
_SOORTEN: dict[str, Callable[[Any], None]] = {
    "Point": _positie,
    "MultiPoint": _lijst_van(_positie),
    "LineString": _lijn,
    "MultiLineString": _lijst_van(_lijn),
    "Polygon": _lijst_van(_ring),
    "MultiPolygon": _lijst_van(_lijst_van(_ring)),
}


def _eis(goed: bool, reden: str) -> None:  # leest als zin
    if not goed:
        raise ValueError(reden)


def zuiver(waarde: Any, diepte: int = 0) -> dict[str, Any]:
    """De geometrie met alleen de velden van GeoJSON; `ValueError` met de reden als zij niet klopt."""
    _eis(isinstance(waarde, dict) and diepte < DIEPST, "Dit is geen GeoJSON-geometrie.")
    soort = waarde.get("type")
    if soort == "GeometryCollection":
        _eis(isinstance(waarde.get("geometries"), list), "Een GeometryCollection heeft geometries.")
        return {"type": soort, "geometries": [zuiver(deel, diepte + 1) for deel in waarde["geometries"]]}
    toets = _SOORTEN.get(soort) if isinstance(soort, str) else None
    if toets is None:
        raise ValueError(f"Het type is een van {', '.join([*_SOORTEN, 'GeometryCollection'])}.")
    toets(waarde.get("coordinates"))
    return {"type": soort, "coordinates": waarde["coordinates"]}


GeoJson = Annotated[dict[str, Any], AfterValidator(zuiver)]
"""Een geometrie zoals zij op de lijn staat."""
