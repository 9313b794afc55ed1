"""Veldtypen die in meer dan één standaard voorkomen."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

import isodate
from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema

from kern.elfproef import voldoet_aan_elfproef
from kern.klok import NEDERLAND

Vertrouwelijkheid = Literal[
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
]


def _eis_duur(waarde: str) -> str:
    try:
        isodate.parse_duration(waarde)
    except (isodate.ISO8601Error, ValueError, OverflowError):
        raise ValueError("Dit is geen duur zoals P30D of P1Y6M.") from None
    return waarde


GEEN_RSIN = "000000000"


def _eis_elfproef(waarde: str) -> str:
    if waarde and not voldoet_aan_elfproef(waarde):
        raise ValueError("Dit nummer heeft geen negen cijfers of voldoet niet aan de elfproef.")
    return waarde


@lru_cache(maxsize=1000)
def _eis_rsin(waarde: str) -> str:
    """Bijna elk verzoek noemt de RSIN van de gemeente; het nummer van een mens wordt niet onthouden.

    Negen nullen doorstaan de elfproef ook: zo schrijven afnemers een RSIN die er nog niet is, ook in de conformiteitstests.
    """
    return waarde if waarde == GEEN_RSIN else _eis_elfproef(waarde)


OmschrijvingGeneriek = Literal[
    "adviseur",
    "behandelaar",
    "belanghebbende",
    "beslisser",
    "initiator",
    "klantcontacter",
    "zaakcoordinator",
    "mede_initiator",
]


class _LeegAlsNull(BeforeValidator):
    def __get_pydantic_json_schema__(self, schema: CoreSchema, maak: GetJsonSchemaHandler) -> dict[str, Any]:
        gewoon = maak(schema)
        return {"anyOf": [gewoon, {"type": "null"}]} if maak.mode == "validation" else gewoon


def leeg_als_null(standaard: Any) -> BeforeValidator:
    """`null` telt als weggelaten: het veld krijgt dan `standaard` (zrc-012)."""
    return _LeegAlsNull(lambda waarde: standaard() if waarde is None else waarde)


def _met_zone(waarde: datetime) -> datetime:
    """Een tijdstip zonder zone is in Nederlandse tijd: een dag, of een lokale klok, zoals afnemers ze sturen."""
    tijdstip = waarde if waarde.tzinfo else waarde.replace(tzinfo=NEDERLAND)
    try:
        tijdstip.astimezone(UTC)
    except OverflowError:
        raise ValueError("Dit tijdstip valt in UTC buiten de jaren 1 tot en met 9999.") from None
    return tijdstip


Tijdstip = Annotated[datetime, AfterValidator(_met_zone)]
"""Een tijdstip dat van buiten komt: altijd met zone, en altijd te bewaren en weer te lezen."""
Duur = Annotated[str, AfterValidator(_eis_duur), Field(json_schema_extra={"format": "duration"})]
Rsin = Annotated[str, StringConstraints(max_length=9), AfterValidator(_eis_rsin)]
Bsn = Annotated[str, StringConstraints(max_length=9), AfterValidator(_eis_elfproef)]


class _Email:
    """Merkteken: een e-mailadres, of leeg; zo staat het ook in het OpenAPI-document."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, maak: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{**maak(schema), "format": "email"}, {"type": "string", "const": ""}]}


Emailadres = Annotated[str, Field(pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$"), _Email()]

URN_VORM = r"^urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[A-Za-z0-9\-._~%!$&'()*+,;=:@/]+(\?[+=][^#\s]*)*(#\S*)?$"
Urn = Annotated[str, StringConstraints(max_length=255, pattern=URN_VORM), Field(json_schema_extra={"format": "urn"})]
OptioneleUrn = Literal[""] | Urn

ObjectType = Literal[
    "adres",
    "besluit",
    "buurt",
    "enkelvoudig_document",
    "gemeente",
    "gemeentelijke_openbare_ruimte",
    "huishouden",
    "inrichtingselement",
    "kadastrale_onroerende_zaak",
    "kunstwerkdeel",
    "maatschappelijke_activiteit",
    "medewerker",
    "natuurlijk_persoon",
    "niet_natuurlijk_persoon",
    "openbare_ruimte",
    "organisatorische_eenheid",
    "pand",
    "spoorbaandeel",
    "status",
    "terreindeel",
    "terrein_gebouwd_object",
    "vestiging",
    "waterdeel",
    "wegdeel",
    "wijk",
    "woonplaats",
    "woz_deelobject",
    "woz_object",
    "woz_waarde",
    "zakelijk_recht",
    "overige",
]
"""De soorten objecten waar een zaak over kan gaan."""
