"""Elke route van een inzending is alleen voor wie haar begon, welke methode ook."""

from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from flask import Flask
from pypdf import PdfReader

from formulieren.app import maak_app
from integratie.configuratie import FORMULIER, Configuratie
from kern.installatie import Installatie
from kern.toegang import toegangsoverzicht
from tests.integratie.formulieren.hulp import REGISTRATIE, Browser
from tests.integratie.formulieren.invullen import begin, publiceer, tot_overzicht

ANDER = "999000147"
VRIJ = ("/<slug>", "/<slug>/begin", "/<slug>/papier.pdf", "/actief")


def _routes(app: Flask) -> list[tuple[str, str]]:
    return [
        (methode, route.pad)
        for route in toegangsoverzicht(app)
        for methode in route.methoden
        if "static" not in route.pad and route.pad not in VRIJ
    ]


def _adres(pad: str, inzending: str) -> str:
    slug = REGISTRATIE.rpartition("/")[2]
    return "/formulieren" + pad.replace("<slug>", slug).replace("<uuid:inzending>", inzending).replace(
        "<stap>", "woning"
    )


def test_geen_route_geeft_iets_aan_een_ander_of_een_onbekende(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    inzending = browser.pad.split("/")[3]
    routes = _routes(maak_app(ingericht))
    assert len(routes) >= 8
    ander, onbekende = Browser(ingericht), Browser(ingericht)
    ander.log_in(REGISTRATIE, persoon=ANDER)
    token = ander.formulieren()[0][1]["csrf_token"]
    onbekende.http.follow_redirects = False
    for methode, pad in routes:
        adres = _adres(pad, inzending)
        antwoord = ander.http.request(methode, adres, data={"csrf_token": token} if methode == "POST" else None)
        assert antwoord.status_code == 404, (methode, pad)
        zonder = onbekende.http.request(methode, adres)
        assert zonder.status_code == (302 if methode == "GET" else zonder.status_code), (methode, pad)
        assert zonder.status_code in (302, 303, 400), (methode, pad)
        assert "jan@example.nl" not in antwoord.text + zonder.text


def test_papieren_formulier_is_voor_iedereen_hetzelfde_en_leeg(browser: Browser, ingericht: Installatie) -> None:
    """Openbaar, en dus zonder iets van wie ingelogd is of al invulde."""
    tot_overzicht(browser)
    adres = f"{REGISTRATIE}/papier.pdf"
    van_jan, van_onbekende = (_pdftekst(wie.http.get(adres).content) for wie in (browser, Browser(ingericht)))
    assert van_jan == van_onbekende
    assert van_jan.strip()
    assert not [gegeven for gegeven in ("jan@example.nl", "de Vries", "999000007") if gegeven in van_jan]


def _pdftekst(pdf: bytes) -> str:
    return "\n".join(blad.extract_text() for blad in PdfReader(BytesIO(pdf)).pages)


def test_inzending_hoort_bij_haar_formulier(browser: Browser, ingericht: Installatie) -> None:
    ander = publiceer(ingericht, "ander", {"type": "textfield", "key": "iets", "label": "Iets"})
    tot_overzicht(browser)
    assert browser.ga(browser.pad.replace(REGISTRATIE, ander)).status_code == 404


def test_onbekende_inzending_en_stap(browser: Browser) -> None:
    begin(browser)
    stap = browser.pad
    assert browser.ga(f"{REGISTRATIE}/{uuid4()}/stap/gegevens").status_code == 404
    assert browser.ga(f"{REGISTRATIE}/geen-uuid/stap/gegevens").status_code == 404
    browser.ga(stap.replace("gegevens", "bestaat-niet"))
    assert browser.pad == stap


def test_kapotte_definitie_is_404_en_breekt_niets(browser: Browser, ingericht: Installatie) -> None:
    configuratie = Configuratie(ingericht, namens="processen")
    configuratie.bewaar(FORMULIER, "stuk", {"definitie": {"gegevens": {"verzoektype": "x"}, "stappen": 3}})
    assert browser.ga("/formulieren/stuk").status_code == 404
    assert browser.ga(REGISTRATIE).status_code == 200


def test_formulier_post_zonder_token_wordt_geweigerd(browser: Browser) -> None:
    browser.log_in(REGISTRATIE)
    assert browser.http.post(f"{REGISTRATIE}/begin", data={}).status_code == 400


@pytest.mark.parametrize("kop", [{"Sec-Fetch-Site": "cross-site"}])
def test_formulier_van_een_andere_site_wordt_geweigerd(browser: Browser, kop: dict[str, str]) -> None:
    begin(browser)
    antwoord = browser.http.post(browser.pad, data=browser.velden(), headers=kop)
    assert antwoord.status_code == 403


def test_uitloggen_mag_naar_het_ingestelde_inlogmiddel(installatie: Installatie, tmp_path: Path) -> None:
    """De CSP van elk scherm laat het uitlogformulier doorsturen."""
    (tmp_path / "geheim").write_text("geheim")
    (tmp_path / "middelen.toml").write_text(
        '[[inlogmiddel]]\nnaam="digid"\ntitel="DigiD"\ndoelgroep="inwoner"\nbron="digid"\n'
        'issuer="https://makelaar.example/oidc"\nclient_id="x"\n'
        f'client_geheim_bestand="{tmp_path}/geheim"\n'
    )
    gewoon = installatie.instellingen
    installatie.instellingen = gewoon.model_copy(update={"inlogmiddelen": str(tmp_path / "middelen.toml")})
    try:
        app = maak_app(installatie)
    finally:
        installatie.instellingen = gewoon
    csp = app.test_client().get("/actief", base_url=gewoon.adres).headers["Content-Security-Policy"]
    assert "form-action 'self' https://makelaar.example;" in csp


def test_inlogkeuze_op_soort(client: httpx.Client) -> None:
    tekst = client.get("/aanmelden/?bron=eidas,eherkenning&terug=/").text
    assert "/aanmelden/eidas?" in tekst
    assert "/aanmelden/eherkenning?" in tekst
    assert "/aanmelden/digid?" not in tekst
    assert client.get("/aanmelden/?bron=digid&terug=/").text.count("/aanmelden/digid") == 2
    assert client.get("/aanmelden/?bron=eidas").status_code == 302


def test_een_nieuwe_versie_van_een_formulier_is_er_meteen(browser: Browser, ingericht: Installatie) -> None:
    vraag = {"type": "textfield", "key": "iets", "label": "Iets"}
    adres = publiceer(ingericht, "wisselt", vraag, naam="Eerst")
    browser.ga(adres)
    assert browser.kop == "Eerst"
    publiceer(ingericht, "wisselt", vraag, naam="Daarna")
    browser.ga(adres)
    assert browser.kop == "Daarna"
    Configuratie(ingericht, namens="processen").verwijder(FORMULIER, "wisselt")
    assert browser.ga(adres).status_code == 404
