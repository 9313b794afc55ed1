"""Reis 4: een pakket naar een andere gemeente, daar een eigen tekst en een eigen regel, en later een nieuwere zip zonder die te verliezen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kern.installatie import Installatie
from tests.reis.modelleren.conftest import Stad
from tests.reis.modelleren.hulp import Beheerder, bezoek, femke_aan_het_werk

NAAM, TITEL = "speelstraat-aanvragen", "Speelstraat aanvragen"
EIGEN_TEKST = "In Polderstad vraagt u een speelstraat hier aan."
NIEUWE_VRAAG = "In welke straat?"


@pytest.mark.traag
def test_naar_een_andere_gemeente_en_later_een_nieuwere_versie(stad: Stad, chromium: Browser, tmp_path: Path) -> None:
    with stad() as hier, stad(gemeente_naam="Gemeente Polderstad") as daar:
        with (
            femke_aan_het_werk(chromium, hier.instellingen.adres) as maker,
            femke_aan_het_werk(chromium, daar.instellingen.adres) as ander,
        ):
            eerste = _maak(maker, tmp_path)
            _installeer(ander, eerste)
            _gebruik(daar, chromium, "600", nieuwe_vraag=False)
            tweede = _verbeter(maker, tmp_path)
            _werk_bij(ander, tweede)
            maker.verslag("reis 4, de gemeente die het maakt")
            ander.verslag("reis 4, de gemeente die het overneemt")
            assert ander.klikken <= 40, ander.klikken
        _gebruik(daar, chromium, "700", nieuwe_vraag=True)


def _maak(femke: Beheerder, map_: Path) -> Path:
    femke.link("Nieuw pakket")
    femke.vul("Hoe heet de dienst?", TITEL)
    femke.klik("Maak het pakket")
    femke.speel_en_publiceer("4-01-gemaakt", "1.0.0", "De eerste.")
    return _exporteer(femke, map_ / "een.zip")


def _exporteer(femke: Beheerder, doel: Path) -> Path:
    femke.tab("Overzicht")
    with femke.pagina.expect_download() as download:
        femke.link("Exporteren als zip")
    download.value.save_as(doel)
    return doel


def _lees_in(femke: Beheerder, zip_: Path) -> None:
    femke.ga("/beheer/pakketten/")
    femke.link("Zip inlezen")
    femke.pagina.get_by_label("Zip van het pakket").set_input_files(zip_)
    femke.klikken += 1
    femke.klik("Inlezen")


def _installeer(femke: Beheerder, zip_: Path) -> None:
    """Inlezen, een eigen producttekst, en de grens van vijfhonderd naar zevenhonderdvijftig euro."""
    _lees_in(femke, zip_)
    femke.meldt("Het pakket is ingelezen.")
    femke.bekijk("4-02-ingelezen")
    femke.tab("Product")
    femke.druk(femke.pagina.locator(f"#{NAAM}"))
    femke.vul("Samenvatting", EIGEN_TEKST)
    femke.klik("Bewaren")
    femke.tab("Beslissingen")
    femke.druk(femke.pagina.locator("main table a").first)
    expect(femke.pagina.locator("[data-modelleur][data-klaar]")).to_be_visible()
    for nummer, cel in enumerate(("<= 750", "> 750")):
        femke.druk(femke.pagina.locator("td.input-cell").nth(nummer))
        femke.pagina.keyboard.press("Control+A")
        femke.pagina.keyboard.type(cel)
    femke.druk(femke.pagina.locator("td.output-cell").first)
    expect(femke.pagina.locator("[data-stand]")).to_contain_text("Bewaard.")
    femke.speel_en_publiceer("4-03-publiceren", "1.0.0", "Overgenomen, met onze grens.")


def _verbeter(femke: Beheerder, map_: Path) -> Path:
    """De maker vraagt voortaan ook de straat, en past het bericht aan."""
    femke.tab("Formulier")
    femke.druk(femke.pagina.locator(f"#{NAAM}"))
    femke.druk(femke.pagina.get_by_role("link", name="Vraag toevoegen").last)
    femke.link("Korte tekst")
    femke.vul("Vraag", NIEUWE_VRAAG)
    femke.klik("Bewaren")
    femke.tab("Brieven en berichten")
    femke.link("Uw aanvraag is toegewezen")
    femke.pagina.get_by_label("Onderwerp", exact=True).fill("U mag uw straat afsluiten")
    femke.bewaar_brief()
    femke.speel_en_publiceer("4-04-nieuwe-versie", "1.1.0", "Ook de straat.")
    return _exporteer(femke, map_ / "twee.zip")


def _werk_bij(femke: Beheerder, zip_: Path) -> None:
    _lees_in(femke, zip_)
    femke.meldt("Uw eigen aanpassingen in 2 bestanden zijn gebleven.")
    femke.bekijk("4-05-bijgewerkt")
    femke.speel_en_publiceer("4-06-publiceren", "1.1.0", "Nieuwe versie van de maker.")


def _gebruik(daar: Installatie, chromium: Browser, bedrag: str, *, nieuwe_vraag: bool) -> None:
    """Meer dan vijfhonderd euro: bij de maker kijkt een mens, hier beslist de eigen regel meteen. In de eigen huisstijl."""
    with bezoek(chromium, daar.instellingen.adres) as jan:
        jan.ga(f"/producten/{NAAM}")
        expect(jan.pagina.locator("body")).to_contain_text("Gemeente Polderstad")
        expect(jan.pagina.locator("main")).to_contain_text(EIGEN_TEKST)
        jan.inwoner("Jan Willem de Vries", f"/formulieren/{NAAM}")
        jan.klik("Beginnen")
        jan.zie("Uw gegevens")
        jan.klik("Verder")
        jan.zie("Uw aanvraag")
        jan.vul("Welk bedrag vraagt u aan?", bedrag)
        if nieuwe_vraag:
            jan.vul(NIEUWE_VRAAG, "Kerkstraat")
        else:
            expect(jan.pagina.get_by_label(NIEUWE_VRAAG)).to_have_count(0)
        jan.klik("Verder")
        jan.zie("Controleer uw antwoorden")
        jan.pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()
        jan.klik("Versturen")
        jan.zie("Uw formulier is ontvangen")
        onderwerp = "U mag uw straat afsluiten" if nieuwe_vraag else "Uw aanvraag is toegewezen"
        jan.wacht_op("/mijn/berichten", onderwerp)
        expect(jan.pagina.locator("body")).to_contain_text("Gemeente Polderstad")
