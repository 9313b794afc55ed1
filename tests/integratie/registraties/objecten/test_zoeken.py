"""Filteren, zoeken en sorteren op de gegevens in een object (regels 12.3)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from integratie.objecten import ObjectenClient
from integratie.objecttypen.schemas import ObjectTypeUit
from tests.integratie.registraties.objecten.conftest import Maak
from tests.integratie.registraties.objecten.hulp import object_
from tests.integratie.registraties.tokens import fouten

LANG = "lang" * 100
BOMEN: tuple[dict[str, Any], ...] = (
    {"merk": "a", "hoogte": 3, "geplant": "2019-05-01", "plek": {"wijk": "Noordwijk"}, "tags": ["groen", "50%_af"], "lang": f"{LANG}1"},
    {"merk": "b", "naam": "beuk", "hoogte": 12, "geplant": "2021-05-01T10:30:00Z", "gezond": True, "lang": f"{LANG}2"},
    {"merk": "c", "naam": "den, hoog", "hoogte": "7", "geplant": "onbekend", "gezond": None, "tags": [{"kleur": "rood"}, 22]},
)  # fmt: skip


@pytest.fixture(autouse=True)
def _bomen(maak: Maak) -> None:
    for boom in BOMEN:
        maak(**boom)


def merken(client: ObjectenClient, soort: ObjectTypeUit, *data_attr: str, **params: Any) -> str:
    return "".join(sorted(een.record.data["merk"] for een in client.objecten(soort.url, *data_attr, **params)))


@pytest.mark.parametrize(
    ("filter_", "gevonden"),
    [
        ("naam__exact__eik", "a"), ("naam__exact__EIK", ""), ("hoogte__exact__3", "a"), ("hoogte__exact__3.0", "a"), ("hoogte__exact__7", "c"),
        ("gezond__exact__true", "b"), ("plek__wijk__exact__Noordwijk", "a"), ("tags__0__exact__groen", "a"), ("tags__0__kleur__exact__rood", "c"),
        ("geplant__exact__2019-05-01", "a"), (f"lang__exact__{LANG}1", "a"), (f"lang__in__{LANG}1|{LANG}2", "ab"), ("naam__exact__den, hoog", "c"),
        ("naam__in__eik|beuk", "ab"), ("hoogte__in__3|7|x", "ac"), ("tags__1__in__22|50%_af", "ac"),
        ("hoogte__gt__3", "b"), ("hoogte__gte__3", "ab"), ("hoogte__lt__3", ""), ("hoogte__lte__3", "a"), ("hoogte__lt__12.5", "ab"), ("hoogte__gt__-1", "ab"),
        ("geplant__gt__2019-05-01", "b"), ("geplant__gte__2019-05-01", "ab"), ("geplant__lt__2021-05-01", "a"), ("geplant__lte__2021-05-01", "ab"),
        ("geplant__gt__2021-05-01", ""), ("geplant__gt__2021-05-01T10:00:00Z", "b"), ("geplant__lte__9999-12-31", "ab"),
        ("plek__wijk__icontains__NOORD", "a"), ("tags__icontains__ROEN", "a"), ("tags__icontains__0%_a", "a"), ("naam__icontains__n, h", "c"), ("naam__icontains__", "abc"),
        ("hoogte__icontains__1", "b"), ("tags__icontains__ 22", "c"), ("naam__icontains__e", "abc"), ("naam__icontains__xyz", ""),
        ("weg__exact__3", ""), ("naam__wijk__exact__eik", ""), ("naam__gt__2019-01-01", ""),
    ],
)  # fmt: skip
def test_elke_operator(client: ObjectenClient, soort: ObjectTypeUit, filter_: str, gevonden: str) -> None:
    """`data_attr`: exact, in, gt, gte, lt, lte en icontains, op getallen, datums, teksten en geneste paden."""
    assert merken(client, soort, filter_) == gevonden
    zoek = client.vraag("POST", "objects/search", json={"type": soort.url, "data_attr": filter_})
    assert zoek["count"] == len(gevonden)


def test_meer_voorwaarden_gelden_samen(client: ObjectenClient, soort: ObjectTypeUit) -> None:
    assert merken(client, soort, "hoogte__gte__3", "naam__in__eik|den, hoog") == "a"
    assert merken(client, soort, data_attrs="hoogte__gte__3,naam__exact__beuk") == "b"
    assert merken(client, soort, "hoogte__gte__3", data_attrs="naam__exact__beuk", data_icontains="beu") == "b"


@pytest.mark.parametrize(
    ("naald", "gevonden"),
    [("NOORDW", "a"), ("rood", "c"), ("50%", "a"), ("n, h", "c"), ("12", ""), ("wijk", "a"), ("merk", ""), ("o", "ac"), ("zz", ""), ("groen50", ""), (".*", ""), ("(", ""), ('"', ""), ("\\", ""), ("\n", ""), ("OÓ", "")],
)  # fmt: skip
def test_zoeken_in_alle_teksten(client: ObjectenClient, soort: ObjectTypeUit, naald: str, gevonden: str) -> None:
    """`data_icontains` zoekt in alle tekstwaarden, ook diep; niet in sleutels of getallen, en niet over twee waarden heen."""
    assert merken(client, soort, data_icontains=naald) == gevonden


@pytest.mark.parametrize(
    "filter_",
    ["zonder-operator", "naam__exact", "__exact__x", "hoogte__gt__hoog", "geplant__lt__2021-13-01", "hoogte__lt__1e999999999", "hoogte__gt__", 'na"am__exact__x'],
)  # fmt: skip
def test_een_fout_filter_is_een_fout(client: ObjectenClient, soort: ObjectTypeUit, filter_: str) -> None:
    assert fouten(lambda: merken(client, soort, filter_)) == {("data_attr", "invalid")}


def test_alle_fouten_tegelijk(client: ObjectenClient) -> None:
    vraag = {"typeVersion": "x", "date": "gisteren"}
    assert fouten(lambda: client.vraag("GET", "objects", params=vraag)) == {
        ("typeVersion", "invalid"),
        ("date", "invalid"),
    }
    vraag = {"data_attr": "x", "ordering": "naam"}
    assert fouten(lambda: client.vraag("GET", "objects", params=vraag)) == {
        ("data_attr", "invalid"),
        ("ordering", "invalid_choice"),
    }
    lichamen: tuple[Any, ...] = ([], {"onzin": 1}, {"geometry": {"within": {"type": "Point"}}})
    for lichaam in lichamen:
        assert fouten(lambda lichaam=lichaam: client.vraag("POST", "objects/search", json=lichaam))  # type: ignore[misc]  # lambda in een lus


@pytest.mark.parametrize(
    ("ordening", "volgorde"),
    [
        ("record__data__hoogte", "cab"), ("-record__data__hoogte", "bac"), ("record__data__naam", "bca"), ("-record__data__plek__wijk", "acb"),
        ("record__index,-record__data__merk", "cba"), ("-record__startAt,record__data__merk", "abc"), ("", "cba"),
    ],
)  # fmt: skip
def test_sorteren(client: ObjectenClient, soort: ObjectTypeUit, ordening: str, volgorde: str) -> None:
    """`ordering` op recordvelden en `record__data__<pad>`: getallen als getal, wat er niet is achteraan; anders nieuwste eerst."""
    for filter_ in ((), ("merk__in__a|b|c",)):
        gevonden = client.objecten(soort.url, *filter_, ordering=ordening)
        assert "".join(een.record.data["merk"] for een in gevonden) == volgorde


def test_paginas_met_filter(client: ObjectenClient, soort: ObjectTypeUit) -> None:
    vraag = {"type": soort.url, "data_attr": "merk__in__a|b|c", "ordering": "record__data__merk", "pageSize": 2}
    een = client.vraag("GET", "objects", params=vraag)
    twee = client.vraag("GET", een["next"])
    assert (een["count"], twee["count"], twee["next"]) == (3, 3, None)
    assert [deel["record"]["data"]["merk"] for deel in een["results"] + twee["results"]] == ["a", "b", "c"]


def test_alleen_van_dit_type_en_deze_versie(client: ObjectenClient, soort: ObjectTypeUit, plek: ObjectTypeUit) -> None:
    assert merken(client, plek) == ""
    assert merken(client, soort, typeVersion=1) == "abc"
    assert merken(client, soort, typeVersion=2) == ""
    assert client.vraag("GET", "objects", params={"type": "https://voorbeeld.nl/niets"})["count"] == 0


def test_alleen_het_geldige_record_telt(client: ObjectenClient, soort: ObjectTypeUit) -> None:
    (een,) = client.objecten(soort.url, "merk__exact__a")
    client.vraag("PATCH", een.url, json={"record": {"data": {"naam": "iep"}}})
    assert (merken(client, soort, "naam__exact__eik"), merken(client, soort, "naam__exact__iep")) == ("", "a")


def test_binnen_een_gebied(client: ObjectenClient, plek: ObjectTypeUit, vandaag: date) -> None:
    """`geometry.within`: objecten die helemaal binnen de veelhoek liggen."""
    for merk, punt in (("in", [5.1, 52.1]), ("uit", [6.1, 52.1])):
        nieuw = object_(plek, vandaag, merk=merk).als_json()
        nieuw["record"]["geometry"] = {"type": "Point", "coordinates": punt}
        assert client.vraag("POST", "objects", json=nieuw)["record"]["geometry"] == nieuw["record"]["geometry"]
    gebied = {"type": "Polygon", "coordinates": [[[5, 52], [6, 52], [6, 53], [5, 53], [5, 52]]]}
    for pad in ("objects/search", "objects/_zoek"):
        antwoord = client.vraag("POST", pad, json={"geometry": {"within": gebied}})
        assert [deel["record"]["data"]["merk"] for deel in antwoord["results"]] == ["in"]
    leeg = {"geometry": {"within": gebied}, "data_attr": "merk__exact__uit"}
    assert client.vraag("POST", "objects/search", json=leeg)["count"] == 0
    strik = {"type": "Polygon", "coordinates": [[[5, 52], [6, 53], [6, 52], [5, 53], [5, 52]]]}
    assert fouten(lambda: client.vraag("POST", "objects/search", json={"geometry": {"within": strik}})) == {
        ("geometry.within", "invalid")
    }


def test_een_vreemde_geometrie_wordt_niet_bewaard(client: ObjectenClient, plek: ObjectTypeUit, vandaag: date) -> None:
    nieuw = object_(plek, vandaag, uuid4()).als_json()
    for fout in (
        {"type": "Point", "coordinates": [121687, 487484]},
        {"type": "Feature"},
        {"type": "Polygon", "coordinates": [[[5, 52]]]},
    ):
        nieuw["record"]["geometry"] = fout
        assert fouten(lambda: client.vraag("POST", "objects", json=nieuw)) == {("record.geometry", "invalid")}
