"""Gegevens en schema's toetsen: elke fout met haar pad, nooit een verwijzing naar buiten, en nooit een crash."""

from typing import Any

import pytest

from kit.jsonschema import gegevensfouten, schemafouten


def genest(diepte: int) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for _ in range(diepte):
        uit = {"a": uit}
    return uit


@pytest.mark.parametrize(
    "schema",
    [
        {"$defs": {"naam": {"type": "string", "$anchor": "n"}}, "properties": {"a": {"$ref": "#/$defs/naam"}, "b": {"$ref": "#n"}}},
        {"$id": "https://voorbeeld.nl/s", "$defs": {"x": {}}, "properties": {"a": {"$ref": "s#/$defs/x"}}},
        {"$ref": "https://json-schema.org/draft/2020-12/schema"}, {"properties": {"$ref": {"type": "string"}}}, {"enum": [{"$ref": "#/weg"}]}, {"$ref": "#"}, True,
    ],
)  # fmt: skip
def test_een_goed_schema(schema: Any) -> None:
    assert schemafouten(schema, "jsonSchema") == []


@pytest.mark.parametrize("schema", [{"type": 3}, {"pattern": "("}, {"$ref": "#/weg"}, {"items": [{"$ref": "http://127.0.0.1/x"}]}, {"allOf": [{"$ref": "file:///etc/passwd"}]}, 3])  # fmt: skip
def test_een_fout_schema(schema: Any) -> None:
    """Ook een verwijzing die nergens heen wijst of naar een ander adres is een fout; er wordt niets opgehaald."""
    assert {(fout.naam, fout.code) for fout in schemafouten(schema, "jsonSchema")} == {
        ("jsonSchema", "invalid-json-schema")
    }


def test_elke_fout_met_haar_pad() -> None:
    schema = {"properties": {"a": {"items": {"type": "integer"}}, "b": {"format": "date"}}, "required": ["c"]}
    gevonden = gegevensfouten(schema, {"a": [1, "x", 2, None], "b": "morgen"}, "record.data")
    assert {fout.naam for fout in gevonden} == {"record.data", "record.data.a.1", "record.data.a.3", "record.data.b"}


@pytest.mark.parametrize(
    ("schema", "gegevens"),
    [
        ({"$ref": "#"}, {}), ({"$ref": "http://127.0.0.1/x"}, {}), ({"properties": {"a": {"$ref": "#/weg"}}}, {"a": 1}), ({"properties": {"a": {"pattern": "("}}}, {"a": "x"}),
        ({"additionalProperties": {"$ref": "#"}, "allOf": [{"$ref": "#/$defs/x"}], "$defs": {"x": {"additionalProperties": {"$ref": "#/$defs/x"}}}}, genest(900)),
    ],
)  # fmt: skip
def test_een_onbruikbaar_schema_is_een_fout_en_geen_crash(schema: Any, gegevens: Any) -> None:
    assert [(fout.naam, fout.code) for fout in gegevensfouten(schema, gegevens, "data")] == [
        ("data", "invalid-json-schema")
    ]
