"""De aanmeldstroom tegen de simulator: goede aanmeldingen, en elk antwoord dat niet deugt wordt geweigerd."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from kern.aanmelden import (
    Afgebroken,
    AntwoordOngeldig,
    Claims,
    MiddelOnbereikbaar,
    Niveau,
    NiveauTeLaag,
    PogingVerlopen,
)
from kern.aanmelden.aanbieder import GELDIG, Aanbieders
from kern.aanmelden.niveaus import DIGID, EHERKENNING
from simulatoren.oidc.sleutels import openbaar_deel
from tests.integratie.aanmelden.hulp import JAN, NU, PLATFORM, SIMULATOR, Opstelling, argumenten, kies, opstelling

SMARTCARD = next(acr for acr, niveau in DIGID.items() if niveau is Niveau.SUBSTANTIEEL)
MIDDEN = next(acr for acr, niveau in DIGID.items() if niveau is Niveau.MIDDEN)


@pytest.fixture
def proef(tmp_path: Path) -> Iterator[Opstelling]:
    with opstelling(tmp_path) as gemaakt:
        yield gemaakt


def test_digid(proef: Opstelling) -> None:
    jan = proef.log_in(acr=MIDDEN)
    assert (jan.soort, jan.bsn, jan.niveau, jan.loa, jan.tijdstip) == ("inwoner", JAN, Niveau.MIDDEN, MIDDEN, NU)
    assert jan.authenticatie_context() == {"source": "digid", "levelOfAssurance": MIDDEN}
    assert jan.indicatie_machtiging == ""
    assert JAN not in repr(jan)


def test_eherkenning_met_vestiging_en_handelende_persoon(proef: Opstelling) -> None:
    bakker = proef.log_in("eherkenning", "korenaar-haven")
    assert (bakker.soort, bakker.kvk, bakker.vestiging) == ("ondernemer", "90000034", "000090000342")
    context = bakker.authenticatie_context()
    assert context == {
        "source": "eherkenning",
        "levelOfAssurance": next(iter(EHERKENNING)),
        "actingSubject": "handelend-korenaar-haven@simulator",
    }


def test_eherkenning_bewindvoering_en_ketenmachtiging(proef: Opstelling) -> None:
    bewind = proef.log_in("eherkenning", "bewind").authenticatie_context()
    assert bewind is not None
    assert bewind["representee"] == {"identifierType": "bsn", "identifier": "999000901"}
    assert bewind["mandate"]["role"] == "bewindvoerder"
    keten = proef.log_in("eherkenning", "administratie").authenticatie_context()
    assert keten is not None
    assert keten["representee"] == {"identifierType": "kvkNummer", "identifier": "90000018"}
    assert set(keten["mandate"]) == {"services"}


def test_digid_machtigen(proef: Opstelling) -> None:
    anna = proef.log_in("digid-machtigen", "anna-voor-hendrik")
    assert anna.bsn == "999000032"
    assert anna.machtiging is not None
    assert anna.machtiging.vertegenwoordigde == "999000147"
    assert anna.indicatie_machtiging == "gemachtigde"
    context = anna.authenticatie_context()
    assert context is not None
    assert context["representee"] == {"identifierType": "bsn", "identifier": "999000147"}
    assert context["mandate"]["services"][0]["id"]


def test_eidas_met_en_zonder_bsn(proef: Opstelling) -> None:
    greta = proef.log_in("eidas", "duitsland")
    assert (greta.bsn, greta.pseudoniem, greta.naam) == ("", "DE/NL/5c1f0a7e", "Greta Schmidt")
    assert greta.geboortedatum == date(1985, 7, 4)
    assert greta.authenticatie_context() is None
    assert proef.log_in("eidas", "met-bsn").bsn == "999000573"


def test_medewerker_met_groepen_en_rollen(proef: Opstelling) -> None:
    tessa = proef.log_in("medewerkers", "tessa", Niveau.SUBSTANTIEEL)
    assert (tessa.gebruikersnaam, tessa.naam) == ("tessa", "Tessa de Lange")
    assert tessa.groepen == ("vergunningen",)
    assert tessa.rollen == ("behandelaar", "teamleider")
    assert tessa.niveau is Niveau.SUBSTANTIEEL
    assert tessa.bsn == ""


def test_rollen_uit_groepen(proef: Opstelling) -> None:
    proef.middelen["medewerkers"] = replace(
        proef.middelen["medewerkers"],
        claims=Claims(rollen="bestaat-niet"),
        rollen_per_groep={"klantcontactcentrum": ("kcc-medewerker", "onbekende-rol")},
    )
    assert proef.log_in("medewerkers", "kim").rollen == ("kcc-medewerker",)


def test_rollen_en_nummers_van_een_ander_soort_middel_tellen_niet(proef: Opstelling) -> None:
    """Een inlogmiddel voor medewerkers kan geen BSN geven, en een inwoner geen rollen."""
    proef.middelen["medewerkers"] = replace(proef.middelen["medewerkers"], claims=Claims(bsn="preferred_username"))
    assert proef.log_in("medewerkers", "kim").bsn == ""
    proef.middelen["digid"] = replace(proef.middelen["digid"], claims=Claims(rollen=("bsn",), groepen="amr"))
    assert proef.log_in().rollen == ()


def test_alleen_genoeg_niveaus_worden_aangeboden(proef: Opstelling) -> None:
    adres, _ = proef.begin(minimaal=Niveau.SUBSTANTIEEL)
    pagina = proef.http.get(adres).text
    assert SMARTCARD in pagina
    assert MIDDEN not in pagina
    assert proef.log_in(minimaal=Niveau.SUBSTANTIEEL).niveau is Niveau.SUBSTANTIEEL
    te_laag = proef.http.post(adres, data={"persoon": JAN, "acr": MIDDEN, "actie": "inloggen"})
    assert te_laag.status_code == 400
    assert "Kies een betrouwbaarheidsniveau" in te_laag.text


def test_te_laag_niveau_wordt_geweigerd_ook_als_het_middel_het_geeft(proef: Opstelling) -> None:
    with pytest.raises(NiveauTeLaag) as fout:
        proef.log_in(minimaal=Niveau.MIDDEN, fout="te-laag")
    assert (fout.value.volgende, fout.value.middel, fout.value.code) == ("/mijn/", "digid", "niveau")


def test_annuleren_en_storing(proef: Opstelling) -> None:
    with pytest.raises(Afgebroken):
        proef.log_in(actie="annuleren")
    with pytest.raises(MiddelOnbereikbaar):
        proef.log_in(fout="storing")


@pytest.mark.parametrize("fout", ["nonce", "handtekening", "ontvanger", "verlopen"])
def test_een_id_token_dat_niet_klopt_wordt_geweigerd(proef: Opstelling, fout: str) -> None:
    with pytest.raises(AntwoordOngeldig) as geweigerd:
        proef.log_in(fout=fout)
    assert JAN not in str(geweigerd.value)


def test_algoritme_buiten_de_vaste_lijst_wordt_geweigerd(proef: Opstelling) -> None:
    proef.middelen["digid"] = replace(proef.middelen["digid"], algoritmen=("RS256",))  # de simulator geeft hier PS256
    with pytest.raises(AntwoordOngeldig):
        proef.log_in()


def test_de_code_is_een_keer_en_kort_geldig(proef: Opstelling) -> None:
    adres, poging = proef.begin()
    terug = kies(proef.http, adres, JAN)
    digid = proef.middelen["digid"]
    assert proef.aanmelder.rond_af(digid, terug, poging).bsn == JAN
    with pytest.raises(AntwoordOngeldig, match="invalid_grant"):
        proef.aanmelder.rond_af(digid, terug, poging)
    laat = kies(proef.http, adres, JAN)
    proef.klok.verzet(timedelta(seconds=61))
    with pytest.raises(AntwoordOngeldig, match="invalid_grant"):
        proef.aanmelder.rond_af(digid, laat, poging)


def test_een_gestolen_code_is_niets_waard_zonder_verifier(proef: Opstelling) -> None:
    adres, _ = proef.begin()
    terug = kies(proef.http, adres, JAN)
    _, andere = proef.begin()
    with pytest.raises(AntwoordOngeldig, match="invalid_grant"):
        proef.aanmelder.rond_af(proef.middelen["digid"], {**terug, "state": andere.state}, andere)


def test_state_middel_en_afzender_moeten_kloppen(proef: Opstelling) -> None:
    adres, poging = proef.begin()
    terug = kies(proef.http, adres, JAN)
    digid, eherkenning = proef.middelen["digid"], proef.middelen["eherkenning"]
    for argument, bewaard in ((terug, None), ({**terug, "state": "x"}, poging), ({}, poging)):
        with pytest.raises(PogingVerlopen):
            proef.aanmelder.rond_af(digid, argument, bewaard)
    with pytest.raises(PogingVerlopen):
        proef.aanmelder.rond_af(eherkenning, terug, poging)
    for afzender in ({"iss": eherkenning.issuer}, {"iss": ""}):
        with pytest.raises(AntwoordOngeldig, match="andere provider"):
            proef.aanmelder.rond_af(digid, {**terug, **afzender}, poging)


def test_een_oude_poging_is_verlopen(proef: Opstelling) -> None:
    adres, poging = proef.begin()
    terug = kies(proef.http, adres, JAN)
    proef.klok.verzet(timedelta(minutes=16))
    with pytest.raises(PogingVerlopen):
        proef.aanmelder.rond_af(proef.middelen["digid"], terug, poging)


@pytest.mark.parametrize(
    "doel", ["https://elders.example/", "//elders.example", "/\\elders", "mijn", "/a b", "javascript:alert(1)", ""]
)
def test_alleen_terug_naar_een_pad_van_ons(proef: Opstelling, doel: str) -> None:
    _, poging = proef.aanmelder.begin(proef.middelen["digid"], doel)
    assert poging.volgende == "/"


def test_de_aanmeldvraag_volgt_het_profiel(proef: Opstelling) -> None:
    adres, poging = proef.begin(minimaal=Niveau.SUBSTANTIEEL)
    vraag = argumenten(adres)
    assert adres.startswith(f"{SIMULATOR}/digid/inloggen?")
    assert vraag["redirect_uri"] == f"{PLATFORM}/aanmelden/digid/terug"
    assert (vraag["response_type"], vraag["code_challenge_method"]) == ("code", "S256")
    assert vraag["acr_values"].split() == list(DIGID)[2:]
    assert (vraag["state"], vraag["nonce"]) == (poging.state, poging.nonce)
    assert poging.verifier not in adres


def test_een_kapotte_poging_zegt_niets_over_de_persoon(proef: Opstelling) -> None:
    proef.middelen["digid"] = replace(proef.middelen["digid"], claims=Claims(bsn="sub"))
    with pytest.raises(AntwoordOngeldig, match="onbruikbare gegevens: bsn"):
        proef.log_in()
    proef.middelen["digid"] = replace(proef.middelen["digid"], claims=Claims(bsn="bestaat-niet"))
    with pytest.raises(AntwoordOngeldig, match="kenmerk"):
        proef.log_in()


def test_afmelden_bij_het_middel_zonder_persoonsgegevens(proef: Opstelling) -> None:
    adres = proef.aanmelder.afmeldadres(proef.middelen["digid"], f"{PLATFORM}/")
    assert adres is not None
    assert argumenten(adres) == {"client_id": "dienstverlening", "post_logout_redirect_uri": f"{PLATFORM}/"}
    assert proef.http.get(adres).headers["Location"] == f"{PLATFORM}/"
    vreemd = proef.http.get(adres.replace("platform.test", "elders.test"))
    assert vreemd.status_code == 200
    assert "uitgelogd" in vreemd.text


def _tellend(proef: Opstelling) -> tuple[Aanbieders, list[str]]:
    opgehaald: list[str] = []

    def antwoord(verzoek: httpx.Request) -> httpx.Response:
        opgehaald.append(verzoek.url.path)
        return proef.http.send(httpx.Request(verzoek.method, verzoek.url))

    return Aanbieders(httpx.Client(transport=httpx.MockTransport(antwoord)), proef.klok), opgehaald


def test_discovery_en_sleutels_worden_een_uur_onthouden(proef: Opstelling) -> None:
    aanbieders, opgehaald = _tellend(proef)
    issuer = f"{SIMULATOR}/digid"
    for _ in range(3):
        aanbieders.document(issuer)
        aanbieders.sleutels(issuer, sleutel_id=None)
    assert len(opgehaald) == 2
    proef.klok.verzet(GELDIG)
    aanbieders.document(issuer)
    assert len(opgehaald) == 4


def test_een_onbekende_sleutel_wordt_opgehaald_maar_niet_steeds(proef: Opstelling) -> None:
    aanbieders, opgehaald = _tellend(proef)
    issuer = f"{SIMULATOR}/digid"
    aanbieders.sleutels(issuer, sleutel_id="nieuw")
    assert len(opgehaald) == 2
    proef.klok.verzet(timedelta(seconds=31))
    aanbieders.sleutels(issuer, sleutel_id="nieuw")
    aanbieders.sleutels(issuer, sleutel_id="nieuw")
    assert len(opgehaald) == 4


def test_een_storing_van_de_provider_sluit_de_onthouden_gegevens_niet_uit(proef: Opstelling) -> None:
    stuk = False

    def antwoord(verzoek: httpx.Request) -> httpx.Response:
        return httpx.Response(503) if stuk else proef.http.send(httpx.Request(verzoek.method, verzoek.url))

    aanbieders = Aanbieders(httpx.Client(transport=httpx.MockTransport(antwoord)), proef.klok)
    issuer = f"{SIMULATOR}/digid"
    document = aanbieders.document(issuer)
    stuk = True
    proef.klok.verzet(GELDIG)
    assert aanbieders.document(issuer) == document
    with pytest.raises(MiddelOnbereikbaar):
        aanbieders.document(f"{SIMULATOR}/eidas")


@pytest.mark.parametrize(
    "antwoord",
    [
        httpx.Response(200, json={"issuer": "https://iemand-anders.example"}),
        httpx.Response(200, json={"issuer": "https://x.example"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(404, json={"error": "weg"}),
        httpx.Response(302, headers={"Location": "https://elders.example"}),
    ],
)
def test_een_vreemd_discovery_document_wordt_geweigerd(proef: Opstelling, antwoord: httpx.Response) -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda _verzoek: antwoord))
    with pytest.raises(AntwoordOngeldig):
        Aanbieders(http, proef.klok).document("https://x.example")


def test_het_geheime_deel_van_de_sleutel_komt_nooit_naar_buiten(proef: Opstelling) -> None:
    sleutel = proef.http.get(f"{SIMULATOR}/digid/jwks").json()["keys"][0]
    assert set(sleutel) == {"kty", "n", "e", "kid", "use"}
    assert proef.middelen["digid"].sleutel is not None
    assert "d" not in openbaar_deel(proef.middelen["digid"].sleutel)
    assert "PRIVATE" not in repr(proef.middelen["digid"])
