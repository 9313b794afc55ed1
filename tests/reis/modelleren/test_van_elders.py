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
    _maak_af(femke, soort)
    _start_ermee(femke, naam, soort)
    femke.speel_en_publiceer(f"5-05-{soort}-publiceren", "1.0.0", "Overgenomen.")


def _maak_af(femke: Beheerder, soort: str) -> None:
    """Waar een bean of connector stond komt het bouwblok “Zaak aanmaken”."""
    pagina = femke.pagina
    femke.druk(pagina.get_by_role("link", name="Dossier aanmaken").first)
    expect(pagina.locator("[data-modelleur][data-klaar]")).to_be_visible()
    femke.druk(pagina.locator("[data-element-id='dossier'] .djs-hit").first)
    femke.druk(
        pagina.locator(
            "[data-paneel] .bio-properties-panel-template-select-button, [data-paneel] .bio-properties-panel-select-template-button"
        ).first
    )
    pagina.keyboard.type("Zaak aanmaken")
    expect(pagina.locator(".djs-popup-results .entry, .cmod-element-template-chooser li").first).to_contain_text(
        "aak aanmaken"
    )
    pagina.keyboard.press("Enter")
    expect(pagina.locator("[data-paneel]")).to_contain_text("Instellingen")
    femke.bekijk(f"5-03-{soort}-blok")


def _start_ermee(femke: Beheerder, naam: str, soort: str) -> None:
    """Het formulier begint voortaan dit proces; de scenario's van het kleine begin horen bij het oude."""
    femke.tab("Proces")
    femke.pagina.get_by_label(naam, exact=True).select_option(f"{soort}-proces")
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
