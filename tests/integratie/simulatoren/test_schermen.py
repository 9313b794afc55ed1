"""De pagina's van de simulatoren in een echte browser: axe vindt niets, ze passen op 320 px, en werken zonder JavaScript."""

import json
import shutil
import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from kern.klok import Klok
from simulatoren import printkanaal
from simulatoren.oidc import maak_app as maak_oidc
from simulatoren.oidc import maak_proefopstelling
from simulatoren.postvak import Postvak, berichten
from simulatoren.postvak import maak_app as maak_postvak
from tests.integratie.aanmelden.hulp import JAN

AXE = Path(__file__).parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VRAAG = "response_type=code&client_id=dienstverlening&scope=openid&state=s&nonce=n&code_challenge=c&code_challenge_method=S256"
MIDDELEN = ("digid", "eherkenning", "eidas", "digid-machtigen", "medewerkers")

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="geen Chromium op deze machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        gestart = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield gestart
        gestart.close()


@pytest.fixture(scope="module")
def adres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Een server met de simulatoren, waar een e-mail en een brief in zitten."""
    map_ = tmp_path_factory.mktemp("simulatoren")
    wortel = Flask("platform")
    wortel.add_url_rule("/<path:pad>", "terug", lambda pad: f"terug: {pad}")
    server = make_server("127.0.0.1", 0, wortel, threaded=True)
    basis = f"http://127.0.0.1:{server.server_port}"
    proef = maak_proefopstelling(basis_url=f"{basis}/oidc", publiek_adres=basis, map_=map_)
    server.app = DispatcherMiddleware(
        wortel.wsgi_app,
        {
            "/oidc": maak_oidc(
                omgeving="test", basis_url=f"{basis}/oidc", map_=map_, klok=Klok(), clients=proef.clients
            ).wsgi_app,
            "/postvak": maak_postvak(omgeving="test", map_=map_ / "post").wsgi_app,
            "/print": printkanaal.maak_app(omgeving="test", map_=map_ / "print").wsgi_app,
        },
    )
    _vul(map_)
    draad = threading.Thread(target=server.serve_forever)
    draad.start()
    yield basis
    server.shutdown()
    draad.join()
    server.server_close()


def _vul(map_: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "gemeente@voorbeeld.example", "jan@voorbeeld.example", "Uw aanvraag"
    mail["Message-ID"] = "<scherm@voorbeeld.example>"
    mail.set_content("Zie https://voorbeeldstad.example/mijn/zaken/een-heel-lang-adres-zonder-afbreekpunt-0123456789")
    mail.add_alternative('<html lang="nl"><title>Mail</title><main><h1>Hallo</h1></main></html>', subtype="html")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="aanvraag.pdf")
    with Postvak(map_ / "post", Klok(), omgeving="test") as postvak, smtplib.SMTP("127.0.0.1", postvak.poort) as smtp:
        smtp.send_message(mail)
    (map_ / "print").mkdir()
    (map_ / "print" / "brief.pdf").write_bytes(b"%PDF-1.7")
    gegevens = {"onderwerp": "Besluit", "geadresseerde": "J.W. de Vries", "adres": ["Dorpsstraat 12", "9999 ZA"]}
    (map_ / "print" / "brief.json").write_text(json.dumps(gegevens))
    assert len(berichten(map_ / "post")) == 1


def _inlogpagina(adres: str, middel: str = "digid") -> str:
    return f"{adres}/oidc/{middel}/inloggen?{VRAAG}&redirect_uri={adres}/aanmelden/{middel}/terug"


def _toets(pagina: Page) -> None:
    """Geen bevindingen van axe, en niets steekt buiten een scherm van 320 px."""
    pagina.evaluate(AXE.read_text())
    gevonden = pagina.evaluate(
        "async () => (await axe.run({iframes: false})).violations.map(v => v.id + ': ' + v.help)"
    )
    assert gevonden == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture
def smal(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        pagina = context.new_page()
        pagina.on("console", lambda bericht: pytest.fail(bericht.text) if bericht.type == "error" else None)
        yield pagina


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is niet geïnstalleerd")
@pytest.mark.parametrize("middel", MIDDELEN)
def test_inlogpagina(smal: Page, adres: str, middel: str) -> None:
    smal.goto(_inlogpagina(adres, middel))
    _toets(smal)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is niet geïnstalleerd")
def test_inlogpagina_met_fouten(browser: Browser, adres: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        pagina = context.new_page()
        pagina.goto(_inlogpagina(adres))
        pagina.get_by_role("button", name="Inloggen").click()
        expect(pagina).to_have_title("Fout: Inloggen met DigiD - simulator")
        _toets(pagina)
        pagina.get_by_role("link", name="Kies wie u bent").click()
        assert pagina.evaluate("document.activeElement.id") == "veld-persoon"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is niet geïnstalleerd")
def test_postvak_en_print(smal: Page, adres: str) -> None:
    smal.goto(f"{adres}/print/")
    _toets(smal)
    smal.goto(f"{adres}/postvak/")
    _toets(smal)
    smal.get_by_role("link", name="Uw aanvraag").click()
    expect(smal.frame_locator("iframe").get_by_role("heading", name="Hallo")).to_be_visible()
    _toets(smal)


def test_inloggen_zonder_javascript_met_alleen_het_toetsenbord(browser: Browser, adres: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        pagina = context.new_page()
        pagina.goto(_inlogpagina(adres))
        pagina.keyboard.press("Tab")  # op de eerste persoon
        pagina.keyboard.press("Space")
        pagina.keyboard.press("Enter")
        pagina.wait_for_url("**/aanmelden/digid/terug?**")
        assert "code=" in pagina.url
        assert JAN not in pagina.url


def test_annuleren(browser: Browser, adres: str) -> None:
    with browser.new_context() as context:
        pagina = context.new_page()
        pagina.goto(_inlogpagina(adres))
        pagina.get_by_role("button", name="Annuleren").click()
        assert "error=access_denied" in pagina.url
