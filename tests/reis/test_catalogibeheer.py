"""De schermen van catalogibeheer in een browser: toegankelijk, op een smal scherm, met en zonder JavaScript, met fouten."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dienstverlening.inrichten import zet_eigen_applicaties
from kern.installatie import Installatie
from tests.integratie.catalogibeheer.test_schermen import BEHEER, maak_app
from tests.integratie.registraties.typen import maak_typen
from tests.reis.huisstijl.hulp import axe, browser, overloop, server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as gestart:
        yield gestart


@pytest.fixture(params=[(1280, True), (320, True), (320, False)], ids=["breed", "smal", "zonder-javascript"])
def pagina(installatie: Installatie, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    breedte, javascript = request.param
    zet_eigen_applicaties(installatie)
    maak_typen(installatie)
    app: Any = DispatcherMiddleware(installatie.wsgi, {BEHEER: maak_app(installatie)})
    with server(app) as adres:
        bezoek = chromium.new_page(
            viewport={"width": breedte, "height": 900}, base_url=adres, java_script_enabled=javascript
        )
        bezoek.goto(f"{BEHEER}/in")
        yield bezoek
        bezoek.close()


def test_van_lijst_tot_gepubliceerde_versie(pagina: Page, request: pytest.FixtureRequest) -> None:
    def keur() -> None:
        if "zonder-javascript" not in request.node.name:
            assert axe(pagina) == []
            assert overloop(pagina) == 0

    pagina.goto(f"{BEHEER}/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Catalogi")
    keur()
    pagina.get_by_role("link", name="AANVRAAG (Aanvraag behandelen)").click()
    keur()
    begindatum = pagina.get_by_role("group", name="Begindatum")
    for deel, waarde in (("Dag", "1"), ("Maand", "1"), ("Jaar", "2031")):
        begindatum.get_by_label(deel, exact=True).fill(waarde)
    pagina.get_by_role("button", name="Maak een nieuwe versie").click()
    expect(pagina.get_by_text("Er is een nieuwe versie, als concept.")).to_be_visible()
    keur()
    pagina.get_by_role("button", name="Publiceren").click()
    expect(pagina.get_by_role("alert").first).to_contain_text("Dit lukt niet")
    keur()
    pagina.get_by_role("link", name="Gegevens wijzigen").click()
    keur()
    pagina.get_by_label("Doorlooptijd", exact=True).fill("acht weken")
    pagina.get_by_role("button", name="Bewaren").click()
    expect(pagina.get_by_role("alert").first).to_contain_text("oorlooptijd")
    keur()
    pagina.get_by_label("Doorlooptijd", exact=True).fill("P8W")
    pagina.get_by_role("button", name="Bewaren").click()
    expect(pagina.get_by_text("Bewaard.")).to_be_visible()
    pagina.get_by_role("link", name="Wijzigen: Verleend").click()
    keur()
    pagina.goto(f"{BEHEER}/?taal=en")
    keur()
