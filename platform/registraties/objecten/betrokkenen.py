"""Over wie een object gaat: de nummers op de paden die het objecttype daarvoor aanwijst (`subjectPaths`, onze uitbreiding)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from integratie.betrokkene import uit_urns
from kern.elfproef import voldoet_aan_elfproef
from kern.ldv import Betrokkene
from kit import Omgeving
from registraties.objecten.lezen import Rij


def van_records(omgeving: Omgeving, records: Iterable[Rij]) -> Iterator[Betrokkene]:
    """De mensen en organisaties in deze records (rijen met `type` als dienst:pad, en `data`, ook als JSON-tekst)."""
    for record in records:
        paden = _paden(omgeving, record["type"])
        data = orjson.loads(record["data"]) if paden and isinstance(record["data"], str) else record["data"]
        for pad, soort in paden.items():
            for waarde in waarden(data, pad.split("__")):
                yield from _betrokkene(soort, waarde)


def _paden(omgeving: Omgeving, type_: str) -> Mapping[str, str]:
    objecttype = omgeving.ophaler.haal(omgeving.diensten.naar_url(type_))
    return (objecttype or {}).get("subjectPaths") or {}


def waarden(data: Any, pad: list[str]) -> Iterator[str]:
    """De teksten op dit pad; in een lijst telt elk element."""
    if isinstance(data, list):
        for deel in data:
            yield from waarden(deel, pad)
    elif pad:
        yield from waarden(data.get(pad[0]) if isinstance(data, dict) else None, pad[1:])
    elif isinstance(data, str | int) and data:
        yield str(data)


def _betrokkene(soort: str, waarde: str) -> Iterator[Betrokkene]:
    if soort == "urn":
        yield from uit_urns(waarde)
    elif soort != "bsn" or voldoet_aan_elfproef(waarde):  # een ander nummer is niemands BSN
        yield soort, waarde
