"""Wie er bij een gegeven hoort, zoals het Logboek dataverwerkingen en de bewaking van MijnGemeente hem noemen: (soort, nummer)."""

from collections.abc import Iterable, Iterator, Mapping
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
_IN_PARTIJ = {"bsn": "bsn", "kvk_nummer": "kvk", "vestigingsnummer": "vestiging", "rsin": "rsin"}
_IN_CONTACTGEGEVENS = ("persoon", "organisatie")
_IN_EIGENAAR = (("bsn", "bsn"), ("klantnummer", "pseudoniem"), ("vestigingsnummer", "vestiging"), ("kvk_nummer", "kvk"))


def uit_urns(*urns: Any) -> Iterator[Betrokkene]:
    """De personen en organisaties achter deze URN's; een lege of andere URN telt niet."""
    for urn in urns:
        delen = ontleed(urn) if isinstance(urn, str) and urn.count(":") > 3 else None  # noqa: PLR2004  # urn:nld:brp:bsn:…
        gevonden = next(((soort, delen[naam]) for naam, soort in _IN_URN if delen[naam]), None) if delen else None
        gevonden = gevonden or _zonder_nummer(urn)
        if gevonden:
            yield gevonden


def _zonder_nummer(urn: Any) -> Betrokkene | None:
    """Wie alleen in de Contactgegevens API staat, heeft geen ander nummer dan zijn uuid daar."""
    begin, _, uuid = str(urn).partition(":uuid:")
    soort = begin.rpartition(":")[2]
    return (soort, uuid) if soort in _IN_CONTACTGEGEVENS else None


def uit_rol(identificatie: Mapping[str, Any] | None) -> Iterator[Betrokkene]:
    """De persoon of organisatie in de `betrokkeneIdentificatie` van een rol."""
    gevuld = identificatie or {}
    yield from ((soort, str(gevuld[naam])) for naam, soort in _IN_ROL if gevuld.get(naam))


def uit_partij(identificator: Mapping[str, Any] | None) -> Iterator[Betrokkene]:
    """Wie een partij-identificator aanwijst (`codeSoortObjectId` en `objectId`)."""
    gevuld = identificator or {}
    soort = _IN_PARTIJ.get(str(gevuld.get("codeSoortObjectId")))
    if soort and gevuld.get("objectId"):
        yield soort, str(gevuld["objectId"])


def uit_eigenaren(eigenaren: Iterable[Mapping[str, Any]]) -> Iterator[Betrokkene]:
    """De eigenaren van een product; van een vestiging de vestiging zelf."""
    for eigenaar in eigenaren:
        gevonden = next(((soort, str(eigenaar[naam])) for naam, soort in _IN_EIGENAAR if eigenaar.get(naam)), None)
        if gevonden:
            yield gevonden
