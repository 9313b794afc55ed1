"""De schermen van het KCC in een echte browser: te gebruiken op elk scherm, met het toetsenbord, en zonder JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integratie.kcc.hulp import JAN
from tests.reis.huisstijl.hulp import axe, klachten, overloop
from tests.reis.kcc.conftest import Kantoor, log_in


def _zoek_jan(pagina: Page) -> None:
    pagina.get_by_label("Burgerservicenummer").fill(JAN)
    pagina.get_by_role("button", name="Zoeken").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Jan Willem de Vries")


def _lijst(pagina: Page) -> None:
    pagina.goto("/kcc/zoeken/adres")
    pagina.get_by_label("Postcode").fill("9999 ZA")
    pagina.get_by_label("Huisnummer").fill("12")
    pagina.get_by_role("button", name="Zoeken").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Gevonden klanten")


def _gezin(pagina: Page) -> None:
    _zoek_jan(pagina)
    pagina.get_by_label("De klant vraagt er zelf naar").check()
    pagina.get_by_role("button", name="Gezin tonen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Gezin en gezag")


def _fout_in_gesprek(pagina: Page) -> None:
    pagina.get_by_role("button", name="Gesprek beginnen").click()
    pagina.get_by_role("button", name="Afronden").click()
    expect(pagina.get_by_role("alert").first).to_contain_text("Er gaat nog iets niet goed")


def _fout_in_zoeken(pagina: Page) -> None:
    pagina.get_by_role("button", name="Zoeken").click()
    expect(pagina.get_by_role("alert").first).to_contain_text("Er gaat nog iets niet goed")


SCHERMEN: dict[str, Callable[[Page], None]] = {
    "start": lambda pagina: expect(pagina.get_by_role("heading", level=1)).to_have_text("Klant zoeken"),
    "fout": _fout_in_zoeken,
    "lijst": _lijst,
    "klant": _zoek_jan,
    "gezin": _gezin,
    "gesprek": _fout_in_gesprek,
}


def test_toegankelijk_en_niet_te_breed(kim: Page) -> None:
    for scherm, open_scherm in SCHERMEN.items():
        kim.goto("/kcc/")
        open_scherm(kim)
        assert axe(kim) == [], scherm
        assert overloop(kim) == 0, scherm


@pytest.mark.parametrize("kim", [1280], indirect=True)
def test_paginas_met_een_eigen_adres(kim: Page, kantoor: Kantoor) -> None:
    paden = [
        "/kcc/zoeken/naam",
        "/kcc/zoeken/zaak",
        f"/kcc/zaak/{kantoor.zaak}",
        f"/kcc/contact/{kantoor.contact}",
        "/kcc/gesprekken",
        "/kcc/contactverzoeken",
        f"/kcc/contactverzoek/{kantoor.taak}",
        "/kcc/contactverzoeken?taal=en",
        "/kcc/bestaat-niet",
    ]
    for pad in paden:
        kim.goto(pad)
        assert klachten(kim) == [], pad


@pytest.mark.parametrize("kim", [1280], indirect=True)
def test_bladeren_door_een_lange_lijst(kim: Page) -> None:
    _zoek_jan(kim)
    kim.get_by_role("link", name="Bekijk alles: Lopende zaken", exact=True).click()
    expect(kim.get_by_role("heading", level=1)).to_have_text("Lopende zaken")
    expect(kim.get_by_role("listitem").filter(has_text="ZAAK-")).to_have_count(7)


@pytest.mark.parametrize("kim", [1280], indirect=True)
def test_getypte_notitie_is_er_na_een_herstart_van_de_browser(kim: Page, kantoor: Kantoor, chromium: Browser) -> None:
    kim.get_by_role("button", name="Gesprek beginnen").click()
    with kim.expect_response(re.compile("/bewaar$")):
        kim.get_by_label("Notitie").fill("De browser valt zo uit")
    expect(kim.get_by_role("status").filter(has_text="Automatisch bewaard")).to_be_visible()
    gesprek = kim.url
    opnieuw = chromium.new_page()
    log_in(opnieuw, kantoor)
    opnieuw.goto(gesprek)
    expect(opnieuw.get_by_label("Notitie")).to_have_value("De browser valt zo uit")
    opnieuw.close()


@pytest.mark.parametrize("kim", [1280], indirect=True)
def test_twee_keer_klikken_op_afronden(kim: Page) -> None:
    _zoek_jan(kim)
    kim.get_by_role("button", name="Gesprek beginnen").click()
    kim.get_by_label("Waar gaat de vraag over?").fill("Dubbel geklikt")
    kim.get_by_label("De vraag is beantwoord").check()
    kim.get_by_role("button", name="Afronden").dblclick()
    expect(kim.get_by_text("Het contact is vastgelegd.")).to_be_visible()
    kim.goto("/kcc/")
    _zoek_jan(kim)
    kop = kim.get_by_role("heading", name="Contacten en contactverzoeken")
    expect(kim.locator("section").filter(has=kop).get_by_text("Dubbel geklikt")).to_have_count(1)


def test_zonder_javascript_met_het_toetsenbord(chromium: Browser, kantoor: Kantoor) -> None:
    """Zoeken, gesprek, contactverzoek en afhandelen: alleen Tab, Enter en letters."""
    venster = chromium.new_context(java_script_enabled=False, base_url=kantoor.adres)
    pagina = venster.new_page()
    log_in(pagina, kantoor)
    pagina.get_by_label("Burgerservicenummer").focus()
    pagina.keyboard.type(JAN)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Jan Willem de Vries")
    pagina.get_by_role("button", name="Gesprek beginnen").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_label("Waar gaat de vraag over?").fill("Zonder JavaScript")
    pagina.get_by_label("Een collega neemt contact op").focus()
    pagina.keyboard.press("Space")
    pagina.get_by_text("Contactverzoek: een collega neemt contact op").press("Enter")
    pagina.get_by_label("Welke afdeling neemt contact op?").select_option("Klantcontactcentrum")
    pagina.get_by_label("Wat moet de collega doen?").fill("Bel terug")
    pagina.get_by_label("Telefoonnummer van de klant").fill("06 12345678")
    pagina.get_by_role("button", name="Afronden").press("Enter")
    expect(pagina.get_by_text("Het contact is vastgelegd.")).to_be_visible()
    pagina.goto("/kcc/contactverzoeken")
    pagina.get_by_role("link", name="Bel terug", exact=True).press("Enter")
    pagina.get_by_label("De klant is geholpen").check()
    pagina.get_by_label("Notitie").fill("Gebeld")
    pagina.get_by_role("button", name="Vastleggen").press("Enter")
    expect(pagina.get_by_text("Het contactverzoek is bijgewerkt.")).to_be_visible()
    venster.close()
