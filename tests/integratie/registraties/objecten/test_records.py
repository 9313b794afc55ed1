"""Objecten en hun records op twee tijdlijnen (regels 12.2)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from integratie.basis import ApiFout
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectRecordIn, ObjectUit
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit, ObjectVersionIn
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.tabellen import OutboxTabel
from tests.integratie.registraties.objecten.conftest import Maak
from tests.integratie.registraties.objecten.hulp import object_
from tests.integratie.registraties.tokens import fouten


def historie(client: ObjectenClient, een: ObjectUit) -> dict[int, Any]:
    """De records van een object, op index."""
    return {record["index"]: record for record in client.vraag("GET", f"{een.url}/history")["results"]}


def zet(client: ObjectenClient, een: ObjectUit, **record: Any) -> Any:
    return client.vraag("PATCH", een.url, json={"record": record})["record"]


def test_post_maakt_record_1(client: ObjectenClient, maak: Maak, vandaag: date) -> None:
    een = maak(hoogte=3)
    record = een.record
    assert (record.index, record.start_at, record.end_at, record.registration_at) == (1, vandaag, None, vandaag)
    assert (record.correction_for, record.corrected_by, record.geometry, record.references) == (None, None, None, [])
    assert client.object(een.uuid) == een


def test_gegevens_passen_bij_de_versie(
    client: ObjectenClient, typen: ObjecttypenClient, soort: ObjectTypeUit, vandaag: date
) -> None:
    """De gegevens worden getoetst aan precies `typeVersion`, met het pad van elke fout (12.2); geometrie alleen als het type die heeft (12.1)."""
    fout = object_(soort, vandaag, naam=3)
    assert fouten(lambda: client.maak_object(fout, sleutel="1")) == {("record.data.naam", "invalid-json-schema")}
    met_geometrie = object_(soort, vandaag).als_json()
    met_geometrie["record"]["geometry"] = {"type": "Point", "coordinates": [5, 52]}
    assert fouten(lambda: client.vraag("POST", "objects", json=met_geometrie)) == {
        ("record.geometry", "geometry-not-allowed")
    }
    streng = {"type": "object", "properties": {"lijst": {"items": {"type": "integer"}}}, "required": ["lijst", "x"]}
    typen.vraag(
        "POST", f"{soort.url}/versions", json=ObjectVersionIn(status="published", json_schema=streng).als_json()
    )
    twee = object_(soort, vandaag, lijst=[1, "a", "b"]).als_json()
    twee["record"]["typeVersion"] = 2
    assert fouten(lambda: client.vraag("POST", "objects", json=twee)) == {
        ("record.data", "invalid-json-schema"), ("record.data.lijst.1", "invalid-json-schema"), ("record.data.lijst.2", "invalid-json-schema"),
    }  # fmt: skip


def test_het_type_en_de_versie_moeten_bestaan(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    record = ObjectRecordIn(type_version=9, data={"naam": "x"}, start_at=vandaag)
    geen_versie = object_(soort, vandaag).model_copy(update={"record": record})
    assert fouten(lambda: client.maak_object(geen_versie, sleutel="2")) == {("record.typeVersion", "does_not_exist")}
    for url in (f"{soort.url[:-12]}{'0' * 12}", "https://voorbeeld.nl/iets", f"{soort.url}/versions/1", "geen url"):
        weg = object_(soort, vandaag).model_copy(update={"type": url})
        assert fouten(lambda weg=weg: client.maak_object(weg, sleutel=str(uuid4()))) == {("type", "does_not_exist")}  # type: ignore[misc]  # lambda in een lus


def test_het_type_wordt_aan_zijn_uuid_herkend(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    """Onder welk adres het objecttype ook genoemd wordt (12.1); het antwoord noemt altijd hetzelfde."""
    uuid = soort.url.rpartition("/")[2]
    for adres in (client.url(f"objecttypes/{uuid}"), f"https://oud.voorbeeld.nl/api/v2/objecttypes/{uuid}"):
        nieuw = object_(soort, vandaag).model_copy(update={"type": adres})
        assert client.maak_object(nieuw, sleutel=str(uuid4())).type == soort.url
        assert len(list(client.objecten(adres))) == len(list(client.objecten(soort.url)))


def test_elke_wijziging_is_een_record(client: ObjectenClient, maak: Maak, vandaag: date) -> None:
    """Index + 1; `endAt` van het vorige is de nieuwe `startAt`; PATCH voegt recursief samen en bewaart null, lijsten worden vervangen."""
    een = maak(start=vandaag - timedelta(days=10), hoogte=1, plek={"wijk": "Oost", "straat": "A"}, tags=[1, 2])
    data = {"hoogte": 2, "ziek": None, "plek": {"wijk": "West"}, "tags": [3]}
    nieuw = zet(client, een, startAt=vandaag.isoformat(), data=data)
    assert nieuw["data"] == {
        "naam": "eik", "hoogte": 2, "ziek": None, "plek": {"wijk": "West", "straat": "A"}, "tags": [3],
    }  # fmt: skip
    toen = client.object(een.uuid, date=(vandaag - timedelta(days=3)).isoformat())
    assert toen is not None
    assert (toen.record.index, toen.record.data["hoogte"], toen.record.end_at) == (1, 1, vandaag)
    assert list(historie(client, een)) == [2, 1]
    assert client.vraag("GET", f"{een.url}/1")["data"] == een.record.data


def test_patch_toetst_het_samengevoegde_resultaat(client: ObjectenClient, maak: Maak) -> None:
    een = maak(hoogte=1)
    assert fouten(lambda: zet(client, een, data={"naam": None})) == {("record.data.naam", "invalid-json-schema")}
    assert zet(client, een, data={"hoogte": 2})["data"] == {
        "naam": "eik",
        "hoogte": 2,
    }  # het verplichte veld stond er al


def test_put_vervangt_alles(client: ObjectenClient, soort: ObjectTypeUit, maak: Maak, vandaag: date) -> None:
    een = maak(hoogte=1)
    nieuw = client.vervang(een.url, object_(soort, vandaag, een.uuid, breedte=2), ObjectUit)
    assert (nieuw.record.index, nieuw.record.data) == (2, {"naam": "eik", "breedte": 2})
    assert fouten(lambda: client.vraag("PUT", een.url, json={"type": soort.url, "record": {"data": {}}})) == {
        ("record.typeVersion", "required"),
        ("record.startAt", "required"),
    }


def test_op_de_overgangsdag_wint_de_hoogste_index(client: ObjectenClient, maak: Maak, vandaag: date) -> None:
    een = maak(start=vandaag - timedelta(days=10), hoogte=1)
    zet(client, een, startAt=vandaag.isoformat(), data={"hoogte": 2})
    assert historie(client, een)[1]["endAt"] == vandaag.isoformat()
    nu = client.object(een.uuid)
    assert nu is not None
    assert nu.record.index == 2
    assert [gevonden.record.index for gevonden in client.objecten(een.type)] == [2]


def test_correctie_houdt_het_oude_record(client: ObjectenClient, maak: Maak) -> None:
    een = maak()
    zet(client, een, correctionFor=1, data={"naam": "beuk"})
    na_correctie = zet(client, een, data={"hoogte": 3})
    assert (na_correctie["correctionFor"], na_correctie["data"]) == (None, {"naam": "beuk", "hoogte": 3})
    records = historie(client, een)
    assert (records[2]["correctionFor"], records[1]["correctedBy"], records[1]["data"]["naam"]) == (1, 2, "eik")


def test_correctie_van_een_ouder_record_verandert_alleen_zijn_tijd(
    client: ObjectenClient, maak: Maak, vandaag: date
) -> None:
    begin, midden = vandaag - timedelta(days=20), vandaag - timedelta(days=10)
    een = maak(start=begin, hoogte=1)
    zet(client, een, startAt=midden.isoformat(), data={"hoogte": 2})
    zet(client, een, correctionFor=1, startAt=begin.isoformat(), data={"hoogte": 9})
    nu, toen = client.object(een.uuid), client.object(een.uuid, date=(begin + timedelta(days=1)).isoformat())
    assert nu is not None
    assert toen is not None
    assert (nu.record.data["hoogte"], toen.record.data["hoogte"], toen.record.end_at) == (2, 9, midden)
    assert [gevonden.record.index for gevonden in client.objecten(een.type)] == [2]
    zet(client, een, startAt=vandaag.isoformat(), data={"hoogte": 3})
    assert (historie(client, een)[2]["endAt"], historie(client, een)[4]["endAt"]) == (vandaag.isoformat(), None)


def test_alleen_een_bestaand_record_is_een_keer_te_corrigeren(
    client: ObjectenClient, soort: ObjectTypeUit, maak: Maak, vandaag: date
) -> None:
    een = maak()
    assert fouten(lambda: zet(client, een, correctionFor=7)) == {("record.correctionFor", "does_not_exist")}
    nieuw = object_(soort, vandaag).als_json()
    nieuw["record"]["correctionFor"] = 1
    assert fouten(lambda: client.vraag("POST", "objects", json=nieuw)) == {("record.correctionFor", "does_not_exist")}
    zet(client, een, correctionFor=1)
    assert fouten(lambda: zet(client, een, correctionFor=1)) == {("record.correctionFor", "unique")}
    assert list(historie(client, een)) == [2, 1]


def test_formele_tijdlijn(client: ObjectenClient, maak: Maak, vandaag: date, klok: VerzetbareKlok) -> None:
    """`registrationDate` zegt wat toen bekend was; met `date` erbij kan niet."""
    een = maak()
    klok.verzet(timedelta(days=5))
    zet(client, een, data={"naam": "beuk"})
    bekend = client.object(een.uuid, registrationDate=vandaag.isoformat())
    assert bekend is not None
    assert bekend.record.data["naam"] == "eik"
    assert [gevonden.record.index for gevonden in client.objecten(een.type, registrationDate=vandaag.isoformat())] == [
        1
    ]
    allebei = {"date": vandaag.isoformat(), "registrationDate": vandaag.isoformat()}
    for pad in (een.url, "objects"):
        assert fouten(lambda pad=pad: client.vraag("GET", pad, params=allebei)) == {  # type: ignore[misc]  # lambda in een lus
            ("nonFieldErrors", "invalid-date-query-params")
        }


def test_zonder_geldig_record_bestaat_het_niet(client: ObjectenClient, maak: Maak, vandaag: date) -> None:
    straks = maak(start=vandaag + timedelta(days=3))
    assert client.object(straks.uuid) is None
    assert list(client.objecten(straks.type)) == []
    assert client.object(straks.uuid, date=(vandaag + timedelta(days=3)).isoformat()) is not None


def test_type_en_uuid_liggen_vast(client: ObjectenClient, plek: ObjectTypeUit, maak: Maak) -> None:
    een = maak()
    anders = {"type": plek.url, "uuid": str(uuid4())}
    assert fouten(lambda: client.vraag("PATCH", een.url, json=anders)) == {
        ("type", "immutable-field"),
        ("uuid", "immutable-field"),
    }


def test_gekozen_uuid_maakt_bewaren_herhaalbaar(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    gekozen = object_(soort, vandaag)
    assert client.bewaar(gekozen).record.index == client.bewaar(gekozen).record.index == 1
    assert fouten(lambda: client.vraag("POST", "objects", json=gekozen.als_json())) == {("uuid", "unique")}
    client.verwijder(f"objects/{gekozen.uuid}")
    assert gekozen.uuid is not None
    assert client.object(gekozen.uuid) is None


def test_een_herhaald_verzoek_maakt_geen_tweede_record(client: ObjectenClient, maak: Maak) -> None:
    een = maak()
    for _ in range(2):
        client.wijzig(een.url, {"record": {"data": {"hoogte": 1}}}, ObjectUit, sleutel="zelfde")
    assert list(historie(client, een)) == [2, 1]


def test_historie_per_pagina(client: ObjectenClient, maak: Maak) -> None:
    een = maak()
    for hoogte in (1, 2):
        zet(client, een, data={"hoogte": hoogte})
    pagina = client.vraag("GET", f"{een.url}/history", params={"page": 2, "pageSize": 2})
    assert (pagina["count"], [record["index"] for record in pagina["results"]], pagina["next"]) == (3, [1], None)
    for pad, params in (("history", {"page": 3, "pageSize": 2}), ("9", {})):
        with pytest.raises(ApiFout, match="404"):
            client.vraag("GET", f"{een.url}/{pad}", params=params)


def test_verwijderen_bij_vernietiging_van_een_zaak(client: ObjectenClient, soort: ObjectTypeUit, vandaag: date) -> None:
    """DELETE met `zaak` haalt alleen de verwijzing weg zolang er een andere zaak is; anders gaat het object weg."""
    een, twee = (f"https://voorbeeld.nl/zaken/api/v1/zaken/{uuid4()}" for _ in range(2))
    nieuw = object_(soort, vandaag).als_json()
    nieuw["record"]["references"] = [{"type": "zaak", "url": url} for url in (een, twee)]
    url = client.vraag("POST", "objects", json=nieuw)["url"]
    assert client._stuur("DELETE", url, params={"zaak": een}).json() == {"behouden": [url]}
    record = client.vraag("GET", url)["record"]
    assert (record["index"], record["references"]) == (1, [{"type": "zaak", "url": twee}])
    assert client._stuur("DELETE", url, params={"zaak": twee}).status_code == httpx.codes.NO_CONTENT
    with pytest.raises(ApiFout, match="404"):
        client.vraag("GET", url)


def test_alleen_de_gevraagde_velden(client: ObjectenClient, maak: Maak) -> None:
    een = maak(plek={"wijk": "Oost"}, hoogte=1)
    velden = {"fields": "url, record__data__plek__wijk,record__index,weg,url__x"}
    verwacht = {"url": een.url, "record": {"data": {"plek": {"wijk": "Oost"}}, "index": 1}}
    assert client.vraag("GET", een.url, params=velden) == verwacht
    assert client.vraag("GET", "objects", params=velden)["results"] == [verwacht]


def test_crs_koppen(installatie: Installatie, client: ObjectenClient, maak: Maak) -> None:
    """Bij schrijven moet `Content-Crs` EPSG:4326 zijn (412, 406); `Accept-Crs` mag bij lezen ontbreken (12.2)."""
    een = maak()
    http, auth = installatie.http, client._auth
    lezen = http.get(een.url, auth=auth)
    assert (lezen.status_code, lezen.headers["Content-Crs"]) == (200, "EPSG:4326")
    assert http.get(een.url, auth=auth, headers={"Accept-Crs": "EPSG:28992"}).status_code == httpx.codes.NOT_ACCEPTABLE
    for methode, pad in (("POST", "objects"), ("POST", "objects/search"), ("PUT", een.url), ("PATCH", een.url)):
        adres = client.url(pad)
        zonder = http.request(methode, adres, auth=auth, json={})
        ander = http.request(methode, adres, auth=auth, json={}, headers={"Content-Crs": "EPSG:28992"})
        assert (zonder.status_code, ander.status_code) == (412, 406)


def test_etag(installatie: Installatie, client: ObjectenClient, maak: Maak) -> None:
    een = maak()
    etag = installatie.http.get(een.url, auth=client._auth).headers["ETag"]

    def status() -> int:
        return installatie.http.get(een.url, auth=client._auth, headers={"If-None-Match": etag}).status_code

    assert status() == httpx.codes.NOT_MODIFIED
    zet(client, een, data={"hoogte": 1})
    assert status() == httpx.codes.OK


def test_notificatie_noemt_het_objecttype(installatie: Installatie, maak: Maak) -> None:
    """Kanaal `objecten`, kenmerk `objectType` (12.4)."""
    een = maak()
    with installatie.db.lezen() as verbinding:
        inhoud = [
            rij for rij in verbinding.execute(select(OutboxTabel.inhoud)).scalars() if rij.get("kanaal") == "objecten"
        ]
    kort = installatie.diensten.naar_opslag
    assert [(rij["hoofdObject"], rij["actie"], rij["kenmerken"]) for rij in inhoud] == [
        (kort(een.url), "create", {"objectType": kort(een.type)})
    ]


def test_een_nieuw_type_krijgt_pas_objecten_als_het_een_versie_heeft(
    client: ObjectenClient, typen: ObjecttypenClient, vandaag: date
) -> None:
    kaal = typen.vraag("POST", "objecttypes", json=ObjectTypeIn(name="x", name_plural="x").als_json())
    soort = ObjectTypeUit.model_validate(kaal)
    assert fouten(lambda: client.maak_object(object_(soort, vandaag), sleutel="1")) == {
        ("record.typeVersion", "does_not_exist")
    }


def test_onbekende_parameters_zijn_een_fout(client: ObjectenClient, maak: Maak) -> None:
    een = maak()
    for pad in (een.url, f"{een.url}/history", f"{een.url}/1", "objects", "permissions"):
        assert fouten(lambda pad=pad: client.vraag("GET", pad, params={"onzin": "1"})) == {  # type: ignore[misc]  # lambda in een lus
            ("nonFieldErrors", "unknown-parameters")
        }
