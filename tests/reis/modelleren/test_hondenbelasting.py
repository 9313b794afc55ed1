"""Reis 1: van niets naar een dienst die werkt, alleen met de schermen: "hondenbelasting afmelden".

Een inwoner krijgt zijn geld meteen terug (de regels beslissen), een ander wacht op een medewerker. Beiden krijgen bericht.
"""

import pytest
from playwright.sync_api import Browser, expect

from kern.installatie import Installatie
from tests.reis.hoofdreis import Bezoeker
from tests.reis.modelleren.conftest import Stad
from tests.reis.modelleren.hulp import GEDULD, Beheerder, bezoek, femke_aan_het_werk, log_in

NAAM, TITEL = "hondenbelasting-afmelden", "Hondenbelasting afmelden"


@pytest.mark.traag
def test_van_niets_naar_een_dienst_die_werkt(stad: Stad, chromium: Browser) -> None:
    with stad() as gemeente:
        with femke_aan_het_werk(chromium, gemeente.instellingen.adres) as femke:
            _bouw(femke)
            femke.verslag("reis 1, hondenbelasting afmelden")
            assert femke.klikken <= 60, femke.klikken
        _meteen(gemeente, chromium)
        _met_de_hand(gemeente, chromium)


def _bouw(femke: Beheerder) -> None:
    femke.bekijk("1-01-lijst")
    femke.link("Nieuw pakket")
    femke.bekijk("1-02-nieuw")
    femke.vul("Hoe heet de dienst?", TITEL)
    femke.klik("Maak het pakket")
    femke.bekijk("1-03-overzicht")
    _formulier(femke)
    _product(femke)
    _tabel(femke)
    _bericht(femke)
    _scenarios(femke)
    for tab, schot in (("Zaaktype", "1-20-zaaktype"), ("Proces", "1-21-proces"), ("Uitvoerregels", "1-22-regels")):
        femke.tab(tab, schot)
    _publiceer(femke)


def _formulier(femke: Beheerder) -> None:
    femke.tab("Formulier", "1-04-formulieren")
    femke.druk(femke.pagina.locator(f"#{NAAM}"))
    femke.bekijk("1-05-vragen")
    _voeg_toe(femke, "Keuze", "Waarom meldt u uw hond af?", "1-06-soort")
    femke.vul("Mogelijkheden", "Mijn hond is overleden | My dog has died\nMijn hond is verhuisd | My dog has moved")
    femke.bekijk("1-07-vraag")
    femke.klik("Bewaren")
    _voeg_toe(femke, "Korte tekst", "Waar woont uw hond nu?")
    voorwaarde = "“Waarom meldt u uw hond af?” is “Mijn hond is verhuisd”"
    femke.pagina.get_by_label("Wanneer te zien?").select_option(label=voorwaarde)
    femke.klikken += 2
    femke.klik("Bewaren")
    femke.meldt(voorwaarde)
    femke.link("Welk bedrag vraagt u aan?")
    femke.vul("Vraag", "Hoeveel hondenbelasting betaalde u?")
    femke.klik("Bewaren")
    femke.link("Voorbeeld")
    femke.bekijk("1-08-voorbeeld")
    femke.link("Terug naar de vragen")


def _voeg_toe(femke: Beheerder, soort: str, vraag: str, schot: str = "") -> None:
    femke.druk(femke.pagina.get_by_role("link", name="Vraag toevoegen").last)
    if schot:
        femke.bekijk(schot)
    femke.link(soort)
    femke.vul("Vraag", vraag)


def _product(femke: Beheerder) -> None:
    femke.tab("Product", "1-09-producten")
    femke.druk(femke.pagina.locator(f"#{NAAM}"))
    femke.vul("Samenvatting", "Is uw hond overleden of verhuisd? Meld hem af. U krijgt geld terug.")
    femke.bekijk("1-10-product")
    femke.klik("Bewaren")


def _tabel(femke: Beheerder) -> None:
    """Tot en met 250 euro beslissen de regels; daarboven een medewerker."""
    femke.tab("Beslissingen", "1-11-beslissingen")
    femke.druk(femke.pagina.locator("main table a").first)
    expect(femke.pagina.locator("[data-modelleur][data-klaar]")).to_be_visible()
    for nummer, cel in enumerate(("<= 250", "> 250")):
        femke.druk(femke.pagina.locator("td.input-cell").nth(nummer))
        femke.pagina.keyboard.press("Control+A")
        femke.pagina.keyboard.type(cel)
    femke.druk(femke.pagina.locator("td.output-cell").first)
    expect(femke.pagina.locator("[data-stand]")).to_contain_text("Bewaard.")
    femke.bekijk("1-12-tabel")


def _bericht(femke: Beheerder) -> None:
    femke.tab("Brieven en berichten", "1-13-brieven")
    femke.link("Uw aanvraag is toegewezen")
    femke.pagina.get_by_label("Onderwerp", exact=True).fill("U krijgt hondenbelasting terug")
    femke.bekijk("1-14-bericht")
    femke.bewaar_brief()


def _scenarios(femke: Beheerder) -> None:
    """Het eerste scenario hoort bij de nieuwe grens; van de drie blijven er twee."""
    femke.tab("Scenario's", "1-15-scenarios")
    femke.link("Een klein bedrag wordt meteen toegewezen")
    tekst = femke.pagina.locator("#tekst")
    tekst.fill(tekst.input_value().replace("bedrag: 400", "bedrag: 120"))
    femke.bekijk("1-16-scenario")
    femke.klik("Bewaren")
    femke.druk(femke.pagina.get_by_role("button", name="Verwijderen").nth(1))


def _publiceer(femke: Beheerder) -> None:
    femke.link("Publiceren")
    femke.bekijk("1-17-publiceren")
    femke.klik("Speel de scenario's")
    femke.meldt("Alles zoals verwacht.", GEDULD)
    femke.pagina.locator("#proefverslag[data-bezig=nee]").wait_for(timeout=GEDULD)
    expect(femke.pagina.get_by_text("Alles zoals verwacht.")).to_have_count(2)
    femke.bekijk("1-18-gespeeld")
    femke.klik("Publiceer deze versie")
    femke.meldt("Versie 1.0.0 is gepubliceerd en werkt meteen.")
    femke.tab("Versies", "1-19-versies")


def _dien_in(wie: Bezoeker, inwoner: str, bedrag: str) -> None:
    """De vraag waar de hond nu woont is er alleen als hij verhuisd is."""
    wie.inwoner(inwoner, f"/formulieren/{NAAM}")
    wie.zie(TITEL)
    wie.klik("Beginnen")
    wie.zie("Uw gegevens")
    wie.klik("Verder")
    wie.zie("Uw aanvraag")
    wie.vul("Hoeveel hondenbelasting betaalde u?", bedrag)
    expect(wie.pagina.get_by_label("Waar woont uw hond nu?")).to_have_count(0)
    wie.kies("Waarom meldt u uw hond af?", "Mijn hond is verhuisd")
    wie.vul("Waar woont uw hond nu?", "Bij mijn zus")
    wie.klik("Verder")
    wie.zie("Controleer uw antwoorden")
    wie.pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    wie.klik("Versturen")
    wie.zie("Uw formulier is ontvangen")


def _meteen(gemeente: Installatie, chromium: Browser) -> None:
    """Jan betaalde 90 euro: zijn zaak is meteen klaar, met het bericht dat Femke schreef."""
    with bezoek(chromium, gemeente.instellingen.adres) as jan:
        _dien_in(jan, "Jan Willem de Vries", "90")
        jan.wacht_op("/mijn/zaken?stand=afgerond", TITEL)
        jan.link(TITEL)
        expect(jan.pagina.locator("main")).to_contain_text("Toegewezen")
        jan.wacht_op("/mijn/berichten", "U krijgt hondenbelasting terug")


def _met_de_hand(gemeente: Installatie, chromium: Browser) -> None:
    """Boven de grens beslist Bas; daarna is ook deze zaak klaar."""
    with bezoek(chromium, gemeente.instellingen.adres) as inwoner, bezoek(chromium, gemeente.instellingen.adres) as bas:
        _dien_in(inwoner, "Jan Willem de Vries", "900")
        bas.ga("/behandelen/")
        log_in(bas, "bas")
        bas.wacht_op("/behandelen/", "Aanvraag beoordelen")
        bas.link("Aanvraag beoordelen")
        bas.klik("Taak pakken")
        bas.kies("Wat beslist u?", "Afwijzen")
        bas.vul("Motivering", "U betaalde dit bedrag niet.")
        bas.klik("Afronden")
        expect(bas.pagina.get_by_text("De taak is afgerond. De zaak gaat verder.").first).to_be_visible()
        inwoner.wacht_op("/mijn/berichten", "Uw aanvraag is afgewezen")
