"""Objecttypen en hun versies (regels 12.1)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from integratie.basis import ApiFout
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.kit.test_vragen import tel
from tests.integratie.registraties.tokens import fouten

SCHEMA: dict[str, Any] = {"type": "object", "properties": {"naam": {"type": "string"}}}
TEGELIJK = 8


@pytest.fixture
def typen(installatie: Installatie) -> ObjecttypenClient:
    return ObjecttypenClient(installatie, namens="modelleren")


@pytest.fixture
def soort(typen: ObjecttypenClient) -> ObjectTypeUit:
    return typen.maak("objecttypes", ObjectTypeIn(name="boom", name_plural="bomen"), ObjectTypeUit)


def versie(typen: ObjecttypenClient, soort: ObjectTypeUit, **velden: Any) -> dict[str, Any]:
    gemaakt: dict[str, Any] = typen.vraag("POST", f"{soort.url}/versions", json={"jsonSchema": SCHEMA} | velden)
    return gemaakt


def test_een_nieuwe_versie_is_een_concept_met_het_volgende_nummer(
    typen: ObjecttypenClient, soort: ObjectTypeUit, installatie: Installatie
) -> None:
    een, twee = versie(typen, soort), versie(typen, soort)
    assert [(v["version"], v["status"], v["publishedAt"]) for v in (een, twee)] == [
        (1, "draft", None),
        (2, "draft", None),
    ]
    assert (een["url"], een["objectType"]) == (f"{soort.url}/versions/1", soort.url)
    assert een["createdAt"] == een["modifiedAt"] == installatie.klok.vandaag().isoformat()
    assert typen.haal(soort.url, ObjectTypeUit).versions == [een["url"], twee["url"]]


def test_publiceren_zet_published_at(typen: ObjecttypenClient, soort: ObjectTypeUit, klok: VerzetbareKlok) -> None:
    een = versie(typen, soort)
    klok.verzet(timedelta(days=3))
    vandaag = klok.vandaag().isoformat()
    gepubliceerd = typen.vraag("PATCH", een["url"], json={"status": "published"})
    assert (gepubliceerd["publishedAt"], gepubliceerd["modifiedAt"]) == (vandaag, vandaag)
    twee = versie(typen, soort, status="published")
    assert twee["publishedAt"] == vandaag
    assert typen.vraag("GET", een["url"])["status"] == "published"  # de eerdere blijft bruikbaar


def test_non_draft_version_update(typen: ObjecttypenClient, soort: ObjectTypeUit) -> None:
    """Alleen een concept is te wijzigen; een gepubliceerde versie kan alleen nog uit gebruik."""
    een = versie(typen, soort)
    assert typen.vraag("PATCH", een["url"], json={"jsonSchema": {"type": "object"}})["jsonSchema"] == {"type": "object"}
    typen.vraag("PATCH", een["url"], json={"status": "published"})
    fout = {("nonFieldErrors", "non-draft-version-update")}
    for lichaam in ({"jsonSchema": SCHEMA}, {"status": "draft"}, {"status": "deprecated", "jsonSchema": SCHEMA}):
        assert fouten(lambda x=lichaam: typen.vraag("PATCH", een["url"], json=x)) == fout  # type: ignore[misc]  # lambda in een lus
    assert fouten(lambda: typen.vraag("PUT", een["url"], json={"jsonSchema": SCHEMA})) == fout
    assert typen.vraag("PATCH", een["url"], json={"status": "deprecated"})["status"] == "deprecated"
    assert fouten(lambda: typen.vraag("PATCH", een["url"], json={"status": "published"})) == fout


def test_non_draft_version_destroy(typen: ObjecttypenClient, soort: ObjectTypeUit) -> None:
    een, twee = versie(typen, soort, status="published"), versie(typen, soort)
    assert fouten(lambda: typen.vraag("DELETE", een["url"])) == {("nonFieldErrors", "non-draft-version-destroy")}
    typen.vraag("DELETE", twee["url"])
    with pytest.raises(ApiFout, match="404"):
        typen.vraag("GET", twee["url"])


def test_pending_versions(typen: ObjecttypenClient, soort: ObjectTypeUit) -> None:
    """Een objecttype met versies is niet te verwijderen, zonder wel."""
    een = versie(typen, soort)
    assert fouten(lambda: typen.vraag("DELETE", soort.url)) == {("nonFieldErrors", "pending-versions")}
    typen.vraag("DELETE", een["url"])
    typen.vraag("DELETE", soort.url)
    assert typen.objecttype(soort.uuid) is None


@pytest.mark.parametrize(
    "schema",
    [
        {"type": 3},
        {"properties": []},
        {"required": "naam"},
        {"$ref": 1},
        {"minimum": "x"},
        {"$ref": "#/weg"},
        {"$ref": "http://127.0.0.1/x"},
    ],
)
def test_invalid_json_schema(typen: ObjecttypenClient, soort: ObjectTypeUit, schema: Any) -> None:
    """Een versie heeft geldig JSON Schema 2020-12, dat niet naar buiten of naar niets verwijst."""
    assert fouten(lambda: versie(typen, soort, jsonSchema=schema)) == {("jsonSchema", "invalid-json-schema")}
    assert typen.haal(soort.url, ObjectTypeUit).versions == []


def test_velden_van_een_objecttype(typen: ObjecttypenClient, soort: ObjectTypeUit, installatie: Installatie) -> None:
    vandaag: date = installatie.klok.vandaag()
    assert (soort.created_at, soort.modified_at, soort.data_classification, soort.update_frequency, soort.allow_geometry) == (
        vandaag, vandaag, "open", "unknown", True,
    )  # fmt: skip
    fout = {"name": "", "dataClassification": "geheim", "contactEmail": "x" * 201, "indexedPaths": ["a,b", "x" * 101]}
    assert fouten(lambda: typen.vraag("POST", "objecttypes", json=fout)) == {
        ("name", "blank"), ("namePlural", "required"), ("dataClassification", "invalid_choice"), ("contactEmail", "max_length"),
        ("indexedPaths.0", "invalid"), ("indexedPaths.1", "invalid"),
    }  # fmt: skip
    typen.vraag("POST", "objecttypes", json={"name": "x", "namePlural": "x", "dataClassification": "intern"})
    intern = typen.vraag("GET", "objecttypes", params={"dataClassification": "intern"})
    assert [deel["name"] for deel in intern["results"]] == ["x"]
    assert fouten(lambda: typen.vraag("GET", "objecttypes", params={"dataClassification": "geheim"})) == {
        ("dataClassification", "invalid_choice")
    }


def test_gelijktijdige_versies_krijgen_elk_een_nummer(installatie: Installatie, soort: ObjectTypeUit) -> None:
    def maak(_nummer: int) -> int:
        nummer: int = versie(ObjecttypenClient(installatie, namens="modelleren"), soort)["version"]
        return nummer

    with ThreadPoolExecutor(TEGELIJK) as draden:
        assert sorted(draden.map(maak, range(TEGELIJK))) == list(range(1, TEGELIJK + 1))


def test_een_lijst_kost_een_vast_aantal_vragen(
    typen: ObjecttypenClient, soort: ObjectTypeUit, installatie: Installatie
) -> None:
    for _ in range(3):
        versie(typen, soort)
        typen.maak("objecttypes", ObjectTypeIn(name="x", name_plural="x"), ObjectTypeUit)
    aantallen = set()
    for pad in ("objecttypes", f"{soort.url}/versions"):
        for grootte in (1, 100):
            with tel(installatie) as vragen:
                typen.vraag("GET", pad, params={"pageSize": grootte})
            aantallen.add(len(vragen))
    assert max(aantallen) <= 3  # de pagina, het aantal, en of de ouder er is


def test_onbekende_adressen(typen: ObjecttypenClient, soort: ObjectTypeUit) -> None:
    for pad in (f"objecttypes/{uuid4()}", f"{soort.url}/versions/1", f"objecttypes/{uuid4()}/versions/1"):
        with pytest.raises(ApiFout, match="404"):
            typen.vraag("GET", pad)
    with pytest.raises(ApiFout, match="404"):
        typen.vraag("POST", f"objecttypes/{uuid4()}/versions", json={"jsonSchema": SCHEMA})


@pytest.mark.parametrize(("schema", "status"), [("[" * 10_000 + "]" * 10_000, 400), ('{"a":' * 300 + "1" + "}" * 300, 400), ("[" + "1," * (5 << 20) + "1]", 413)])  # fmt: skip
def test_te_groot_of_te_diep(
    typen: ObjecttypenClient, soort: ObjectTypeUit, installatie: Installatie, schema: str, status: int
) -> None:
    antwoord = installatie.http.post(
        f"{soort.url}/versions",
        auth=typen._auth,
        content=f'{{"jsonSchema": {schema}}}'.encode(),
        headers={"Content-Type": "application/json"},
    )
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (status, "application/problem+json")
    assert typen.haal(soort.url, ObjectTypeUit).versions == []
