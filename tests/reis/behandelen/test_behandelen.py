"""De schermen van de behandelaar in een echte browser: op elk scherm, met het toetsenbord, en zonder JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integratie.behandelen.hulp import te_beoordelen
from tests.reis.behandelen.conftest import Balie, log_in
from tests.reis.huisstijl.hulp import axe, klachten, overloop

FOUT = "Er gaat nog iets niet goed"


@pytest.mark.parametrize("bas", [1280], indirect=True)
def test_elke_pagina_is_toegankelijk_en_past(bas: Page, balie: Balie) -> None:
    paden = [
        "/behandelen/",
        "/behandelen/?lijst=mijn",
        "/behandelen/?lijst=alle&pagina=2",
        "/behandelen/zoeken",
        balie.vers,
        balie.gepakt,
        balie.van_collega,
        balie.afgerond,
        balie.verlopen,
        balie.zaak,
        balie.wachtend,
        balie.klaar,
        f"{balie.gepakt}?taal=en",
        f"{balie.klaar}?taal=en",
        "/behandelen/bestaat-niet",
    ]
    for pad in paden:
        bas.goto(pad)
        assert klachten(bas) == [], pad


def test_een_fout_in_het_antwoord(bas: Page, balie: Balie) -> None:
    bas.goto(balie.gepakt)
    bas.get_by_role("button", name="Afronden").last.click()
    expect(bas.get_by_role("alert").first).to_contain_text(FOUT)
    expect(bas).to_have_title(re.compile("^Fout: Aanvraag beoordelen"))
    assert axe(bas) == []
    assert overloop(bas) == 0
    bas.get_by_label("De vergunning weigeren").check()
    expect(bas.get_by_label("Motivering")).to_be_visible()
    assert axe(bas) == []
    assert overloop(bas) == 0


def test_zaak_die_er_niet_is(bas: Page) -> None:
    bas.get_by_label("Zoek een zaak op nummer").fill("ZAAK-0")
    bas.get_by_role("button", name="Zoeken").click()
    expect(bas.get_by_text("Geen zaak gevonden")).to_be_visible()
    assert axe(bas) == []


@pytest.mark.parametrize("breedte", [1280, 320])
def test_de_teamleider_wijst_toe(chromium: Browser, balie: Balie, breedte: int) -> None:
    pagina = chromium.new_page(viewport={"width": breedte, "height": 900}, base_url=balie.adres)
    log_in(pagina, balie, "Tessa de Lange")
    _zaak, taak = te_beoordelen(balie.gemeente)
    pagina.goto(f"/behandelen/taken/{taak.uuid}")
    assert axe(pagina) == []
    pagina.get_by_role("button", name="Toewijzen").click()
    expect(pagina.get_by_role("alert").first).to_contain_text(FOUT)
    assert axe(pagina) == []
    assert overloop(pagina) == 0
    pagina.get_by_label("Collega").select_option("Bas Behandelaar")
    pagina.get_by_role("button", name="Toewijzen").click()
    expect(pagina.get_by_text("De taak is nu van Bas Behandelaar.")).to_be_visible()
    pagina.close()


@pytest.mark.parametrize("bas", [1280], indirect=True)
def test_het_antwoord_staat_boven_het_bewijs_ernaast(bas: Page, balie: Balie) -> None:
    bas.goto(balie.gepakt)
    antwoord = bas.get_by_role("heading", name="Beoordeling").bounding_box()
    zaak = bas.get_by_role("heading", name="De zaak", exact=True).bounding_box()
    assert antwoord
    assert zaak
    assert antwoord["y"] < 900  # zonder te scrollen
    assert zaak["x"] > antwoord["x"] + 300


@pytest.mark.parametrize("bas", [1280], indirect=True)
def test_dubbel_klikken_op_afronden(bas: Page, balie: Balie) -> None:
    zaak, taak = te_beoordelen(balie.gemeente)
    bas.goto(f"/behandelen/taken/{taak.uuid}")
    bas.get_by_role("button", name="Taak pakken").click()
    bas.get_by_label("De vergunning weigeren").check()
    bas.get_by_label("Nee", exact=True).check()
    bas.get_by_label("Motivering").fill("Dit mag niet.")
    bas.get_by_role("button", name="Afronden").last.dblclick()
    expect(bas.get_by_text("De taak is afgerond. De zaak gaat verder.").first).to_be_visible()
    balie.gemeente.werk()
    assert len(balie.gemeente.besluiten(zaak)) == 1


def test_zonder_javascript_met_het_toetsenbord(chromium: Browser, balie: Balie) -> None:
    """Pakken, een keuze zonder motivering, de motivering, afronden: alleen Tab, spatie, Enter en letters."""
    zaak, taak = te_beoordelen(balie.gemeente)
    venster = chromium.new_context(java_script_enabled=False, base_url=balie.adres)
    pagina = venster.new_page()
    log_in(pagina, balie, "Bas Behandelaar")
    pagina.get_by_label("Zoek een zaak op nummer").focus()
    pagina.keyboard.type(zaak.identificatie)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(f"**/behandelen/zaken/{zaak.uuid}")
    _tab_naar(pagina, taak.titel)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(f"**/behandelen/taken/{taak.uuid}")
    _tab_naar(pagina, "Taak pakken")
    pagina.keyboard.press("Enter")
    pagina.get_by_label("De vergunning weigeren").press("Space")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text(FOUT)).to_be_visible()
    pagina.get_by_label("Nee", exact=True).press("Space")
    pagina.get_by_label("Motivering").focus()
    pagina.keyboard.type("Dit mag niet van de corporatie.")
    _tab_naar(pagina, "Afronden")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("De taak is afgerond. De zaak gaat verder.")).to_be_visible()
    venster.close()
    balie.gemeente.werk()
    assert balie.gemeente.resultaat(balie.gemeente.zaken.zaak(zaak.url)) == "Geweigerd"


def _tab_naar(pagina: Page, tekst: str) -> None:
    """Druk op Tab tot dit het element met de focus is; de focus moet daar te zien zijn."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        nu = pagina.locator(":focus")
        if nu.count() and nu.inner_text().strip() == tekst:
            expect(nu).to_be_in_viewport()
            return
    raise AssertionError(f"met Tab niet te bereiken: {tekst}")
