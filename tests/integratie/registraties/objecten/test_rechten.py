"""Rechten bij een token, per objecttype en per veld (regels 12.4)."""

from typing import Any

import pytest

from integratie.basis import ApiFout
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectUit
from integratie.objecttypen.schemas import ObjectTypeUit
from kern.installatie import Installatie
from tests.integratie.registraties.objecten.conftest import Maak
from tests.integratie.registraties.objecten.hulp import met_rechten, object_
from tests.integratie.registraties.tokens import fouten

VELDEN = ["url", "uuid", "type", "record__index", "record__typeVersion", "record__data__naam"]


@pytest.fixture
def bank(client: ObjectenClient, plek: ObjectTypeUit, vandaag: Any) -> ObjectUit:
    """Een object van een ander type dan `maak` maakt."""
    return client.maak_object(object_(plek, vandaag), sleutel="bank")


def geweigerd(doe: Any) -> bool:
    with pytest.raises(ApiFout) as fout:
        doe()
    return fout.value.status == 403  # de code zegt wat het is


def test_per_objecttype(installatie: Installatie, soort: ObjectTypeUit, maak: Maak, bank: ObjectUit) -> None:
    """Een lijst toont alleen toegestane types; een ander type, of schrijven zonder recht, is 403."""
    boom = maak()
    proef = met_rechten(installatie, {soort.url: {"modus": "lezen"}, "https://elders.nl/niets": "alles"})
    assert [een.uuid for een in proef.alle("objects", ObjectUit)] == [boom.uuid]
    assert proef.vraag("POST", "objects/search", json={})["count"] == 1
    assert proef.object(boom.uuid) == boom
    for doe in (
        lambda: proef.object(bank.uuid),
        lambda: proef.vraag("GET", f"{bank.url}/history"),
        lambda: proef.vraag("GET", "objects", params={"type": bank.type}),
        lambda: proef.vraag("PATCH", boom.url, json={"record": {"data": {"x": 1}}}),
        lambda: proef.vraag("DELETE", boom.url),
        lambda: proef.maak_object(object_(soort, boom.record.start_at), sleutel="x"),
    ):
        assert geweigerd(doe)


def test_schrijven_per_objecttype(installatie: Installatie, soort: ObjectTypeUit, bank: ObjectUit) -> None:
    proef = met_rechten(installatie, {soort.url: {"modus": "alles"}})
    nieuw = proef.maak_object(object_(soort, bank.record.start_at), sleutel="x")
    proef.wijzig(nieuw.url, {"record": {"data": {"hoogte": 1}}}, ObjectUit)
    assert geweigerd(lambda: proef.vraag("PATCH", bank.url, json={"record": {"data": {"hoogte": 1}}}))
    assert fouten(lambda: proef.vraag("PATCH", nieuw.url, json={"type": bank.type})) == {("type", "immutable-field")}
    proef.vraag("DELETE", nieuw.url)


def test_zonder_recht_op_objecten(installatie: Installatie, maak: Maak) -> None:
    een = maak()
    proef = met_rechten(installatie, None)
    for pad in ("objects", een.url, "permissions", "objecttypes"):
        assert geweigerd(lambda pad=pad: proef.vraag("GET", pad))


def test_alleen_toegestane_velden(installatie: Installatie, soort: ObjectTypeUit, maak: Maak) -> None:
    """Wat niet mag valt weg en staat in `X-Unauthorized-Fields`; bij een andere versie is niets te zien."""
    een = maak(hoogte=3)
    proef = met_rechten(installatie, {soort.url: {"modus": "lezen", "velden": {"1": VELDEN}}})
    antwoord = installatie.http.get(een.url, auth=proef._auth)
    assert antwoord.json() == {
        "url": een.url, "uuid": str(een.uuid), "type": een.type, "record": {"index": 1, "typeVersion": 1, "data": {"naam": "eik"}},
    }  # fmt: skip
    kop = antwoord.headers["X-Unauthorized-Fields"]
    assert kop.startswith(f"{een.type}:record__correctedBy,")
    assert "record__data__hoogte" in kop
    assert installatie.http.get(proef.url("objects"), auth=proef._auth).headers["X-Unauthorized-Fields"] == kop
    gevraagd = installatie.http.get(een.url, auth=proef._auth, params={"fields": "url,record__data__hoogte"})
    assert (gevraagd.json(), gevraagd.headers["X-Unauthorized-Fields"]) == (
        {"url": een.url, "record": {"data": {}}},
        f"{een.type}:record__data__hoogte",
    )
    andere_versie = met_rechten(installatie, {soort.url: {"modus": "lezen", "velden": {"2": VELDEN}}})
    assert andere_versie.vraag("GET", een.url) == {}


def test_geen_historie_met_veldrechten(installatie: Installatie, soort: ObjectTypeUit, maak: Maak) -> None:
    een = maak()
    proef = met_rechten(installatie, {soort.url: {"modus": "lezen", "velden": {"1": VELDEN}}})
    assert geweigerd(lambda: proef.vraag("GET", f"{een.url}/history"))
    assert geweigerd(lambda: proef.vraag("GET", f"{een.url}/1"))


def test_zoeken_verraadt_geen_verborgen_veld(
    installatie: Installatie, soort: ObjectTypeUit, plek: ObjectTypeUit, maak: Maak, bank: ObjectUit
) -> None:
    """Zoeken en sorteren op wat niet te zien is, vindt en ordent niets; bij een ander type wel."""
    for hoogte in (3, 9, 5):
        maak(hoogte=hoogte, geheim="goud")
    proef = met_rechten(installatie, {soort.url: {"modus": "lezen", "velden": {"1": VELDEN}}, plek.url: "lezen"})

    def aantal(**vraag: Any) -> int:
        gevonden: int = proef.vraag("GET", "objects", params=vraag)["count"]
        return gevonden

    assert (aantal(), aantal(data_attr="naam__exact__eik")) == (4, 4)
    for vraag in ({"data_attr": "hoogte__gt__1"}, {"data_attr": "geheim__icontains__oud"}, {"data_icontains": "goud"}):
        assert aantal(**vraag) == 0
    assert aantal(data_icontains="eik") == 1
    volgorde = [
        een["url"] for een in proef.vraag("GET", "objects", params={"ordering": "-record__data__hoogte"})["results"]
    ]
    assert volgorde == [een["url"] for een in proef.vraag("GET", "objects")["results"]]
    gebied = {"type": "Polygon", "coordinates": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]}
    assert proef.vraag("POST", "objects/search", json={"geometry": {"within": gebied}})["count"] == 0


def test_een_token_dat_mag_schrijven_ziet_alle_velden(
    installatie: Installatie, soort: ObjectTypeUit, maak: Maak
) -> None:
    een = maak(hoogte=3)
    proef = met_rechten(installatie, {soort.url: {"modus": "alles", "velden": {"1": VELDEN}}})
    assert proef.object(een.uuid) == een


def test_mijn_rechten(
    installatie: Installatie, client: ObjectenClient, soort: ObjectTypeUit, plek: ObjectTypeUit
) -> None:
    proef = met_rechten(installatie, {soort.url: {"modus": "lezen", "velden": {"1": ["url"]}}, plek.url: "alles"})
    recht = {deel["type"]: deel for deel in proef.vraag("GET", "permissions")["results"]}
    assert recht == {
        soort.url: {"type": soort.url, "mode": "read_only", "use_fields": True, "fields": {"1": ["url"]}},
        plek.url: {"type": plek.url, "mode": "read_and_write", "use_fields": False, "fields": None},
    }
    alles = client.vraag("GET", "permissions", params={"pageSize": 1})
    assert (alles["count"], len(alles["results"]), alles["results"][0]["mode"]) == (2, 1, "read_and_write")
    lezer = met_rechten(installatie, "lezen")
    assert {deel["mode"] for deel in lezer.vraag("GET", "permissions")["results"]} == {"read_only"}
