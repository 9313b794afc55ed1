"""Getalfuncties: afronden, wortel, logaritme, rest en toeval."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from feel.getallen import DECIMAAL, plaats
from feel.staat import Staat
from feel.tijd import DagenDuur, MaandenDuur

_SCHAAL_MIN, _SCHAAL_MAX = -6111, 6176
_RUIM = decimal.Context(prec=12_400, Emin=-20_000, Emax=20_000)


def _rond(rounding: str) -> Callable[[Staat, Decimal, Decimal | None], Decimal | None]:
    def rond(staat: Staat, getal: Decimal, schaal: Decimal | None = None) -> Decimal | None:
        plaatsen = plaats(schaal) if schaal is not None else 0
        if not _SCHAAL_MIN <= plaatsen <= _SCHAAL_MAX:
            staat.meld(
                "getal.schaal",
                f"Een schaal ligt tussen {_SCHAAL_MIN} en {_SCHAAL_MAX}",
                f"A scale lies between {_SCHAAL_MIN} and {_SCHAAL_MAX}",
            )
            return None
        exponent = getal.as_tuple().exponent
        if isinstance(exponent, int) and -exponent <= plaatsen and (plaatsen > 34 or exponent > 0):  # noqa: PLR2004
            return getal
        return DECIMAAL.plus(getal.quantize(Decimal(1).scaleb(-plaatsen, _RUIM), rounding, _RUIM))

    return rond


def _fout(staat: Staat, naam: str) -> Any:
    staat.meld("getal.domein", f"{naam} bestaat niet voor dit getal", f"{naam} does not exist for this number")


def abs_(_staat: Staat, waarde: Decimal | DagenDuur | MaandenDuur) -> Any:
    """`abs`, ook voor duren."""
    match waarde:
        case Decimal():
            return abs(waarde)
        case DagenDuur():
            return DagenDuur(abs(waarde.nanos))
    return MaandenDuur(abs(waarde.maanden))


def modulo(staat: Staat, deeltal: Decimal, deler: Decimal) -> Decimal | None:
    """`modulo`: de rest met het teken van de deler."""
    if not deler:
        _fout(staat, "modulo")
        return None
    exact = decimal.Context(prec=13_000, Emin=-20_000, Emax=20_000)
    try:
        rest = exact.remainder(deeltal, deler)
    except decimal.DecimalException:
        _fout(staat, "modulo")
        return None
    if rest and (rest < 0) != (deler < 0):
        rest = exact.add(rest, deler)
    return DECIMAAL.plus(rest)


def sqrt(staat: Staat, getal: Decimal) -> Decimal | None:
    """De vierkantswortel."""
    return DECIMAAL.sqrt(getal) if getal >= 0 else _fout(staat, "sqrt")


def log(staat: Staat, getal: Decimal) -> Decimal | None:
    """De natuurlijke logaritme."""
    return DECIMAAL.ln(getal) if getal > 0 else _fout(staat, "log")


def exp(staat: Staat, getal: Decimal) -> Decimal | None:
    """Geeft e tot de macht `getal`."""
    try:
        return DECIMAAL.exp(getal)
    except decimal.DecimalException:
        _fout(staat, "exp")
        return None


def _deelbaar(rest: int) -> Callable[[Staat, Decimal], bool]:
    def test(_staat: Staat, getal: Decimal) -> bool:
        heel = getal.to_integral_value(decimal.ROUND_DOWN)
        return bool(heel == getal) and _laatste_bit(heel) == rest

    return test


def _laatste_bit(getal: Decimal) -> int:
    cijfers = getal.as_tuple()
    return cijfers.digits[-1] % 2 if cijfers.exponent == 0 else 0


def random_number(_staat: Staat) -> Decimal:
    """Een toevalsgetal van 0 tot 1."""
    import random  # noqa: PLC0415 - zelden nodig, en duur om te laden

    return Decimal(random.SystemRandom().randrange(10**17)).scaleb(-17)


FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "decimal": {"n: number, scale: number": _rond(decimal.ROUND_HALF_EVEN)},
    "floor": {"n: number": _rond(decimal.ROUND_FLOOR), "n: number, scale: number": _rond(decimal.ROUND_FLOOR)},
    "ceiling": {"n: number": _rond(decimal.ROUND_CEILING), "n: number, scale: number": _rond(decimal.ROUND_CEILING)},
    "round up": {"n: number, scale: number": _rond(decimal.ROUND_UP)},
    "round down": {"n: number, scale: number": _rond(decimal.ROUND_DOWN)},
    "round half up": {"n: number, scale: number": _rond(decimal.ROUND_HALF_UP)},
    "round half down": {"n: number, scale: number": _rond(decimal.ROUND_HALF_DOWN)},
    "abs": {"n: number | days and time duration | years and months duration": abs_},
    "modulo": {"dividend: number, divisor: number": modulo},
    "sqrt": {"number: number": sqrt},
    "log": {"number: number": log},
    "exp": {"number: number": exp},
    "odd": {"number: number": _deelbaar(1)},
    "even": {"number: number": _deelbaar(0)},
    "random number": {"": random_number},
}
