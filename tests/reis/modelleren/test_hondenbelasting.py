"""Van niets naar een dienst die werkt, alleen met de schermen: "hondenbelasting afmelden", en daarna gebruikt een inwoner het.

Telt de klikken van de beheerder en kijkt elke pagina na met axe, op 1280 pixels en op een tablet.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kern.installatie import Installatie
from kern.motoren import Motoren
from tests import opzet
from tests.reis.hoofdreis import Bezoeker, draaiende_gemeente
from tests.reis.huisstijl.hulp import axe, browser, overloop

BANK = "/beheer/pakketten"
NAAM = "hondenbelasting-afmelden"
DIENST = f"{BANK}/{NAAM}"
BREED, TABLET = 1280, 820
GEDULD = 120_000  # de scenario's spelen op een verse installatie


@pytest.fixture(scope="module")
def stad(
    motoren: Motoren, maak_database: Callable[..., str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installatie]:
    data = tmp_path_factory.mktemp("modelleren")
    maak = partial(
        opzet.instellingen_voor, maak_database(ingericht=True), motoren.redis_url, redis_prefix=f"{worker_naam}:{data.name}:",
        onderdelen="",
    )  # fmt: skip
    with draaiende_gemeente(maak, data) as installatie:
        yield installatie


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as gestart:
        yield gestart


@dataclass
class Beheerder(Bezoeker):
    """Een bezoeker die telt hoe vaak hij klikt. Met SCHOTMAP bewaart hij van elke pagina een plaatje."""

    klikken: int = 0

    def klik(self, naam: str) -> None:
        self.klikken += 1
        super().klik(naam)

    def link(self, naam: str) -> None:
        self.klikken += 1
        super().link(naam)

    def tab(self, naam: str, schot: str) -> None:
        """Een tabblad, nagekeken op beide breedten."""
        self.klikken += 1
        self.pagina.get_by_role("navigation", name="Onderdelen van dit pakket").get_by_role(
            "link", name=naam, exact=True
        ).click()
        self.bekijk(schot)

    def bekijk(self, schot: str) -> None:
        for breedte in (TABLET, BREED):
            self.pagina.set_viewport_size({"width": breedte, "height": 1000})
            if breedte == BREED:
                assert axe(self.pagina) == [], schot
            assert overloop(self.pagina) == 0, (schot, breedte)
            if map_ := os.environ.get("SCHOTMAP"):
                self.pagina.screenshot(path=Path(map_) / f"{schot}-{breedte}.png", full_page=True)


@pytest.mark.traag
def test_van_niets_naar_een_dienst_die_werkt(stad: Installatie, chromium: Browser) -> None:
    femke = Beheerder.nieuw(chromium, stad.instellingen.adres, javascript=True)
    assert isinstance(femke, Beheerder)
    femke.pagina.context.set_default_timeout(60_000)
    femke.ga(f"{BANK}/")
    _log_in(femke, "femke")
    femke.bekijk("1-lijst")
    _begin(femke)
    _formulier(femke)
    _rest(femke)
    _publiceer(femke)
    femke.sluit()
    assert femke.klikken <= 30, femke.klikken
    _een_inwoner(stad, chromium)


def _log_in(wie: Bezoeker, persoon: str) -> None:
    wie.pagina.locator(f"input[name=persoon][value='{persoon}']").check()
    wie.pagina.locator("button[value=inloggen]").click()


def _begin(femke: Beheerder) -> None:
    femke.link("Nieuw pakket")
    femke.bekijk("2-nieuw")
    femke.vul("Hoe heet de dienst?", "Hondenbelasting afmelden")
    femke.klik("Maak het pakket")
    femke.bekijk("3-overzicht")


def _formulier(femke: Beheerder) -> None:
    femke.tab("Formulier", "4-formulieren")
    femke.pagina.locator(f"#{NAAM}").click()
    femke.klikken += 1
    femke.bekijk("5-vragen")
    femke.pagina.get_by_role("link", name="Vraag toevoegen").last.click()
    femke.bekijk("6-soort")
    femke.link("Keuze")
    femke.vul("Vraag", "Waarom meldt u uw hond af?")
    femke.vul(
        "Mogelijkheden",
        "Mijn hond is overleden | My dog has died\nMijn hond woont ergens anders | My dog lives elsewhere",
    )
    femke.bekijk("7-vraag")
    femke.klik("Bewaren")
    femke.pagina.get_by_role("link", name="Vraag toevoegen").last.click()
    femke.link("Korte tekst")
    femke.vul("Vraag", "Waar woont uw hond nu?")
    femke.pagina.get_by_label("Wanneer te zien?").select_option(
        label="“Waarom meldt u uw hond af?” is “Mijn hond woont ergens anders”"
    )
    femke.klik("Bewaren")
    expect(femke.pagina.get_by_text("“Waarom meldt u uw hond af?” is “Mijn hond woont ergens anders”")).to_be_visible()
    femke.link("Welk bedrag vraagt u aan?")
    femke.vul("Vraag", "Hoeveel hondenbelasting betaalde u?")
    femke.klik("Bewaren")
    femke.klikken += 3
    femke.link("Voorbeeld")
    femke.bekijk("8-voorbeeld")


def _rest(femke: Beheerder) -> None:
    femke.tab("Product", "9-product")
    femke.pagina.locator(f"#{NAAM}").click()
    femke.vul("Samenvatting", "Is uw hond overleden of verhuisd? Meld hem af. U krijgt geld terug.")
    femke.bekijk("10-product")
    femke.klik("Bewaren")
    femke.tab("Zaaktype", "11-zaaktype")
    femke.tab("Proces", "12-proces")
    femke.tab("Beslissingen", "13-beslissingen")
    femke.tab("Brieven en berichten", "14-brieven")
    femke.tab("Uitvoerregels", "15-regels")
    femke.tab("Scenario's", "16-scenarios")
    femke.klikken += 1


def _publiceer(femke: Beheerder) -> None:
    femke.link("Publiceren")
    femke.bekijk("17-publiceren")
    femke.klik("Speel de scenario's")
    expect(femke.pagina.get_by_text("Alles zoals verwacht.").first).to_be_visible(timeout=GEDULD)
    femke.bekijk("18-gespeeld")
    femke.klik("Publiceer deze versie")
    expect(femke.pagina.get_by_text("Versie 1.0.0 is gepubliceerd en werkt meteen.")).to_be_visible()
    femke.tab("Versies", "19-versies")


def _een_inwoner(stad: Installatie, chromium: Browser) -> None:
    """Jan meldt zijn hond af, en ziet de nieuwe vraag alleen als zij geldt."""
    jan = Bezoeker.nieuw(chromium, stad.instellingen.adres, javascript=True)
    jan.pagina.context.set_default_timeout(60_000)
    jan.inwoner("Jan Willem de Vries", f"/formulieren/{NAAM}")
    jan.zie("Hondenbelasting afmelden")
    jan.klik("Beginnen")
    jan.zie("Uw gegevens")
    jan.klik("Verder")
    jan.zie("Uw aanvraag")
    jan.vul("Hoeveel hondenbelasting betaalde u?", "90")
    expect(jan.pagina.get_by_label("Waar woont uw hond nu?")).to_have_count(0)
    jan.kies("Waarom meldt u uw hond af?", "Mijn hond woont ergens anders")
    jan.vul("Waar woont uw hond nu?", "Bij mijn zus")
    jan.klik("Verder")
    jan.zie("Controleer uw antwoorden")
    jan.pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    jan.klik("Versturen")
    jan.zie("Uw formulier is ontvangen")
    jan.sluit()
