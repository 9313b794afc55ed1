"""De autorisatiematrix van de API's met tokens: elke operatie met elk soort token, en niets ertussenin."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dienstverlening.token import REGISTRATIES, geef_token
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.machines import EIGEN_PREFIX

LEEST = ("get", "head")
LEZEND_ZOEKEN = ("_zoek", "/processing-activities", "/objects/search")
Operatie = tuple[str, str]


def operaties(installatie: Installatie, api: str) -> list[Operatie]:
    """(methode, pad) van alles wat de API volgens haar eigen document aanbiedt; dat document is gelijk aan haar routes."""
    paden = document(installatie, api)["paths"]
    return [(methode, pad) for pad, methoden in paden.items() for methode in methoden]


def document(installatie: Installatie, api: str) -> dict[str, Any]:
    inhoud: dict[str, Any] = installatie.http.get(f"{installatie.diensten[api].basis}/openapi.json").json()
    return inhoud


def leest(doc: dict[str, Any], operatie: Operatie) -> bool:
    """Is lezen genoeg? Dat zegt de verklaarde scope, of zonder scopes (de standaarden kennen ze hier niet) de operatie zelf."""
    methode, pad = operatie
    scopes = [scope for deel in doc["paths"][pad][methode].get("security", ()) for scope in deel["aanmelding"]]
    if scopes:
        return all(scope.endswith(".lezen") for scope in scopes)
    return methode in LEEST or pad.endswith(LEZEND_ZOEKEN)


def koppen(token: str) -> dict[str, str]:
    return {"Authorization": f"Token {token}"}


def met_token(installatie: Installatie, naam: str, rechten: dict[str, Any], tot: date | None = None) -> dict[str, str]:
    """Koppen met een nieuw token met deze rechten."""
    return koppen(geef_token(installatie, naam, rechten, tot))


def alle_tokens(installatie: Installatie, api: str) -> dict[str, dict[str, str]]:
    """Van elke soort één, met wat er mis mee is als naam."""
    lezer = met_token(installatie, "lezer", {api: "lezen"})
    vandaag = installatie.klok.vandaag()
    return {
        "geen": {},
        "leeg": koppen(""),
        "onbekend": koppen("onbekend.geheim"),
        "fout geheim": koppen("lezer.geheim"),
        "afgeknipt": koppen(lezer["Authorization"][len("Token ") : -1]),
        "nagedaan": koppen(f"{EIGEN_PREFIX}processen.geheim"),
        "verkeerde soort": {"Authorization": lezer["Authorization"].replace("Token", "Basic")},
        "verlopen": met_token(installatie, "verlopen", {"*": "alles"}, vandaag),
        "andere API": met_token(installatie, "ander", {naam: "alles" for naam in REGISTRATIES if naam != api}),
        "lezer": lezer,
        "alles": met_token(installatie, "alles", {api: "alles"}, vandaag + timedelta(days=1)),
    }


GEWEIGERD = ("geen", "leeg", "onbekend", "fout geheim", "afgeknipt", "nagedaan", "verkeerde soort", "verlopen")


def status(installatie: Installatie, api: str, operatie: Operatie, koppen: dict[str, str]) -> int:
    """De status van een verzoek dat verder nergens over gaat: een leeg lichaam, en nummers die niet bestaan."""
    methode, pad = operatie
    pad = re.sub("{([^}]*[Vv]ersi(e|on)|index|id)}", "1", pad)
    url = f"{installatie.diensten[api].basis}{re.sub('{[^}]+}', lambda _: str(uuid4()), pad)}"
    lichaam = None if methode in (*LEEST, "delete") else b"{}"
    json = {"Content-Type": "application/json", "Content-Crs": "EPSG:4326"} if lichaam else {}
    return installatie.http.request(methode, url, content=lichaam, headers={**koppen, **json}).status_code


@pytest.mark.parametrize("api", REGISTRATIES)
def test_elke_operatie_met_elk_token(installatie: Installatie, klok: VerzetbareKlok, api: str) -> None:
    """Zonder geldig token 401; zonder recht op deze API 403; wie leest mag lezen en zoeken, en verder niets."""
    tokens = alle_tokens(installatie, api)
    klok.verzet(timedelta(days=1))
    doc, fout = document(installatie, api), []
    for operatie in operaties(installatie, api):
        gevonden = {naam: status(installatie, api, operatie, koppen) for naam, koppen in tokens.items()}
        lezen = leest(doc, operatie)
        verwacht = {**dict.fromkeys(GEWEIGERD, 401), "andere API": 403}
        if not lezen:
            verwacht["lezer"] = 403
        voorbij = gevonden["alles"] in (200, 201, 204, 400, 404, 409, 415) and (
            not lezen or gevonden["lezer"] == gevonden["alles"]
        )
        if not voorbij or any(gevonden[naam] != code for naam, code in verwacht.items()):
            fout.append((operatie, gevonden))
    assert fout == []


def test_referentielijsten_zijn_voor_iedereen_te_lezen(installatie: Installatie) -> None:
    assert API_PADEN["referentielijsten"][1] == "geen"
    for methode, pad in operaties(installatie, "referentielijsten"):
        assert methode == "get"
        assert status(installatie, "referentielijsten", (methode, pad), {}) in (200, 404)
