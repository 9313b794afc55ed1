"""Een objecttype en de clients voor de tests van de Objecten API."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectUit
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit
from kern.installatie import Installatie
from tests.integratie.registraties.objecten.hulp import SCHEMA, object_

Maak = Callable[..., ObjectUit]


@pytest.fixture
def typen(installatie: Installatie) -> ObjecttypenClient:
    return ObjecttypenClient(installatie, namens="modelleren")


@pytest.fixture
def soort(typen: ObjecttypenClient) -> ObjectTypeUit:
    """Een objecttype zonder geometrie."""
    return typen.zorg_voor_type(
        ObjectTypeIn(uuid=uuid4(), name="boom", name_plural="bomen", allow_geometry=False), SCHEMA
    )[0]


@pytest.fixture
def plek(typen: ObjecttypenClient) -> ObjectTypeUit:
    """Een objecttype met geometrie."""
    return typen.zorg_voor_type(ObjectTypeIn(uuid=uuid4(), name="bank", name_plural="banken"), SCHEMA)[0]


@pytest.fixture
def client(installatie: Installatie) -> ObjectenClient:
    return ObjectenClient(installatie, namens="modelleren")


@pytest.fixture
def vandaag(installatie: Installatie) -> date:
    return installatie.klok.vandaag()


@pytest.fixture
def maak(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> Maak:
    """Maakt een object van `soort` met deze gegevens, dat vandaag begint (of op `start`)."""

    def maak_(*, start: date | None = None, **data: Any) -> ObjectUit:
        return client.maak_object(object_(soort, start or vandaag, **data), sleutel=str(uuid4()))

    return maak_
