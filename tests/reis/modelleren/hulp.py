"""Wie de reizen van de werkbank loopt: hij telt zijn klikken en de tijd, kijkt elke pagina na en bewaart er een plaatje van."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from playwright.sync_api import Browser, Locator, expect

from tests.reis.hoofdreis import Bezoeker
from tests.reis.huisstijl.hulp import axe, overloop

BANK = "/beheer/pakketten"
BREED, TABLET = 1280, 1024
GEDULD = 300_000  # milliseconden; de scenario's spelen op een verse installatie
OPMAAK_TEGENGEHOUDEN = "Applying inline style violates"
DOEK = ".djs-container, .dmn-js-parent, [data-paneel], [data-doek]"


@dataclass
class Beheerder(Bezoeker):
    """Een bezoeker die telt hoe vaak hij klikt. Met SCHOTMAP bewaart hij van elke pagina een plaatje."""

    klikken: int = 0
    begonnen: float = field(default_factory=time.monotonic)

    def _console(self, soort: str, tekst: str) -> None:
        """Bibliotheken van bpmn.io zetten opmaak in de pagina zelf; ons CSP houdt die tegen en onze CSS doet het werk."""
        if not tekst.startswith(OPMAAK_TEGENGEHOUDEN):
            super()._console(soort, tekst)

    def klik(self, naam: str) -> None:
        self.druk(self.pagina.get_by_role("button", name=naam, exact=True).last)

    def link(self, naam: str) -> None:
        self.druk(self.pagina.get_by_role("link", name=naam, exact=True).first)

    def druk(self, plek: Locator) -> None:
        """Eén klik, ergens."""
        self.klikken += 1
        plek.click()

    def kies_uit(self, vraag: str, antwoord: str) -> None:
        """Een keuzerondje."""
        self.klikken += 1
        self.kies(vraag, antwoord)

    def tab(self, naam: str, schot: str = "") -> None:
        """Een tabblad, met een naam voor het plaatje nagekeken op beide breedten."""
        tabbladen = self.pagina.get_by_role("navigation", name="Onderdelen van dit pakket")
        self.druk(tabbladen.get_by_role("link", name=naam, exact=True))
        if schot:
            self.bekijk(schot)

    def bekijk(self, schot: str) -> None:
        """Axe, de breedte en een plaatje. Het doek van een diagram is van bpmn.io en telt niet mee voor axe."""
        for breedte in (TABLET, BREED):
            self.pagina.set_viewport_size({"width": breedte, "height": 1000})
            assert overloop(self.pagina) == 0, (schot, breedte)
            if map_ := os.environ.get("SCHOTMAP"):
                self.pagina.screenshot(path=Path(map_) / f"{schot}-{breedte}.png", full_page=True)
        if self.pagina.locator(DOEK).count() == 0:
            assert axe(self.pagina) == [], schot

    def meldt(self, tekst: str | re.Pattern[str], geduld: int = 60_000) -> None:
        """Ergens op de pagina staat dit."""
        expect(self.pagina.get_by_text(tekst).first).to_be_visible(timeout=geduld)

    def bewaar_brief(self) -> None:
        """De editor bewaart eerst en gaat dan pas naar de lijst; wie intussen verder klikt komt alsnog op de lijst uit."""
        self.klik("Bewaren")
        self.meldt("Bewaard. Het werkt pas na publiceren.")

    def speel_en_publiceer(self, schot: str, nummer: str = "", toelichting: str = "") -> None:
        """Van waar ook in het pakket: scenario's spelen, lezen wat er verandert, en publiceren; zonder nummer het voorgestelde."""
        self.link("Publiceren")
        spelen = self.pagina.get_by_role("button", name="Speel de scenario's")
        expect(spelen.or_(self.pagina.get_by_role("button", name="Publiceer deze versie")).first).to_be_visible()
        if spelen.count():
            self.klik("Speel de scenario's")
            self.pagina.locator("#proefverslag[data-bezig=nee]").wait_for(timeout=GEDULD)
        self.bekijk(schot)
        self.publiceer(nummer, toelichting)

    def publiceer(self, nummer: str = "", toelichting: str = "") -> None:
        """De knop, op de pagina Publiceren."""
        voorstel = self.pagina.get_by_label("Nummer van deze versie").input_value()
        assert nummer in ("", voorstel)
        self.vul("Wat is er veranderd?", toelichting)
        self.klik("Publiceer deze versie")
        self.meldt(f"Versie {voorstel} is gepubliceerd en werkt meteen.")

    def verslag(self, reis: str) -> None:
        """Drukt af wat de reis kostte."""
        click.echo(f"\n{reis}: {self.klikken} klikken, {(time.monotonic() - self.begonnen) / 60:.1f} minuten")


@contextmanager
def femke_aan_het_werk(chromium: Browser, adres: str, pad: str = f"{BANK}/") -> Iterator[Beheerder]:
    """Femke (functioneel beheerder), aangemeld; aan het eind mag er niets in de console staan."""
    femke = Beheerder.nieuw(chromium, adres, javascript=True)
    assert isinstance(femke, Beheerder)
    femke.pagina.context.set_default_timeout(60_000)
    femke.ga(pad)
    log_in(femke, "femke")
    yield femke
    femke.sluit()


@contextmanager
def bezoek(chromium: Browser, adres: str) -> Iterator[Bezoeker]:
    """Iemand anders met een eigen venster."""
    iemand = Bezoeker.nieuw(chromium, adres, javascript=True)
    iemand.pagina.context.set_default_timeout(60_000)
    yield iemand
    iemand.sluit()


def log_in(wie: Bezoeker, persoon: str) -> None:
    """Op de inlogpagina van de simulator."""
    wie.pagina.locator(f"input[name=persoon][value='{persoon}']").check()
    wie.pagina.locator("button[value=inloggen]").click()
