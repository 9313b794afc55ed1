"""Willekeurige verzoeken naar de beschrijving van een API: nooit een 5xx, en nooit een antwoord dat niet bij de beschrijving past."""

import hashlib
import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok
from sqlalchemy import insert

from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeIn, VerzoekTypeVersionIn
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from registraties.referentielijsten.laden import laad, voorbeeldset

APIS = (
    "verzoeken",
    "taken",
    "berichten",
    "referentielijsten",
    "logboek",
    "klantinteracties",
    "contactgegevens",
    "objecten",
    "objecttypen",
    "producten",
    "producttypen",
)
GEVALLEN = int(os.environ.get("FUZZ_GEVALLEN", "40"))  # per operatie; 's nachts meer
CONTROLES = ("not_a_server_error", "response_schema_conformance", "status_code_conformance")


@pytest.fixture
def koppen(installatie: Installatie) -> dict[str, str]:
    """Een token dat overal alles mag, en genoeg gegevens om op te stuiten."""
    rij = {"soort": "token", "client_id": "fuzz", "geheim": hashlib.sha256(b"fuzz.geheim").digest()}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(**rij, rechten={"*": "alles"}))
    laad(installatie, voorbeeldset())
    versie = VerzoekTypeVersionIn(aanvraag_gegevens_schema={})
    VerzoekenClient(installatie, namens="proef").zorg_voor_type(VerzoekTypeIn(naam="fuzz"), versie)
    return {"Authorization": "Token fuzz.geheim"}


@pytest.mark.traag
@pytest.mark.parametrize("api", APIS)
def test_willekeurige_verzoeken(installatie: Installatie, koppen: dict[str, str], api: str) -> None:
    schema = schemathesis.openapi.from_wsgi(f"{API_PADEN[api][0]}/openapi.json", installatie.wsgi)
    controles = [CHECKS.get_one(naam) for naam in CONTROLES]
    aantal = 0
    for gevonden in schema.get_all_operations():
        assert isinstance(gevonden, Ok)
        operatie = gevonden.ok()
        aantal += 1

        @settings(
            max_examples=GEVALLEN,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(geval=operatie.as_strategy())
        def proef(geval: Any) -> None:
            antwoord = geval.call(headers=koppen)
            geval.validate_response(antwoord, checks=controles)

        proef()
    assert aantal
