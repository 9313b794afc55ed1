"""Het OpenAPI 3.1-document van een registratie, uit haar declaraties."""

import re
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from kit.bron import Bron
from kit.filters import Filter
from kit.omgeving import Omgeving

_REF = "#/components/schemas/{model}"
_FOUT = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Fout"}}}}
_STATUSSEN = {
    "lijst": "200",
    "zoek": "200",
    "haal": "200",
    "maak": "201",
    "vervang": "200",
    "wijzig": "200",
    "verwijder": "204",
}
_ACTIES = {"maak": "create", "vervang": "update", "wijzig": "partial_update"}
_METHODEN = {
    "lijst": "get",
    "zoek": "post",
    "haal": "get",
    "maak": "post",
    "vervang": "put",
    "wijzig": "patch",
    "verwijder": "delete",
}
_FOUTSCHEMA = {
    "type": "object",
    "required": ["type", "code", "title", "status", "detail", "instance"],
    "properties": {
        **{naam: {"type": "string"} for naam in ("type", "code", "title", "detail", "instance")},
        "status": {"type": "integer"},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {naam: {"type": "string"} for naam in ("name", "code", "reason")},
            },
        },
    },
}


def maak_document(omgeving: Omgeving) -> dict[str, Any]:
    """Het document: alle bronnen met hun operaties, parameters en schema's."""
    registratie = omgeving.registratie
    modellen = {
        schema: None for bron in registratie.bronnen for schema in (bron.lees, bron.schrijf, *bron.schrijf_bij.values())
    }
    _, schemas = models_json_schema(
        [(m, "serialization" if m.__name__.endswith("Uit") else "validation") for m in modellen],
        by_alias=True,
        ref_template=_REF,
    )
    paden: dict[str, dict[str, Any]] = {}
    for bron in registratie.bronnen:
        for operatie in (*bron.operaties, *(("zoek",) if bron.zoek else ())):
            paden.setdefault(_pad(bron, operatie), {})[_METHODEN[operatie]] = _operatie(bron, operatie)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": registratie.titel,
            "version": registratie.versie,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": omgeving.basis}],
        "paths": paden,
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Fout": _FOUTSCHEMA},
            "securitySchemes": _beveiliging(omgeving),
        },
        "security": [{"aanmelding": []}],
    }


def _beveiliging(omgeving: Omgeving) -> dict[str, Any]:
    if omgeving.dienst.aanmelding == "zgw":
        return {"aanmelding": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    return {"aanmelding": {"type": "apiKey", "in": "header", "name": "Authorization"}}


def _pad(bron: Bron, operatie: str) -> str:
    pad = f"/{bron.pad}".replace("{", "{").replace("}", "_uuid}")
    return {"lijst": pad, "maak": pad, "zoek": f"{pad}/_zoek"}.get(operatie, f"{pad}/{{uuid}}")


def _operatie(bron: Bron, operatie: str) -> dict[str, Any]:
    antwoord: dict[str, Any] = {"description": "OK"}
    if operatie != "verwijder":
        antwoord["content"] = {"application/json": {"schema": _antwoordschema(bron, operatie)}}
    uit: dict[str, Any] = {
        "operationId": f"{bron.enkelvoud}_{operatie}",
        "tags": [bron.enkelvoud],
        "parameters": _parameters(bron, operatie),
        "responses": {_STATUSSEN[operatie]: antwoord, "default": {"description": "Fout", **_FOUT}},
    }
    if operatie in ("maak", "vervang", "wijzig"):
        uit["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": _REF.format(model=bron.invoer(_ACTIES[operatie]).__name__)}}
            },
        }
    if bron.scopes.get(operatie):
        uit["security"] = [{"aanmelding": list(bron.scopes[operatie])}]
    return uit


def _antwoordschema(bron: Bron, operatie: str) -> dict[str, Any]:
    een = {"$ref": _REF.format(model=bron.lees.__name__)}
    if operatie not in ("lijst", "zoek"):
        return een
    lijst = {"type": "array", "items": een}
    if not bron.gepagineerd:
        return lijst
    adres = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["count", "results"],
        "properties": {"count": {"type": "integer"}, "next": adres, "previous": adres, "results": lijst},
    }


def _parameters(bron: Bron, operatie: str) -> list[dict[str, Any]]:
    namen = re.findall(r"{(\w+)}", bron.pad)
    uit = [_parameter(f"{naam}_uuid", {"type": "string", "format": "uuid"}, plek="path") for naam in namen]
    if operatie in ("haal", "vervang", "wijzig", "verwijder"):
        uit.append(_parameter("uuid", {"type": "string", "format": "uuid"}, plek="path"))
    if operatie == "lijst":
        uit += [_parameter(naam, _filterschema(filter_)) for naam, filter_ in bron.filters.items()]
    if operatie in ("lijst", "zoek") and bron.gepagineerd:
        uit += [_parameter("page", {"type": "integer"}), _parameter("pageSize", {"type": "integer", "maximum": 500})]
    if operatie in ("lijst", "haal") and bron.expand:
        uit.append(_parameter("expand", {"type": "string"}))
    if operatie == "lijst" and bron.ordening:
        uit.append(
            _parameter(
                "ordering",
                {"type": "string", "enum": [f"{teken}{naam}" for naam in bron.ordening for teken in ("", "-")]},
            )
        )
    return uit


def _parameter(naam: str, schema: dict[str, Any], *, plek: str = "query") -> dict[str, Any]:
    return {"name": naam, "in": plek, "required": plek == "path", "schema": schema}


def _filterschema(filter_: Filter) -> dict[str, Any]:
    schema: dict[str, Any] = TypeAdapter(filter_.type).json_schema()
    return schema
