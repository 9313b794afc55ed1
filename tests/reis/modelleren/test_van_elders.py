"""Reis 5: een model van GZAC (Camunda 7) en een van Camunda 8 inlezen, zien wat overkwam, het afmaken, publiceren en één zaak ermee doen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kern.installatie import Installatie
from tests.reis.modelleren.conftest import Stad
from tests.reis.modelleren.hulp import BANK, Beheerder, bezoek, femke_aan_het_werk, log_in
from tests.reis.modelleren.van_elders import camunda8, gzac

Model = Callable[[str, str, str], bytes]


@pytest.mark.traag
def test_modellen_van_elders(stad: Stad, chromium: Browser, tmp_path: Path) -> None:
    with stad() as gemeente:
        with femke_aan_het_werk(chromium, gemeente.instellingen.adres) as femke:
            _haal_over(femke, "Geluid melden", gzac, tmp_path, ("roept Java aan", "De voorwaarde ${besluit"))
            _haal_over(
                femke, "Overlast melden", camunda8, tmp_path, ("De connector io.camunda:http-json:1 is van Camunda.",)
            )
            femke.verslag("reis 5, modellen van GZAC en Camunda 8")
            assert femke.klikken <= 80, femke.klikken
        for titel in ("Geluid melden", "Overlast melden"):
            _doe_een_zaak(gemeente, chromium, titel)


def _haal_over(femke: Beheerder, titel: str, model: Model, map_: Path, meldt: tuple[str, ...]) -> None:
    naam = titel.lower().replace(" ", "-")
    soort = model.__name__
    femke.ga(f"{BANK}/")
    femke.link("Nieuw pakket")
    femke.vul("Hoe heet de dienst?", titel)
    femke.klik("Maak het pakket")
    bestand = map_ / f"{soort}.bpmn"
    bestand.write_bytes(model(f"{soort}-proces", f"{titel} van elders", f"{naam}-beoordelen"))
    femke.tab("Proces", f"5-01-{soort}-processen")
    femke.pagina.get_by_label("Bestand (.bpmn, .xml of .dmn)").set_input_files(bestand)
    femke.klikken += 1
    femke.klik("Inlezen")
    femke.meldt(f"{soort}-proces is ingelezen.")
    for tekst in meldt:
        femke.meldt(re.compile(re.escape(tekst)))
    femke.bekijk(f"5-02-{soort}-verslag")
    _maak_af(femke, soort, naam.upper())
    _start_ermee(femke, naam, soort)
    femke.speel_en_publiceer(f"5-05-{soort}-publiceren", "1.0.0", "Overgenomen.")


def _maak_af(femke: Beheerder, soort: str, zaaktype: str) -> None:
    """Waar een bean of connector stond komt het bouwblok “Zaak aanmaken”; de taak erna krijgt de zaak mee."""
    pagina, paneel = femke.pagina, femke.pagina.locator("[data-paneel]")
    femke.druk(pagina.get_by_role("link", name="Dossier aanmaken").first)
    expect(pagina.locator("[data-modelleur][data-klaar]")).to_be_visible()
    femke.druk(paneel.locator(".bio-properties-panel-select-template-button"))
    pagina.keyboard.type("Zaak aanmaken")
    expect(pagina.locator(".djs-popup-results .entry").first).to_contain_text("Zaak aanmaken")
    pagina.keyboard.press("Enter")
    femke.druk(paneel.get_by_text("Instellingen", exact=True))
    paneel.get_by_label("Zaaktype", exact=True).first.select_option(zaaktype)
    femke.klikken += 2
    paneel.get_by_label("Omschrijving", exact=True).first.fill("Melding")
    femke.druk(paneel.get_by_text("Uitvoer", exact=True))
    for veld, variabele in (("Zaak", "zaak"), ("Zaaknummer", "zaaknummer")):
        paneel.get_by_label(veld, exact=True).last.fill(variabele)
    pagina.keyboard.press("Tab")
    expect(pagina.locator(".bjsl-button")).to_have_text("Geen fouten", timeout=15_000)
    expect(pagina.locator("[data-stand]")).to_contain_text("Bewaard.")
    femke.bekijk(f"5-03-{soort}-blok")


def _start_ermee(femke: Beheerder, naam: str, soort: str) -> None:
    """Het formulier begint voortaan dit proces; de scenario's van het kleine begin horen bij het oude."""
    femke.tab("Proces")
    femke.pagina.get_by_label(re.compile(f"^{naam}")).first.select_option(f"{soort}-proces")
    femke.klikken += 2
    femke.bekijk(f"5-04-{soort}-starts")
    femke.druk(
        femke.pagina.locator(
            "form[action$='/proces/starts'] button[type=submit], form[action$='/proces/starts'] button"
        ).last
    )
    femke.meldt("Bewaard.")
    femke.tab("Scenario's")
    for _ in range(3):
        femke.druk(femke.pagina.get_by_role("button", name="Verwijderen").first)


def _doe_een_zaak(gemeente: Installatie, chromium: Browser, titel: str) -> None:
    naam = titel.lower().replace(" ", "-")
    adres = gemeente.instellingen.adres
    with bezoek(chromium, adres) as jan, bezoek(chromium, adres) as bas:
        jan.inwoner("Jan Willem de Vries", f"/formulieren/{naam}")
        jan.klik("Beginnen")
        jan.zie("Uw gegevens")
        jan.klik("Verder")
        jan.vul("Welk bedrag vraagt u aan?", "100")
        jan.klik("Verder")
        jan.pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()
        jan.klik("Versturen")
        jan.zie("Uw formulier is ontvangen")
        bas.ga("/behandelen/")
        log_in(bas, "bas")
        bas.wacht_op("/behandelen/", "Melding bekijken")
        bas.link("Melding bekijken")
        bas.klik("Taak pakken")
        bas.kies("Wat beslist u?", "Toewijzen")
        bas.vul("Motivering", "Gezien.")
        bas.klik("Afronden")
        expect(bas.pagina.get_by_text("De taak is afgerond. De zaak gaat verder.").first).to_be_visible()
