"""Inloggen op het samengestelde platform, met de simulator als inlogmiddel."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from dienstverlening.aanmelden import middelen_van
from kern.aanmelden.blauwdruk import maak_blauwdruk
from kern.installatie import Installatie


def test_inwoner_kiest_een_middel(client: httpx.Client) -> None:
    antwoord = client.get("/aanmelden/", params={"voor": "inwoner", "terug": "/mijn/", "niveau": "midden"})
    assert antwoord.status_code == 200
    assert "<h1" in antwoord.text
    adressen = re.findall(r'href="(/aanmelden/[^"]+)"', antwoord.text)
    namen = [urlsplit(adres).path.split("/")[2] for adres in adressen]
    assert namen == ["digid", "digid-machtigen", "eidas", "eherkenning"]
    assert parse_qs(urlsplit(adressen[0].replace("&amp;", "&")).query) == {"terug": ["/mijn/"], "niveau": ["midden"]}


def test_keuze_in_het_engels(client: httpx.Client) -> None:
    tekst = client.get("/aanmelden/?taal=en").text
    assert "How do you want to sign in?" in tekst
    assert "For your company or organisation." in tekst


def test_medewerker_gaat_meteen_naar_zijn_inlogmiddel(client: httpx.Client) -> None:
    antwoord = client.get("/aanmelden/?voor=medewerker&terug=/kcc/")
    assert antwoord.status_code == 302
    assert "/simulatoren/oidc/medewerkers/" in antwoord.headers["location"]


def test_terug_zonder_poging_is_een_duidelijke_pagina(client: httpx.Client) -> None:
    antwoord = client.get("/aanmelden/digid/terug?state=onbekend&code=x")
    assert antwoord.status_code == 400
    assert "Het inloggen duurde te lang" in antwoord.text


def test_onbekend_middel_is_404(client: httpx.Client) -> None:
    assert client.get("/aanmelden/bestaat-niet").status_code == 404


def test_afmelden_vraagt_een_formulier_met_token(client: httpx.Client) -> None:
    assert client.get("/afmelden").status_code == 405
    assert client.post("/afmelden").status_code == 400


def test_productie_kent_alleen_eigen_middelen(installatie: Installatie) -> None:
    productie = installatie.instellingen.model_copy(update={"omgeving": "productie"})
    assert middelen_van(Installatie(productie)) == ()
    assert len(middelen_van(installatie)) == 5


def test_alle_routes_van_kern_hangen_er(installatie: Installatie, client: httpx.Client) -> None:
    blauwdruk = maak_blauwdruk(installatie, (), lambda *_: "")
    assert blauwdruk.name == "aanmelden"
    for pad in ("/aanmelden/", "/aanmelden/digid", "/aanmelden/digid/terug"):
        assert client.get(pad).status_code != 404, pad


@pytest.mark.parametrize("pad", ["/beheer/techniek/outbox/"])
def test_wie_niet_is_ingelogd_wordt_doorgestuurd(client: httpx.Client, pad: str) -> None:
    antwoord = client.get(pad)
    assert antwoord.status_code == 302
    assert antwoord.headers["location"].startswith("/aanmelden/?voor=medewerker")
