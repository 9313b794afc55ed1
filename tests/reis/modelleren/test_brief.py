"""De editor van brieven in een browser: veld, voorwaarde, voorbeeld, PDF, een eerdere versie terug; en een tabel als rekenblad."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from kern.installatie import Installatie
from processen import maak_motor
from processen.modelleren import Werkplaats
from tests.reis.huisstijl.hulp import axe, overloop

pytestmark = pytest.mark.traag  # make modelleren

PAKKET = "toeristische-verhuur"
BANK = f"/beheer/pakketten/{PAKKET}"
BRIEF = f"{BANK}/brieven/tv-bevestiging-registratie"
PAD = "sjablonen/tv-bevestiging-registratie.json"


@pytest.fixture
def plaats(gemeente: Installatie, femke: Page) -> Iterator[Werkplaats]:  # femke: eerst is er een werkversie
    femke.goto(f"{BANK}/")
    plaats = Werkplaats(gemeente, maak_motor(gemeente))
    yield plaats
    plaats.gooi_weg(PAKKET)


def _open(femke: Page) -> None:
    femke.goto(BRIEF)
    expect(femke.locator("[data-brief][data-klaar]")).to_be_visible()


def _keur(femke: Page) -> None:
    assert axe(femke) == []
    assert overloop(femke) == 0


def test_een_brief_schrijven(femke: Page, plaats: Werkplaats) -> None:
    oud = plaats.lees(PAKKET, PAD)
    _open(femke)
    tekst, kijk = femke.get_by_role("textbox", name="Tekst", exact=True), femke.locator("#brief-kijk")
    expect(tekst.locator(".dv-veld").first).to_have_text("Aanhef")
    _keur(femke)
    tekst.locator("p").last.click()
    femke.keyboard.press("End")
    femke.keyboard.press("Enter")
    femke.keyboard.type("Bel ons over {{ registratienummer }} en noem ")
    balk = femke.get_by_role("toolbar", name="Opmaak van: Tekst", exact=True)
    balk.get_by_role("button", name="Veld invoegen").click()
    venster = femke.get_by_role("dialog")
    _keur(femke)
    venster.get_by_label("Of een berekening (FEEL)").fill("onbekend + ")
    expect(venster.locator("[data-fout]")).not_to_be_empty()
    venster.get_by_label("Welk veld?").select_option("zaaknummer")
    venster.get_by_role("button", name="Toepassen").click()
    expect(kijk).to_contain_text("noem ZAAK-2026-0000000001")
    balk.get_by_role("button", name="Wanneer?").click()
    venster.get_by_label("Veld", exact=True).select_option("startdatum")
    venster.get_by_label("Vergelijking").select_option("<")
    venster.get_by_label("Waarde").fill("1-3-2026")
    expect(venster.get_by_label("Alleen als (FEEL)")).to_have_value('startdatum < date("2026-03-01")')
    venster.get_by_role("button", name="Toepassen").click()
    expect(tekst.locator("[data-als]").last).to_contain_text("Bel ons")
    expect(kijk).not_to_contain_text("Bel ons over")
    with femke.context.expect_page() as geopend:
        femke.get_by_role("button", name="Voorbeeld als PDF", exact=True).click()
    geopend.value.close()
    _keur(femke)
    femke.get_by_role("button", name="Bewaren").click()
    expect(femke.get_by_text("Bewaard. Het werkt pas na publiceren.")).to_be_visible()
    nieuw = (plaats.lees(PAKKET, PAD).inhoud or b"").decode()
    assert "Bel ons over {{ registratienummer }} en noem {{ zaaknummer }}" in nieuw
    assert "data-als=" in nieuw
    femke.goto(f"{BRIEF}/versies")
    expect(femke.locator("ins").first).to_contain_text("Bel ons")
    _keur(femke)
    femke.get_by_role("button", name=re.compile("Zet terug van voor")).first.click()
    expect(femke.get_by_text("Teruggezet.")).to_be_visible()
    assert plaats.lees(PAKKET, PAD).inhoud == oud.inhoud


def test_zonder_verbinding_gaat_er_niets_verloren(femke: Page, plaats: Werkplaats) -> None:
    _open(femke)
    femke.get_by_role("textbox", name="Tekst", exact=True).locator("p").last.click()
    femke.keyboard.type("Onderweg getikt. ")

    def weg(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    femke.context.route("**/brieven/**", weg)
    femke.get_by_role("button", name="Bewaren").click()
    expect(femke.locator("[data-stand]")).to_contain_text("Geen verbinding")
    femke.context.unroute("**/brieven/**")
    femke.once("dialog", lambda venster: venster.accept())
    _open(femke)
    femke.get_by_role("button", name="Zet het terug").click()
    expect(femke.get_by_role("textbox", name="Tekst", exact=True)).to_contain_text("Onderweg getikt.")
    _verlopen_sessie(femke)
    femke.get_by_role("button", name="Bewaren").click()
    expect(femke.get_by_text("Bewaard. Het werkt pas na publiceren.")).to_be_visible()
    assert b"Onderweg getikt." in (plaats.lees(PAKKET, PAD).inhoud or b"")


def test_wie_onder_het_bewaren_verder_klikt_komt_daar(femke: Page, plaats: Werkplaats) -> None:
    """Het antwoord op het bewaren haalt iemand niet terug van de pagina waar hij heen wil."""
    _open(femke)
    femke.get_by_role("textbox", name="Tekst", exact=True).locator("p").last.click()
    femke.keyboard.type("Net op tijd. ")
    vastgehouden: list[Route] = []

    def houd_vast(route: Route) -> None:
        vastgehouden.append(route)

    for adres in ("**/brieven/**", "**/versies"):
        femke.route(adres, houd_vast)
    femke.get_by_role("button", name="Bewaren").click()
    femke.get_by_role("link", name="Versies", exact=True).click(no_wait_after=True)
    einde = time.monotonic() + 20
    while len(vastgehouden) < 2 and time.monotonic() < einde:
        femke.wait_for_timeout(50)
    bewaren, versies = vastgehouden
    with femke.expect_response(lambda antwoord: antwoord.request.method == "POST"):
        bewaren.continue_()
    versies.continue_()
    expect(femke).to_have_url(re.compile("/versies$"))
    expect(femke.get_by_text("Bewaard. Het werkt pas na publiceren.")).to_be_visible()
    assert b"Net op tijd." in (plaats.lees(PAKKET, PAD).inhoud or b"")


def _verlopen_sessie(femke: Page) -> None:
    """De sessie is voorbij: bewaren zegt dat, en na aanmelden in een ander venster gaat het vanaf hier verder."""
    femke.context.clear_cookies()
    femke.get_by_role("button", name="Bewaren").click()
    expect(femke.locator("[data-stand]")).to_contain_text("U bent niet meer aangemeld")
    with femke.context.expect_page() as geopend:
        femke.get_by_role("button", name="Aanmelden in een nieuw venster").click()
    venster = geopend.value
    venster.get_by_label(re.compile("Femke|Functioneel beheerder")).first.check()
    venster.get_by_role("button", name="Inloggen").click()
    expect(venster.locator("[data-brief]")).to_be_visible()
    venster.close()


def test_een_tabel_als_rekenblad(femke: Page, plaats: Werkplaats, tmp_path: Path) -> None:
    femke.goto(f"{BANK}/beslissingen/tv-nachten/rekenblad")
    _keur(femke)
    with femke.expect_download() as gedownload:
        femke.get_by_role("link", name=re.compile("CSV")).first.click()
    blad = tmp_path / "tabel.csv"
    gedownload.value.save_as(blad)
    blad.write_bytes(blad.read_bytes().replace(b";60;", b";75;"))
    femke.get_by_label("Rekenblad (.xlsx, .ods of .csv)").set_input_files(blad)
    femke.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(femke.get_by_role("cell", name="75")).to_be_visible()
    _keur(femke)
    femke.get_by_role("button", name="Zo overnemen").click()
    expect(femke.get_by_text("De tabel is bijgewerkt.")).to_be_visible()
    assert b"<text>75</text>" in (plaats.lees(PAKKET, "beslissingen/tv-nachten.dmn").inhoud or b"")
