"""De Berichten API (regels hoofdstuk 13)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn, BerichtUit
from integratie.urn import urn_bsn
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.kit.test_vragen import LEZEN, hoeveel
from tests.integratie.registraties.gebeurtenissen import gebeurtenissen, soorten
from tests.integratie.registraties.tokens import fouten

INWONER = urn_bsn("999990019")


@pytest.fixture
def client(installatie: Installatie) -> BerichtenClient:
    return BerichtenClient(installatie, namens="verzenden")


def bericht(**velden: Any) -> BerichtIn:
    return BerichtIn.model_validate(
        {"onderwerp": "Besluit", "bericht_tekst": "Er is een besluit.", "ontvanger": INWONER, **velden}
    )


def test_publiceren_is_standaard_nu(client: BerichtenClient, installatie: Installatie) -> None:
    geplaatst = client.plaats(bericht(), sleutel="1")
    assert geplaatst.publicatiedatum is not None
    assert abs(geplaatst.publicatiedatum - installatie.klok.nu()) < timedelta(seconds=30)


def test_alleen_geopend_is_te_wijzigen(client: BerichtenClient, installatie: Installatie) -> None:
    geplaatst = client.plaats(bericht(), sleutel="1")
    assert client.markeer_geopend(geplaatst.url, installatie.klok.nu()).geopend_op is not None
    assert fouten(lambda: client.vraag("PATCH", geplaatst.url, json={"onderwerp": "Anders"})) == {
        ("onderwerp", "wijzigen-niet-toegelaten")
    }
    assert fouten(lambda: client.vraag("DELETE", geplaatst.url), 405) == set()


@pytest.mark.parametrize(
    ("veld", "waarde", "code"),
    [
        ("onderwerp", "x" * 51, "max_length"),
        ("berichtTekst", "x" * 4001, "max_length"),
        ("ontvanger", "bsn", "invalid"),
    ],
)
def test_grenzen(client: BerichtenClient, veld: str, waarde: str, code: str) -> None:
    invoer = {**bericht().als_json(), veld: waarde}
    assert (veld, code) in fouten(lambda: client.vraag("POST", "berichten", json=invoer))


def test_zoeken_per_ontvanger_en_ongelezen(client: BerichtenClient, installatie: Installatie) -> None:
    gelezen, nieuw = client.plaats(bericht(), sleutel="1"), client.plaats(bericht(), sleutel="2")
    client.plaats(bericht(ontvanger=urn_bsn("999991656")), sleutel="3")
    client.markeer_geopend(gelezen.url, installatie.klok.nu())
    assert client.zoek_berichten({"ontvanger": INWONER}).count == 2
    assert [b.url for b in client.zoek_berichten({"ontvanger": INWONER, "geopendOp__isnull": True}).results] == [
        nieuw.url
    ]


def test_een_bericht_komt_uit_op_zijn_publicatiedatum(
    client: BerichtenClient, installatie: Installatie, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    """Tot die tijd wordt het niet getoond, en kan niemand het geopend hebben."""
    installatie.verwerkers.pop("gebeurtenis", None)  # zodat zij blijft liggen om te bekijken
    moment = klok.nu() + timedelta(days=2)
    straks = client.plaats(bericht(publicatiedatum=moment, mijn_overheid_berichtenbox=True), sleutel="1")
    werk_outbox_af()
    assert soorten(installatie) == ["bericht-geregistreerd"]
    getoond = {"ontvanger": INWONER, "publicatiedatum__lte": klok.nu().isoformat()}
    assert client.zoek_berichten(getoond).count == 0
    assert fouten(lambda: client.markeer_geopend(straks.url, klok.nu())) == {("geopendOp", "invalid")}
    klok.verzet(timedelta(days=2, minutes=1))
    werk_outbox_af()
    assert soorten(installatie) == ["bericht-geregistreerd", "bericht-gepubliceerd"]
    laatste = gebeurtenissen(installatie)[-1]
    assert (laatste["subject"], laatste["data"]) == (
        f"berichten:berichten/{straks.uuid}",
        {"mijnOverheidBerichtenbox": True},
    )
    assert "999990019" not in str(laatste)
    assert client.zoek_berichten(getoond | {"publicatiedatum__lte": klok.nu().isoformat()}).count == 1
    assert client.markeer_geopend(straks.url, klok.nu()).geopend_op is not None


def test_een_bericht_dat_al_uit_is_meldt_dat_meteen(client: BerichtenClient, installatie: Installatie) -> None:
    client.plaats(bericht(), sleutel="1")
    assert soorten(installatie) == ["bericht-geregistreerd", "bericht-gepubliceerd"]


def test_een_volledig_bericht_komt_ongewijzigd_terug(client: BerichtenClient) -> None:
    zaak = "urn:nld:517439943:zaak:zaaknummer:ZAAK-1"
    document = "urn:nld:517439943:informatieobject:uuid:717815f6-1939-4fd2-93f0-83d25bad154e"
    invoer = bericht().als_json(alleen_gezet=True) | {
        "publicatiedatum": "2026-01-01T10:00:00Z",
        "referentie": "K-1",
        "geopendOp": None,
        "berichtType": "BT-1",
        "isGerelateerdAan": [{"urn": zaak}],
        "handelingsPerspectief": "betalen",
        "einddatumHandelingsTermijn": "2026-02-01T10:00:00Z",
        "mijnOverheidBerichtenbox": True,
        "bijlagen": [{"informatieObject": document, "omschrijving": "Besluit.pdf", "isBerichtTypeBijlage": True}],
    }
    gemaakt = client.vraag("POST", "berichten", json=invoer)
    assert {naam: gemaakt[naam] for naam in invoer} == invoer
    assert client.vraag("GET", gemaakt["url"]) == gemaakt
    assert [b.url for b in client.alle("berichten", BerichtUit, isGerelateerdAan=zaak)] == [gemaakt["url"]]


def test_lezen_kost_evenveel_vragen_op_elke_pagina(client: BerichtenClient, installatie: Installatie) -> None:
    for nummer in range(12):
        client.plaats(bericht(), sleutel=str(nummer))
    kosten = [
        hoeveel(installatie, partial(client.vraag, "GET", "berichten", params={"pageSize": grootte}))
        for grootte in (1, 100)
    ]
    assert max(kosten) <= LEZEN
