"""Wat er mis kan gaan: te groot, te diep, tegelijk; en hoeveel vragen een lijst kost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest
from sqlalchemy import func, select

from integratie.basis import ApiFout
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectUit
from integratie.objecttypen.schemas import ObjectTypeUit
from kern.installatie import Installatie
from registraties.objecten.modellen import Record
from tests.integratie.kit.test_vragen import tel
from tests.integratie.registraties.objecten.conftest import Maak
from tests.integratie.registraties.objecten.hulp import met_rechten, object_
from tests.integratie.registraties.tokens import fouten

TEGELIJK = 8


def aantal_records(installatie: Installatie) -> int:
    with installatie.db.lezen() as verbinding:
        return verbinding.execute(select(func.count()).select_from(Record)).scalar_one()


@pytest.mark.parametrize(("lichaam", "status"), [("groot", 413), ("diep", 400), ("te diep om te bewaren", 400), ("nul", 400), ("geen json", 400)])  # fmt: skip
def test_te_groot_of_te_diep(
    installatie: Installatie, client: ObjectenClient, soort: ObjectTypeUit, vandaag: date, lichaam: str, status: int
) -> None:
    """10 MB, 10.000 diep, 300 diep, een NUL-teken, geen JSON: een duidelijke 4xx en er verandert niets."""
    nieuw = orjson.dumps(object_(soort, vandaag, x="@").als_json())
    inhoud = {
        "groot": b"[" + b"1," * (5 << 20) + b"1]",
        "diep": b"[" * 10_000 + b"]" * 10_000,
        "te diep om te bewaren": b"[" * 300 + b"]" * 300,
        "nul": b'"\\u0000"',
        "geen json": b"{",
    }[lichaam]
    koppen = {"Content-Type": "application/json", "Content-Crs": "EPSG:4326"}
    antwoord = installatie.http.post(
        client.url("objects"), auth=client._auth, content=nieuw.replace(b'"@"', inhoud), headers=koppen
    )
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (status, "application/problem+json")
    assert aantal_records(installatie) == 0


def test_gelijktijdige_wijzigingen_gaan_niet_verloren(
    installatie: Installatie, client: ObjectenClient, maak: Maak
) -> None:
    een = maak()

    def wijzig(nummer: int) -> None:
        ander = ObjectenClient(installatie, namens="modelleren")
        ander.vraag("PATCH", een.url, json={"record": {"data": {f"veld{nummer}": nummer}}})

    with ThreadPoolExecutor(TEGELIJK) as draden:
        list(draden.map(wijzig, range(TEGELIJK)))
    nu = client.haal(een.url, ObjectUit)
    assert {f"veld{nummer}" for nummer in range(TEGELIJK)} <= nu.record.data.keys()
    assert nu.record.index == TEGELIJK + 1


def test_een_uuid_wordt_gelijktijdig_maar_een_keer_gemaakt(
    installatie: Installatie, soort: ObjectTypeUit, vandaag: date
) -> None:
    nieuw = object_(soort, vandaag, uuid4())

    def maak(_nummer: int) -> int:
        ander = ObjectenClient(installatie, namens="modelleren")
        try:
            ander.vraag("POST", "objects", json=nieuw.als_json())
        except ApiFout as fout:
            return fout.status
        return 201

    with ThreadPoolExecutor(TEGELIJK) as draden:
        statussen = sorted(draden.map(maak, range(TEGELIJK)))
    assert statussen == [201] + [400] * (TEGELIJK - 1)
    assert aantal_records(installatie) == 1


def test_wijzigen_en_verwijderen_tegelijk(installatie: Installatie, client: ObjectenClient, maak: Maak) -> None:
    een = maak()

    def doe(nummer: int) -> int:
        ander = ObjectenClient(installatie, namens="modelleren")
        try:
            lichaam = {"record": {"data": {"x": nummer}}}
            ander.vraag(*(("DELETE", een.url) if nummer == 0 else ("PATCH", een.url)), json=lichaam if nummer else None)
        except ApiFout as fout:
            return fout.status
        return 200

    with ThreadPoolExecutor(TEGELIJK) as draden:
        assert set(draden.map(doe, range(TEGELIJK))) <= {200, 404}
    assert client.object(een.uuid) is None
    assert aantal_records(installatie) == 0


def test_elke_lijst_kost_een_vast_aantal_vragen(
    installatie: Installatie, client: ObjectenClient, soort: ObjectTypeUit, maak: Maak
) -> None:
    """Gelijk bij pagina's van 1 en van 100: één vraag, en één om te tellen."""
    for nummer in range(3):
        een = maak(hoogte=nummer)
        client.vraag("PATCH", een.url, json={"record": {"data": {"hoogte": nummer + 1}}})
    gebied = {"type": "Polygon", "coordinates": [[[5, 52], [6, 52], [6, 53], [5, 53], [5, 52]]]}
    vragen = {}
    for grootte in (1, 100):
        for naam, params, zoek in (
            ("alles", {}, None),
            ("type", {"type": soort.url}, None),
            ("filter", {"data_attr": "hoogte__gt__0", "ordering": "-record__data__hoogte"}, None),
            ("tekst", {"data_icontains": "eik", "fields": "url"}, None),
            ("gebied", {}, {"geometry": {"within": gebied}}),
        ):
            with tel(installatie) as gesteld:
                pad = "objects" if zoek is None else "objects/search"
                client.vraag("GET" if zoek is None else "POST", pad, json=zoek, params=params | {"pageSize": grootte})
            vragen[naam, grootte] = len(gesteld)
    assert max(vragen.values()) <= 2  # de pagina, en tellen of kandidaten zoeken
    with tel(installatie) as gesteld:
        client.vraag("GET", f"{een.url}/history", params={"pageSize": 1})
    assert len(gesteld) == 2  # bestaat het en mag het, en de pagina


def test_met_rechten_kost_een_lijst_niet_meer_vragen(
    installatie: Installatie, soort: ObjectTypeUit, maak: Maak
) -> None:
    for nummer in range(3):
        maak(hoogte=nummer)
    proef = met_rechten(installatie, {soort.url: {"modus": "lezen", "velden": {"1": ["url", "record__data"]}}})
    proef.vraag("GET", "objects")
    with tel(installatie) as gesteld:
        assert proef.vraag("GET", "objects", params={"data_attr": "hoogte__gte__1"})["count"] == 2
    assert len(gesteld) == 1


def test_onbekende_adressen(client: ObjectenClient) -> None:
    for methode, pad in (("GET", f"objects/{uuid4()}"), ("GET", "objects/geen-uuid"), ("PATCH", f"objects/{uuid4()}"), ("DELETE", f"objects/{uuid4()}"), ("GET", f"objects/{uuid4()}/history")):  # fmt: skip
        with pytest.raises(ApiFout) as fout:
            client.vraag(methode, pad, json={} if methode == "PATCH" else None)
        assert fout.value.status == httpx.codes.NOT_FOUND


def test_een_lichaam_van_een_andere_vorm(client: ObjectenClient, maak: Maak) -> None:
    een = maak()
    fout = {"record": {"data": [], "startAt": "x", "references": [{"type": "boom"}]}}
    lichamen: tuple[Any, ...] = ([], 3, "x", {"record": 3}, fout)
    for methode, pad in (("POST", "objects"), ("PUT", een.url), ("PATCH", een.url)):
        for lichaam in lichamen:
            assert fouten(lambda m=methode, p=pad, x=lichaam: client.vraag(m, p, json=x))  # type: ignore[misc]  # lambda in een lus
