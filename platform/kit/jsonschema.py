"""Gegevens toetsen aan een JSON Schema (2020-12), met het pad van elke fout."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import orjson

from kern.fouten import ParamFout

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_TOETSERS: "dict[bytes, Draft202012Validator]" = {}
GROOTSTE_CACHE = 500
GEGEVENS = ("const", "default", "enum", "examples")  # wat hierin op een verwijzing lijkt is er geen


def schemafouten(schema: Any, naam: str) -> list[ParamFout]:
    """Fouten in het schema zelf, als `invalid-json-schema`: ook een verwijzing die nergens heen wijst, of naar buiten."""
    from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415 - kost 0,1 s bij het starten

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as fout:
        return [_ongeldig(naam, f"Dit is geen geldig JSON Schema: {fout.message}")]
    except RecursionError:
        return [_ongeldig(naam, "Dit schema is te diep genest.")]
    return [_ongeldig(naam, f"De verwijzing {ref} is niet te volgen.") for ref in _losse_verwijzingen(schema)]


def gegevensfouten(schema: Any, gegevens: Any, naam: str) -> list[ParamFout]:
    """Elke plek waar de gegevens niet bij het schema passen, als `naam.pad.naar.veld`; verwijzingen naar buiten worden niet gevolgd."""
    from referencing.exceptions import Unresolvable  # noqa: PLC0415 - zie schemafouten

    try:
        return [_fout(fout, naam) for fout in _toetser(schema).iter_errors(gegevens)]
    except Unresolvable as fout:
        return [_ongeldig(naam, f"Het schema verwijst naar {fout.ref}, en dat is er niet.")]
    except re.error:  # een schema dat niet van ons komt, met een patroon dat er geen is
        return [_ongeldig(naam, "Het schema heeft een patroon dat niet te lezen is.")]
    except RecursionError:  # een schema dat naar zichzelf verwijst, of gegevens die dieper gaan dan te toetsen is
        return [_ongeldig(naam, "Deze gegevens zijn met dit schema niet te toetsen: het gaat te diep.")]


def _fout(fout: Any, naam: str) -> ParamFout:
    return _ongeldig(".".join([naam, *(str(stap) for stap in fout.absolute_path)]), str(fout.message))


def _ongeldig(naam: str, reden: str) -> ParamFout:
    return ParamFout(naam, "invalid-json-schema", reden[:500])


def _losse_verwijzingen(schema: Any) -> list[str]:
    """De verwijzingen in een schema die binnen het schema zelf niet te vinden zijn."""
    from referencing.exceptions import Unresolvable  # noqa: PLC0415 - zie schemafouten
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415 - zie schemafouten

    zoeker = _bekende_schemas().resolver_with_root(DRAFT202012.create_resource(schema))
    los = []
    for ref in _verwijzingen(schema):
        try:
            zoeker.lookup(ref)
        except (Unresolvable, ValueError):
            los.append(ref)
    return los


def _verwijzingen(schema: Any) -> Iterator[str]:
    """Elke `$ref` vanaf de wortel; onder een eigen `$id` telt een ander beginpunt, en dat blijkt bij het toetsen."""
    te_doen = [(schema, True)]
    while te_doen:
        deel, wortel = te_doen.pop()
        if isinstance(deel, dict) and (wortel or "$id" not in deel):
            if isinstance(deel.get("$ref"), str):
                yield deel["$ref"]
            te_doen += [(waarde, False) for sleutel, waarde in deel.items() if sleutel not in GEGEVENS]
        elif isinstance(deel, list):
            te_doen += [(waarde, False) for waarde in deel]


def _bekende_schemas() -> Any:
    """De schema's van JSON Schema zelf. Met een eigen register haalt jsonschema nooit iets van een ander adres op."""
    return import_module("jsonschema_specifications").REGISTRY


def _toetser(schema: Any) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - zie schemafouten

    sleutel = orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
    if sleutel not in _TOETSERS:
        if len(_TOETSERS) >= GROOTSTE_CACHE:
            _TOETSERS.clear()
        _TOETSERS[sleutel] = Draft202012Validator(
            schema, registry=_bekende_schemas(), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
    return _TOETSERS[sleutel]
