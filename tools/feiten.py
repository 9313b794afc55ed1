"""Haalt uit een OpenAPI-bestand de feiten waar een contract uit bestaat: paden, parameters, velden, typen, keuzen en statussen.

Alleen feiten, geen teksten: omschrijvingen, voorbeelden en titels blijven achter, verwijzingen zijn uitgeschreven.
Gebruik: `python tools/feiten.py <openapi.yaml> tests/contract/feiten/<api>.json`.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import yaml

METHODEN = ("get", "head", "post", "put", "patch", "delete")
GRENZEN = ("maxLength", "minLength", "maximum", "minimum", "maxItems", "minItems")
NIET_VOLGEN = ("_expand",)
GETALVORMEN = ("int32", "int64", "float", "double")  # zegt niets over wat er op de lijn staat
DIEPSTE = 8
Schema = dict[str, Any]
Velden = dict[str, dict[str, Any]]


class Document:
    """Een OpenAPI-document, met verwijzingen die zich laten volgen."""

    def __init__(self, inhoud: Mapping[str, Any]) -> None:
        self._inhoud = inhoud

    def volg(self, deel: Any) -> Any:
        """Het deel waar een `$ref` naar wijst; wat ernaast staat telt mee."""
        while isinstance(deel, dict) and "$ref" in deel:
            doel: Any = self._inhoud
            for stap in deel["$ref"].removeprefix("#/").split("/"):
                doel = doel[stap.replace("~1", "/").replace("~0", "~")]
            deel = {**doel, **{naam: waarde for naam, waarde in deel.items() if naam != "$ref"}}
        return deel

    def operaties(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """(pad, methode, operatie), met de parameters van het pad erbij."""
        for pad, deel in self._inhoud["paths"].items():
            for methode in METHODEN:
                if methode in deel:
                    operatie = deel[methode]
                    parameters = [*deel.get("parameters", []), *operatie.get("parameters", [])]
                    yield pad, methode, {**operatie, "parameters": [self.volg(p) for p in parameters]}

    def versie(self) -> str:
        return str(self._inhoud["info"]["version"])


def feiten_uit(inhoud: Mapping[str, Any]) -> dict[str, Any]:
    """Alle feiten: per `METHODE pad` de parameters, het verzoek en de antwoorden."""
    document = Document(inhoud)
    operaties = {}
    for pad, methode, operatie in document.operaties():
        operaties[f"{methode.upper()} {pad}"] = {
            "parameters": _parameters(document, operatie),
            "verzoek": _velden_van(document, document.volg(operatie.get("requestBody", {})), "verzoek"),
            "antwoorden": _antwoorden(document, operatie),
        }
    return {"versie": document.versie(), "operaties": operaties}


def _parameters(document: Document, operatie: Mapping[str, Any]) -> dict[str, Any]:
    uit = {}
    for parameter in operatie["parameters"]:
        feiten = _Platslaan(document, "verzoek").veld(parameter["schema"])
        if parameter.get("required"):
            feiten["verplicht"] = True
        uit[f"{parameter['in']} {parameter['name']}"] = feiten
    return uit


def _antwoorden(document: Document, operatie: Mapping[str, Any]) -> dict[str, Velden]:
    return {
        str(status): _velden_van(document, document.volg(antwoord), "antwoord") if str(status).startswith("2") else {}
        for status, antwoord in operatie["responses"].items()
    }


def _velden_van(document: Document, lichaam: Mapping[str, Any], richting: str) -> Velden:
    for soort, inhoud in lichaam.get("content", {}).items():
        if "json" in soort and "schema" in inhoud:
            velden: Velden = {}
            _Platslaan(document, richting).loop(inhoud["schema"], "", velden, ())
            return velden
    return {}


class _Platslaan:
    """Een schema als tabel van veldpad naar feiten; lijsten krijgen `[]` in het pad."""

    def __init__(self, document: Document, richting: str) -> None:
        self._document = document
        self._weg = "readOnly" if richting == "verzoek" else "writeOnly"

    def veld(self, schema: Schema) -> dict[str, Any]:
        """De feiten van één waarde."""
        feiten = [self._enkel(variant) for variant in self._varianten(schema)]
        typen = sorted({type_ for feit in feiten for type_ in feit["type"]} - {"null"})
        uit: dict[str, Any] = {"type": typen} if typen else {}
        if any("null" in feit["type"] for feit in feiten):
            uit["nullable"] = True
        keuzen = {keuze for feit in feiten for keuze in feit.get("enum", ())} - {""}
        if keuzen and all("enum" in feit or feit["type"] == ["null"] for feit in feiten):
            uit["enum"] = sorted(keuzen, key=str)
        vormen = {feit["format"] for feit in feiten if "format" in feit}
        if len(vormen) == 1:
            uit["format"] = vormen.pop()
        for grens in GRENZEN:
            waarden = [feit[grens] for feit in feiten if grens in feit]
            if waarden:
                uit[grens] = max(waarden) if grens.startswith("max") else min(waarden)
        return uit

    def _enkel(self, schema: Schema) -> dict[str, Any]:
        soort = schema.get("type") or ("object" if "properties" in schema else None)
        typen = soort if isinstance(soort, list) else [soort] if soort else []
        keuzen = [schema["const"]] if "const" in schema else schema.get("enum")
        typen = [*typen] or (["string"] if keuzen else [])
        if schema.get("nullable") or (keuzen and None in keuzen):
            typen.append("null")
        uit = {
            naam: schema[naam]
            for naam in (*GRENZEN, "format")
            if naam in schema and schema[naam] not in (*typen, *GETALVORMEN)
        }
        if keuzen:
            uit["enum"] = [keuze for keuze in keuzen if keuze is not None]
        return {**uit, "type": typen}

    def _varianten(self, schema: Schema) -> list[Schema]:
        """Het schema zonder verwijzingen en `allOf`; bij `oneOf`/`anyOf` elke mogelijkheid apart."""
        schema = self._samen(self._document.volg(schema))
        keuzes = schema.get("oneOf") or schema.get("anyOf") or self._soorten(schema)
        if not keuzes:
            return [schema]
        rest = {naam: waarde for naam, waarde in schema.items() if naam not in ("oneOf", "anyOf", "discriminator")}
        varianten = [variant for keuze in keuzes for variant in self._varianten(keuze)]
        return [self._voeg_samen(rest, variant) for variant in varianten]

    def _soorten(self, schema: Schema) -> list[Schema]:
        """De uitbreidingen die een schema met alleen een `discriminator` noemt."""
        soorten = schema.get("discriminator", {}).get("mapping", {}).values()
        samen = [self._samen(self._document.volg({"$ref": soort})) for soort in dict.fromkeys(soorten)]
        return [{naam: waarde for naam, waarde in soort.items() if naam != "discriminator"} for soort in samen]

    def _samen(self, schema: Schema) -> Schema:
        if "allOf" not in schema:
            return schema
        rest = {naam: waarde for naam, waarde in schema.items() if naam != "allOf"}
        for deel in schema["allOf"]:
            rest = self._voeg_samen(self._samen(self._document.volg(deel)), rest)
        return rest

    def _voeg_samen(self, een: Schema, twee: Schema) -> Schema:
        samen = {**een, **twee}
        if "properties" in een and "properties" in twee:
            samen["properties"] = {**een["properties"], **twee["properties"]}
        if "required" in een and "required" in twee:
            samen["required"] = [*een["required"], *twee["required"]]
        return samen

    def loop(self, schema: Schema, pad: str, velden: Velden, verwijzingen: tuple[str, ...]) -> None:
        """Zet de velden onder `pad` in de tabel; een schema dat zichzelf bevat wordt één keer gevolgd."""
        verwijzing = schema.get("$ref", "")
        if (verwijzing and verwijzing in verwijzingen) or len(verwijzingen) > DIEPSTE:
            return
        verwijzingen = (*verwijzingen, verwijzing)
        varianten = self._varianten(schema)
        for variant in varianten:
            if "items" in variant:
                self._voeg_toe(f"{pad}[]", variant["items"], velden, verwijzingen, verplicht=False)
            for naam, veld in variant.get("properties", {}).items():
                if naam in NIET_VOLGEN or self._document.volg(veld).get(self._weg):
                    continue
                verplicht = all(naam in ander.get("required", ()) for ander in varianten if "properties" in ander)
                self._voeg_toe(f"{pad}.{naam}" if pad else naam, veld, velden, verwijzingen, verplicht=verplicht)

    def _voeg_toe(
        self, pad: str, schema: Schema, velden: Velden, verwijzingen: tuple[str, ...], *, verplicht: bool
    ) -> None:
        feiten = self.veld(schema) | ({"verplicht": True} if verplicht else {})
        eerder = velden.get(pad)
        velden[pad] = _verenig(eerder, feiten) if eerder else feiten
        self.loop(schema, pad, velden, verwijzingen)


def _verenig(een: dict[str, Any], twee: dict[str, Any]) -> dict[str, Any]:
    """Hetzelfde veld in twee varianten: wat in een van beide mag, mag."""
    uit = {naam: waarde for naam, waarde in een.items() if twee.get(naam) == waarde}
    uit["type"] = sorted({*een.get("type", ()), *twee.get("type", ())})
    if een.get("nullable") or twee.get("nullable"):
        uit["nullable"] = True
    if "enum" in een and "enum" in twee:
        uit["enum"] = sorted({*een["enum"], *twee["enum"]}, key=str)
    for grens in GRENZEN:
        if grens in een and grens in twee:
            uit[grens] = (max if grens.startswith("max") else min)(een[grens], twee[grens])
    return uit


def comprimeer(feiten: Mapping[str, Any]) -> dict[str, Any]:
    """Gelijke tabellen met velden één keer, onder een nummer."""
    vormen: list[Velden] = []

    def nummer(velden: Velden) -> int | None:
        if not velden:
            return None
        if velden not in vormen:
            vormen.append(velden)
        return vormen.index(velden)

    operaties = {
        naam: {
            "parameters": operatie["parameters"],
            "verzoek": nummer(operatie["verzoek"]),
            "antwoorden": {status: nummer(velden) for status, velden in operatie["antwoorden"].items()},
        }
        for naam, operatie in feiten["operaties"].items()
    }
    return {"versie": feiten["versie"], "operaties": operaties, "vormen": vormen}


def pak_uit(bestand: Path) -> dict[str, Any]:
    """De feiten uit een bestand, zoals `feiten_uit` ze gaf."""
    gelezen = orjson.loads(bestand.read_bytes())
    vormen = gelezen["vormen"]
    for operatie in gelezen["operaties"].values():
        operatie["verzoek"] = {} if operatie["verzoek"] is None else vormen[operatie["verzoek"]]
        operatie["antwoorden"] = {
            status: {} if vorm is None else vormen[vorm] for status, vorm in operatie["antwoorden"].items()
        }
    return {"versie": gelezen["versie"], "operaties": gelezen["operaties"]}


def main() -> None:
    bron, doel = map(Path, sys.argv[1:])
    feiten = comprimeer(feiten_uit(yaml.safe_load(bron.read_text())))
    doel.parent.mkdir(parents=True, exist_ok=True)
    doel.write_bytes(orjson.dumps(feiten, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main()
