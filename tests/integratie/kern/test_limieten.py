"""Grenzen aan hoe vaak iets mag."""

from typing import Any

import pytest
from flask import Flask, request

from kern.installatie import Installatie
from kern.limieten import Limieten, TeVaak, begrens
from kern.toegang import openbaar
from kern.web import maak_api_app, maak_scherm_app
from tests.kernhulp import BSN


def test_te_vaak_zegt_hoelang_wachten_en_telt_per_persoon(installatie: Installatie) -> None:
    limieten = Limieten(installatie)
    for _ in range(3):
        limieten.eis_ruimte("bsn-zoeken", "3/minute", BSN)
    with pytest.raises(TeVaak) as gevangen:
        limieten.eis_ruimte("bsn-zoeken", "3/minute", BSN)
    assert 1 <= gevangen.value.wacht <= 60
    assert gevangen.value.headers == {"Retry-After": str(gevangen.value.wacht)}
    limieten.eis_ruimte("bsn-zoeken", "3/minute", "iemand anders")
    limieten.eis_ruimte("inloggen", "3/minute", BSN)


def test_teller_geldt_voor_alle_processen_en_bevat_geen_bsn(installatie: Installatie) -> None:
    Limieten(installatie).eis_ruimte("bsn-zoeken", "1/minute", BSN)
    with pytest.raises(TeVaak):
        Limieten(installatie).eis_ruimte("bsn-zoeken", "1/minute", BSN)
    sleutels: Any = installatie.redis.keys("*")
    assert not [sleutel for sleutel in sleutels if BSN.encode() in sleutel]


@pytest.mark.parametrize("soort", ["scherm", "api"])
def test_route_geeft_429_met_retry_after(installatie: Installatie, soort: str) -> None:
    maak: Any = maak_scherm_app if soort == "scherm" else maak_api_app
    app: Flask = maak("proef", installatie, import_naam=__name__)

    @app.get("/code")
    @openbaar
    @begrens("code", "2/minute", lambda: request.headers["X-Wie"])
    def code() -> str:
        return "goed"

    client = app.test_client()
    statussen = [client.get("/code", headers={"X-Wie": "a"}).status_code for _ in range(3)]
    assert statussen == [200, 200, 429]
    te_vaak = client.get("/code", headers={"X-Wie": "a"})
    assert 1 <= int(te_vaak.headers["Retry-After"]) <= 60
    inhoud = "text/html; charset=utf-8" if soort == "scherm" else "application/problem+json"
    assert te_vaak.headers["Content-Type"] == inhoud
    assert client.get("/code", headers={"X-Wie": "b"}).status_code == 200
