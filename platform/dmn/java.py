"""De Java-functies die een model mag aanroepen: een vaste lijst van tekst- en rekenfuncties, hier in Python.

Er draait nooit Java. Alles wat niet op de lijst staat, bestaat niet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from feel.naar_python import uit_python
from feel.staat import Staat
from feel.waarden import Functie, Parameter

_MATH: dict[str, Callable[..., float]] = {
    "abs": abs, "acos": math.acos, "asin": math.asin, "atan": math.atan, "atan2": math.atan2, "cbrt": lambda x: math.copysign(abs(x) ** (1 / 3), x),
    "ceil": math.ceil, "cos": math.cos, "cosh": math.cosh, "exp": math.exp, "floor": math.floor, "hypot": math.hypot,
    "log": math.log, "log10": math.log10, "max": max, "min": min, "pow": math.pow, "round": lambda x: math.floor(x + 0.5),
    "signum": lambda x: (x > 0) - (x < 0), "sin": math.sin, "sinh": math.sinh, "sqrt": math.sqrt, "tan": math.tan,
    "tanh": math.tanh, "toDegrees": math.degrees, "toRadians": math.radians, "rint": round,
}  # fmt: skip
_GEHEEL = {"byte", "short", "int", "long", "Byte", "Short", "Integer", "Long", "BigInteger"}
_BREUK = {"float", "double", "Float", "Double", "BigDecimal", "Number"}
_GRENZEN = {"byte": 7, "Byte": 7, "short": 15, "Short": 15, "int": 31, "Integer": 31, "long": 63, "Long": 63}
_HANDTEKENING = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*")
_FORMAAT = re.compile(r"%(?:([0-9]+)\$)?(-?)(0?)([0-9]{0,2})(?:\.([0-9]))?([sdfxXcbn%])")
_MIS = object()


def java_functie(parameters: tuple[Parameter, ...], beschrijving: Any) -> Functie | None:
    """De functie bij `{java: {class: ..., method signature: ...}}`, of None als zij niet op de lijst staat."""
    java = beschrijving.get("java") if isinstance(beschrijving, Mapping) else None
    if not isinstance(java, Mapping):
        return None
    klasse, vorm = str(java.get("class", "")).strip(), str(java.get("method signature", ""))
    gevonden = _HANDTEKENING.fullmatch(vorm)
    if gevonden is None:
        return None
    typen = [deel.strip() for deel in gevonden[2].split(",") if deel.strip()]
    werk = _vind(klasse, gevonden[1])
    if werk is None or len(typen) != len(parameters):
        return None
    return Functie(f"{klasse}.{gevonden[1]}", parameters, _uitvoerder(werk, typen))


def _vind(klasse: str, naam: str) -> Any:
    if klasse in {"java.lang.Math", "java.lang.StrictMath"}:
        return _MATH.get(naam)
    if klasse == "java.lang.String":
        return {"format": _format, "valueOf": _tekst, "join": lambda scheiding, *delen: scheiding.join(delen)}.get(naam)
    kort = klasse.removeprefix("java.lang.").removeprefix("java.math.")
    if kort in _GEHEEL | _BREUK and naam in {"valueOf", f"parse{kort}", "parseInt"}:
        return lambda waarde: waarde
    if kort in _GEHEEL | _BREUK and naam in {"max", "min", "toString", "sum"}:
        return {"max": max, "min": min, "toString": _tekst, "sum": lambda a, b: a + b}[naam]
    return bool if kort == "Boolean" and naam == "valueOf" else None


def _uitvoerder(werk: Callable[..., Any], typen: Sequence[str]) -> Callable[[Staat, Sequence[Any]], Any]:
    def doe(staat: Staat, argumenten: Sequence[Any]) -> Any:
        waarden = [_naar_java(waarde, soort) for waarde, soort in zip(argumenten, typen, strict=True)]
        if any(waarde is _MIS for waarde in waarden):
            staat.meld("java.soort", "Een argument heeft de verkeerde soort", "An argument has the wrong type")
            return None
        try:
            uit = werk(*_uitgepakt(waarden, typen))
            return uit_python(float(uit) if _BREUK & set(typen) and isinstance(uit, int) else uit)
        except (ValueError, TypeError, ArithmeticError, IndexError) as fout:
            staat.meld("java.fout", f"De Java-functie mislukte: {fout}", f"The Java function failed: {fout}")
            return None

    return doe


def _kort(soort: str) -> str:
    return soort.removeprefix("java.lang.").removeprefix("java.math.")


def _uitgepakt(waarden: list[Any], typen: Sequence[str]) -> list[Any]:
    """Een `Object[]` aan het eind is een rij losse argumenten."""
    if typen and (typen[-1].startswith("[L") or typen[-1].endswith(("[]", "..."))) and isinstance(waarden[-1], list):
        return [*waarden[:-1], *waarden[-1]]
    return waarden


def _naar_java(waarde: Any, soort: str) -> Any:
    kort = _kort(soort)
    if isinstance(waarde, list) and len(waarde) == 1 and kort in _GEHEEL | _BREUK:
        waarde = waarde[0]
    if kort in _GEHEEL | _BREUK and isinstance(waarde, Decimal):
        if kort in _BREUK:
            return float(waarde)
        return int(waarde) if abs(waarde) < 2 ** _GRENZEN.get(kort, 200) else _MIS
    if kort in {"String", "char", "Character"}:
        return waarde if isinstance(waarde, str) else _MIS
    if kort in _GEHEEL | _BREUK | {"boolean"}:
        return waarde if isinstance(waarde, bool) and kort == "boolean" else _MIS
    if kort.startswith("[L") or kort.endswith(("[]", "...")):
        return waarde if isinstance(waarde, list) else [waarde]
    return waarde


def _tekst(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    return str(waarde)


def _format(patroon: str, *waarden: Any) -> str:
    """Het deel van `String.format` dat modellen gebruiken: breedte, nullen, cijfers achter de komma."""
    over = list(waarden)

    def vul(gevonden: re.Match[str]) -> str:
        plaats, links, nul, breedte, cijfers, soort = gevonden.groups()
        if soort in "%n":
            return "%" if soort == "%" else "\n"
        waarde = waarden[int(plaats) - 1] if plaats else over.pop(0)
        tekst = _deel(waarde, soort, cijfers)
        vulling = "0" if nul else " "
        return tekst.ljust(int(breedte or 0)) if links else tekst.rjust(int(breedte or 0), vulling)

    return _FORMAAT.sub(vul, patroon)


def _deel(waarde: Any, soort: str, cijfers: str | None) -> str:
    if soort == "f":
        return f"{Decimal(waarde):.{int(cijfers or 6)}f}"
    if soort == "d":
        return str(int(waarde))
    if soort in "xX":
        return format(int(waarde), soort)
    return _tekst(waarde)
