"""Het OpenAPI 3.1-document van een registratie, uit haar declaraties."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core.core_schema import DecimalSchema

from integratie.basis import Schema
from kern.diensten import API_PADEN
from kit.bron import Bron, Registratie, Route
from kit.vertalen import vertaalpaden

_REF = "#/components/schemas/{model}"
_FOUT = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Fout"}}}}
_UUID = {"type": "string", "format": "uuid"}
_TEKST = {"type": "string"}
_METHODEN = {
    "lijst": "get",
    "zoek": "post",
    "haal": "get",
    "maak": "post",
    "vervang": "put",
    "wijzig": "patch",
    "verwijder": "delete",
}
_SCHRIJVEN = {"maak": "create", "vervang": "update", "wijzig": "partial_update"}
_OP_EEN = ("haal", "vervang", "wijzig", "verwijder")
_FOUTEN = ("401", "403", "406", "409", "415", "429", "500")
_ONGEWIJZIGD = {"304": {"description": "Niet gewijzigd sinds de opgegeven ETag"}}
_FOUTSCHEMA = {
    "type": "object",
    "required": ["type", "code", "title", "status", "detail", "instance"],
    "properties": {
        **dict.fromkeys(("type", "code", "title", "detail", "instance"), _TEKST),
        "status": {"type": "integer"},
        "invalidParams": {
            "type": "array",
            "items": {"type": "object", "properties": dict.fromkeys(("name", "code", "reason"), _TEKST)},
        },
    },
}
Richting = Literal["validation", "serialization"]


class _JsonSchema(GenerateJsonSchema):
    """Decimalen zijn op de lijn tekst (ADR: geen afronding onderweg); een getal nemen wij ook aan."""

    def decimal_schema(self, schema: DecimalSchema) -> dict[str, Any]:  # noqa: ARG002  # grenzen gelden voor getallen
        return {"type": "string", "format": "decimal"}


def maak_document(registratie: Registratie, basis: str) -> dict[str, Any]:
    """Het document: alle bronnen en losse routes met hun operaties, parameters en schema's."""
    schemas = _Schemas(registratie)
    aanmelding = API_PADEN[registratie.naam][1]
    zgw = aanmelding == "zgw"
    operaties = _Operaties(schemas, registratie, zgw=zgw)
    paden: dict[str, dict[str, Any]] = {}
    for pad, methode, operatie in operaties.alle(registratie):
        paden.setdefault(pad, {})[methode] = operatie
    return {
        "openapi": "3.1.0",
        "info": {
            "title": registratie.titel,
            "version": registratie.versie,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": basis}],
        "paths": paden,
        "components": {
            "schemas": {**schemas.componenten, "Fout": _FOUTSCHEMA},
            "securitySchemes": _beveiliging(zgw=zgw),
        },
        "security": [] if aanmelding == "geen" else [{"aanmelding": []}],
    }


def _beveiliging(*, zgw: bool) -> dict[str, Any]:
    if zgw:
        return {"aanmelding": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    return {"aanmelding": {"type": "apiKey", "in": "header", "name": "Authorization"}}


class _Schemas:
    """De schema's van een registratie als JSON Schema, elk één keer."""

    def __init__(self, registratie: Registratie) -> None:
        modellen: dict[tuple[type[Schema], Richting], None] = {}
        for bron in registratie.bronnen:
            modellen[bron.lees, "serialization"] = None
            modellen.update({(schema, "validation"): None for schema in (bron.schrijf, *bron.schrijf_bij.values())})
        for route in alle_paden(registratie):
            modellen.update({(route.lees, "serialization"): None} if route.lees else {})
            modellen.update({(route.schrijf, "validation"): None} if route.schrijf else {})
            modellen.update({(schema, "serialization"): None for schema in route.ook.values()})
        self._verwijzingen, schemas = models_json_schema(
            list(modellen), by_alias=True, ref_template=_REF, schema_generator=_JsonSchema
        )
        self.componenten: dict[str, Any] = dict(schemas.get("$defs", {}))
        for component in self.componenten.values():
            for naam, vorm in (("url", "uri"), ("urn", "urn")):  # in leesschema's gewone tekst
                veld = component.get("properties", {}).get(naam, {})
                if veld.get("type") == "string":
                    veld.setdefault("format", vorm)

    def verwijzing(self, schema: type[Schema], richting: Richting) -> dict[str, Any]:
        """De `$ref` naar een schema."""
        gevonden: dict[str, Any] = self._verwijzingen[schema, richting]
        return gevonden

    def deels(self, schema: type[Schema]) -> dict[str, Any]:
        """De `$ref` naar een schema waarvan niets verplicht is, voor PATCH."""
        naam = self.verwijzing(schema, "validation")["$ref"].rpartition("/")[2]
        self.componenten[f"{naam}Deels"] = {
            sleutel: waarde for sleutel, waarde in self.componenten[naam].items() if sleutel != "required"
        }
        return {"$ref": _REF.format(model=f"{naam}Deels")}


class _Operaties:
    """Maakt van declaraties operaties."""

    def __init__(self, schemas: _Schemas, registratie: Registratie, *, zgw: bool) -> None:
        self._schemas = schemas
        self._zgw = zgw
        self._audit = registratie.audit is not None
        self._grootteveld = registratie.grootteveld

    def alle(self, registratie: Registratie) -> Iterable[tuple[str, str, dict[str, Any]]]:
        """(pad, methode, operatie) van alles wat de registratie aanbiedt."""
        for bron in registratie.bronnen:
            for operatie in (*bron.operaties, *(("zoek",) if bron.zoek else ())):
                yield pad_van(bron, operatie), _METHODEN[operatie], self._operatie(bron, operatie)
            if self._zgw and "haal" in bron.operaties:
                yield pad_van(bron, "haal"), "head", self._head(bron)
            for actie in bron.acties:
                yield (
                    f"{pad_van(bron, 'haal')}/{actie.naam}",
                    "post",
                    self._actie(bron, actie.naam) | _uitbreiding(actie.uitbreiding),
                )
        for route in alle_paden(registratie):
            yield route.pad, route.methode, self._route(route)

    def _operatie(self, bron: Bron, operatie: str) -> dict[str, Any]:
        status = {"maak": "201", "verwijder": "204"}.get(operatie, "200")
        inhoud = None if operatie == "verwijder" else self._antwoord(bron, operatie)
        uit = self._kader(bron.enkelvoud, operatie, bron.scopes.get(operatie, bron.scopes.get("lijst", ())))
        uit["parameters"] = [*self._parameters(bron, operatie), *self._koppen(bron, operatie)]
        # Een lijst is er niet bij een pagina of relatie die niet bestaat.
        niet_gevonden = "404" if operatie in (*_OP_EEN, "lijst", "zoek") or "{" in bron.pad else ""
        uit["responses"] = _antwoorden(status, inhoud, niet_gevonden, "412" if bron.crs else "")
        if operatie == "haal":
            uit["responses"] |= _ONGEWIJZIGD
        if operatie == "zoek" and not self._zgw:  # in de ZGW-standaarden staat zij zelf al
            uit |= _uitbreiding("Zoeken met de criteria in het lichaam, zodat geen nummer in het adres komt.")
        uit |= _uitbreiding(bron.uitbreiding)
        lichaam = self._lichaam(bron, operatie)
        if lichaam is not None:
            mediatype = "multipart/form-data" if bron.multipart else "application/json"
            uit["requestBody"] = {"required": True, "content": {mediatype: {"schema": lichaam}}}
        return uit

    def _head(self, bron: Bron) -> dict[str, Any]:
        uit = self._kader(bron.enkelvoud, "kop", bron.scopes.get("haal", ()))
        uit["parameters"] = [*_padparameters(bron, "haal"), *self._koppen(bron, "haal")]
        return uit | {"responses": _antwoorden("200", None, "404", "412" if bron.crs else "") | _ONGEWIJZIGD}

    def _actie(self, bron: Bron, naam: str) -> dict[str, Any]:
        uit = self._kader(bron.enkelvoud, naam, bron.scopes.get(naam, ()))
        uit["parameters"] = [*_padparameters(bron, "haal"), *self._koppen(bron, naam)]
        inhoud = self._schemas.verwijzing(bron.lees, "serialization")
        return uit | {"responses": _antwoorden("200", inhoud, "404", "412" if bron.crs else "")}

    def _route(self, route: Route) -> dict[str, Any]:
        uit = self._kader(route.operatie, route.methode, route.scopes) | _uitbreiding(route.uitbreiding)
        inhoud = self._schemas.verwijzing(route.lees, "serialization") if route.lees else None
        if inhoud and route.lijst:
            lijst = _lijst(inhoud, gepagineerd=route.gepagineerd)
            inhoud = {"oneOf": [inhoud, lijst]} if route.of_een else lijst
        namen = re.findall(r"{(\w+)}", route.pad)
        uit["parameters"] = [
            *(_parameter(naam, route.parameters.get(naam, _UUID), "path") for naam in namen),
            *(_parameter(naam, type_) for naam, type_ in route.parameters.items() if naam not in namen),
            *map(_kop, route.koppen),
        ]
        fouten = (
            "404" if namen or route.gepagineerd or route.methode == "get" or route.kan_ontbreken else "",
            "412" if "Content-Crs" in route.koppen else "",
        )
        uit["responses"] = _antwoorden(str(route.status), inhoud, *fouten, mediatype=route.mediatype)
        for status, ander in route.ook.items():
            uit["responses"] = _antwoorden(status, self._schemas.verwijzing(ander, "serialization")) | uit["responses"]
        if route.schrijf:
            deels = route.methode == "patch"
            schema = (
                self._schemas.deels(route.schrijf) if deels else self._schemas.verwijzing(route.schrijf, "validation")
            )
            uit["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
        return uit

    def _kader(self, naam: str, operatie: str, scopes: Iterable[str]) -> dict[str, Any]:
        uit: dict[str, Any] = {"operationId": f"{naam}_{operatie}", "tags": [naam]}
        return uit | ({"security": [{"aanmelding": list(scopes)}]} if scopes else {})

    def _antwoord(self, bron: Bron, operatie: str) -> dict[str, Any]:
        een = self._schemas.verwijzing(bron.lees, "serialization")
        return _lijst(een, gepagineerd=bron.gepagineerd) if operatie in ("lijst", "zoek") else een

    def _lichaam(self, bron: Bron, operatie: str) -> dict[str, Any] | None:
        if operatie == "zoek":
            filters = {**bron.filters, **bron.zoekfilters}
            criteria = {naam: _schema(filter_.type) for naam, filter_ in filters.items()}
            extra: dict[str, Any] = {"expand": _TEKST} | ({"ordering": _TEKST} if bron.ordening else {})
            extra |= {"fields": {"type": "array", "items": {}}} if bron.velden else {}
            return {"type": "object", "properties": {**criteria, **extra}}
        if operatie not in _SCHRIJVEN:
            return None
        schema = bron.invoer(_SCHRIJVEN[operatie])
        return self._schemas.deels(schema) if operatie == "wijzig" else self._schemas.verwijzing(schema, "validation")

    def _koppen(self, bron: Bron, operatie: str) -> list[dict[str, Any]]:
        """De koppen die een operatie kent; verplicht zijn alleen de CRS-koppen (regels 1.13)."""
        leest, schrijft = operatie in ("haal", "lijst"), operatie in _SCHRIJVEN
        namen = ["If-None-Match"] if operatie == "haal" and self._zgw else []
        namen += ["Content-Type"] if not leest and operatie != "verwijder" else []
        namen += (
            ["X-NLX-Logrecord-ID", "X-Audit-Toelichting"] if self._audit and not leest and operatie != "zoek" else []
        )
        namen += [] if leest else ["Idempotency-Key"]
        namen += ["Accept-Language"] if leest and bron.vertaling else []
        koppen = [_parameter(naam, _TEKST, "header") for naam in namen]
        crs = ([] if operatie == "verwijder" else ["Accept-Crs"]) + (
            ["Content-Crs"] if schrijft or operatie == "zoek" else []
        )
        return koppen + [{**_kop(naam), "required": True} for naam in crs if bron.crs]

    def _parameters(self, bron: Bron, operatie: str) -> list[dict[str, Any]]:
        uit = _padparameters(bron, operatie)
        if operatie == "lijst":
            uit += [
                _parameter(naam, filter_.type) | _uitbreiding(filter_.uitbreiding)
                for naam, filter_ in bron.filters.items()
            ]
        if operatie == "haal":
            uit += [_parameter(naam, type_) for naam, type_ in bron.parameters.items()]
        if operatie in ("lijst", "zoek") and bron.gepagineerd:
            uit += [_parameter("page", int), _parameter(self._grootteveld, {"type": "integer", "maximum": 500})]
        if operatie in ("lijst", "haal", "zoek") and bron.expand:
            paden = {"type": "array", "items": {**_TEKST, "enum": list(bron.expandpaden)}}
            uit.append(_parameter("expand", paden if bron.expandpaden else _TEKST))
        if operatie == "lijst" and bron.ordening:
            keuzes = [f"{teken}{naam}" for naam in bron.ordening for teken in ("", "-")]
            uit.append(_parameter("ordering", {"type": "array", "items": {**_TEKST, "enum": keuzes}}))
        return uit


def alle_paden(registratie: Registratie) -> list[Route]:
    """De losse routes, ook die uit de bronnen volgen."""
    return [*registratie.paden, *(route for bron in registratie.bronnen for route in vertaalpaden(bron))]


def _uitbreiding(uitleg: str) -> dict[str, Any]:
    """Het merk van een operatie die niet in de standaard staat."""
    return {"x-uitbreiding": True, "description": f"Uitbreiding op de standaard. {uitleg}"} if uitleg else {}


def pad_van(bron: Bron, operatie: str) -> str:
    """Het pad van een operatie, met de parameternamen van de standaard."""
    pad = "/" + re.sub(r"{(\w+)}", lambda deel: f"{{{_padnaam(bron, deel[1])}}}", bron.pad)
    return {"lijst": pad, "maak": pad, "zoek": f"{pad}/_zoek"}.get(operatie, f"{pad}/{{{_padnaam(bron, '')}}}")


def _padnaam(bron: Bron, ouder: str) -> str:
    """De naam van een padparameter: van een ouder, of (leeg) van de resource zelf."""
    eigen = "uuid" if bron.padkolom == "id" else bron.padkolom
    return bron.padnamen.get(ouder, f"{ouder}_uuid" if ouder else eigen)


def _padparameters(bron: Bron, operatie: str) -> list[dict[str, Any]]:
    uit = [_parameter(_padnaam(bron, ouder), _UUID, "path") for ouder in re.findall(r"{(\w+)}", bron.pad)]
    if operatie in _OP_EEN:
        uit.append(_parameter(_padnaam(bron, ""), _UUID if bron.padkolom == "id" else int, "path"))
    return uit


def _parameter(naam: str, type_: Any, plek: str = "query") -> dict[str, Any]:
    """Een parameter; `type_` is een Python-type, of al een JSON Schema."""
    schema = dict(type_) if isinstance(type_, Mapping) else _schema(type_)
    uit = {"name": naam, "in": plek, "required": plek == "path", "schema": schema}
    return uit | ({"style": "form", "explode": False} if schema.get("type") == "array" else {})


def _kop(naam: str) -> dict[str, Any]:
    """Een header; van de CRS-koppen is alleen die bij een lichaam verplicht (regels 1.13 en 12.2)."""
    keuze = {**_TEKST, "enum": ["EPSG:4326"]} if naam.endswith("-Crs") else _TEKST
    return {**_parameter(naam, keuze, "header"), "required": naam == "Content-Crs"}


def _schema(type_: Any) -> dict[str, Any]:
    schema: dict[str, Any] = TypeAdapter(type_).json_schema(schema_generator=_JsonSchema)
    return schema


def _lijst(een: dict[str, Any], *, gepagineerd: bool) -> dict[str, Any]:
    lijst = {"type": "array", "items": een}
    if not gepagineerd:
        return lijst
    adres = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["count", "results"],
        "properties": {"count": {"type": "integer"}, "next": adres, "previous": adres, "results": lijst},
    }


def _antwoorden(
    status: str, inhoud: dict[str, Any] | None, *fouten: str, mediatype: str = "application/json"
) -> dict[str, Any]:
    """Het geslaagde antwoord en elke fout die kan; `mediatype` zonder schema is een bestand."""
    goed: dict[str, Any] = {"description": "Gelukt"}
    if inhoud is not None:
        goed["content"] = {mediatype: {"schema": inhoud}}
    elif mediatype != "application/json":
        goed["content"] = {mediatype: {"schema": {**_TEKST, "format": "binary"}}}
    codes = sorted({"400", *filter(None, fouten), *_FOUTEN})
    return {status: goed, **{code: {"description": "Fout", **_FOUT} for code in codes}}
