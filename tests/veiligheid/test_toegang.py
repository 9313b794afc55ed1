"""Elke route van elk onderdeel zegt wie haar mag gebruiken, en een API laat alleen machines toe."""

import httpx
import pytest

from dienstverlening.delen import DELEN, SIMULATOREN
from kern.deel import Deel
from kern.installatie import Installatie
from kern.sessies import GeenSessies
from kern.toegang import routes_zonder_toegang, toegangsoverzicht
from kern.web import App

MET_APP = [deel for deel in DELEN + SIMULATOREN if deel.maak_app]
# Zonder aanmelden te lezen: de beschrijving van de API zelf, en lijsten die de standaard openbaar maakt.
OPEN_IN_EEN_API = ("/openapi.json", "/openapi.yaml", "/schema")
# De aanroeper meldt zich aan met wat bij zijn abonnement hoort, of zijn melding is geen bewijs (betalen); de route toetst dat zelf.
EIGEN_TOETS = ("/notificaties", "/betalingen/<uuid:taak>")


@pytest.mark.parametrize("deel", MET_APP, ids=lambda deel: deel.naam)
def test_elke_route_heeft_een_toegangsregel(deel: Deel, installatie: Installatie) -> None:
    assert deel.maak_app
    assert routes_zonder_toegang(deel.maak_app(installatie)) == []


@pytest.mark.parametrize("deel", [deel for deel in MET_APP if "/api/" in deel.pad], ids=lambda deel: deel.naam)
def test_api_laat_alleen_machines_toe(deel: Deel, installatie: Installatie) -> None:
    assert deel.maak_app
    dicht = installatie.diensten[deel.naam].aanmelding != "geen"
    open_ = [
        route.pad
        for route in toegangsoverzicht(deel.maak_app(installatie))
        if route.regel and route.regel.soort != "machine" and not route.pad.endswith(OPEN_IN_EEN_API + EIGEN_TOETS)
    ]
    assert not dicht or open_ == []


def test_webhook_zonder_aanmelding_wordt_geweigerd(client: httpx.Client) -> None:
    for koppen in ({}, {"Authorization": "Bearer onzin"}):
        antwoord = client.post("/processen/api/v1/notificaties", json={"kanaal": "test"}, headers=koppen)
        assert antwoord.status_code in (401, 403)


@pytest.mark.parametrize("deel", [deel for deel in DELEN if deel.maak_app], ids=lambda deel: deel.naam)
def test_elk_scherm_heeft_csrf_zonder_uitzonderingen_en_elke_api_geen_sessie(
    deel: Deel, installatie: Installatie
) -> None:
    assert deel.maak_app
    app = deel.maak_app(installatie)
    assert isinstance(app, App)
    if isinstance(app.session_interface, GeenSessies):
        return
    csrf = app.extensions["csrf"]
    assert (csrf._exempt_views, csrf._exempt_blueprints) == (set(), set())
    assert (app.config["WTF_CSRF_ENABLED"], app.config["WTF_CSRF_CHECK_DEFAULT"]) == (True, True)
