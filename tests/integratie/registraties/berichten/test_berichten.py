"""De Berichten API (regels hoofdstuk 13)."""

from datetime import timedelta
from typing import Any

import pytest

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn
from integratie.urn import urn_bsn
from kern.installatie import Installatie
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
