"""De aanmeldroutes in een echte scherm-app: sessie, CSRF, nummerwissel, niveauverhoging en afmelden."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from kern.aanmelden import AanmeldFout, Inlogmiddel, Niveau, herkomsten
from kern.aanmelden.blauwdruk import maak_blauwdruk
from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.toegang import eis_identiteit, openbaar, routes_zonder_toegang, voor_inwoner, voor_medewerker
from kern.web import maak_scherm_app
from simulatoren.oidc import maak_app, maak_proefopstelling
from tests.integratie.aanmelden.hulp import JAN, leg_sleutels_klaar
from tests.integratie.kern.conftest import installatie, kern_url
from tests.kernhulp import verzet

__all__ = ["Installatie", "Motoren", "installatie", "kern_url"]

HENDRIK = "999000147"
OIDC = "/simulatoren/oidc"


def _platform(installatie: Installatie, middelen: tuple[Inlogmiddel, ...]) -> Flask:
    app = maak_scherm_app("proef", installatie, import_naam=__name__, csp={"form-action": herkomsten(middelen)})

    def kies(passend: list[Inlogmiddel], terug: str, niveau: Niveau) -> str:
        return f"{','.join(middel.naam for middel in passend)} {terug} {niveau}"

    app.register_blueprint(maak_blauwdruk(installatie, middelen, kies))
    app.register_error_handler(AanmeldFout, lambda fout: (f"{fout.code} {fout.volgende}", fout.status))

    @app.get("/mijn/")
    @voor_inwoner()
    def mijn() -> str:
        return f"{eis_identiteit().bsn} {eis_identiteit().niveau}"

    @app.get("/kcc/")
    @voor_medewerker("kcc-medewerker")
    def kcc() -> str:
        return eis_identiteit().naam

    @app.get("/")
    @openbaar
    def start() -> str:
        return app.jinja_env.from_string("{{ csrf_token() }}").render()

    return app


@pytest.fixture
def browser(installatie: Installatie, tmp_path: Path) -> Client:
    """Een browser voor platform en simulator op één adres, zoals in de demo."""
    adres = installatie.instellingen.adres
    basis_url = f"{adres}{OIDC}"
    leg_sleutels_klaar(tmp_path)
    proef = maak_proefopstelling(basis_url=basis_url, publiek_adres=adres, map_=tmp_path)
    simulator = maak_app(
        omgeving="test", basis_url=basis_url, map_=tmp_path, klok=installatie.klok, clients=proef.clients
    )
    app = _platform(installatie, proef.middelen)
    assert routes_zonder_toegang(app) == routes_zonder_toegang(simulator) == []
    samen = DispatcherMiddleware(app, {OIDC: simulator})
    installatie.stel_samen(samen)
    return Client(samen)


def _volg(browser: Client, antwoord: Any) -> Any:
    """Volg één omleiding."""
    assert antwoord.status_code in (302, 303), antwoord.text
    return browser.get(antwoord.location)


def _kies(browser: Client, antwoord: Any, persoon: str = JAN, **velden: str) -> Any:
    """Kies op de inlogpagina waar `antwoord` naar verwijst, en ga terug naar het platform."""
    pagina = _volg(browser, antwoord)
    acr = pagina.text.split('name="acr"')[1].split('value="')[1].split('"')[0]
    keuze = browser.post(
        antwoord.location, data={"persoon": persoon, "acr": acr, "actie": "inloggen", "fout": "", **velden}
    )
    return _volg(browser, keuze)


def _log_in(browser: Client, middel: str = "digid", persoon: str = JAN, terug: str = "/mijn/", **velden: str) -> Any:
    return _kies(browser, browser.get(f"/aanmelden/{middel}?terug={terug}"), persoon, **velden)


def test_van_gesloten_pagina_via_het_middel_terug_op_die_pagina(browser: Client) -> None:
    keuze = _volg(browser, browser.get("/mijn/?a=1"))
    assert keuze.text == "digid,digid-machtigen,eidas,eherkenning /mijn/?a=1 basis"
    terug = _log_in(browser, terug="/mijn/?a=1")
    assert terug.location == "/mijn/?a=1"
    assert _volg(browser, terug).text == f"{JAN} basis"


def test_is_er_een_middel_dan_meteen_daarheen(browser: Client) -> None:
    aanmelden = _volg(browser, browser.get("/kcc/"))
    assert "/simulatoren/oidc/medewerkers/inloggen" in aanmelden.location
    assert _volg(browser, _kies(browser, aanmelden, "kim")).text == "Kim Jansma"


def test_een_rol_te_weinig_blijft_buiten(browser: Client) -> None:
    assert _volg(browser, _log_in(browser, "medewerkers", "bas", "/kcc/")).status_code == 403


def test_het_sessienummer_wisselt_bij_aanmelden(browser: Client) -> None:
    begin = browser.get("/aanmelden/digid")
    voor = browser.get_cookie("sessie")
    _kies(browser, begin)
    na = browser.get_cookie("sessie")
    assert voor
    assert na
    assert voor.value != na.value


def test_hoger_niveau_nodig_betekent_opnieuw_aanmelden(browser: Client) -> None:
    _log_in(browser)
    assert browser.get("/aanmelden/digid?terug=/mijn/&niveau=basis").location == "/mijn/"
    hoger = browser.get("/aanmelden/digid?terug=/mijn/&niveau=substantieel")
    assert _volg(browser, _kies(browser, hoger)).text == f"{JAN} substantieel"


def test_een_ander_persoon_begint_met_een_lege_sessie(browser: Client) -> None:
    _log_in(browser)
    opnieuw = browser.get("/aanmelden/digid?niveau=midden")
    assert _volg(browser, _kies(browser, opnieuw, HENDRIK)).status_code == 200
    assert browser.get("/mijn/").text == f"{HENDRIK} midden"


def test_twee_tabbladen_tegelijk(browser: Client) -> None:
    eerste = browser.get("/aanmelden/digid?terug=/mijn/?tab=1")
    browser.get("/aanmelden/digid?terug=/mijn/?tab=2")
    assert _kies(browser, eerste).location == "/mijn/?tab=1"


def test_terugkeer_zonder_eigen_poging_of_voor_de_tweede_keer(browser: Client) -> None:
    assert browser.get("/aanmelden/digid/terug?code=x&state=y").text == "verlopen /"
    begin = browser.get("/aanmelden/digid?terug=/mijn/")
    pagina = _volg(browser, begin)
    acr = pagina.text.split('name="acr"')[1].split('value="')[1].split('"')[0]
    keuze = browser.post(begin.location, data={"persoon": JAN, "acr": acr, "actie": "inloggen"})
    _volg(browser, keuze)
    nogmaals = _volg(browser, keuze)
    assert (nogmaals.status_code, nogmaals.text) == (400, "verlopen /")


def test_fouten_van_het_middel_komen_bij_de_app(browser: Client) -> None:
    assert _log_in(browser, actie="annuleren").text == "afgebroken /mijn/"
    storing = _log_in(browser, fout="storing")
    assert (storing.status_code, storing.text) == (503, "onbereikbaar /mijn/")
    assert browser.get("/mijn/").status_code == 302


def test_afmelden_hier_en_bij_het_middel(browser: Client) -> None:
    _log_in(browser)
    assert browser.post("/afmelden").status_code == 400  # zonder CSRF-token
    assert browser.get("/mijn/").status_code == 200
    afgemeld = browser.post("/afmelden", data={"csrf_token": browser.get("/").text})
    assert "/simulatoren/oidc/digid/afmelden" in afgemeld.location
    assert JAN not in afgemeld.location
    assert _volg(browser, afgemeld).location.endswith("/")
    assert browser.get("/mijn/").status_code == 302


def test_onbekend_middel_of_niveau(browser: Client) -> None:
    assert browser.get("/aanmelden/bestaat-niet").status_code == 404
    assert browser.get("/aanmelden/digid?niveau=hemelhoog").status_code == 400


def test_een_verlopen_sessie_kan_niet_meer_afronden(browser: Client, installatie: Installatie) -> None:
    begin = browser.get("/aanmelden/digid")
    verzet(installatie, minutes=16)
    assert _kies(browser, begin).text == "verlopen /"


def test_nergens_een_nummer_in_een_adres(browser: Client) -> None:
    adressen = [browser.get("/aanmelden/digid?terug=/mijn/").location, _log_in(browser).location]
    assert not any(JAN in adres for adres in adressen)
