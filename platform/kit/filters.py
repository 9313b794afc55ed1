"""Queryparameters en zoekcriteria: gevalideerd als invoer, en dan een voorwaarde in SQL (regels 1.3)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin
from uuid import UUID

from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

from integratie.basis import Url
from integratie.typen import Tijdstip
from kern.fouten import Ongeldig, ParamFout
from kit.schema import Soort, fouten_uit, kolomsoort

if TYPE_CHECKING:
    from kit.omgeving import Omgeving

Voorwaarde = Callable[[Any, "Omgeving"], ColumnElement[bool]]
Samen = Callable[[Sequence[ColumnElement[bool]]], ColumnElement[bool]]
_VERGELIJKERS: dict[str, Callable[[Any, Any], Any]] = {
    "": lambda kolom, waarde: kolom == waarde,
    "gt": lambda kolom, waarde: kolom > waarde,
    "gte": lambda kolom, waarde: kolom >= waarde,
    "lt": lambda kolom, waarde: kolom < waarde,
    "lte": lambda kolom, waarde: kolom <= waarde,
    "in": lambda kolom, waarde: kolom.in_(waarde),
    "not_in": lambda kolom, waarde: kolom.not_in(waarde),
    "isnull": lambda kolom, waarde: kolom.is_(None) if waarde else kolom.is_not(None),
    "contains": lambda kolom, waarde: kolom.contains(waarde, autoescape=True),
    "icontains": lambda kolom, waarde: kolom.icontains(waarde, autoescape=True),
    "iexact": lambda kolom, waarde: func.lower(kolom) == waarde.lower(),
}
_LIJSTEN = ("in", "not_in")
LANGSTE_LIJST = 5_000  # PostgreSQL neemt 65.535 waarden in één vraag, en een vraag kan meer lijsten hebben


def _eis_url(waarde: str) -> str:
    if waarde and not waarde.startswith(("http://", "https://")):
        raise ValueError("Dit is geen URL.")
    return waarde


ZoekUrl = Annotated[Url, AfterValidator(_eis_url)]
"""Een URL om op te zoeken: wat geen URL is geeft een fout, een URL die nergens heen wijst een lege lijst (regels 1.3)."""


@dataclass(frozen=True)
class Filter:
    """Eén filter: `type` valideert de waarde (een lijst komt als tekst met komma's binnen), `voorwaarde` maakt er SQL van.

    `volgorde` is de volgorde die bij de zoekvraag hoort, als de aanroeper er geen kiest. `uitbreiding` zegt wat zij doet, als zij niet in de standaard staat. `veld` is het veld waarmee de waarde vergeleken wordt, als dat er een is. Filters met dezelfde `samen` gaan over dezelfde gekoppelde rij: hun voorwaarden worden daarmee tot één voorwaarde.
    """

    type: Any
    voorwaarde: Voorwaarde
    samen: Samen | None = None
    veld: str = ""
    uitbreiding: str = ""
    volgorde: "Callable[[Any, Omgeving], Sequence[Any]] | None" = None

    def lees(self, naam: str, waarde: Any) -> Any:
        """De gevalideerde waarde; `Ongeldig` als hij niet klopt."""
        return lees_parameter(self.type, naam, waarde)


def lees_parameter(type_: Any, naam: str, waarde: Any) -> Any:
    """Een queryparameter als waarde van dit type; een lijst komt binnen met komma's."""
    if isinstance(waarde, str) and getattr(type_, "__origin__", None) is list:
        waarde = [deel for deel in waarde.split(",") if deel]
    if isinstance(waarde, list) and len(waarde) > LANGSTE_LIJST:
        raise Ongeldig(ParamFout(naam, "max_length", f"Geef hoogstens {LANGSTE_LIJST} waarden tegelijk."))
    try:
        return _lezer_van(type_).validate_python(waarde)
    except ValidationError as fout:
        raise Ongeldig(*(ParamFout(naam, deel.code, deel.reden) for deel in fouten_uit(fout))) from None


@cache
def _lezer_van(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


def toets_parameters(typen: Mapping[str, Any], criteria: Iterable[tuple[str, Any]]) -> None:
    """`Ongeldig` met alle onbekende en foute parameters; voor wie ze zelf uit het verzoek leest."""
    fouten: list[ParamFout] = []
    for naam, waarde in criteria:
        if naam not in typen:
            fouten.append(_onbekend(naam))
            continue
        try:
            lees_parameter(typen[naam], naam, waarde)
        except Ongeldig as fout:
            fouten.extend(fout.fouten)
    if fouten:
        raise Ongeldig(*fouten)


def _onbekend(naam: str) -> ParamFout:
    return ParamFout("nonFieldErrors", "unknown-parameters", f"Onbekende parameter: {naam}.")


def filters(model: type[Any], namen: str, **anders: Filter) -> dict[str, Filter]:
    """Filters op kolommen van `model`, met de namen van de standaard (`startdatum__gt`, `zaaktype`); `anders` voegt eigen toe."""
    return {naam: _op_kolom(model, naam) for naam in namen.split()} | anders


def met_keuzen(filters_: Mapping[str, Filter], schema: type[BaseModel]) -> dict[str, Filter]:
    """Filters op een veld dat in het leesschema vaste keuzen heeft, nemen alleen die keuzen."""
    return {naam: _met_keuzen(filter_, schema) for naam, filter_ in filters_.items()}


def _met_keuzen(filter_: Filter, schema: type[BaseModel]) -> Filter:
    keuzen = _keuzen(schema.model_fields[filter_.veld].annotation) if filter_.veld in schema.model_fields else ()
    if not keuzen or filter_.type not in (str, list[str]):
        return filter_
    keuze: Any = Literal[keuzen]
    return replace(filter_, type=keuze if filter_.type is str else list[keuze])


def _keuzen(type_: Any) -> tuple[Any, ...]:
    """De gevulde keuzen van een `Literal`, ook als het veld daarnaast leeg mag zijn."""
    if get_origin(type_) is Literal:
        return tuple(keuze for keuze in get_args(type_) if keuze != "")
    delen = [_keuzen(deel) for deel in get_args(type_) if deel is not NoneType] if get_origin(type_) else []
    return tuple(chain.from_iterable(delen)) if delen and all(delen) else ()


def _op_kolom(model: type[Any], naam: str) -> Filter:
    veld, _, operator = naam.partition("__")
    kolom: InstrumentedAttribute[Any] = getattr(model, _snake(veld))
    soort = kolomsoort(kolom)
    vergelijk = _VERGELIJKERS[operator]

    def voorwaarde(waarde: Any, omgeving: "Omgeving") -> ColumnElement[bool]:
        resultaat: ColumnElement[bool] = vergelijk(kolom, _naar_opslag(waarde, soort, kolom, omgeving))
        return resultaat

    gelijk = operator in ("", *_LIJSTEN)
    return Filter(_filtertype(kolom, soort, operator), voorwaarde, veld=kolom.key if gelijk else "")


def _filtertype(kolom: InstrumentedAttribute[Any], soort: Soort, operator: str) -> Any:
    if operator == "isnull":
        return bool
    heel = ZoekUrl if operator in ("", *_LIJSTEN) else Url  # een deel van een URL is geen URL
    enkel: Any = heel if soort in (Soort.EIGEN, Soort.URL) else _python_type(kolom)
    return list[enkel] if operator in _LIJSTEN else enkel


def _python_type(kolom: InstrumentedAttribute[Any]) -> Any:
    soort = kolom.property.columns[0].type.python_type
    if soort is datetime:
        return Tijdstip
    return soort if soort in (str, int, bool, date, Decimal, UUID) else str


def _naar_opslag(waarde: Any, soort: Soort, kolom: InstrumentedAttribute[Any], omgeving: "Omgeving") -> Any:
    if isinstance(waarde, list):
        return [_naar_opslag(deel, soort, kolom, omgeving) for deel in waarde]
    if soort is Soort.EIGEN and isinstance(waarde, str):
        return omgeving.id_uit_url(waarde, kolom)
    if soort is Soort.URL and isinstance(waarde, str):
        return omgeving.diensten.naar_opslag(waarde)
    return waarde


def voorwaarden(
    filters_: Mapping[str, Filter], criteria: Iterable[tuple[str, Any]], omgeving: "Omgeving"
) -> list[ColumnElement[bool]]:
    """De SQL-voorwaarden bij de meegegeven criteria; alle fouten tegelijk als `Ongeldig`, ook onbekende namen."""
    gevonden: dict[Samen | None, list[ColumnElement[bool]]] = {}
    fouten: list[ParamFout] = []
    for naam, ruw in criteria:
        filter_ = filters_.get(naam)
        if filter_ is None:
            fouten.append(_onbekend(naam))
            continue
        try:
            voorwaarde = filter_.voorwaarde(filter_.lees(naam, ruw), omgeving)
            gevonden.setdefault(filter_.samen, []).append(voorwaarde)
        except Ongeldig as fout:
            fouten.extend(fout.fouten)
    if fouten:
        raise Ongeldig(*fouten)
    return gevonden.pop(None, []) + [samen(delen) for samen, delen in gevonden.items() if samen]


def passende_volgorde(
    filters_: Mapping[str, Filter], criteria: Iterable[tuple[str, Any]], omgeving: "Omgeving"
) -> list[Any]:
    """De volgorde die bij een van de (getoetste) criteria hoort; leeg als er geen is."""
    for naam, ruw in criteria:
        filter_ = filters_.get(naam)
        if filter_ is not None and filter_.volgorde is not None:
            return list(filter_.volgorde(filter_.lees(naam, ruw), omgeving))
    return []


def _snake(naam: str) -> str:
    return "".join(f"_{teken.lower()}" if teken.isupper() else teken for teken in naam)
