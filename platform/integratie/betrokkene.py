"""Wie er bij een gegeven hoort, zoals het Logboek dataverwerkingen en de bewaking van MijnGemeente hem noemen: (soort, nummer)."""

from collections.abc import Iterator, Mapping
from typing import Any

from integratie.urn import ontleed
from kern.ldv import Betrokkene

_IN_URN = (("bsn", "bsn"), ("pseudoniem", "pseudoniem"), ("vestigingsnummer", "vestiging"), ("kvknummer", "kvk"))
_IN_ROL = (
    ("inpBsn", "bsn"),
    ("anpIdentificatie", "pseudoniem"),
    ("vestigingsNummer", "vestiging"),
    ("kvkNummer", "kvk"),
    ("innNnpId", "rsin"),
)


def uit_urns(*urns: Any) -> Iterator[Betrokkene]:
    """De personen en organisaties achter deze URN's; een lege of andere URN telt niet."""
    for urn in urns:
        delen = ontleed(urn) if isinstance(urn, str) and urn.count(":") > 3 else None  # noqa: PLR2004  # urn:nld:brp:bsn:…
        gevonden = next(((soort, delen[naam]) for naam, soort in _IN_URN if delen[naam]), None) if delen else None
        if gevonden:
            yield gevonden


def uit_rol(identificatie: Mapping[str, Any] | None) -> Iterator[Betrokkene]:
    """De persoon of organisatie in de `betrokkeneIdentificatie` van een rol."""
    gevuld = identificatie or {}
    yield from ((soort, str(gevuld[naam])) for naam, soort in _IN_ROL if gevuld.get(naam))
