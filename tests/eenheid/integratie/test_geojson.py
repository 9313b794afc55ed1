"""GeoJSON als veldtype: goede vormen komen er zuiver uit, foute krijgen een reden."""

from typing import Any

import pytest

from integratie.geojson import DIEPST, zuiver

RING = [[4, 52], [5, 52], [5, 53], [4, 52]]


@pytest.mark.parametrize(
    ("soort", "posities"),
    [
        ("Point", [4.9, 52.3]), ("Point", [4.9, 52.3, 1.5]), ("MultiPoint", [[4, 52], [5, 52]]), ("LineString", [[4, 52], [5, 52]]),
        ("MultiLineString", [[[4, 52], [5, 52]]]), ("Polygon", [RING]), ("MultiPolygon", [[RING], [RING]]),
    ],
)  # fmt: skip
def test_goede_vormen(soort: str, posities: Any) -> None:
    geometrie = {"type": soort, "coordinates": posities}
    assert zuiver({**geometrie, "bbox": [0, 0, 1, 1], "kleur": "rood"}) == geometrie
    assert zuiver({"type": "GeometryCollection", "geometries": [geometrie]})["geometries"] == [geometrie]


@pytest.mark.parametrize(
    "fout",
    [
        {}, {"type": "Feature"}, {"type": ["Point"]}, {"type": "Point"}, {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": [4]},
        {"type": "Point", "coordinates": ["4", "52"]}, {"type": "Point", "coordinates": [True, False]}, {"type": "Point", "coordinates": [121687, 487484]},
        {"type": "Point", "coordinates": [float("nan"), 52]}, {"type": "LineString", "coordinates": [[4, 52]]}, {"type": "Polygon", "coordinates": [RING[:3]]},
        {"type": "Polygon", "coordinates": [[*RING[:3], [4, 53]]]}, {"type": "Polygon", "coordinates": RING}, {"type": "GeometryCollection"},
        {"type": "GeometryCollection", "geometries": [3]},
    ],
)  # fmt: skip
def test_foute_vormen(fout: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        zuiver(fout)


def test_een_verzameling_nest_niet_eindeloos() -> None:
    diep: dict[str, Any] = {"type": "Point", "coordinates": [4, 52]}
    for _ in range(DIEPST):
        diep = {"type": "GeometryCollection", "geometries": [diep]}
    with pytest.raises(ValueError, match="geen GeoJSON"):
        zuiver(diep)
