"""Proefdraaien in de browser: een gewijzigd pakket van formulier tot brief proberen, een stap terug, en bewaren als scenario."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.reis.modelleren.conftest import Stad
from tests.reis.modelleren.hulp import BANK, GEDULD, Beheerder, femke_aan_het_werk

PAKKET = "toeristische-verhuur"
VRAAG = "Hoeveel nachten per jaar gaat u verhuren?"
INWONER = "999000007"
PDF = b"%PDF-1.7\n%%EOF"
NAAM = "Na de aanvulling toch geweigerd"


@pytest.mark.traag
def test_een_gewijzigd_pakket_proberen(stad: Stad, chromium: Browser) -> None:
    with stad() as gemeente, femke_aan_het_werk(chromium, gemeente.instellingen.adres) as femke:
        _wijzig(femke)
        _vul_in(femke)
        _eerste_stap(femke)
        _vraag_aanvulling(femke)
        _termijn_en_terug(femke)
        _stuur_aanvulling(femke)
        _weiger(femke)
        _bewaar(femke)
        femke.verslag("proefdraaien")


def _wijzig(femke: Beheerder) -> None:
    """Een andere vraag in het formulier; de proef begint met deze wijziging."""
    femke.ga(f"{BANK}/{PAKKET}/")
    femke.tab("Formulier")
    femke.druk(femke.pagina.locator(f"#{PAKKET}-vergunning"))
    femke.link("Hoeveel nachten per jaar wilt u verhuren?")
    femke.vul("Vraag", VRAAG)
    femke.klik("Bewaren")
    femke.meldt(VRAAG)


def _vul_in(femke: Beheerder) -> None:
    femke.tab("Proefdraaien", "p-01-begin")
    femke.pagina.get_by_label("Welk formulier?").select_option(label="Vergunning toeristische verhuur aanvragen")
    femke.pagina.get_by_label("Als wie?").select_option(INWONER)
    femke.klik("Vul het formulier in")
    femke.meldt("U vult dit in als Jan Willem de Vries")
    expect(femke.pagina.get_by_label("Naam", exact=True)).to_have_value(re.compile("de Vries"))
    femke.bekijk("p-02-gegevens")
    femke.klik("Verder")
    femke.vul("Postcode", "9999 AA")
    femke.vul("Huisnummer", "1")
    femke.kies_uit("Is de woning van u of huurt u haar?", "Ik huur de woning")
    femke.kies_uit("Huurt u van een woningcorporatie?", "Ja")
    femke.kies_uit("Woont u zelf in deze woning?", "Ja")
    femke.kies_uit("Wat verhuurt u?", "De hele woning")
    femke.vul(VRAAG, "90")
    femke.bekijk("p-03-woning")
    femke.klik("Verder")
    femke.pagina.locator("input[type=file]").set_input_files(
        {"name": "huurcontract.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    femke.klik("Verder")
    femke.kies_uit("Mogen wij u over toeristische verhuur e-mailen?", "Nee, stuur post")
    femke.klik("Verder")
    femke.meldt("huurcontract.pdf")
    femke.bekijk("p-04-klopt-alles")
    _speel(femke, "Proefdraaien met deze antwoorden")


def _speel(femke: Beheerder, knop: str) -> None:
    """Druk op de knop en wacht tot de stap gespeeld is; het scherm ververst zichzelf."""
    with femke.pagina.expect_navigation():
        femke.klik(knop)
    femke.pagina.locator("#proefverslag[data-bezig=nee]").wait_for(timeout=GEDULD, state="attached")
    expect(femke.pagina.get_by_text("Dat kon niet")).to_have_count(0)


def _eerste_stap(femke: Beheerder) -> None:
    """De beslissing met haar uitleg, bij elke stap invoer en uitvoer, en het bericht zoals de inwoner het krijgt."""
    expect(femke.pagina.locator("[data-modelleur][data-klaar]")).to_have_count(1)
    femke.meldt("huurcontract.pdf")
    stap = femke.pagina.locator("main tr").filter(has_text="Beoordelen volgens de regels")
    expect(stap).to_contain_text("past regel 1, want Woonsituatie is huur")
    for kop, waarde in (("Invoer", "90"), ("Uitvoer", "woningcorporatie")):
        vak = stap.locator("details").filter(has=femke.pagina.get_by_text(kop, exact=True))
        femke.druk(vak.locator("summary"))
        expect(vak.locator("dl")).to_be_visible()
        expect(vak.locator("dl")).to_contain_text(waarde)
    bericht = femke.pagina.locator("main td details").filter(has_text="Wij hebben uw aanvraag ontvangen")
    femke.druk(bericht.locator("summary"))
    expect(bericht.get_by_text("Uw zaaknummer is")).to_be_visible()
    femke.bekijk("p-05-ingediend")


def _doe_taak(femke: Beheerder, taak: str) -> None:
    femke.druk(femke.pagina.locator("main").get_by_role("link", name=taak, exact=True).first)


def _vraag_aanvulling(femke: Beheerder) -> None:
    _doe_taak(femke, "Aanvraag beoordelen")
    femke.kies_uit("Wat is uw besluit?", "De aanvrager om een aanvulling vragen")
    femke.vul("Wat heeft u nog nodig?", "Stuur uw huurcontract.")
    femke.bekijk("p-06-taak")
    _speel(femke, "Verder")
    femke.bekijk("p-07-aanvulling")


def _termijn_en_terug(femke: Beheerder) -> None:
    """Een dag na de termijn is er een nieuwe taak; een stap terug wacht het weer op de inwoner."""
    for _ in range(3):
        _speel(femke, "Een week later")
    verlopen = femke.pagina.locator("main").get_by_role("link", name="Termijn voor aanvulling verlopen", exact=True)
    expect(verlopen).to_be_visible()
    femke.bekijk("p-08-verlopen")
    _speel(femke, "Laatste stap terug")
    _speel(femke, "Laatste stap terug")
    expect(verlopen).to_have_count(0)


def _stuur_aanvulling(femke: Beheerder) -> None:
    femke.druk(femke.pagina.locator("main p", has_text="door de inwoner").get_by_role("link"))
    femke.vul("Uw antwoord", "Het huurcontract gaat per post.")
    femke.bekijk("p-09-klanttaak")
    _speel(femke, "Verder")


def _weiger(femke: Beheerder) -> None:
    """Het besluit, en de brief zoals die de deur uit zou gaan."""
    _doe_taak(femke, "Aanvraag beoordelen")
    femke.kies_uit("Wat is uw besluit?", "De vergunning weigeren")
    femke.kies_uit("Rust de afwijzing op gegevens over de aanvrager", "Nee")
    femke.vul("Motivering", "Een corporatiewoning mag u niet verhuren.")
    _speel(femke, "Verder")
    femke.meldt("Geweigerd")
    femke.bekijk("p-10-besluit")
    brief = femke.pagina.get_by_role("link", name="Bekijk de brief (PDF)").last.get_attribute("href")
    antwoord = femke.pagina.context.request.get(brief or "")
    assert antwoord.headers["content-type"] == "application/pdf"
    assert antwoord.body().startswith(b"%PDF")


def _bewaar(femke: Beheerder) -> None:
    femke.vul("Wat gebeurt er in dit scenario?", NAAM)
    femke.klik("Bewaren als scenario")
    rij = femke.pagina.locator("tr", has_text=NAAM)
    femke.druk(rij.get_by_role("button", name=re.compile("^Speel")).first)
    femke.pagina.locator("#proefverslag[data-bezig=nee]").wait_for(timeout=GEDULD)
    femke.meldt("Alles zoals verwacht.")
    femke.bekijk("p-11-scenario")
