"""De pagina's buiten de gewone weg: bewaard, storing, fout bij inloggen, niets gevonden, Engels. Elk met axe, breed en smal."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kern.installatie import Installatie
from tests.integratie.formulieren.invullen import publiceer
from tests.integratie.formulieren.storing import storing
from tests.reis.huisstijl.hulp import axe, klachten, overloop

REGISTRATIE = "/formulieren/toeristische-verhuur-registratie"
LOS = [
    "/?taal=en",
    "/producten?q=walvis",
    "/producten?taal=en",
    "/producten/toeristische-verhuur-registratie?taal=en",
    "/producten/bestaat-niet",
    f"{REGISTRATIE}?taal=en",
    "/aanmelden/?voor=inwoner&terug=/",
    "/aanmelden/digid/terug?state=onbekend&code=x",
    "/formulieren/bestaat-niet",
]


@pytest.fixture(params=[1280, 320])
def pagina(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 800})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def _kijk(pagina: Page) -> None:
    assert overloop(pagina) == 0, pagina.url
    assert axe(pagina) == [], pagina.url


@pytest.mark.parametrize("pagina", [1280], indirect=True)
def test_losse_paginas(pagina: Page, adres: str) -> None:
    for pad in LOS:
        pagina.goto(adres + pad)
        assert klachten(pagina) == [], pad


def test_engelse_site_toont_engelse_teksten(pagina: Page, adres: str) -> None:
    pagina.goto(f"{adres}/producten/toeristische-verhuur-registratie?taal=en")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Register a tourist rental")
    expect(pagina.get_by_text("You need a registration number")).to_be_visible()
    expect(pagina.get_by_text("in Dutch only")).to_have_count(0)
    expect(pagina.locator("main [lang=nl]").filter(has_text="registratienummer")).to_have_count(0)
    _kijk(pagina)


def test_onderneming_bewaart_en_ziet_een_storing(pagina: Page, adres: str, platform: Installatie) -> None:
    """Begint met eHerkenning, bewaart, gaat later verder, en verstuurt terwijl een register niet antwoordt."""
    _log_in(pagina, f"{adres}/aanmelden/eherkenning?terug={REGISTRATIE}", "havenzicht")
    _begin(pagina)
    expect(pagina.get_by_label("Naam van de organisatie")).to_have_value("Havenzicht Vastgoed")
    pagina.get_by_role("button", name="Opslaan en later verder").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw antwoorden zijn bewaard")
    _kijk(pagina)
    pagina.goto(adres + REGISTRATIE)
    expect(pagina.get_by_role("heading", name="U bent al begonnen")).to_be_visible()
    _kijk(pagina)
    pagina.get_by_role("link", name="Verder met").first.click()
    _vul_in(pagina)
    with storing(platform, "/verzoeken/"):
        pagina.get_by_role("button", name="Versturen").click()
        expect(pagina.get_by_text("u hoeft niets opnieuw in te vullen")).to_be_visible()
    _kijk(pagina)
    pagina.get_by_role("button", name="Opnieuw versturen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw formulier is ontvangen")


def _log_in(pagina: Page, adres: str, persoon: str) -> None:
    pagina.goto(adres)
    pagina.locator(f"input[name=persoon][value='{persoon}']").check()
    pagina.locator("button[value=inloggen]").click()


def _begin(pagina: Page) -> None:
    pagina.locator("main form[action$='/begin'] button").click()


def _vul_in(pagina: Page) -> None:
    pagina.get_by_label("Een tweede woning").check()
    _verder(pagina, "De woning")
    pagina.get_by_label("Postcode").fill("1234 AB")
    pagina.get_by_label("Huisnummer", exact=True).fill("10")
    pagina.get_by_label("De woning is van mij").check()
    pagina.get_by_label("De hele woning").check()
    _verder(pagina, "Hoe houden wij u op de hoogte?")
    pagina.get_by_label("Nee, stuur post").check()
    _verder(pagina, "Controleer uw antwoorden")
    pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()


def _verder(pagina: Page, kop: str) -> None:
    pagina.get_by_role("button", name="Verder", exact=True).last.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(kop)


def test_vaste_antwoorden_en_bron_die_niet_antwoordt(pagina: Page, adres: str, platform: Installatie) -> None:
    naam = {"type": "textfield", "key": "naam", "label": "Naam", "disabled": True}
    formulier = publiceer(
        platform,
        "vast",
        {**naam, "prefill": {"plugin": "brp", "attribute": "naam.volledigeNaam"}},
        naam | {"key": "los"},
    )
    _log_in(pagina, f"{adres}/aanmelden/digid?terug={formulier}", "999000007")
    _begin(pagina)
    expect(pagina.locator("dd")).to_have_text("Jan Willem de Vries")
    _kijk(pagina)
    pagina.goto(adres + formulier)
    with storing(platform, "/simulatoren/brp"):
        _begin(pagina)
    expect(pagina.get_by_text("Wij kunnen uw gegevens nu niet ophalen")).to_be_visible()
    _kijk(pagina)


def _klikformulier(platform: Installatie) -> str:
    """Een formulier waarin een vraag bij een antwoord hoort, met nog een vraag eronder."""
    keuzes = [{"value": "a", "label": "Anders"}, {"value": "h", "label": "Huur"}]
    delen = [{"value": "heel", "label": "Helemaal"}, {"value": "half", "label": "Half"}]
    return publiceer(
        platform,
        "klik",
        {"type": "radio", "key": "soort", "label": "Soort", "values": keuzes},
        {"type": "textfield", "key": "welk", "label": "Namelijk", "toonAls": 'soort = "a"'},
        {"type": "radio", "key": "deel", "label": "Deel", "values": delen},
        inlogmiddelen=[],
    )


def test_een_klik_gaat_niet_verloren_als_er_net_een_vraag_bij_komt(
    pagina: Page, adres: str, platform: Installatie
) -> None:
    pagina.goto(adres + _klikformulier(platform))
    _begin(pagina)
    pagina.get_by_label("Anders").wait_for()
    pagina.wait_for_load_state()
    wachtend: list[Route] = []

    def houd_vast(route: Route) -> None:
        if route.request.headers.get("x-fragment") and not wachtend:
            wachtend.append(route)
        else:
            route.continue_()

    pagina.route("**/*", houd_vast)
    with pagina.expect_request(lambda vraag: "x-fragment" in vraag.headers) as ververs:
        pagina.get_by_label("Anders").check()
    pagina.get_by_label("Helemaal").hover()
    pagina.mouse.down()
    with pagina.expect_response(lambda antwoord: antwoord.request == ververs.value and antwoord.ok):
        wachtend[0].continue_()
    pagina.wait_for_timeout(200)
    expect(pagina.get_by_label("Namelijk")).to_have_count(0)  # nog niet, want er is een knop ingedrukt
    pagina.mouse.up()
    expect(pagina.get_by_label("Namelijk")).to_be_visible()
    expect(pagina.get_by_label("Helemaal")).to_be_checked()


def test_een_antwoord_van_voor_het_script_telt(pagina: Page, adres: str, platform: Installatie) -> None:
    """Op een trage verbinding kiest iemand al voor het script er is; de vraag die erbij hoort komt dan alsnog."""
    pagina.goto(adres + _klikformulier(platform))
    wachtend: list[Route] = []

    def houd_vast(route: Route) -> None:
        wachtend.append(route)

    pagina.route("**/huisstijl-*.js", houd_vast)
    with pagina.expect_request("**/huisstijl-*.js"):
        _begin(pagina)
    pagina.get_by_label("Anders").check()
    expect(pagina.get_by_label("Namelijk")).to_have_count(0)
    wachtend[0].continue_()
    expect(pagina.get_by_label("Namelijk")).to_be_visible()
    expect(pagina.get_by_label("Anders")).to_be_checked()


def test_een_punt_op_de_kaart(pagina: Page, adres: str, platform: Installatie) -> None:
    """Aanwijzen met de muis en met de toetsen; de vakken blijven de waarheid, en er gaat niets naar buiten."""
    formulier = publiceer(
        platform,
        "kaart",
        {"type": "kaart", "key": "plek", "label": "Waar is het?", "opties": {"midden": [5.1214, 52.0907], "zoom": 15}},
        inlogmiddelen=[],
    )
    buiten: list[str] = []
    pagina.on("request", lambda vraag: buiten.append(vraag.url) if not vraag.url.startswith((adres, "data:")) else None)
    pagina.goto(adres + formulier)
    _begin(pagina)
    kaart, breedte = pagina.get_by_role("application"), pagina.get_by_label("Breedtegraad, zoals 52,0907")
    expect(kaart).to_be_visible()
    _kijk(pagina)
    kaart.click(position={"x": 40, "y": 40})
    expect(breedte).to_have_value(re.compile(r"^52,09\d+$"))
    aangewezen = breedte.input_value()
    kaart.press("ArrowUp")
    kaart.press("+")
    kaart.press("Enter")
    assert Decimal(breedte.input_value().replace(",", ".")) > Decimal("52.0907")
    assert breedte.input_value() != aangewezen
    pagina.get_by_label("Breedtegraad, zoals 52,0907").fill("52,1")
    pagina.get_by_label("Lengtegraad, zoals 5,1214").fill("5,2")
    pagina.get_by_role("button", name="Volgende").or_(pagina.get_by_role("button", name="Verder")).click()
    expect(pagina.get_by_text("52.100000, 5.200000")).to_be_visible()
    assert buiten == []
