"""Elke route van elke registratie staat in haar OpenAPI-document, en elke operatie in het document bestaat."""

import re

import httpx
import pytest
from flask import Flask

from dienstverlening.delen import DELEN
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from tools.vergelijk import eigen, zonder_namen

REGISTRATIES = {deel.naam: deel for deel in DELEN if deel.pakket.startswith("registraties.")}
ONBESCHREVEN = {"/openapi.json", "/openapi.yaml", "/gezond", "/gereed", "/metrics"}


def routes_van(app: Flask) -> set[str]:
    """`METHODE /pad` van alle routes, zonder namen van padparameters."""
    return {
        f"{methode} {re.sub('<[^>]+>', '{}', regel.rule)}"
        for regel in app.url_map.iter_rules()
        for methode in (regel.methods or set()) - {"OPTIONS", "HEAD"}
        if regel.rule not in ONBESCHREVEN and not regel.rule.startswith("/static")
    }


@pytest.mark.parametrize("api", REGISTRATIES)
def test_document_en_routes_zijn_gelijk(installatie: Installatie, api: str) -> None:
    maak_app = REGISTRATIES[api].maak_app
    assert maak_app is not None
    beschreven = {zonder_namen(naam) for naam in eigen(api)["operaties"] if not naam.startswith("HEAD ")}
    assert beschreven == routes_van(maak_app(installatie))


@pytest.mark.parametrize("api", REGISTRATIES)
def test_document_is_op_te_halen(client: httpx.Client, api: str) -> None:
    """Zonder aanmelding en van andere websites, zoals de ADR vraagt."""
    antwoord = client.get(f"{API_PADEN[api][0]}/openapi.json")
    assert antwoord.headers["Access-Control-Allow-Origin"] == "*"
    document = antwoord.json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"][0]["url"].endswith(API_PADEN[api][0])
