"""Een client leest ook wat na de eerste pagina komt, en geeft nooit een halve lijst."""

from uuid import uuid4

import pytest

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn, BerichtUit
from kern.installatie import Installatie

ONTVANGER = "urn:nld:brp:bsn:999000007"
AANTAL = 101  # één meer dan er op een pagina gaan


@pytest.fixture
def berichten(installatie: Installatie) -> BerichtenClient:
    client = BerichtenClient(installatie, namens="proef")
    for nummer in range(AANTAL):
        bericht = BerichtIn(onderwerp=f"Bericht {nummer}", bericht_tekst="Tekst", ontvanger=ONTVANGER)
        client.plaats(bericht, sleutel=uuid4().hex)
    return client


def test_alle_paginas(berichten: BerichtenClient) -> None:
    eerste = berichten.zoek_berichten({"ontvanger": ONTVANGER})
    assert (eerste.count, len(eerste.results)) == (AANTAL, AANTAL - 1)
    assert len({bericht.url for bericht in berichten.alle_berichten({"ontvanger": ONTVANGER})}) == AANTAL


def test_een_te_ruime_vraag_is_een_fout(berichten: BerichtenClient) -> None:
    gevonden = berichten.zoek_alle("berichten", BerichtUit, {"ontvanger": ONTVANGER}, hoogstens=1)
    with pytest.raises(RuntimeError, match="meer dan 1 pagina"):
        list(gevonden)
