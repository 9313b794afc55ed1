"""`/objecttypes` in de Objecten API 2.7: dezelfde types als in de Objecttypen API, onder dit adres (regels 12.1)."""

from typing import Any

import pytest

from integratie.basis import ApiFout
from integratie.objecten import ObjectenClient
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeUit
from kern.installatie import Installatie
from tests.integratie.registraties.objecten.hulp import SCHEMA, met_rechten
from tests.integratie.registraties.tokens import fouten


def test_dezelfde_types_onder_dit_adres(client: ObjectenClient, typen: ObjecttypenClient, soort: ObjectTypeUit) -> None:
    hier = client.vraag("GET", f"objecttypes/{soort.uuid}")
    daar = typen.vraag("GET", soort.url)
    url = client.url(f"objecttypes/{soort.uuid}")
    assert hier == daar | {"url": url, "versions": [f"{url}/versions/1"]}
    versie = client.vraag("GET", f"{url}/versions/1")
    assert (versie["url"], versie["objectType"], versie["jsonSchema"]) == (f"{url}/versions/1", url, SCHEMA)
    assert client.vraag("GET", f"{url}/versions")["results"] == [versie]
    assert [deel["url"] for deel in client.vraag("GET", "objecttypes")["results"]] == [url]
    assert client.vraag("GET", "objecttypes", params={"dataClassification": "intern"})["count"] == 0


def test_paginas_blijven_hier(client: ObjectenClient, soort: ObjectTypeUit, plek: ObjectTypeUit) -> None:
    een = client.vraag("GET", "objecttypes", params={"pageSize": 1})
    assert een["next"].startswith(client.url("objecttypes?"))
    namen = {een["results"][0]["name"], client.vraag("GET", een["next"])["results"][0]["name"]}
    assert namen == {soort.name, plek.name}


def test_schrijven_gaat_naar_dezelfde_types(client: ObjectenClient, typen: ObjecttypenClient) -> None:
    nieuw: dict[str, Any] = {"name": "lamp", "namePlural": "lampen"}
    url = client.vraag("POST", "objecttypes", json=nieuw, sleutel="zelfde")["url"]
    assert client.vraag("POST", "objecttypes", json=nieuw, sleutel="zelfde")["url"] == url
    assert typen.vraag("GET", f"objecttypes/{url.rpartition('/')[2]}")["name"] == "lamp"
    versie = client.vraag("POST", f"{url}/versions", json={"jsonSchema": SCHEMA})["url"]
    assert client.vraag("PATCH", versie, json={"status": "published"})["status"] == "published"
    assert fouten(lambda: client.vraag("DELETE", versie)) == {("nonFieldErrors", "non-draft-version-destroy")}
    assert fouten(lambda: client.vraag("PUT", versie, json={"jsonSchema": {}})) == {
        ("nonFieldErrors", "non-draft-version-update")
    }
    assert fouten(lambda: client.vraag("DELETE", url)) == {("nonFieldErrors", "pending-versions")}
    assert client.vraag("PUT", url, json=nieuw | {"source": "beheer"})["source"] == "beheer"
    leeg = client.vraag("POST", "objecttypes", json=nieuw)["url"]
    client.verwijder(leeg)
    with pytest.raises(ApiFout, match="404"):
        client.vraag("GET", leeg)


def test_fouten_zijn_die_van_de_objecttypen_api(client: ObjectenClient) -> None:
    assert fouten(lambda: client.vraag("POST", "objecttypes", json={"name": ""})) == {
        ("name", "blank"),
        ("namePlural", "required"),
    }
    assert fouten(lambda: client.vraag("GET", "objecttypes", params={"onzin": 1})) == {
        ("nonFieldErrors", "unknown-parameters")
    }


def test_alleen_de_types_van_het_token(installatie: Installatie, soort: ObjectTypeUit, plek: ObjectTypeUit) -> None:
    proef = met_rechten(installatie, {soort.url: {"modus": "alles"}})
    lijst = proef.vraag("GET", "objecttypes")
    assert (lijst["count"], lijst["results"][0]["name"]) == (1, soort.name)
    assert proef.vraag("GET", f"objecttypes/{soort.uuid}/versions/1")["version"] == 1
    for methode, pad in (
        ("GET", f"objecttypes/{plek.uuid}"),
        ("GET", f"objecttypes/{plek.uuid}/versions"),
        ("POST", "objecttypes"),
    ):
        with pytest.raises(ApiFout, match="403"):
            proef.vraag(methode, pad, json={} if methode == "POST" else None)
