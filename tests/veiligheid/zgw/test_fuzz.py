"""Willekeurige verzoeken naar de beschrijving van een ZGW-API: nooit een 5xx, en nooit een antwoord dat niet bij de beschrijving past."""

import os
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from integratie.zaken import ZakenClient
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.machines import Ondertekening
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, rol_json, zet_resultaat, zet_status

APIS = ("zaken", "besluiten")
GEVALLEN = int(os.environ.get("FUZZ_GEVALLEN", "40"))  # per operatie; 's nachts meer
CONTROLES = ("not_a_server_error", "response_schema_conformance", "status_code_conformance")


@pytest.fixture
def gevuld(installatie: Installatie) -> None:
    """Een zaak met onderdelen, zodat er iets is om op te stuiten."""
    typen = maak_typen(installatie)
    zaken = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zaken, typen)["url"]
    zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))
    zet_status(zaken, zaak, typen.begin)
    zet_resultaat(zaken, zaak, typen.resultaattype)


def koppen(installatie: Installatie, api: str) -> dict[str, str]:
    """De aanmelding van een onderdeel dat alles mag, en het coördinatenstelsel."""
    verzoek = httpx.Request("GET", installatie.instellingen.adres)
    getekend = next(Ondertekening(installatie, installatie.diensten[api], api).auth_flow(verzoek))
    crs = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
    return {"Authorization": getekend.headers["Authorization"], **crs}


@pytest.mark.traag
@pytest.mark.usefixtures("gevuld")
@pytest.mark.parametrize("api", APIS)
def test_willekeurige_verzoeken(installatie: Installatie, api: str) -> None:
    schema = schemathesis.openapi.from_wsgi(f"{API_PADEN[api][0]}/openapi.json", installatie.wsgi)
    controles = [CHECKS.get_one(naam) for naam in CONTROLES]
    mee = koppen(installatie, api)
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
            antwoord = geval.call(headers=mee)
            geval.validate_response(antwoord, checks=controles)

        proef()
    assert aantal
