"""De schermen voor incidenten in een browser: toegankelijk, op een smal scherm, met en zonder JavaScript, met fouten."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integratie.processen.incidenten.hulp import laat_mislukken, maak_app
from tests.integratie.processen.motor.conftest import Proef
from tests.reis.huisstijl.hulp import axe, browser, overloop, server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as gestart:
        yield gestart


@pytest.fixture(params=[(1280, True), (320, True), (320, False)], ids=["breed", "smal", "zonder-javascript"])
def pagina(proef: Proef, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    breedte, javascript = request.param
    laat_mislukken(proef, 55)
    with server(maak_app(proef, "operator")) as adres:
        bezoek = chromium.new_page(
            viewport={"width": breedte, "height": 900}, base_url=adres, java_script_enabled=javascript
        )
        bezoek.goto("/in")
        yield bezoek
        bezoek.close()


def _keur(pagina: Page, request: pytest.FixtureRequest) -> None:
    if "zonder-javascript" not in request.node.name:
        assert axe(pagina) == []
        assert overloop(pagina) == 0


def test_van_lijst_tot_hersteld(pagina: Page, request: pytest.FixtureRequest) -> None:
    pagina.goto("/incidenten/")
    expect(pagina).to_have_title(re.compile("Incidenten"))
    _keur(pagina, request)
    pagina.goto("/incidenten/?pagina=2&taal=en")
    _keur(pagina, request)
    pagina.goto("/incidenten/?taal=nl")
    pagina.get_by_role("table").get_by_role("link").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Incident bij")
    _keur(pagina, request)
    pagina.get_by_role("radio", name=re.compile("^Overslaan")).check()
    pagina.get_by_text("Technisch", exact=True).click()
    pagina.get_by_label("Adres", exact=True).fill("geen json")
    pagina.get_by_role("button", name="Herstellen").click()
    expect(pagina.get_by_role("alert").first).to_contain_text("Er gaat nog iets niet goed")
    _keur(pagina, request)
    pagina.get_by_label("Adres", exact=True).fill('{"plaats": "Delft"}')
    pagina.get_by_label("Naam", exact=True).fill("pietersen")
    pagina.get_by_label(re.compile("^Reden")).fill("met de hand gedaan")
    pagina.get_by_role("button", name="Herstellen").click()
    expect(pagina.get_by_text("Het incident is opgelost.")).to_be_visible()
    _keur(pagina, request)
    pagina.goto("/incidenten/?staat=opgelost")
    _keur(pagina, request)


def test_velen_tegelijk(pagina: Page, request: pytest.FixtureRequest) -> None:
    pagina.goto("/incidenten/")
    pagina.get_by_label(re.compile("verzoek-000")).last.check()
    pagina.get_by_role("button", name="Probeer de gekozen opnieuw").click()
    expect(pagina.get_by_text("Opnieuw geprobeerd: 1.")).to_be_visible()
    pagina.get_by_role("button", name="Probeer deze allemaal opnieuw").click()
    expect(pagina.get_by_text("Er zijn geen incidenten.")).to_be_visible()
    _keur(pagina, request)
