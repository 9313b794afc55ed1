"""De OpenID Provider zelf: wat hij weigert, en of zijn pagina's in orde zijn."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import html5lib
import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from kern.aanmelden import Niveau
from kern.klok import Klok
from simulatoren.basis import SimulatorGeweigerd
from simulatoren.brp.bevolking import Bevolking
from simulatoren.gegevens import lees
from simulatoren.oidc import maak_app
from simulatoren.oidc.aanbod import alle_middelen
from tests.integratie.aanmelden.hulp import JAN, NU, PLATFORM, SIMULATOR, Opstelling, argumenten, kies, opstelling

TOKEN = f"{SIMULATOR}/digid/token"


@pytest.fixture
def proef(tmp_path: Path) -> Iterator[Opstelling]:
    with opstelling(tmp_path) as gemaakt:
        yield gemaakt


def _bewering(proef: Opstelling, sleutel: Any = None, **anders: Any) -> dict[str, str]:
    nu = int(NU.timestamp())
    claims = {"iss": "dienstverlening", "sub": "dienstverlening", "aud": TOKEN, "jti": "1", "iat": nu, "exp": nu + 60}
    kop = {"alg": anders.pop("alg", "PS256")}
    sleutel = sleutel or proef.middelen["digid"].sleutel
    return {
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode(kop, {**claims, **anders}, sleutel, algorithms=[kop["alg"]]),
    }


def _wissel(proef: Opstelling, bewering: dict[str, str], **anders: str) -> httpx.Response:
    adres, poging = proef.begin()
    terug = kies(proef.http, adres, JAN)
    velden = {
        "grant_type": "authorization_code",
        "code": terug["code"],
        "redirect_uri": f"{PLATFORM}/aanmelden/digid/terug",
        "code_verifier": poging.verifier,
    }
    return proef.http.post(TOKEN, data={**velden, **bewering, **anders})


def test_een_goede_bewering_is_een_keer_te_gebruiken(proef: Opstelling) -> None:
    bewering = _bewering(proef)
    assert _wissel(proef, bewering).status_code == 200
    herhaald = _wissel(proef, bewering)
    assert (herhaald.status_code, herhaald.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize(
    "anders",
    [
        {"aud": "https://elders.example"},
        {"exp": int(NU.timestamp()) - 60},
        {"iss": "iemand"},
        {"sub": "iemand"},
        {"sleutel": RSAKey.generate_key(2048)},
        {"sleutel": OctKey.generate_key(256), "alg": "HS256"},
    ],
)
def test_een_verkeerde_bewering_wordt_geweigerd(proef: Opstelling, anders: dict[str, Any]) -> None:
    assert _wissel(proef, _bewering(proef, **anders)).status_code == 401


def test_zonder_of_met_verkeerd_geheim(proef: Opstelling) -> None:
    for kop in ({}, {"Authorization": "Basic !!"}, {"Authorization": "Bearer x"}):
        assert proef.http.post(TOKEN, data={}, headers=kop).status_code == 401
    for geheim in ("", "fout"):
        assert proef.http.post(TOKEN, data={}, auth=("dienstverlening-geheim", geheim)).status_code == 401
    # een client met een sleutel heeft geen geheim om te raden
    leeg = base64.b64encode(b"dienstverlening:").decode()
    assert proef.http.post(TOKEN, data={}, headers={"Authorization": f"Basic {leeg}"}).status_code == 401


@pytest.mark.parametrize(
    "anders",
    [
        {"redirect_uri": f"{PLATFORM}/aanmelden/eidas/terug"},
        {"code_verifier": "x" * 43},
        {"code": "zomaar"},
        {"grant_type": "password"},
    ],
)
def test_een_code_hoort_bij_adres_en_verifier(proef: Opstelling, anders: dict[str, str]) -> None:
    antwoord = _wissel(proef, _bewering(proef), **anders)
    assert antwoord.status_code == 400
    assert antwoord.json()["error"] in ("invalid_grant", "unsupported_grant_type")


def test_een_code_van_het_ene_middel_werkt_niet_bij_het_andere(proef: Opstelling) -> None:
    adres, poging = proef.begin()
    terug = kies(proef.http, adres, JAN)
    velden = {
        "grant_type": "authorization_code",
        "code": terug["code"],
        "redirect_uri": f"{PLATFORM}/aanmelden/digid/terug",
        "code_verifier": poging.verifier,
        **_bewering(proef, aud=f"{SIMULATOR}/eidas"),
    }
    assert proef.http.post(f"{SIMULATOR}/eidas/token", data=velden).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize("weg", ["client_id", "redirect_uri"])
def test_een_onbekende_toepassing_wordt_nooit_teruggestuurd(proef: Opstelling, weg: str) -> None:
    adres, _ = proef.begin()
    vraag = {**argumenten(adres), weg: "https://elders.example/"}
    antwoord = proef.http.get(f"{SIMULATOR}/digid/inloggen?{urlencode(vraag)}")
    assert antwoord.status_code == 400
    assert "elders.example" not in antwoord.text


@pytest.mark.parametrize(
    ("anders", "fout"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_een_onvolledige_vraag_gaat_terug_met_een_fout(proef: Opstelling, anders: dict[str, str], fout: str) -> None:
    adres, poging = proef.begin()
    vraag = {**argumenten(adres), **anders}
    antwoord = proef.http.get(f"{SIMULATOR}/digid/inloggen?{urlencode(vraag)}")
    terug = argumenten(antwoord.headers["Location"])
    assert (terug["error"], terug["state"], terug["iss"]) == (fout, poging.state, f"{SIMULATOR}/digid")


def test_userinfo_alleen_met_een_geldig_token(proef: Opstelling) -> None:
    tokens = _wissel(proef, _bewering(proef)).json()
    koppen = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert proef.http.get(f"{SIMULATOR}/digid/userinfo", headers=koppen).json()["bsn"] == JAN
    assert proef.http.get(f"{SIMULATOR}/eidas/userinfo", headers=koppen).status_code == 401
    assert proef.http.get(f"{SIMULATOR}/digid/userinfo").status_code == 401


def test_het_onderwerp_is_een_pseudoniem_per_middel(proef: Opstelling) -> None:
    digid = proef.log_in("digid", "999000573")
    eidas = proef.log_in("eidas", "met-bsn")
    assert digid.bsn == eidas.bsn
    assert digid.onderwerp != eidas.onderwerp
    assert digid.onderwerp == proef.log_in("digid", "999000573").onderwerp
    assert digid.bsn not in digid.onderwerp


def test_wie_een_lager_niveau_heeft_kan_niet_hoger(proef: Opstelling) -> None:
    adres, _ = proef.begin("eidas", Niveau.HOOG)
    antwoord = proef.http.post(adres, data={"persoon": "belgie", "acr": "http://eidas.europa.eu/LoA/high"})
    assert antwoord.status_code == 400
    assert "kan niet hoger dan niveau substantieel" in antwoord.text


@pytest.mark.parametrize("middel", ["digid", "digid-machtigen", "eherkenning", "eidas", "medewerkers"])
@pytest.mark.parametrize("fout", [False, True])
def test_de_inlogpagina_is_goede_html_met_labels(proef: Opstelling, middel: str, fout: bool) -> None:
    adres, _ = proef.begin(middel)
    antwoord = proef.http.post(adres, data={}) if fout else proef.http.get(adres)
    assert antwoord.status_code == (400 if fout else 200)
    boom = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(antwoord.text)
    assert boom.get("lang") == "nl"
    labels = {label.get("for") for label in boom.iter("label")}
    velden = [veld.get("id") for soort in ("input", "select") for veld in boom.iter(soort)]
    assert set(velden) == labels
    assert len(velden) == len(set(velden))
    assert all(fieldset.find("legend") is not None for fieldset in boom.iter("fieldset"))
    verwijzingen = {deel.get("aria-describedby") for deel in boom.iter() if deel.get("aria-describedby")}
    assert verwijzingen <= {deel.get("id") for deel in boom.iter()}
    assert bool(verwijzingen) is fout
    assert antwoord.headers["Content-Security-Policy"].endswith(f"form-action 'self' {PLATFORM}")
    assert "style=" not in antwoord.text


def test_de_verzonnen_aanmeldingen_horen_bij_bekende_personen_en_bedrijven() -> None:
    bevolking = Bevolking.voorbeeldstad()
    bedrijven = {bedrijf["kvkNummer"] for bedrijf in lees("bedrijven")}
    for middel in alle_middelen(bevolking).values():
        assert len(middel.personen) == len({persoon.sleutel for persoon in middel.personen})
        for persoon in middel.personen:
            namens = persoon.claims.get("vertegenwoordigde", {})
            assert {persoon.claims.get("bsn"), namens.get("bsn")} - {None} <= set(bevolking.inwoners)
            assert {persoon.claims.get("kvk"), namens.get("kvk")} - {None} <= bedrijven


def test_start_niet_buiten_demo_en_test(tmp_path: Path) -> None:
    with pytest.raises(SimulatorGeweigerd):
        maak_app(omgeving="productie", basis_url=SIMULATOR, map_=tmp_path, klok=Klok(), clients=())
    assert not list(tmp_path.iterdir())
