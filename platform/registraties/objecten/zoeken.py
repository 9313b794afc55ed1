"""Filteren op de gegevens in een object: `data_attr`, `data_icontains`, `type`, `typeVersion` en `ordering` (regels 12.3)."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, Date, Numeric, String, and_, case, cast, func, or_
from sqlalchemy.dialects.postgresql import JSONPATH

from kern.fouten import Ongeldig, ParamFout
from kit import Omgeving
from registraties.objecten.modellen import Object, Record

PADDEEL = re.compile(r"^[\w\- ]{1,100}$")
OPERATOREN = ("exact", "gt", "gte", "lt", "lte", "icontains", "in")
RECORDVELDEN = {
    "record__startAt": Record.start_at,
    "record__endAt": Record.end_at,
    "record__registrationAt": Record.registration_at,
    "record__index": Record.index,
    "record__typeVersion": Record.type_version,
}


def voorwaarden(criteria: Iterable[tuple[str, Any]], omgeving: Omgeving) -> list[ColumnElement[bool]]:
    """De SQL-voorwaarden bij alle criteria; alle fouten tegelijk."""
    waar: list[ColumnElement[bool]] = []
    fouten: list[ParamFout] = []
    for naam, waarde in criteria:
        try:
            waar += _voorwaarde(naam, waarde, omgeving)
        except Ongeldig as fout:
            fouten += fout.fouten
    if fouten:
        raise Ongeldig(*fouten)
    return waar


def _voorwaarde(naam: str, waarde: Any, omgeving: Omgeving) -> list[ColumnElement[bool]]:
    if naam == "type":
        return [Object.type == omgeving.diensten.naar_opslag(str(waarde))]
    if naam == "typeVersion":
        return [Record.type_version == _getal(naam, waarde)]
    if naam == "data_attr":
        return [_op_attribuut(deel) for deel in ([waarde] if isinstance(waarde, str) else waarde)]
    if naam == "data_attrs":
        return [_op_attribuut(deel) for deel in str(waarde).split(",")]
    if naam == "data_icontains":
        return [
            cast(func.jsonb_path_query_array(Record.data, cast("$.**", JSONPATH)), String).icontains(
                str(waarde), autoescape=True
            )
        ]
    raise Ongeldig(ParamFout("nonFieldErrors", "unknown-parameters", f"Onbekende parameter: {naam}."))


def _getal(naam: str, waarde: Any) -> int:
    if not str(waarde).isdigit():
        raise Ongeldig(ParamFout(naam, "invalid", "Dit is geen getal."))
    return int(waarde)


def _op_attribuut(tekst: str) -> ColumnElement[bool]:
    """`pad__naar__veld__operator__waarde`; een pad of waarde met een fout geeft een duidelijke 400."""
    delen = str(tekst).split("__")
    plek = next((i for i in range(len(delen) - 2, 0, -1) if delen[i] in OPERATOREN), 0)
    pad, operator, waarde = delen[:plek], delen[plek], "__".join(delen[plek + 1 :])
    if not plek or not all(map(PADDEEL.match, pad)):
        raise Ongeldig(
            ParamFout("data_attr", "invalid", f"Gebruik pad__operator__waarde, met een van: {', '.join(OPERATOREN)}.")
        )
    if operator == "exact":
        return or_(*(Record.data.contains(_genest(pad, vorm)) for vorm in _vormen(waarde)))
    veld = Record.data[tuple(pad)]
    if operator == "in":
        return or_(*(Record.data.contains(_genest(pad, vorm)) for deel in waarde.split("|") for vorm in _vormen(deel)))
    if operator == "icontains":
        bevat: ColumnElement[bool] = veld.astext.icontains(waarde, autoescape=True)
        return bevat
    return _vergelijk(veld, operator, waarde)


def _genest(pad: list[str], waarde: Any) -> Any:
    for deel in reversed(pad):
        waarde = {deel: waarde}
    return waarde


def _vormen(waarde: str) -> list[Any]:
    """De JSON-waarden die deze tekst kan bedoelen: tekst, en zo mogelijk getal of ja/nee."""
    vormen: list[Any] = [waarde]
    if waarde in ("true", "false"):
        vormen.append(waarde == "true")
    elif re.fullmatch(r"-?\d+(\.\d+)?", waarde):
        vormen.append(float(waarde) if "." in waarde else int(waarde))
    return vormen


def _vergelijk(veld: Any, operator: str, waarde: str) -> ColumnElement[bool]:
    """Getallen en datums vergelijken naar hun type; een veld van een ander type telt niet mee."""
    soort, grens = _grens(waarde)
    vorm = r"^-?\d+(\.\d+)?$" if soort is Numeric else r"^\d{4}-\d{2}-\d{2}"
    tekst = veld.astext
    getypeerd = cast(func.left(tekst, 10), Date) if soort is Date else cast(tekst, Numeric)
    links = case((tekst.op("~")(vorm), getypeerd), else_=None)
    vergelijking = {"gt": links > grens, "gte": links >= grens, "lt": links < grens, "lte": links <= grens}[operator]
    return and_(tekst.is_not(None), vergelijking)


def _grens(waarde: str) -> tuple[Any, Any]:
    try:
        return Date, date.fromisoformat(waarde[:10])
    except ValueError:
        pass
    try:
        return Numeric, Decimal(waarde)
    except InvalidOperation:
        raise Ongeldig(
            ParamFout("data_attr", "invalid", "Vergelijken kan alleen met een getal of een datum.")
        ) from None


def volgorde(tekst: str) -> list[Any]:
    """`ordering`: recordvelden en `record__data__<pad>`, met `-` voor aflopend."""
    uit = []
    for deel in filter(None, tekst.split(",")):
        naam = deel.removeprefix("-")
        pad = naam.removeprefix("record__data__").split("__")
        kolom: Any = RECORDVELDEN.get(naam)
        if kolom is None:
            if not naam.startswith("record__data__") or not all(map(PADDEEL.match, pad)):
                raise Ongeldig(ParamFout("ordering", "invalid_choice", f"Op {naam} kan niet gesorteerd worden."))
            kolom = Record.data[tuple(pad)].astext
        uit.append(kolom.desc().nulls_last() if deel.startswith("-") else kolom.asc().nulls_last())
    return uit
