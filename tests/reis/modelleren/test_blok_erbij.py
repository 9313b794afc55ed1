"""Reis 3: een blok erbij in een proces dat loopt, en vijftig zaken verhuizen: eerst een proef, drie blijven met een reden, en terug."""

import re
import time

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from kern.installatie import Installatie
from processen.motor.tabellen import Instantie, Wachtend
from tests.reis.modelleren.conftest import Stad
from tests.reis.modelleren.hulp import BANK, Beheerder, femke_aan_het_werk
from tests.reishulp import CORPORATIE, Gemeente

PAKKET, PROCES, TITEL = "toeristische-verhuur", "toeristische-verhuur-vergunning", "Vergunning toeristische verhuur"
ZAKEN, AANVULLEN = 50, 3


@pytest.mark.traag
def test_een_blok_erbij_en_vijftig_zaken_verhuizen(stad: Stad, chromium: Browser) -> None:
    with stad() as installatie:
        _vijftig_lopende_zaken(installatie)
        with femke_aan_het_werk(chromium, installatie.instellingen.adres) as femke:
            _blok_erbij(femke)
            femke.speel_en_publiceer("3-02-publiceren", toelichting="Een notitie bij een weigering.")
            _verhuis(femke, installatie)
            femke.verslag("reis 3, een blok erbij en vijftig zaken verhuizen")
            assert femke.klikken <= 30, femke.klikken


def _vijftig_lopende_zaken(installatie: Installatie) -> None:
    """Zevenenveertig wachten op een medewerker, drie op een aanvulling van de inwoner."""
    gemeente = Gemeente(installatie)
    verzoeken = [gemeente.dien_in("vergunning", CORPORATIE) for _ in range(ZAKEN)]
    gemeente.werk()
    _wacht_tot(installatie, {"handmatig": ZAKEN})
    for verzoek in verzoeken[:AANVULLEN]:
        gemeente.rond_af(gemeente.zaak(verzoek), besluit="aanvullen", vraag="Stuur een plattegrond.")
    _wacht_tot(installatie, {"handmatig": ZAKEN - AANVULLEN, "aanvulling": AANVULLEN})


def _wacht_tot(installatie: Installatie, verwacht: dict[str, int]) -> None:
    vraag = select(Wachtend.element, func.count(Wachtend.instantie.distinct())).group_by(Wachtend.element)
    einde = time.monotonic() + 120
    while time.monotonic() < einde:
        with installatie.db.lezen() as verbinding:
            nu = {rij[0]: rij[1] for rij in verbinding.execute(vraag) if rij[0] in ("handmatig", "aanvulling")}
        if nu == verwacht:
            return
        time.sleep(0.5)
    raise AssertionError(nu)


def _op_versie(installatie: Installatie) -> list[int]:
    """Hoeveel instanties er op elke versie lopen, de meeste eerst."""
    vraag = (
        select(func.count())
        .where(Instantie.sleutel == PROCES, Instantie.staat == "loopt")
        .group_by(Instantie.definitie)
    )
    with installatie.db.lezen() as verbinding:
        return sorted(verbinding.scalars(vraag), reverse=True)


def _blok_erbij(femke: Beheerder) -> None:
    """Een notitie voor het besluit tot weigering: op de pijl neerzetten, een naam, en wat erin komt."""
    pagina = femke.pagina
    femke.ga(f"{BANK}/{PAKKET}/")
    femke.tab("Proces", "3-00-processen")
    femke.link(TITEL)
    expect(pagina.locator("[data-modelleur][data-klaar]")).to_be_visible()
    femke.klik("Zoeken")
    pagina.keyboard.type("Toch verlenen")
    expect(pagina.locator(".djs-search-open .djs-search-result").first).to_be_visible()
    pagina.keyboard.press("Enter")
    femke.druk(pagina.locator(".djs-palette [data-action='create']"))
    pagina.keyboard.type("notitie")
    expect(pagina.locator(".djs-popup-results .entry").first).to_contain_text("otitie")
    pagina.keyboard.press("Enter")
    _laat_vallen(femke, "toch-verlenen-naar-w-besluit")
    pagina.keyboard.type("Notitie bij weigering")
    pagina.keyboard.press("Enter")
    femke.druk(pagina.locator("[data-paneel]").get_by_text("Instellingen", exact=True))
    pagina.locator(
        "[data-paneel] input[type=text][name*=configuratie-onderwerp], [data-paneel] .bio-properties-panel-entry:has-text('Onderwerp') input"
    ).first.fill("Weigering")
    femke.druk(pagina.locator("[data-paneel]").get_by_text("Invoer", exact=True))
    tekst = pagina.locator("[data-paneel] .bio-properties-panel-entry", has_text="Tekst").last
    femke.druk(tekst.locator(".cm-content"))
    pagina.keyboard.type('"De aanvraag wordt geweigerd.')
    expect(pagina.locator(".bjsl-button")).to_have_text("Geen fouten")
    expect(pagina.locator("[data-stand]")).to_contain_text("Bewaard.")
    femke.bekijk("3-01-blok")


def _laat_vallen(femke: Beheerder, pijl: str) -> None:
    """Zet wat aan de muis hangt midden op een pijl."""
    vak = femke.pagina.locator(f"[data-element-id='{pijl}']").bounding_box()
    assert vak is not None
    midden = (vak["x"] + vak["width"] / 2, vak["y"] + vak["height"] / 2)
    femke.pagina.mouse.move(midden[0] - 20, midden[1], steps=5)
    femke.pagina.mouse.move(*midden, steps=5)
    femke.pagina.mouse.down()
    femke.pagina.mouse.up()
    femke.klikken += 1


def _verhuis(femke: Beheerder, installatie: Installatie) -> None:
    pagina = femke.pagina
    femke.tab("Proces")
    femke.link(TITEL)
    femke.link("Hoe het nu loopt")
    expect(pagina.locator("[data-klaar]")).to_be_visible()
    femke.bekijk("3-03-nu")
    femke.link("Lopende zaken naar een nieuwe versie")
    expect(pagina.locator("[data-klaar]")).to_be_visible()
    femke.bekijk("3-04-plan")
    oud, nieuw = pagina.locator("[data-doek=oud]"), pagina.locator("[data-doek=nieuw]")
    expect(oud.locator(".dv-aantal", has_text=f"· {ZAKEN - AANVULLEN}")).to_be_visible()
    femke.druk(oud.locator("[data-element-id='handmatig']"))
    expect(pagina.locator("[data-stand]")).to_contain_text("klik nu in de nieuwe versie")
    femke.druk(nieuw.locator("[data-element-id='opschorten']"))
    expect(pagina.locator("[data-stand]")).to_contain_text("dat is een ander soort stap")
    pagina.get_by_label("Waarheen met Aanvulling sturen").select_option("Niet overbrengen")
    femke.klikken += 2
    femke.klik("Proberen zonder iets te veranderen")
    femke.meldt(f"{ZAKEN - AANVULLEN} zaken kunnen over, {AANVULLEN} niet. Er is nog niets veranderd.")
    expect(pagina.get_by_role("table", name="Zaken die niet over kunnen")).to_contain_text("Aanvulling sturen")
    femke.bekijk("3-05-proef")
    assert _op_versie(installatie) == [ZAKEN]
    femke.klik(f"{ZAKEN - AANVULLEN} zaken overbrengen")
    femke.meldt(re.compile(f"{ZAKEN - AANVULLEN} zaken zijn verhuisd. {AANVULLEN} zaken blijven op de oude versie."))
    assert _op_versie(installatie) == [ZAKEN - AANVULLEN, AANVULLEN]
    femke.bekijk("3-06-verhuisd")
    femke.klik("Terugdraaien")
    femke.meldt(f"{ZAKEN - AANVULLEN} zaken zijn terug op de oude versie.")
    assert _op_versie(installatie) == [ZAKEN]
    femke.bekijk("3-07-terug")
