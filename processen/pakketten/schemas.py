"""Het JSON Schema van elk deel van een pakket, afgeleid van wat het inlezen eist. Voor editors, en voor wie pakketten maakt met eigen gereedschap."""

from typing import Any

import orjson
from pydantic import BaseModel, TypeAdapter

from formuliermotor import Formulierdefinitie
from formuliermotor.componenten import SOORTEN
from processen.pakketten.formaat import (
    Kop,
    Lijstdeel,
    Productdeel,
    Sjabloondeel,
    Verzendregeldeel,
    Verzoektypedeel,
    Zaaktypedeel,
)
from processen.pakketten.scenario import Scenario

DELEN: dict[str, type[BaseModel]] = {
    "zaaktype": Zaaktypedeel,
    "verzoektype": Verzoektypedeel,
    "product": Productdeel,
    "formulier": Formulierdefinitie,
    "sjabloon": Sjabloondeel,
    "referentielijst": Lijstdeel,
    "scenario": Scenario,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, bytes]:
    """Bestandsnaam → schema. `pakket` is pakket.toml als object; namen zijn zoals zij in de bestanden staan."""
    alle = {naam: deel.model_json_schema() for naam, deel in DELEN.items()}
    _vrij_voor_veldtypen(alle["formulier"])
    alle["pakket"] = Kop.model_json_schema(by_alias=False)
    alle["verzendregels"] = TypeAdapter(list[Verzendregeldeel]).json_schema()
    return {f"{naam}.schema.json": _bestand(schema) for naam, schema in sorted(alle.items())}


def _vrij_voor_veldtypen(formulier: dict[str, Any]) -> None:
    """In het bestand is `type` de sleutel van een veldtype van een plugin: elke naam die geen ingebouwde soort is."""
    eigen = formulier["$defs"]["EigenVraag"]
    eigen["properties"]["type"] = {
        "type": "string",
        "pattern": eigen["properties"].pop("veldtype")["pattern"],
        "not": {"enum": sorted(SOORTEN)},
    }
    eigen["required"].remove("veldtype")


def _bestand(schema: dict[str, Any]) -> bytes:
    opties = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    return orjson.dumps({"$schema": DIALECT, **schema}, option=opties) + b"\n"
