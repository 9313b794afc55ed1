"""Nummers die een mens kan voorlezen."""

from uuid import UUID

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # zonder I, L, O en U, die op andere lijken


def nummer_bij(uuid: UUID, groepen: int, lengte: int = 4) -> str:
    """Een nummer van groepen tekens dat bij deze uuid hoort, zoals `7F3K-9Q2M`; steeds hetzelfde, en voor te lezen aan de telefoon.

    Neem minstens drie groepen van vier waar een nummer maar één ding mag aanwijzen: bij twee (2^40) is een dubbele te verwachten na
    een miljoen nummers, bij drie (2^60) nooit.
    """
    getal, tekens = uuid.int, []
    for _ in range(groepen * lengte):
        getal, rest = divmod(getal, len(LETTERS))
        tekens.append(LETTERS[rest])
    return "-".join("".join(tekens[i : i + lengte]) for i in range(0, len(tekens), lengte))
