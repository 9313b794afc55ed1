"""Gegevens toetsen aan een JSON Schema (2020-12), met het pad van elke fout."""

from typing import TYPE_CHECKING, Any

import orjson

from kern.fouten import ParamFout

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_TOETSERS: "dict[bytes, Draft202012Validator]" = {}
GROOTSTE_CACHE = 500


def schemafouten(schema: Any, naam: str) -> list[ParamFout]:
    """Fouten in het schema zelf, als `invalid-json-schema`."""
    from jsonschema import Draft202012Validator, SchemaError  # noqa: PLC0415 - kost 0,1 s bij het starten

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as fout:
        return [ParamFout(naam, "invalid-json-schema", f"Dit is geen geldig JSON Schema: {fout.message}"[:500])]
    return []


def gegevensfouten(schema: Any, gegevens: Any, naam: str) -> list[ParamFout]:
    """Elke plek waar de gegevens niet bij het schema passen, als `naam.pad.naar.veld`; verwijzingen naar buiten worden niet gevolgd."""
    return [_fout(fout, naam) for fout in _toetser(schema).iter_errors(gegevens)]


def _fout(fout: Any, naam: str) -> ParamFout:
    pad = ".".join([naam, *(str(stap) for stap in fout.absolute_path)])
    return ParamFout(pad, "invalid-json-schema", str(fout.message)[:500])


def _toetser(schema: Any) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - zie schemafouten

    sleutel = orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)
    if sleutel not in _TOETSERS:
        if len(_TOETSERS) >= GROOTSTE_CACHE:
            _TOETSERS.clear()
        _TOETSERS[sleutel] = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return _TOETSERS[sleutel]
