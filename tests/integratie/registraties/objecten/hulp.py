"""Gegevens en aanroepers voor de tests van de Objecten API."""

import hashlib
from collections.abc import Generator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy.dialects.postgresql import insert

from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn
from integratie.objecttypen.schemas import ObjectTypeUit
from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from kern.versies import vernieuw_versie

SCHEMA: dict[str, Any] = {"type": "object", "required": ["naam"], "properties": {"naam": {"type": "string"}}}
BASIS = "/objecten/api/v2"
CRS = {"Content-Crs": "EPSG:4326"}


def object_(soort: ObjectTypeUit, start: date, uuid: UUID | None = None, **data: Any) -> ObjectIn:
    """Een nieuw object met één veld `naam`, en wat erbij komt."""
    record = ObjectRecordIn(type_version=1, data={"naam": "eik", **data}, start_at=start)
    return ObjectIn(uuid=uuid or uuid4(), type=soort.url, record=record)


class _Token(httpx.Auth):
    def __init__(self, waarde: str) -> None:
        self._waarde = waarde

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Token {self._waarde}"
        yield request


def met_rechten(installatie: Installatie, rechten: Any, naam: str = "proef") -> ObjectenClient:
    """Een client met een token dat deze rechten op objecten heeft."""
    waarde = f"{naam}.geheim"
    rij = {"geheim": hashlib.sha256(waarde.encode()).digest(), "rechten": {"objecten": rechten}}
    opdracht = insert(Toegangssleutel).values(soort="token", client_id=naam, **rij)
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(opdracht.on_conflict_do_update(index_elements=["soort", "client_id"], set_=rij))
    vernieuw_versie(installatie, "toegang")
    client = ObjectenClient(installatie, namens="proef")
    client._auth = _Token(waarde)  # type: ignore[assignment]  # een ander token dan dat van een onderdeel
    return client
