"""Twee inwoners en elk adres van het portaal: niemand ziet iets van een ander."""

import re
from typing import Any

import pytest
from flask import Flask, g

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.toegang import toegangsoverzicht
from mijngemeente.app import maak_app
from mijngemeente.bewaking import eis_bewaakt
from tests.integratie.formulieren.hulp import Browser
from tests.integratie.mijngemeente.conftest import ANNA, JAN, identiteit_van
from tests.integratie.mijngemeente.voorbeeld import Dossier, maak_dossier, maak_zaak_van
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import rol_json

VAN_HET_PORTAAL = re.compile(r"^mijngemeente\.")


def _adressen(app: Flask, dossier: Dossier) -> list[tuple[str, str]]:
    """Elk adres van het portaal met een object erin, ingevuld met wat van deze inwoner is. Een nieuwe route hoort hier vanzelf bij."""
    gevuld: dict[str, Any] = {
        "zaak": dossier.zaak,
        "nummer": dossier.nummer,
        "document": dossier.document,
        "taak": dossier.taak,
        "stap": "antwoord",
        "bericht": dossier.bericht,
        "product": dossier.product,
    }
    adressen = []
    with app.test_request_context():
        for regel in app.url_map.iter_rules():
            if VAN_HET_PORTAAL.match(regel.endpoint) and regel.arguments:
                pad = app.url_for(regel.endpoint, **{naam: gevuld[naam] for naam in regel.arguments})
                methode = "POST" if "POST" in (regel.methods or ()) else "GET"
                adressen.append((methode, "/mijn" + pad.removeprefix("/mijn")))
    return adressen


def _lijsten(app: Flask) -> list[str]:
    return [
        f"/mijn{regel.rule}"
        for regel in app.url_map.iter_rules()
        if VAN_HET_PORTAAL.match(regel.endpoint) and not regel.arguments and "GET" in (regel.methods or ())
    ]


def _vraag(browser: Browser, methode: str, pad: str) -> int:
    if methode == "GET":
        return browser.ga(pad).status_code
    browser.ga("/mijn/voorkeuren")
    velden = {"csrf_token": browser.velden()["csrf_token"], "actie": "later"}
    return browser.http.post(pad, data=velden).status_code


def test_niemand_ziet_iets_van_een_ander(ingericht: Installatie, jan: Browser, anna: Browser) -> None:
    app = maak_app(ingericht)
    dossiers = {"jan": maak_dossier(ingericht, JAN, "kiwi"), "anna": maak_dossier(ingericht, ANNA, "mango")}
    adressen = {wie: _adressen(app, dossier) for wie, dossier in dossiers.items()}
    assert len(adressen["jan"]) >= 10
    for wie, browser, ander in (("jan", jan, "anna"), ("anna", anna, "jan")):
        vreemd = dossiers[ander].waarden()
        for methode, pad in adressen[ander]:
            assert _vraag(browser, methode, pad) == 404, (methode, pad)
        for pad in _lijsten(app):
            inhoud = browser.ga(pad).text
            assert not [waarde for waarde in vreemd if waarde in inhoud], pad
        for methode, pad in adressen[wie]:
            assert _vraag(browser, methode, pad) in (200, 303, 422), (methode, pad)
            assert not [waarde for waarde in vreemd if waarde in browser.antwoord.text], pad


def test_wie_niet_de_initiator_is_ziet_de_zaak_niet(ingericht: Installatie, anna: Browser) -> None:
    """Nummer en rol horen op dezelfde rol te staan: Anna is betrokken bij de zaak van Jan, maar begon haar niet."""
    typen = maak_typen(ingericht)
    zaak = maak_zaak_van(ingericht, typen, JAN, "ZAAK-JAN")
    rol = rol_json(zaak["url"], typen.rollen["behandelaar"], betrokkeneIdentificatie={"inpBsn": ANNA})
    ZakenClient(ingericht, namens="zaken").vraag("POST", "rollen", json=rol)
    assert "ZAAK-JAN" not in anna.ga("/mijn/zaken").text
    assert anna.ga(f"/mijn/zaken/{zaak['uuid']}").status_code == 404
    assert anna.ga("/mijn/zaken/nummer/ZAAK-JAN").status_code == 404


def test_documenten_alleen_als_ze_voor_de_inwoner_zijn(ingericht: Installatie, jan: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    pagina = jan.ga(f"/mijn/zaken/{dossier.zaak}").text
    assert "Brief kiwi" in pagina
    assert "Geheim kiwi" not in pagina
    assert "Onaf kiwi" not in pagina
    for document, status in ((dossier.document, 200), (dossier.geheim, 404), (dossier.onaf, 404)):
        assert jan.ga(f"/mijn/zaken/{dossier.zaak}/documenten/{document}").status_code == status
    # Een document van een andere zaak is via deze zaak niet te halen.
    ander = maak_dossier(ingericht, ANNA, "mango")
    assert jan.ga(f"/mijn/zaken/{dossier.zaak}/documenten/{ander.document}").status_code == 404
    assert jan.ga(f"/mijn/berichten/{dossier.bericht}/bijlagen/{ander.document}").status_code == 404


def test_een_route_die_de_bewaking_vergeet_geeft_een_fout(ingericht: Installatie) -> None:
    app = maak_app(ingericht)
    with app.test_request_context("/zaken/9b2b5c1e-0000-4000-8000-000000000001"):
        g.identiteit = identiteit_van(JAN)
        with pytest.raises(RuntimeError, match="zonder bewaking"):
            eis_bewaakt(app.response_class("zaak van iemand"))
        g.bewaakt = True
        assert eis_bewaakt(app.response_class("mijn zaak")).status_code == 200


@pytest.mark.parametrize(("middel", "wie"), [("medewerkers", "kim"), ("medewerkers", "tessa")])
def test_een_medewerker_komt_er_niet_in(ingericht: Installatie, middel: str, wie: str) -> None:
    browser = Browser(ingericht)
    browser.log_in("/mijn/", middel, wie)
    assert browser.antwoord.status_code == 403


def test_zonder_aanmelding_naar_inloggen(client: Any, ingericht: Installatie) -> None:
    for route in toegangsoverzicht(maak_app(ingericht)):
        if route.regel and route.regel.soort != "openbaar":
            assert route.regel.soort == "inwoner", route.pad
    for pad in ("/mijn/zaken?stand=afgerond", "/mijn/zaken/9b2b5c1e-0000-4000-8000-000000000001"):
        antwoord = client.get(pad)
        assert antwoord.status_code == 302
        assert antwoord.headers["location"].startswith("/aanmelden/?voor=inwoner&terug=%2Fmijn%2Fzaken")
