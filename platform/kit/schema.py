"""Van schema naar kolom en terug: welke velden verwijzingen zijn, en hoe invoerfouten heten."""

from collections.abc import Callable, Hashable
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import InstrumentedAttribute

from integratie.basis import Schema, Verwijzing
from kern.fouten import ParamFout

_CODES = {
    "missing": "required",
    "string_too_long": "max_length",
    "too_long": "max_length",
    "too_short": "min_length",
    "literal_error": "invalid_choice",
    "enum": "invalid_choice",
    "list_type": "not_a_list",
    "greater_than_equal": "min_value",
    "greater_than": "min_value",
    "less_than_equal": "max_value",
    "less_than": "max_value",
}
_REDENEN = {
    "required": "Dit veld is verplicht.",
    "null": "Dit veld mag niet leeg (null) zijn.",
    "blank": "Dit veld mag niet leeg zijn.",
    "invalid_choice": "Dit is geen geldige keuze.",
    "not_a_list": "Hier hoort een lijst.",
    "invalid": "Deze waarde heeft niet de juiste vorm.",
}


class Soort(Enum):
    """Hoe een kolom een veld bewaart."""

    GEWOON = "gewoon"
    EIGEN = "eigen"  # id van een resource in dezelfde registratie, op de lijn een URL
    URL = "url"  # dienst:pad, op de lijn een URL


class Vorm(Enum):
    """Hoe een API op de lijn naar een eigen resource verwijst."""

    URL = "url"
    UUID = "uuid"
    OBJECT = "object"  # {uuid, url}


def verwijsvorm(schema: type[BaseModel], naam: str) -> Vorm:
    """De vorm van een verwijzend veld, ook als het een lijst is of leeg mag zijn."""
    return _vorm(schema.model_fields[naam].annotation)


def _vorm(type_: Any) -> Vorm:
    if type_ is UUID:
        return Vorm.UUID
    if isinstance(type_, type) and issubclass(type_, BaseModel):
        return Vorm.OBJECT
    return next((vorm for vorm in map(_vorm, get_args(type_)) if vorm is not Vorm.URL), Vorm.URL)


def kolomsoort(kolom: InstrumentedAttribute[Any]) -> Soort:
    """De soort van een kolom: een vreemde sleutel is EIGEN; `info={"verwijzing": True}` (zie `verwijzing()`) is URL."""
    tabelkolom = kolom.property.columns[0]
    if tabelkolom.foreign_keys:
        return Soort.EIGEN
    return Soort.URL if tabelkolom.info.get("verwijzing") else Soort.GEWOON


Omzetter = Callable[[Any, Callable[[str], str]], Any]


def is_url(schema: type[BaseModel], naam: str) -> bool:
    """Is dit veld zelf een verwijzing?"""
    veld = schema.model_fields[naam]
    return any(isinstance(merk, Verwijzing) for merk in veld.metadata) or _is_url(veld.annotation)


def omzetter(schema: type[BaseModel], naam: str) -> Omzetter | None:
    """Zet in de waarde van een veld (JSON-vorm) precies de verwijzingen om; None als het veld er geen heeft."""
    return _zet_tekst_om if is_url(schema, naam) else _omzetter(cast("Hashable", schema.model_fields[naam].annotation))


def _is_url(type_: Any) -> bool:
    if get_origin(type_) is Annotated:
        return any(isinstance(merk, Verwijzing) for merk in get_args(type_)[1:])
    return any(_is_url(deel) for deel in get_args(type_)) and get_origin(type_) in (Union, UnionType)


def _zet_tekst_om(waarde: Any, functie: Callable[[str], str]) -> Any:
    return functie(waarde) if isinstance(waarde, str) and waarde else waarde


@cache
def _omzetter(type_: Hashable) -> Omzetter | None:
    if _is_url(type_):
        return _zet_tekst_om
    if isinstance(type_, type) and issubclass(type_, BaseModel):
        return _objectomzetter(type_)
    binnen = next(filter(None, map(_omzetter, get_args(type_))), None)
    if binnen is None or get_origin(type_) is not list:
        return binnen
    return lambda waarde, functie: [binnen(deel, functie) for deel in waarde] if isinstance(waarde, list) else waarde


def _objectomzetter(type_: type[BaseModel]) -> Omzetter | None:
    delen = {veld.alias or naam: om for naam, veld in type_.model_fields.items() if (om := omzetter(type_, naam))}
    if not delen:
        return None

    def zet_om(waarde: Any, functie: Callable[[str], str]) -> Any:
        if not isinstance(waarde, dict):
            return waarde
        return waarde | {naam: om(waarde[naam], functie) for naam, om in delen.items() if naam in waarde}

    return zet_om


def valideer(schema: type[Schema], invoer: Any) -> Schema | list[ParamFout]:
    """De invoer als schema, of alle fouten tegelijk met de codes van de standaard (regels 1.5)."""
    try:
        return schema.model_validate(invoer)
    except ValidationError as fout:
        return fouten_uit(fout)


def fouten_uit(fout: ValidationError) -> list[ParamFout]:
    """Elke pydantic-fout als `ParamFout`: naam in camelCase met punten, code uit de standaard.

    Bij een keuze uit soorten meldt pydantic elke soort die niet past; dezelfde fout staat er hier één keer.
    """
    return list(dict.fromkeys(_fout(deel) for deel in fout.errors(include_url=False)))


def _fout(deel: Any) -> ParamFout:
    naam = ".".join(str(stap) for stap in deel["loc"] if not _is_typenaam(stap)) or "nonFieldErrors"
    code = _code(deel)
    return ParamFout(naam, code, _reden(deel, code))


def _is_typenaam(stap: Any) -> bool:
    """Pydantic noemt bij een keuze uit schema's ook het schema; dat hoort niet in een veldnaam."""
    return isinstance(stap, str) and (stap[:1].isupper() or "[" in stap or "-" in stap)


def _code(deel: Any) -> str:
    soort = deel["type"]
    if soort == "string_too_short":
        return "blank" if deel["input"] == "" else "min_length"
    if soort not in ("missing", "value_error") and deel["input"] is None:
        return "null"
    if soort == "value_error":
        return getattr(deel["ctx"]["error"], "code", "invalid")
    return _CODES.get(soort, "invalid")


def _reden(deel: Any, code: str) -> str:
    if deel["type"] == "value_error":
        return str(deel["ctx"]["error"])
    grenzen = deel.get("ctx", {})
    if "max_length" in grenzen and code == "max_length":
        return f"Hier passen hoogstens {grenzen['max_length']} tekens of delen in."
    return _REDENEN.get(code, _REDENEN["invalid"])
