"""`dienstverlening token`: wat een ander systeem met zijn token mag, per registratie, objecttype en veld."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from click.testing import Result

from dienstverlening.token import geef_token, toon
from integratie.objecten import ObjectenClient
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.objecten.hulp import SCHEMA, object_
from tests.opdrachthulp import draai

Opdracht = Callable[..., Result]
JSON = {"Content-Crs": "EPSG:4326"}


@pytest.fixture
def token(installatie: Installatie) -> Opdracht:
    return lambda *argumenten: draai(installatie, "token", *argumenten)


@pytest.fixture
def boom(installatie: Installatie) -> ObjectTypeUit:
    typen = ObjecttypenClient(installatie, namens="modelleren")
    return typen.zorg_voor_type(ObjectTypeIn(uuid=uuid4(), name="boom", name_plural="bomen"), SCHEMA)[0]


def vraag(installatie: Installatie, waarde: str, api: str, pad: str, methode: str = "GET", json: Any = None) -> int:
    return _antwoord(installatie, waarde, api, pad, methode, json).status_code


def _antwoord(
    installatie: Installatie, waarde: str, api: str, pad: str, methode: str = "GET", json: Any = None
) -> httpx.Response:
    koppen = {"Authorization": f"Token {waarde}", **JSON}
    return installatie.http.request(methode, f"{installatie.diensten[api].basis}/{pad}", headers=koppen, json=json)


def test_per_registratie(installatie: Installatie, token: Opdracht) -> None:
    uitkomst = token("toevoegen", "crm", "--recht", "klantinteracties=lezen", "--recht", "contactgegevens=alles")
    waarde = uitkomst.stdout.strip()
    assert waarde.startswith("crm.")
    assert vraag(installatie, waarde, "klantinteracties", "partijen") == 200
    assert vraag(installatie, waarde, "klantinteracties", "actoren", "POST", {"naam": "x"}) == 403
    organisatie = {"handelsnaam": "Bakkerij"}
    assert vraag(installatie, waarde, "contactgegevens", "organisatie", "POST", organisatie) == 201
    assert vraag(installatie, waarde, "producten", "producten") == 403
    getoond = token("tonen").stdout
    assert "crm\tcontactgegevens=alles, klantinteracties=lezen\tgeldt tot het ingetrokken wordt" in getoond
    assert waarde not in getoond
    nieuw = token("toevoegen", "crm", "--recht", "*=lezen").stdout.strip()
    assert vraag(installatie, waarde, "klantinteracties", "partijen") == 401
    assert vraag(installatie, nieuw, "producten", "producten") == 200
    assert token("verwijderen", "crm").exit_code == 0
    assert vraag(installatie, nieuw, "producten", "producten") == 401


def test_een_token_met_einddatum(
    installatie: Installatie, klok: VerzetbareKlok, token: Opdracht, vandaag: date
) -> None:
    """Op de laatste dag geldt het nog, daarna is het 401 met een code; de lijst waarschuwt een maand van tevoren."""
    laatste = vandaag + timedelta(days=40)
    waarde = token("toevoegen", "tijdelijk", "--recht", "taken=lezen", "--tot", str(laatste)).stdout.strip()
    regels = [next(toon(installatie))]
    for dagen in (39, 1):
        klok.verzet(timedelta(days=dagen))
        assert vraag(installatie, waarde, "taken", "externetaken") == 200
        regels.append(next(toon(installatie)))
    klok.verzet(timedelta(days=1))
    antwoord = _antwoord(installatie, waarde, "taken", "externetaken")
    assert (antwoord.status_code, antwoord.json()["code"]) == (401, "token-expired")
    assert str(laatste) in antwoord.json()["detail"]
    regels.append(next(toon(installatie)))
    assert [regel.rpartition("\t")[2] for regel in regels] == [
        f"geldt tot en met {laatste}",
        f"geldt tot en met {laatste}; LET OP: nog 1 dag",
        f"geldt tot en met {laatste}; LET OP: nog 0 dagen",
        f"VERLOPEN: gold tot en met {laatste}",
    ]
    nieuw = geef_token(installatie, "tijdelijk", {"taken": "lezen"})
    assert vraag(installatie, nieuw, "taken", "externetaken") == 200


def test_per_objecttype_en_veld(installatie: Installatie, token: Opdracht, boom: ObjectTypeUit, vandaag: date) -> None:
    objecten = ObjectenClient(installatie, namens="modelleren")
    gemaakt = objecten.maak_object(object_(boom, vandaag, geheim="x"), sleutel="1")
    velden = f"{boom.uuid}:1=url,type,record__typeVersion,record__data__naam"
    lezer = token("toevoegen", "gis", "--objecttype", f"{boom.url}=lezen", "--velden", velden).stdout.strip()
    pad = f"objects/{gemaakt.uuid}"
    antwoord = _antwoord(installatie, lezer, "objecten", pad)
    assert antwoord.json()["record"] == {"typeVersion": 1, "data": {"naam": "eik"}}
    assert "record__data__geheim" in antwoord.headers["X-Unauthorized-Fields"]
    assert vraag(installatie, lezer, "objecten", pad, "DELETE") == 403
    assert f"  {boom.url}\tlezen versie 1: url, type, record__typeVersion, record__data__naam" in token("tonen").stdout
    schrijver = token("toevoegen", "beheer", "--objecttype", f"{boom.uuid}=alles").stdout.strip()
    assert vraag(installatie, schrijver, "objecten", pad, "DELETE") == 204


@pytest.fixture
def vandaag(installatie: Installatie) -> date:
    return installatie.klok.vandaag()


@pytest.mark.parametrize(
    ("argumenten", "reden"),
    [
        (["x"], "Zonder --recht"),
        (["x", "--recht", "zaken=lezen"], "geen registratie met tokens"),
        (["x", "--recht", "taken=schrijven"], "schrijf NAAM=lezen"),
        (["x.y", "--recht", "taken=lezen"], "kan niet de naam"),
        (["dienstverlening-kcc", "--recht", "taken=lezen"], "kan niet de naam"),
        (["x", "--recht", "taken=lezen", "--tot", "2026-02-30"], "2026-02-30"),
        (["x", "--recht", "taken=lezen", "--tot", "2020-01-01"], "die dag is al voorbij"),
        (["x", "--objecttype", "boom=lezen"], "geen uuid of URL"),
        (["x", "--objecttype", "00000000-0000-4000-8000-000000000000=lezen"], "bestaat hier niet"),
        (["x", "--recht", "taken=lezen", "--velden", "boom"], "geef TYPE:VERSIE"),
    ],
)
def test_wat_niet_klopt_is_een_regel(token: Opdracht, argumenten: list[str], reden: str) -> None:
    uitkomst = token("toevoegen", *argumenten)
    assert uitkomst.exit_code == 2
    assert "x." not in uitkomst.stdout
    assert reden in uitkomst.stderr
    assert token("verwijderen", "onbekend").exit_code == 2
