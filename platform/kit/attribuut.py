"""Filteren op een veld in een JSON-kolom: `pad__naar__veld__operator__waarde`, zoals de standaarden van objecten en producten.

`exact` en `in` gebruiken een GIN-index (`jsonb_path_ops`) op de kolom. Getallen en datums worden naar hun soort vergeleken; een
veld van een andere soort telt niet mee.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, Date, Numeric, String, case, cast, func, or_

from kern.fouten import Ongeldig, ParamFout
from kit.filters import Filter

OPERATOREN = ("exact", "gt", "gte", "lt", "lte", "icontains", "in")
_PADDEEL = re.compile(r"[\w\- ]{1,100}")
_GETAL = r"^-?[0-9]{1,30}(\.[0-9]{1,30})?$"
_DATUM = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_VERGELIJK: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "gt": lambda veld, grens: veld > grens,
    "gte": lambda veld, grens: veld >= grens,
    "lt": lambda veld, grens: veld < grens,
    "lte": lambda veld, grens: veld <= grens,
}


def attribuutfilter(kolom: Any, naam: str) -> Filter:
    """Het filter `naam` op een JSON-kolom; een pad, operator of waarde met een fout geeft `invalid @ naam`."""

    def voorwaarde(tekst: str, _omgeving: Any) -> ColumnElement[bool]:
        pad, operator, waarde = _ontleed(tekst, naam)
        if operator in ("exact", "in"):
            delen = waarde.split("|") if operator == "in" else [waarde]
            return or_(*(kolom.contains(_genest(pad, vorm)) for deel in delen for vorm in _vormen(deel)))
        veld = kolom[tuple(pad)].astext
        if operator == "icontains":
            bevat: ColumnElement[bool] = veld.icontains(waarde, autoescape=True)
            return bevat
        return _vergeleken(veld, operator, waarde, naam)

    return Filter(str, voorwaarde)


def _ontleed(tekst: str, naam: str) -> tuple[list[str], str, str]:
    """Het pad, de laatste operator waar nog een waarde achter staat, en die waarde."""
    delen = tekst.split("__")
    plek = next((i for i in range(len(delen) - 2, 0, -1) if delen[i] in OPERATOREN), 0)
    if not plek or "," in tekst or not all(map(_PADDEEL.fullmatch, delen[:plek])):
        raise Ongeldig(
            ParamFout(naam, "invalid", f"Gebruik pad__operator__waarde, met een van: {', '.join(OPERATOREN)}.")
        )
    return delen[:plek], delen[plek], "__".join(delen[plek + 1 :])


def _genest(pad: list[str], waarde: Any) -> Any:
    for deel in reversed(pad):
        waarde = {deel: waarde}
    return waarde


def _vormen(waarde: str) -> list[Any]:
    """De JSON-waarden die deze tekst kan bedoelen: tekst, en zo mogelijk ja/nee of een getal."""
    if waarde in ("true", "false"):
        return [waarde, waarde == "true"]
    getal = re.fullmatch(_GETAL, waarde)
    return [waarde, *([float(waarde) if "." in waarde else int(waarde)] if getal else [])]


def _vergeleken(veld: Any, operator: str, waarde: str, naam: str) -> ColumnElement[bool]:
    for vorm, type_, lees in ((_GETAL, Numeric, Decimal), (_DATUM, Date, date.fromisoformat)):
        try:
            grens = lees(waarde)
        except (ValueError, InvalidOperation):
            continue
        tekst = veld if type_ is Numeric else func.left(veld, 10, type_=String())
        return _VERGELIJK[operator](case((veld.op("~")(vorm), cast(tekst, type_)), else_=None), grens)
    raise Ongeldig(ParamFout(naam, "invalid", "Vergelijken kan alleen met een getal of een datum."))
