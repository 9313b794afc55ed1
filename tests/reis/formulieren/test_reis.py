"""De reis van een inwoner in een echte browser: product zoeken, inloggen, invullen, versturen. Elke pagina met axe."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from kern.installatie import Installatie
from tests.integratie.formulieren.invullen import PDF, verzoeken
from tests.reis.huisstijl.hulp import axe, overloop

JAN, EVA = "999000007", "999000779"
PLATTEGROND = {"name": "plattegrond.pdf", "mimeType": "application/pdf", "buffer": PDF}
VIRUS = {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00"}
ZWAARSTE_PAGINA = 60_000
"""Bytes over de lijn voor een eerste bezoek, met lettertype, stijl en script."""


@dataclass
class Reis:
    """Een bezoeker; `kijk` toetst de pagina waar hij nu is."""

    pagina: Page
    adres: str
    javascript: bool = True

    def ga(self, pad: str) -> None:
        self.pagina.goto(self.adres + pad)

    def kijk(self, kop: str, *, fouten: bool = False) -> None:
        """Deze pagina: de kop klopt, zij past op het scherm en axe vindt niets."""
        expect(self.pagina.get_by_role("heading", level=1)).to_have_text(kop)
        assert overloop(self.pagina) == 0, kop
        expect(self.pagina.locator(".dv-foutsamenvatting"), kop).to_have_count(int(fouten))
        if self.javascript:
            assert axe(self.pagina) == [], kop

    def knop(self, naam: str) -> None:
        self.pagina.get_by_role("button", name=naam, exact=True).last.click()

    def log_in(self, bsn: str) -> None:
        """De simulator: kies iemand. Het laagste niveau dat het formulier toelaat staat al aan."""
        self.pagina.locator(f"input[name=persoon][value='{bsn}']").check()
        self.pagina.locator("button[value=inloggen]").click()


@pytest.fixture(params=["met js", "zonder js", "320 px"])
def reis(chromium: Browser, adres: str, request: pytest.FixtureRequest) -> Iterator[Reis]:
    breed = 320 if request.param == "320 px" else 1280
    context = chromium.new_context(
        viewport={"width": breed, "height": 800}, java_script_enabled=request.param != "zonder js"
    )
    context.set_default_timeout(15_000)
    yield from _reis(context, adres, javascript=request.param != "zonder js")


def _reis(context: BrowserContext, adres: str, *, javascript: bool) -> Iterator[Reis]:
    pagina = context.new_page()
    misgegaan: list[str] = []
    pagina.on("pageerror", lambda fout: misgegaan.append(str(fout)))
    pagina.on("console", lambda bericht: misgegaan.append(bericht.text) if _is_csp(bericht, pagina) else None)
    reis = Reis(pagina, adres, javascript)
    yield reis
    context.close()
    assert misgegaan == []


def _is_csp(bericht: ConsoleMessage, pagina: Page) -> bool:
    """Een geweigerd stukje pagina; de simulator heeft een eigen, andere schil."""
    return "Content Security" in bericht.text and "/simulatoren/" not in pagina.url


def test_vergunning_van_zoeken_tot_bevestiging(reis: Reis, platform: Installatie) -> None:
    voor = len(verzoeken(platform))
    _zoek_en_begin(reis)
    _gegevens_en_woning(reis)
    _documenten(reis)
    _contact(reis)
    _verstuur(reis)
    assert len(verzoeken(platform)) == voor + 1


def _zoek_en_begin(reis: Reis) -> None:
    reis.ga("/")
    reis.kijk("Waarmee kunnen wij u helpen?")
    reis.pagina.get_by_label("Wat wilt u regelen?").fill("vergunning")
    reis.knop("Zoeken")
    reis.kijk("Zoeken naar “vergunning”")
    reis.pagina.get_by_role("link", name="Vergunning toeristische verhuur aanvragen").click()
    reis.kijk("Vergunning toeristische verhuur aanvragen")
    reis.pagina.get_by_role("link", name="Aanvragen", exact=True).click()
    reis.kijk("Vergunning toeristische verhuur aanvragen")
    reis.pagina.get_by_role("link", name="Inloggen met DigiD").click()
    reis.kijk("Hoe wilt u inloggen?")
    reis.pagina.get_by_role("link", name="DigiD", exact=True).click()
    reis.log_in(JAN)
    reis.kijk("Vergunning toeristische verhuur aanvragen")
    reis.pagina.get_by_role("button", name="beginnen").click()  # ook “Opnieuw beginnen”


def _gegevens_en_woning(reis: Reis) -> None:
    reis.kijk("Uw gegevens")
    expect(reis.pagina.get_by_label("Naam", exact=True)).not_to_be_empty()
    reis.knop("Verder")
    reis.kijk("De woning")
    reis.knop("Verder")
    reis.kijk("De woning", fouten=True)
    reis.pagina.get_by_label("Postcode").fill("1234 AB")
    reis.pagina.get_by_label("Huisnummer", exact=True).fill("10")
    reis.pagina.get_by_label("De woning is van mij").check()
    reis.pagina.get_by_role("radiogroup", name="Woont u zelf in deze woning?").get_by_label("Ja").check()
    reis.pagina.get_by_label("Een deel, zoals een kamer").check()
    reis.pagina.get_by_label("Hoeveel nachten per jaar wilt u verhuren?").fill("40")
    reis.knop("Verder")


def _documenten(reis: Reis) -> None:
    reis.kijk("Documenten")
    reis.pagina.locator("input[type=file]").set_input_files(VIRUS)  # type: ignore[arg-type]  # een bestand uit het geheugen
    reis.knop("Verder")
    reis.kijk("Documenten", fouten=True)
    reis.pagina.locator("input[type=file]").set_input_files(PLATTEGROND)  # type: ignore[arg-type]  # idem
    reis.knop("Verder")


def _contact(reis: Reis) -> None:
    reis.kijk("Hoe houden wij u op de hoogte?")
    reis.pagina.get_by_label("Ja, per e-mail").check()
    if not reis.javascript:  # zonder script verschijnt de vervolgvraag na "Verder"
        reis.knop("Verder")
    reis.pagina.get_by_label("E-mailadres").fill("jan@example.nl")
    reis.knop("Verder")


def _verstuur(reis: Reis) -> None:
    reis.kijk("Controleer uw antwoorden")
    expect(reis.pagina.locator("main")).to_contain_text("plattegrond.pdf")
    reis.knop("Versturen")
    reis.kijk("Controleer uw antwoorden", fouten=True)
    reis.pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    reis.knop("Versturen")
    reis.kijk("Uw formulier is ontvangen")
    bevestiging = reis.pagina.url
    with reis.pagina.expect_download() as ontvangen:
        reis.pagina.get_by_role("link", name="Download een kopie (pdf)").click()
    assert ontvangen.value.suggested_filename.endswith(".pdf")
    reis.ga(bevestiging.removeprefix(reis.adres).replace("bevestiging", "overzicht"))
    assert reis.pagina.url == bevestiging


def test_alleen_met_het_toetsenbord(chromium: Browser, adres: str, platform: Installatie) -> None:
    """Van startpagina tot bevestiging zonder muis: Tab, pijltjes, spatie en Enter."""
    voor = len(verzoeken(platform))
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    pagina = context.new_page()
    pagina.goto(f"{adres}/aanmelden/digid?terug=/formulieren/toeristische-verhuur-registratie")
    Reis(pagina, adres).log_in(EVA)
    expect(pagina.get_by_role("button", name="Beginnen")).to_be_visible()
    _naar(pagina, "button", "Beginnen")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw gegevens")
    _naar(pagina, "button", "Verder")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("De woning")
    _typ(pagina, "Postcode", "1234AB")
    _typ(pagina, "Huisnummer", "5")
    for _vraag in range(3):  # elke groep keuzerondjes is één stop; de spatie kiest het eerste
        _naar_soort(pagina, "radio")
        pagina.keyboard.press("Space")
        pagina.wait_for_load_state("networkidle")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Hoe houden wij u op de hoogte?")
    _naar_soort(pagina, "radio")
    pagina.keyboard.press("Space")
    pagina.wait_for_load_state("networkidle")
    expect(pagina.get_by_label("E-mailadres")).to_be_visible()
    _typ(pagina, "E-mailadres", "eva@example.nl")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Controleer uw antwoorden")
    _naar_soort(pagina, "checkbox")
    pagina.keyboard.press("Space")
    _naar(pagina, "button", "Versturen")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Uw formulier is ontvangen")
    context.close()
    assert len(verzoeken(platform)) == voor + 1


def _naar(pagina: Page, soort: str, naam: str) -> None:
    """Tab tot de knop of link met deze naam de focus heeft."""
    _tab_tot(
        pagina, f"e => e.tagName.toLowerCase() === '{soort}' && e.tabIndex >= 0 && e.textContent.trim() === '{naam}'"
    )


def _naar_soort(pagina: Page, soort: str) -> None:
    """Tab naar de volgende keuze die nog niet gemaakt is."""
    los = "e => e.type === '{0}' && !document.querySelector(`input[name='${{e.name}}']:checked`)"
    _tab_tot(pagina, los.format(soort))


def _typ(pagina: Page, label: str, tekst: str) -> None:
    _tab_tot(pagina, f"e => e.labels && [...e.labels].some(l => l.textContent.trim().startsWith('{label}'))")
    pagina.keyboard.type(tekst)


def _tab_tot(pagina: Page, voorwaarde: str) -> None:
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if pagina.evaluate(f"({voorwaarde})(document.activeElement)"):
            return
    raise AssertionError(f"niet met Tab te bereiken: {voorwaarde}")


def test_gewicht_van_de_paginas(chromium: Browser, adres: str) -> None:
    for pad in (
        "/",
        "/producten",
        "/producten/toeristische-verhuur-vergunning",
        "/formulieren/toeristische-verhuur-vergunning",
    ):
        gewicht = _gewicht(chromium, adres + pad)
        print(f"{pad}: {gewicht / 1000:.1f} kB")  # noqa: T201  # het cijfer hoort in het verslag van de testloop
        assert gewicht <= ZWAARSTE_PAGINA, pad


def _gewicht(chromium: Browser, url: str) -> int:
    """De bytes die een eerste bezoek ophaalt, zoals zij over de lijn gaan."""
    context = chromium.new_context()
    pagina = context.new_page()
    antwoorden: list[Response] = []
    pagina.on("response", lambda antwoord: antwoorden.append(antwoord))  # noqa: PLW0108 - playwright kan niet tegen een ingebouwde methode
    pagina.goto(url, wait_until="networkidle")
    gewicht = sum(antwoord.request.sizes()["responseBodySize"] for antwoord in antwoorden)
    context.close()
    return gewicht
