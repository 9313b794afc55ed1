"""Wat meer bouwblokken nodig hebben: leesbare nummers en de typen van een zaak."""

from collections.abc import Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from contracten import Onherstelbaar

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # zonder I, L, O en U, die op andere lijken


class Omschreven(Protocol):
    """Een type met een omschrijving."""

    omschrijving: str


T = TypeVar("T", bound=Omschreven)


def leesbaar(uuid: UUID, groepen: int, lengte: int = 4) -> str:
    """Een nummer van groepen tekens dat bij deze uuid hoort, zoals `7F3K-9Q2M`; steeds hetzelfde, en voor te lezen aan de telefoon.

    Neem minstens drie groepen van vier waar een nummer maar één ding mag aanwijzen: bij twee (2^40) is een dubbele te verwachten na
    een miljoen nummers, bij drie (2^60) nooit.
    """
    getal, tekens = uuid.int, []
    for _ in range(groepen * lengte):
        getal, rest = divmod(getal, len(LETTERS))
        tekens.append(LETTERS[rest])
    return "-".join("".join(tekens[i : i + lengte]) for i in range(0, len(tekens), lengte))


def met_omschrijving(typen: Iterable[T], omschrijving: str, soort: str) -> T:
    """Het type met deze omschrijving; is het er niet, dan is het model fout ingericht."""
    gevonden = next((type_ for type_ in typen if type_.omschrijving == omschrijving), None)
    if gevonden is None:
        raise Onherstelbaar(f"{soort} '{omschrijving}' bestaat niet bij dit zaaktype")
    return gevonden
