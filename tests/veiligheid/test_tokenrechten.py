"""De autorisatiematrix van de API's met tokens: elke operatie met elk soort token, en niets ertussenin."""

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

MODULES = {
    "verzoeken": "registraties.verzoeken.bronnen",
    "taken": "registraties.taken.bronnen",
    "berichten": "registraties.berichten.bronnen",
    "logboek": "dienstverlening.logboek",
    "klantinteracties": "registraties.klantinteracties.bronnen",
    "contactgegevens": "registraties.contactgegevens.bronnen",
    "objecten": "registraties.objecten.bronnen",
    "objecttypen": "registraties.objecttypen.bronnen",
    "producten": "registraties.producten.bronnen",
    "producttypen": "registraties.producttypen.bronnen",
}
LEEST = ("get", "head")
LEZEND_ZOEKEN = ("_zoek", "/processing-activities", "/objects/search")


def operaties(module: str) -> list[tuple[str, str]]:
    """(methode, pad) van alles wat de API aanbiedt."""
    registratie = next(deel for deel in vars(import_module(module)).values() if isinstance(deel, Registratie))
    paden = maak_document(registratie, "https://voorbeeld")["paths"]
    return [(methode, pad) for pad, methoden in paden.items() for methode in methoden]


def geef_token(installatie: Installatie, naam: str, rechten: dict[str, Any]) -> dict[str, str]:
    """Koppen met een token met deze rechten."""
    token = f"{naam}.geheim"
    rij = {"soort": "token", "client_id": naam, "geheim": hashlib.sha256(token.encode()).digest(), "rechten": rechten}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(rij))
    return {"Authorization": f"Token {token}"}


def status(installatie: Installatie, api: str, operatie: tuple[str, str], koppen: dict[str, str]) -> int:
    """De status van een verzoek dat verder nergens over gaat: een leeg lichaam, en nummers die niet bestaan."""
    methode, pad = operatie
    pad = re.sub("{([^}]*[Vv]ersi(e|on)|index|id)}", "1", pad)
    url = f"{installatie.diensten[api].basis}{re.sub('{[^}]+}', lambda _: str(uuid4()), pad)}"
    lichaam = None if methode in (*LEEST, "delete") else b"{}"
    json = {"Content-Type": "application/json", "Content-Crs": "EPSG:4326"} if lichaam else {}
    return installatie.http.request(methode, url, content=lichaam, headers={**koppen, **json}).status_code


@pytest.mark.parametrize("api", MODULES)
def test_elke_operatie_met_elk_token(installatie: Installatie, api: str) -> None:
    """Zonder of met een fout token 401; zonder recht op deze API 403; wie leest mag lezen en zoeken, en verder niets."""
    tokens = {
        "geen": {},
        "onbekend": {"Authorization": "Token onbekend.geheim"},
        "verkeerde soort": {"Authorization": "Basic lezer.geheim"},
        "ander": geef_token(installatie, "ander", {"besluiten": "alles"}),
        "lezer": geef_token(installatie, "lezer", {api: "lezen"}),
        "alles": geef_token(installatie, "alles", {api: "alles"}),
    }
    fout = []
    for operatie in operaties(MODULES[api]):
        gevonden = {naam: status(installatie, api, operatie, koppen) for naam, koppen in tokens.items()}
        lezen = operatie[0] in LEEST or operatie[1].endswith(LEZEND_ZOEKEN)
        verwacht = {"geen": 401, "onbekend": 401, "verkeerde soort": 401, "ander": 403}
        if not lezen:
            verwacht["lezer"] = 403
        voorbij = gevonden["alles"] in (200, 201, 400, 404, 415) and (
            not lezen or gevonden["lezer"] == gevonden["alles"]
        )
        if not voorbij or any(gevonden[naam] != code for naam, code in verwacht.items()):
            fout.append((operatie, gevonden))
    assert fout == []


def test_referentielijsten_zijn_voor_iedereen_te_lezen(installatie: Installatie) -> None:
    for methode, pad in operaties("registraties.referentielijsten.bronnen"):
        assert methode == "get"
        assert status(installatie, "referentielijsten", (methode, pad), {}) in (200, 404)
