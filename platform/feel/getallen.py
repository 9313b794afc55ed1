"""Getallen van FEEL: decimal128 (34 cijfers, half naar even), nooit een uitzondering buiten deze module."""

from __future__ import annotations

import decimal
from decimal import Decimal

DECIMAAL = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
NUL, EEN = Decimal(0), Decimal(1)


def literaal(tekst: str) -> Decimal:
    """Een getal zoals geschreven, afgerond op 34 cijfers; te grote getallen worden het grootste getal."""
    try:
        return DECIMAAL.create_decimal(tekst)
    except (decimal.Overflow, decimal.InvalidOperation):
        return Decimal("9" * 34).scaleb(6111, DECIMAAL)


_VER = 10**15


def plaats(getal: Decimal) -> int:
    """Het hele getal (naar nul afgekapt) voor een plaats of lengte; verder dan elke lijst is gewoon ver."""
    return int(max(Decimal(-_VER), min(Decimal(_VER), getal)))


def als_tekst(getal: Decimal) -> str:
    """Zonder exponent, met een punt: zoals FEEL een getal schrijft."""
    if getal.is_zero():
        getal = abs(getal)
    return format(getal, "f")
