"""Wat pydantic in een pakket fout vindt, in het Nederlands en met de plek."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

_TEKSTEN: Mapping[str, str] = {
    "missing": "ontbreekt",
    "extra_forbidden": "deze sleutel hoort hier niet",
    "string_type": "moet tekst zijn",
    "string_too_short": "is te kort: minstens {min_length} tekens",
    "string_too_long": "is te lang: hoogstens {max_length} tekens",
    "string_pattern_mismatch": "heeft niet de goede vorm",
    "too_short": "heeft er minstens {min_length} nodig, en er zijn er {actual_length}",
    "too_long": "heeft er hoogstens {max_length}",
    "bool_type": "moet ja of nee zijn",
    "bool_parsing": "moet ja of nee zijn",
    "int_type": "moet een heel getal zijn",
    "int_parsing": "moet een heel getal zijn",
    "list_type": "moet een lijst zijn",
    "dict_type": "moet een object zijn",
    "model_type": "moet een object zijn",
    "literal_error": "is geen toegestane waarde; kies {expected}",
    "enum": "is geen toegestane waarde; kies {expected}",
    "date_from_datetime_parsing": "is geen datum",
    "date_type": "is geen datum",
    "datetime_from_date_parsing": "is geen tijdstip",
    "datetime_parsing": "is geen tijdstip",
    "greater_than_equal": "is te klein: minstens {ge}",
    "less_than_equal": "is te groot: hoogstens {le}",
}


def regels(fout: ValidationError, bestand: str) -> list[str]:
    """Eén regel per fout: `bestand: plek: wat er mis is`."""
    return [f"{bestand}: {'.'.join(map(str, deel['loc']))}: {_tekst(deel)}" for deel in fout.errors(include_url=False)]


def _tekst(deel: Any) -> str:
    tekst = _TEKSTEN.get(deel["type"])
    return tekst.format(**deel.get("ctx", {})) if tekst else str(deel["msg"]).removeprefix("Value error, ")
