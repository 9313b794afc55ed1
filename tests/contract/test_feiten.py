"""Het gereedschap van de contracttest: feiten uit een document halen, en verschillen vinden."""

from pathlib import Path
from typing import Any

import orjson

from tools.feiten import comprimeer, feiten_uit, pak_uit
from tools.vergelijk import Afwijking, Verschil, verschillen

DIER: dict[str, Any] = {
    "type": "object",
    "required": ["naam", "nr"],
    "properties": {
        "naam": {"type": "string", "maxLength": 20},
        "nr": {"type": "integer", "readOnly": True},
        "soort": {"oneOf": [{"$ref": "#/components/schemas/Soort"}, {"enum": [""]}], "nullable": True},
        "kinderen": {"type": "array", "items": {"$ref": "#/components/schemas/Dier"}},
        "_expand": {"type": "object", "properties": {"x": {"type": "string"}}},
    },
}


def document(**anders: Any) -> dict[str, Any]:
    inhoud = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Dier"}}}}
    operatie = {
        "parameters": [{"name": "soort", "in": "query", "schema": {"$ref": "#/components/schemas/Soort"}}],
        "requestBody": {"$ref": "#/components/requestBodies/Dier"},
        "responses": {"201": inhoud, "400": {"description": "Fout"}},
    }
    return {
        "info": {"version": "1"},
        "paths": {"/dieren/{id}": {"parameters": [_pad("id")], "post": operatie}},
        "components": {
            "schemas": {"Dier": DIER | anders, "Soort": {"type": "string", "enum": ["kat", "hond"]}},
            "requestBodies": {"Dier": inhoud},
        },
    }


def _pad(naam: str) -> dict[str, Any]:
    return {"name": naam, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def test_feiten_zijn_uitgeschreven() -> None:
    feiten = feiten_uit(document())["operaties"]["POST /dieren/{id}"]
    assert feiten["parameters"] == {
        "path id": {"type": ["string"], "format": "uuid", "verplicht": True},
        "query soort": {"type": ["string"], "enum": ["hond", "kat"]},
    }
    soort = {"type": ["string"], "nullable": True, "enum": ["hond", "kat"]}
    naam = {"type": ["string"], "maxLength": 20, "verplicht": True}
    assert feiten["verzoek"] == {
        "naam": naam,
        "soort": soort,
        "kinderen": {"type": ["array"]},
        "kinderen[]": {"type": ["object"]},
    }
    assert feiten["antwoorden"]["201"]["nr"] == {"type": ["integer"], "verplicht": True}
    assert feiten["antwoorden"]["400"] == {}


def test_samengestelde_schemas() -> None:
    """`allOf` telt op; bij `oneOf` of een `discriminator` is verplicht wat in elke variant verplicht is."""
    basis = {"type": "object", "required": ["soort"], "properties": {"soort": {"type": "string"}}}
    delen = {
        "Kat": {"allOf": [{"$ref": "#/components/schemas/Dier"}, _extra("lengte")]},
        "Hond": {"allOf": [{"$ref": "#/components/schemas/Dier"}, _extra("gewicht")]},
    }
    mapping = {naam.lower(): f"#/components/schemas/{naam}" for naam in delen}
    stuk = document()
    stuk["components"]["schemas"] = {**delen, "Dier": basis | {"discriminator": {"mapping": mapping}}, "Soort": {}}
    velden = feiten_uit(stuk)["operaties"]["POST /dieren/{id}"]["verzoek"]
    assert velden == {
        "soort": {"type": ["string"], "verplicht": True},
        "lengte": {"type": ["integer"]},
        "gewicht": {"type": ["integer"]},
    }


def _extra(naam: str) -> dict[str, Any]:
    return {"type": "object", "required": [naam], "properties": {naam: {"type": "integer"}}}


def test_bewaren_en_teruglezen(tmp_path: Path) -> None:
    feiten = feiten_uit(document())
    bestand = tmp_path / "dieren.json"
    bestand.write_bytes(orjson.dumps(comprimeer(feiten)))
    assert pak_uit(bestand) == feiten


def test_verschillen_in_de_richting_die_telt() -> None:
    standaard, gelijk = feiten_uit(document()), feiten_uit(document())
    assert list(verschillen("dieren", standaard, gelijk)) == []
    velden = DIER["properties"]
    strenger = document(
        required=["naam", "nr", "soort"],
        properties={
            "naam": {"type": "string", "maxLength": 10},
            "nr": velden["nr"] | {"type": ["integer", "null"]},
            "soort": {"type": "string", "enum": ["kat"]},
            "kinderen": velden["kinderen"],
            "kleur": {"type": "string"},
        },
    )
    gevonden = {(v.plek, v.feit) for v in verschillen("dieren", standaard, feiten_uit(strenger))}
    assert gevonden == {
        ("verzoek naam", "maxLength 20 is 10"),
        ("verzoek soort", "keuzen hond,kat zijn kat"),
        ("verzoek soort", "mag niet null zijn"),
        ("verzoek soort", "verplicht"),
        ("verzoek kleur", "extra"),
        ("antwoord kleur", "extra"),
        ("antwoord nr", "kan null zijn"),
    }


def test_afwijking_past_met_sterretjes() -> None:
    verschil = Verschil("zaken", "GET /zaken", "antwoord results[].url", "extra")
    assert Afwijking("*", "GET *", "antwoord *[].url", "extra", "reden").past(verschil)
    assert not Afwijking("*", "GET *", "antwoord url", "extra", "reden").past(verschil)
    assert not Afwijking("besluiten", "*", "*", "*", "reden").past(verschil)
