"""Objecten en Objecttypen: versies, records op twee tijdlijnen, en zoeken in de gegevens (regels hoofdstuk 12)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn, ObjectUit
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.tokens import fouten

SCHEMA: dict[str, Any] = {"type": "object", "required": ["naam"], "properties": {"naam": {"type": "string"}}}


@pytest.fixture
def typen(installatie: Installatie) -> ObjecttypenClient:
    return ObjecttypenClient(installatie, namens="modelleren")


@pytest.fixture
def soort(typen: ObjecttypenClient) -> ObjectTypeUit:
    return typen.zorg_voor_type(
        ObjectTypeIn(uuid=uuid4(), name="boom", name_plural="bomen", allow_geometry=False), SCHEMA
    )[0]


@pytest.fixture
def client(installatie: Installatie) -> ObjectenClient:
    return ObjectenClient(installatie, namens="modelleren")


@pytest.fixture
def vandaag(installatie: Installatie) -> date:
    return installatie.klok.vandaag()


def object_(soort: ObjectTypeUit, start: date, uuid: UUID | None = None, **data: Any) -> ObjectIn:
    record = ObjectRecordIn(type_version=1, data={"naam": "eik", **data}, start_at=start)
    return ObjectIn(uuid=uuid or uuid4(), type=soort.url, record=record)


def test_typeversies(typen: ObjecttypenClient, soort: ObjectTypeUit) -> None:
    url = f"{soort.url}/versions"
    concept = typen.vraag("POST", url, json={"jsonSchema": SCHEMA})
    assert (concept["version"], concept["status"], concept["publishedAt"]) == (2, "draft", None)
    assert fouten(lambda: typen.vraag("PATCH", f"{url}/1", json={"jsonSchema": {}})) == {
        ("nonFieldErrors", "non-draft-version-update")
    }
    assert fouten(lambda: typen.vraag("DELETE", f"{url}/1")) == {("nonFieldErrors", "non-draft-version-destroy")}
    assert fouten(lambda: typen.vraag("DELETE", soort.url)) == {("nonFieldErrors", "pending-versions")}
    assert fouten(lambda: typen.vraag("POST", url, json={"jsonSchema": {"type": 3}})) == {
        ("jsonSchema", "invalid-json-schema")
    }
    assert typen.haal(soort.url, ObjectTypeUit).versions == [f"{url}/1", f"{url}/2"]


def test_gegevens_passen_bij_de_versie(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    fout = object_(soort, vandaag, naam=3)
    assert fouten(lambda: client.maak_object(fout, sleutel="1")) == {("record.data.naam", "invalid-json-schema")}
    met_geometrie = object_(soort, vandaag).model_dump(mode="json", by_alias=True)
    met_geometrie["record"]["geometry"] = {"type": "Point", "coordinates": [5, 52]}
    assert fouten(lambda: client.vraag("POST", "objects", json=met_geometrie)) == {
        ("record.geometry", "geometry-not-allowed")
    }
    geen_versie = object_(soort, vandaag).model_copy(
        update={"record": ObjectRecordIn(type_version=9, data={"naam": "x"}, start_at=vandaag)}
    )
    assert fouten(lambda: client.maak_object(geen_versie, sleutel="2")) == {("type", "invalid")}


def test_elke_wijziging_is_een_record(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    een = client.maak_object(object_(soort, vandaag - timedelta(days=10), hoogte=1), sleutel="1")
    client.vraag(
        "PATCH", een.url, json={"record": {"startAt": vandaag.isoformat(), "data": {"hoogte": 2, "ziek": None}}}
    )
    nu = client.haal(een.url, ObjectUit)
    assert nu.record.data == {"naam": "eik", "hoogte": 2, "ziek": None}
    toen = client.object(een.uuid, date=(vandaag - timedelta(days=3)).isoformat())
    assert toen is not None
    assert (toen.record.index, toen.record.data["hoogte"], toen.record.end_at) == (1, 1, vandaag)
    assert [record["index"] for record in client.vraag("GET", f"{een.url}/history")["results"]] == [2, 1]
    assert client.vraag("GET", f"{een.url}/1")["data"] == {"naam": "eik", "hoogte": 1}


def test_correctie_houdt_het_oude_record(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    een = client.maak_object(object_(soort, vandaag), sleutel="1")
    correctie = {"record": {"correctionFor": 1, "data": {"naam": "beuk"}}}
    client.vraag("PATCH", een.url, json=correctie)
    nieuw, oud = client.vraag("GET", f"{een.url}/history")["results"]
    assert (nieuw["correctionFor"], oud["correctedBy"], oud["data"]["naam"]) == (1, 2, "eik")


def test_formele_tijdlijn(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date, klok: VerzetbareKlok) -> None:
    een = client.maak_object(object_(soort, vandaag), sleutel="1")
    klok.verzet(timedelta(days=5))
    client.vraag("PATCH", een.url, json={"record": {"data": {"naam": "beuk"}}})
    bekend = client.object(een.uuid, registrationDate=vandaag.isoformat())
    assert bekend is not None
    assert bekend.record.data["naam"] == "eik"
    allebei = {"date": vandaag.isoformat(), "registrationDate": vandaag.isoformat()}
    assert fouten(lambda: client.vraag("GET", een.url, params=allebei)) == {
        ("nonFieldErrors", "invalid-date-query-params")
    }


def test_zonder_geldig_record_bestaat_het_niet(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    straks = client.maak_object(object_(soort, vandaag + timedelta(days=3)), sleutel="1")
    assert client.object(straks.uuid) is None
    assert list(client.objecten(soort.url)) == []
    assert client.object(straks.uuid, date=(vandaag + timedelta(days=3)).isoformat()) is not None


@pytest.mark.parametrize(
    ("filter_", "gevonden"),
    [
        ("naam__exact__eik", {"a"}), ("hoogte__gt__3", {"b"}), ("hoogte__gte__3", {"a", "b"}), ("hoogte__lt__3", set()), ("hoogte__exact__3", {"a"}),
        ("geplant__lte__2020-01-01", {"a"}), ("plek__wijk__icontains__NOORD", {"a"}), ("naam__in__eik|beuk", {"a", "b"}), ("gezond__exact__true", {"b"}),
    ],
)  # fmt: skip
def test_zoeken_in_de_gegevens(
    client: ObjectenClient, soort: ObjectTypeUit, vandaag: date, filter_: str, gevonden: set[str]
) -> None:
    a: dict[str, Any] = {"merk": "a", "hoogte": 3, "geplant": "2019-05-01", "plek": {"wijk": "Noordwijk"}}
    b: dict[str, Any] = {"merk": "b", "naam": "beuk", "hoogte": 12, "geplant": "2021-05-01", "gezond": True}
    for nummer, data in enumerate((a, b)):
        client.maak_object(object_(soort, vandaag, **data), sleutel=str(nummer))
    assert {gevonden.record.data["merk"] for gevonden in client.objecten(soort.url, filter_)} == gevonden


def test_overal_zoeken_en_sorteren(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    for hoogte in (2, 9, 5):
        client.maak_object(object_(soort, vandaag, hoogte=hoogte, diep={"tekst": "Bijzonder"}), sleutel=str(hoogte))
    lijst = list(client.objecten(soort.url, data_icontains="bijzonder", ordering="-record__data__hoogte"))
    assert [een.record.data["hoogte"] for een in lijst] == [9, 5, 2]
    assert fouten(lambda: list(client.objecten(soort.url, "geen-operator"))) == {("data_attr", "invalid")}
    assert fouten(lambda: list(client.objecten(soort.url, onzin="x"))) == {("nonFieldErrors", "unknown-parameters")}


def test_gekozen_uuid_maakt_bewaren_herhaalbaar(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    gekozen = object_(soort, vandaag)
    assert client.bewaar(gekozen).record.index == client.bewaar(gekozen).record.index == 1
    assert fouten(lambda: client.vraag("POST", "objects", json=gekozen.als_json())) == {("uuid", "unique")}
    client.verwijder(f"objects/{gekozen.uuid}")
    assert gekozen.uuid is not None
    assert client.object(gekozen.uuid) is None


def test_type_en_uuid_liggen_vast(
    client: ObjectenClient, typen: ObjecttypenClient, soort: ObjectTypeUit, vandaag: date
) -> None:
    een = client.maak_object(object_(soort, vandaag), sleutel="1")
    ander = typen.zorg_voor_type(ObjectTypeIn(uuid=uuid4(), name="bank", name_plural="banken"), SCHEMA)[0]
    assert fouten(lambda: client.vraag("PATCH", een.url, json={"type": ander.url})) == {("type", "immutable-field")}
    assert fouten(lambda: client.vraag("PATCH", een.url, json={"uuid": str(uuid4())})) == {("uuid", "immutable-field")}
