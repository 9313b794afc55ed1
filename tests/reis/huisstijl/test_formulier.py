"""Een formulier invullen in een echte browser, met en zonder JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import request
from playwright.sync_api import Browser, Page, expect

from tests.reis.huisstijl.formulierapp import maak_app
from tests.reis.huisstijl.hulp import axe, overloop, server

PDF = {"name": "plattegrond.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 proef"}
EXE = {"name": "plattegrond.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 geen pdf"}
Proef = tuple[Page, str, dict[str, Any]]


@pytest.fixture(params=["met js", "zonder js"])
def proef(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Proef]:
    app, bewaard = maak_app()
    with server(app) as adres:
        context = chromium.new_context(
            java_script_enabled=request.param == "met js", viewport={"width": 360, "height": 800}
        )
        yield context.new_page(), adres, bewaard
        context.close()


def _over_u(pagina: Page, adres: str) -> None:
    pagina.goto(adres + "/u")
    pagina.get_by_label("Uw naam").fill("J. van der Berg")
    for deel, waarde in (("Dag", "31"), ("Maand", "12"), ("Jaar", "1980")):
        pagina.get_by_label(deel, exact=True).fill(waarde)
    pagina.get_by_role("button", name="Verder").last.click()


def test_hele_formulier(proef: Proef) -> None:
    pagina, adres, bewaard = proef
    _over_u(pagina, adres)
    pagina.get_by_label("Ja", exact=True).check()
    pagina.get_by_label("Kamer").check()
    pagina.get_by_label("Plattegrond").set_input_files(PDF)  # type: ignore[arg-type]  # een bestand uit het geheugen
    pagina.get_by_role("button", name="Verder").last.click()
    pagina.get_by_role("button", name="Bewoner toevoegen").click()
    pagina.get_by_label("Naam").fill("Kim")
    pagina.get_by_role("button", name="Bewoner toevoegen").click()
    pagina.get_by_label("Naam").nth(1).fill("Sam")
    pagina.get_by_role("button", name="Verwijderen Bewoner 1").click()
    expect(pagina.get_by_label("Naam")).to_have_value("Sam")
    pagina.get_by_role("button", name="Verder").last.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
    expect(pagina.locator("main")).to_contain_text("31 december 1980")
    assert bewaard["bewoners"] == [{"bewonernaam": "Sam", "kind": False}]
    assert bewaard["geboren"] == "1980-12-31"
    assert bewaard["ruimtes"] == ["kamer"]
    assert bewaard["plattegrond"][0]["naam"] == "plattegrond.pdf"


def test_fouten_en_verborgen_vraag(proef: Proef) -> None:
    pagina, adres, _ = proef
    _over_u(pagina, adres)
    pagina.get_by_label("Hoeveel nachten?").fill("veel")
    pagina.get_by_label("Nee, ik huur").check()
    # Met de toets: met JavaScript verschijnt er nu een vraag, en schuift de knop onder een klik vandaan.
    pagina.get_by_role("button", name="Verder").last.press("Enter")
    expect(pagina.get_by_role("link", name="Vul “Wie is de verhuurder?” in.")).to_be_visible()
    expect(pagina.get_by_label("Hoeveel nachten?")).to_have_value("veel")
    assert overloop(pagina) == 0
    pagina.get_by_label("Wie is de verhuurder?").fill("Woonstichting")
    pagina.get_by_label("Hoeveel nachten?").fill("12")
    pagina.get_by_role("button", name="Verder").last.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
    expect(pagina.locator("main")).not_to_contain_text("Bewoners")


def test_programma_met_een_pdf_naam_wordt_geweigerd(proef: Proef) -> None:
    pagina, adres, bewaard = proef
    _over_u(pagina, adres)
    pagina.get_by_label("Ja", exact=True).check()
    pagina.get_by_label("Plattegrond").set_input_files(EXE)  # type: ignore[arg-type]  # een bestand uit het geheugen
    pagina.get_by_role("button", name="Verder").last.click()
    expect(pagina.get_by_role("alert")).to_contain_text("kunnen wij niet gebruiken")
    assert "plattegrond" not in bewaard


def test_enter_gaat_verder_en_verwijdert_niets(proef: Proef) -> None:
    pagina, adres, bewaard = proef
    bewaard.update({"eigendom": "eigen", "bewoners": [{"bewonernaam": "Kim"}]})
    pagina.goto(adres + "/bewoners")
    pagina.get_by_label("Naam").press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
    assert bewaard["bewoners"][0]["bewonernaam"] == "Kim"


def test_met_javascript_verschijnt_de_vraag_meteen(chromium: Browser) -> None:
    app, bewaard = maak_app()
    with server(app) as adres:
        pagina = chromium.new_page(viewport={"width": 1280, "height": 800})
        pagina.goto(adres + "/woning")
        pagina.get_by_label("Hoeveel nachten?").fill("onzin")
        pagina.get_by_label("Plattegrond").set_input_files(PDF)  # type: ignore[arg-type]  # een bestand uit het geheugen
        pagina.get_by_label("Nee, ik huur").check()
        expect(pagina.get_by_label("Wie is de verhuurder?")).to_be_visible()
        assert pagina.evaluate("document.activeElement.value") == "huur"
        expect(pagina.get_by_label("Hoeveel nachten?")).to_have_value("onzin")
        assert pagina.evaluate("document.querySelector('input[type=file]').files.length") == 1
        assert axe(pagina) == []
        pagina.get_by_label("Ja", exact=True).check()
        expect(pagina.get_by_label("Wie is de verhuurder?")).to_have_count(0)
        assert bewaard["eigendom"] == "eigen"
        pagina.close()


@pytest.mark.parametrize("breedte", [1280, 320])
@pytest.mark.parametrize("stap", ["u", "woning", "bewoners", "overzicht"])
def test_axe_op_elke_stap_met_en_zonder_fouten(chromium: Browser, stap: str, breedte: int) -> None:
    app, bewaard = maak_app()
    bewaard.update({"eigendom": "eigen", "bewoners": [{}]})
    with server(app) as adres:
        pagina = chromium.new_page(viewport={"width": breedte, "height": 800})
        pagina.goto(f"{adres}/{stap}")
        assert axe(pagina) == []
        assert overloop(pagina) == 0
        if stap in ("u", "bewoners"):
            pagina.get_by_role("button", name="Verder").last.click()
            expect(pagina.get_by_role("alert")).to_be_visible()
            assert axe(pagina) == []
            assert overloop(pagina) == 0
        pagina.close()


def test_dubbel_klikken_verstuurt_een_keer(chromium: Browser) -> None:
    app, _ = maak_app()
    ingestuurd: list[str] = []
    app.before_request(lambda: ingestuurd.append(request.method))
    with server(app) as adres:
        pagina = chromium.new_page()
        pagina.goto(adres + "/u")
        pagina.get_by_label("Uw naam").fill("Jan")
        pagina.get_by_role("button", name="Verder").last.dblclick()
        expect(pagina.get_by_role("alert")).to_be_visible()
        pagina.close()
    assert ingestuurd.count("POST") <= 2  # de ververs-aanvraag van het veld, en één keer insturen
