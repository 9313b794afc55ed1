"""De autorisatiematrix van Klantinteracties en Contactgegevens: elke operatie met elk soort token, en niets ertussenin."""

import hashlib
import re
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert

from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from kit import Registratie
from kit.openapi import maak_document

APIS = ("klantinteracties", "contactgegevens")
LEEST = ("get", "head")


def document(api: str) -> dict[str, Any]:
    """De paden uit het OpenAPI-document van de registratie."""
    inhoud = vars(import_module(f"registraties.{api}.bronnen")).values()
    registratie = next(deel for deel in inhoud if isinstance(deel, Registratie))
    paden: dict[str, Any] = maak_document(registratie, "https://voorbeeld")["paths"]
    return paden


def operaties(api: str) -> list[tuple[str, str]]:
    """(methode, pad) van alles wat de registratie aanbiedt."""
    return [(methode, pad) for pad, methoden in document(api).items() for methode in methoden]


def geef_token(installatie: Installatie, naam: str, rechten: dict[str, Any]) -> dict[str, str]:
    """Koppen met een token met deze rechten."""
    token = f"{naam}.geheim"
    rij = {"soort": "token", "client_id": naam, "geheim": hashlib.sha256(token.encode()).digest(), "rechten": rechten}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(rij))
    return {"Authorization": f"Token {token}"}


def status(installatie: Installatie, api: str, operatie: tuple[str, str], koppen: dict[str, str]) -> int:
    """De status van een verzoek dat verder nergens over gaat: een leeg lichaam, en uuid's die niet bestaan."""
    methode, pad = operatie
    url = f"{installatie.diensten[api].basis}{re.sub('{[^}]+}', lambda _: str(uuid4()), pad)}"
    lichaam = None if methode in (*LEEST, "delete") else b"{}"
    json = {"Content-Type": "application/json"} if lichaam else {}
    return installatie.http.request(methode, url, content=lichaam, headers={**koppen, **json}).status_code


@pytest.mark.parametrize("api", APIS)
def test_elke_operatie_met_elk_token(installatie: Installatie, api: str) -> None:
    """Zonder of met een fout token 401; zonder recht op deze API 403; wie leest mag lezen en zoeken, en verder niets."""
    ander = next(naam for naam in APIS if naam != api)
    tokens = {
        "geen": {},
        "onbekend": {"Authorization": "Token onbekend.geheim"},
        "verkeerde soort": {"Authorization": "Basic lezer.geheim"},
        "ander": geef_token(installatie, "ander", {ander: "alles"}),
        "lezer": geef_token(installatie, "lezer", {api: "lezen"}),
        "alles": geef_token(installatie, "alles", {api: "alles"}),
    }
    fout = []
    for operatie in operaties(api):
        gevonden = {naam: status(installatie, api, operatie, koppen) for naam, koppen in tokens.items()}
        lezen = operatie[0] in LEEST or operatie[1].endswith("_zoek")
        verwacht = {"geen": 401, "onbekend": 401, "verkeerde soort": 401, "ander": 403}
        if not lezen:
            verwacht["lezer"] = 403
        voorbij = gevonden["alles"] in (200, 201, 400, 404) and (not lezen or gevonden["lezer"] == gevonden["alles"])
        if not voorbij or any(gevonden[naam] != code for naam, code in verwacht.items()):
            fout.append((operatie, gevonden))
    assert fout == []


def test_zoveel_operaties_als_de_standaard_en_de_uitbreidingen() -> None:
    standaard = [pad for _, pad in operaties("klantinteracties") if not pad.endswith(("_zoek", "_afronden"))]
    assert (len(standaard), len(operaties("contactgegevens"))) == (85, 12)


def test_uitbreidingen_zijn_gemerkt() -> None:
    """Wat niet in de standaard staat is in het OpenAPI-document te herkennen, en alleen dat."""
    paden = document("klantinteracties")
    gemerkt = {pad for pad, methoden in paden.items() if any("x-uitbreiding" in deel for deel in methoden.values())}
    assert gemerkt == {pad for pad in paden if pad.endswith(("_zoek", "_afronden"))}
    afronden = paden["/klantcontacten/_afronden"]["post"]
    assert [deel["name"] for deel in afronden["parameters"]] == ["Idempotency-Key"]
