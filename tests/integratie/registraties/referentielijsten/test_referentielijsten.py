"""Referentielijsten en selectielijst (regels hoofdstuk 16): openbaar lezen, en laden zonder verwijzingen te breken."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from dienstverlening.opstarten import StartFout
from dienstverlening.referentielijsten import laad_uit
from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiFout
from integratie.referentielijsten import ReferentielijstenClient
from integratie.referentielijsten.schemas import WEERGAVEN
from kern.installatie import Installatie
from registraties.referentielijsten.laden import LaadFout, haal_lijsten, laad, laad_als_leeg, voorbeeldset
from tests.integratie.kit.test_vragen import LEZEN, hoeveel

TOESTEMMING = "3e1f6d3e-617f-43e1-87be-8bd255ef4745"
OPENBAAR = "https://selectielijst.openzaak.nl/api/v1"


@pytest.fixture
def client(installatie: Installatie) -> ReferentielijstenClient:
    laad(installatie, voorbeeldset())
    return ReferentielijstenClient(installatie, namens="catalogi")


def test_alleen_lezen_zonder_aanmelden(client: ReferentielijstenClient, installatie: Installatie) -> None:
    basis = f"{installatie.instellingen.adres}/referentielijsten/api/v1"
    for lijst in ("communicatiekanalen", "procestypen", "resultaten", "resultaattypeomschrijvingen"):
        assert installatie.http.get(f"{basis}/{lijst}").status_code == httpx.codes.OK
        assert installatie.http.post(f"{basis}/{lijst}", json={}).status_code == httpx.codes.METHOD_NOT_ALLOWED
    assert installatie.http.get(f"{basis}/openapi.json").json()["security"] == []


def test_procestypen_per_jaar_en_zonder_paginas(client: ReferentielijstenClient) -> None:
    typen = list(client.procestypen(2020))
    assert [proces.nummer for proces in typen] == list(range(1, 30))
    assert isinstance(client.vraag("GET", "procestypen"), list)
    assert list(client.procestypen(2017)) == []
    with pytest.raises(ApiFout) as fout:
        client.vraag("GET", "procestypen", params={"jaar": "twintig"})
    assert fout.value.status == httpx.codes.BAD_REQUEST


def test_resultaten_zijn_te_filteren_op_procestype(client: ReferentielijstenClient) -> None:
    proces = next(proces for proces in client.procestypen() if proces.nummer == 11)
    resultaten = list(client.resultaten(proces.url))
    assert {resultaat.proces_type for resultaat in resultaten} == {proces.url}
    algemeen, bijzonder = (next(r for r in resultaten if r.volledig_nummer == nummer) for nummer in ("11.1", "11.1.1"))
    assert (algemeen.generiek, algemeen.specifiek, algemeen.nummer) == (True, False, 1)
    assert (bijzonder.generiek, bijzonder.specifiek) == (False, True)
    assert (algemeen.waardering, algemeen.procestermijn, algemeen.bewaartermijn) == (
        "vernietigen",
        "bestaansduur_procesobject",
        "P1Y",
    )
    assert algemeen.procestermijn_weergave.startswith("De bestaans- of geldigheidsduur")
    assert next(r for r in resultaten if r.waardering == "blijvend_bewaren").bewaartermijn is None


def test_resultaten_hebben_paginas(client: ReferentielijstenClient) -> None:
    pagina = client.vraag("GET", "resultaten", params={"pageSize": 10})
    assert len(pagina["results"]) == 10 < pagina["count"]
    assert len(list(client.resultaten())) == pagina["count"]


def test_eerste_pagina_heeft_elke_procestermijn(client: ReferentielijstenClient) -> None:
    """De landelijke tests kiezen hun selectielijstklassen van de eerste pagina."""
    gevonden = {resultaat["procestermijn"] for resultaat in client.vraag("GET", "resultaten")["results"]}
    assert gevonden == set(WEERGAVEN)


def test_urls_van_de_openbare_dienst_blijven_herkend(client: ReferentielijstenClient) -> None:
    """Bestaande catalogi verwijzen daarheen (regels 16)."""
    assert client.procestype(f"{OPENBAAR}/procestypen/{TOESTEMMING}").naam == "Toestemming verlenen"
    assert list(client.resultaten(f"{OPENBAAR}/procestypen/{TOESTEMMING}"))
    assert client.eigen("https://ander.example/procestypen/1") == "https://ander.example/procestypen/1"


def test_opnieuw_laden_houdt_adressen_en_vervangt_wat_vervalt(
    client: ReferentielijstenClient, installatie: Installatie
) -> None:
    urls = {resultaat.volledig_nummer: resultaat.url for resultaat in client.resultaten()}
    inhoud = voorbeeldset()
    inhoud["resultaten"] = [rij for rij in inhoud["resultaten"] if rij["volledigNummer"] != "11.1.1"]
    uitkomsten = {uitkomst.naam: uitkomst for uitkomst in laad(installatie, inhoud)}
    assert (uitkomsten["resultaten"].nieuw, uitkomsten["resultaten"].vervallen) == (0, 1)
    assert uitkomsten["procestypen"].vervallen == 0
    vervallen = urls.pop("11.1.1")
    assert {resultaat.volledig_nummer: resultaat.url for resultaat in client.resultaten()} == urls
    with pytest.raises(ApiFout) as fout:
        client.resultaat(vervallen)
    assert fout.value.status == httpx.codes.NOT_FOUND


def test_een_ander_jaar_blijft_staan(client: ReferentielijstenClient, installatie: Installatie) -> None:
    oud = {"uuid": str(uuid4()), "nummer": 1, "jaar": 2017, "naam": "Instellen"}
    laad(installatie, {"procestypen": [oud]})
    assert [proces.jaar for proces in client.procestypen()] == [2020] * 29 + [2017]
    assert list(client.resultaten())


def test_de_demo_laadt_alleen_in_een_lege_lijst(installatie: Installatie) -> None:
    client = ReferentielijstenClient(installatie, namens="catalogi")
    laad_als_leeg(installatie)
    assert len(list(client.procestypen())) == 29
    laad(installatie, {"procestypen": [{"nummer": 1, "jaar": 2020, "naam": "Eigen"}]})
    laad_als_leeg(installatie)
    assert [proces.naam for proces in client.procestypen()] == ["Eigen"]


def _fout(naam: str, **velden: Any) -> dict[str, Any]:
    inhoud = voorbeeldset()
    inhoud[naam][0] |= velden
    return inhoud


@pytest.mark.parametrize(
    ("inhoud", "tekst"),
    [
        (_fout("resultaten", waardering="weg"), "resultaten[0].waardering"),
        (_fout("resultaten", bewaartermijn="5 jaar"), "resultaten[0].bewaartermijn"),
        (_fout("resultaten", procesType=str(uuid4())), "procestype dat er niet is"),
        (_fout("procestypen", uuid=TOESTEMMING), "komt vaker voor"),
        ({"resultaten": []}, "geen enkele lijst"),
    ],
)
def test_foute_gegevens_wijzigen_niets(
    client: ReferentielijstenClient, installatie: Installatie, inhoud: dict[str, Any], tekst: str
) -> None:
    voor = list(client.resultaten())
    with pytest.raises(LaadFout) as fout:
        laad(installatie, inhoud)
    assert tekst in str(fout.value)
    assert list(client.resultaten()) == voor


def test_laden_uit_een_bestand(installatie: Installatie, tmp_path: Path) -> None:
    bestand = tmp_path / "lijsten.json"
    bestand.write_bytes(orjson.dumps({"communicatiekanalen": {"results": [{"naam": "Balie"}]}}))
    assert [(uitkomst.naam, uitkomst.totaal) for uitkomst in laad_uit(installatie, str(bestand))] == [
        ("communicatiekanalen", 1)
    ]
    bestand.write_text("{")
    for bron in (str(bestand), str(tmp_path / "er-niet"), "https://localhost/api/v1"):
        with pytest.raises(StartFout, match="niet te laden"):
            laad_uit(installatie, bron)


@pytest.fixture
def ander(installatie: Installatie, maak_database: Any) -> Iterator[Installatie]:
    """Een tweede installatie, met lege lijsten."""
    nieuw = installatie.instellingen.model_copy(update={"database_url": maak_database()})
    platform = maak_platform(nieuw, installatie.klok)
    yield platform
    platform.sluit()


def test_laden_van_een_andere_dienst(
    client: ReferentielijstenClient, installatie: Installatie, ander: Installatie
) -> None:
    """De lijsten van een ander komen over met hun uuid's, ook over meer pagina's."""
    lijsten = haal_lijsten(installatie.http, client.url(""))
    laad(ander, lijsten)
    over = ReferentielijstenClient(ander, namens="catalogi")
    assert list(over.resultaten()) == list(client.resultaten())
    assert list(over.procestypen()) == list(client.procestypen())


def test_lezen_kost_evenveel_vragen_op_elke_pagina(client: ReferentielijstenClient, installatie: Installatie) -> None:
    for pad in ("resultaten", "communicatiekanalen"):
        kosten = [
            hoeveel(installatie, partial(client.vraag, "GET", pad, params={"pageSize": grootte}))
            for grootte in (1, 100)
        ]
        assert max(kosten) <= LEZEN, (pad, kosten)
    assert hoeveel(installatie, partial(client.vraag, "GET", "procestypen")) <= LEZEN
