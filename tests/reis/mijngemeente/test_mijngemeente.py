"""De schermen van MijnGemeente in een echte browser: op elk scherm, met het toetsenbord, en zonder JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.integratie.mijngemeente.conftest import JAN
from tests.integratie.mijngemeente.voorbeeld import maak_taak
from tests.reis.huisstijl.hulp import axe, klachten, overloop
from tests.reis.mijngemeente.conftest import Portaal, log_in

PDF: FilePayload = {"name": "plattegrond.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
LIJSTEN = (
    "", "zaken", "zaken?stand=afgerond", "zaken?q=bestaatniet", "taken", "berichten", "berichten?pagina=2", "producten",
    "contacten", "gegevens", "gegevens/gebruik", "voorkeuren",
)  # fmt: skip


def _toets(pagina: Page, waar: str) -> None:
    assert axe(pagina) == [], waar
    assert overloop(pagina) <= 0, waar
    expect(pagina.get_by_role("heading", level=1)).to_have_count(1)


def _paden(portaal: Portaal) -> list[str]:
    d = portaal.dossier
    return [*LIJSTEN, f"zaken/{d.zaak}", f"taken/{d.taak}", f"berichten/{d.bericht}", f"producten/{d.product}"]


@pytest.mark.parametrize("jan", [1280], indirect=True)
def test_toegankelijk_en_niet_te_breed(jan: Page, portaal: Portaal) -> None:
    for pad in _paden(portaal):
        jan.goto(f"/mijn/{pad}")
        assert klachten(jan) == [], pad
        expect(jan.get_by_role("heading", level=1)).to_have_count(1)
        assert JAN not in jan.url


@pytest.mark.parametrize("jan", [1280], indirect=True)
def test_engels(jan: Page, portaal: Portaal) -> None:
    jan.goto("/mijn/?taal=en")
    expect(jan.locator("html")).to_have_attribute("lang", "en")
    for pad in _paden(portaal):
        jan.goto(f"/mijn/{pad}")
        assert jan.locator("html").get_attribute("lang") == "en"
    jan.goto("/mijn/")
    assert klachten(jan) == []


def test_pagina_met_fouten(jan: Page, portaal: Portaal) -> None:
    jan.goto(f"/mijn/taken/{portaal.dossier.taak}")
    jan.get_by_role("button", name="Verder", exact=True).last.click()
    expect(jan.get_by_role("alert")).to_contain_text("Er gaat nog iets niet goed")
    assert jan.title().startswith("Fout:")
    _toets(jan, "taak met fouten")
    jan.get_by_role("link", name=re.compile("Toelichting")).click()
    assert jan.evaluate("document.activeElement.name") == "toelichting"


def test_foutpagina_is_leesbaar(jan: Page) -> None:
    jan.goto("/mijn/zaken/9b2b5c1e-0000-4000-8000-000000000001")
    expect(jan.get_by_role("heading", level=1)).to_have_text("Niet gevonden")
    _toets(jan, "404")


def test_taak_zonder_javascript(chromium: Browser, portaal: Portaal) -> None:
    taak = maak_taak(portaal.installatie, JAN, portaal.dossier.nummer, "Stuur een plattegrond")
    with chromium.new_context(java_script_enabled=False, base_url=portaal.adres) as context:
        pagina = log_in(context, portaal)
        pagina.get_by_role("link", name="Stuur een plattegrond").click()
        pagina.get_by_label("Toelichting").fill("Hier is hij")
        pagina.get_by_label("Documenten").set_input_files(PDF)
        pagina.get_by_role("button", name="Verder", exact=True).last.click()
        expect(pagina.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
        expect(pagina.get_by_text("plattegrond.pdf")).to_be_visible()
        pagina.get_by_role("button", name="Versturen").click()
        expect(pagina.get_by_text("Wij hebben uw antwoord ontvangen")).to_be_visible()
        assert str(taak.uuid) in pagina.url


def test_met_alleen_het_toetsenbord(jan: Page) -> None:
    jan.goto("/mijn/")
    jan.keyboard.press("Tab")
    expect(jan.get_by_role("link", name="Ga direct naar de inhoud")).to_be_focused()
    jan.keyboard.press("Enter")
    for _ in range(20):
        jan.keyboard.press("Tab")
        if "kiwi" in str(jan.evaluate("document.activeElement.textContent")):
            break
    jan.keyboard.press("Enter")
    expect(jan.get_by_role("heading", level=1)).to_contain_text("kiwi")


def test_uitloggen(chromium: Browser, portaal: Portaal) -> None:
    with chromium.new_context(base_url=portaal.adres) as context:
        pagina = log_in(context, portaal)
        pagina.get_by_role("button", name="Uitloggen").click()
        pagina.wait_for_load_state()
        pagina.goto("/mijn/zaken")
        expect(pagina.get_by_role("heading", level=1)).not_to_have_text("Uw zaken")
        assert "/aanmelden/" in pagina.url
