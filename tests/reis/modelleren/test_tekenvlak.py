"""De modelleurs in een browser: bouwblok erbij, nakijken terwijl u tekent, vanzelf bewaren, botsen, en zonder verbinding."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

import dmn
from kern.installatie import Installatie
from processen import maak_motor
from processen.modelleren import Werkplaats, Wie
from tests.reis.huisstijl.hulp import axe, overloop

pytestmark = pytest.mark.traag  # make modelleren

PAKKET = "toeristische-verhuur"
PROCES = f"/beheer/pakketten/{PAKKET}/proces/toeristische-verhuur-vergunning"
BPMN = "processen/toeristische-verhuur-vergunning.bpmn"
JAN = Wie("jan", "Jan")
BUITEN_DE_DOEKEN = ".djs-container", ".dmn-js-parent", "[data-paneel]"


def _open(pagina: Page, adres: str) -> Locator:
    pagina.goto(adres)
    expect(pagina.locator("[data-modelleur][data-klaar]")).to_be_visible()
    return pagina.locator("[data-stand]")


def _keur(pagina: Page) -> None:
    """Alles buiten de doeken: die zijn van bpmn.io."""
    pagina.evaluate(
        "kiezers => kiezers.forEach(k => document.querySelectorAll(k).forEach(e => e.remove()))", BUITEN_DE_DOEKEN
    )
    assert axe(pagina) == []
    assert overloop(pagina) == 0


def test_een_bouwblok_erbij_wordt_bewaard_en_nagekeken(femke: Page, gemeente: Installatie) -> None:
    stand = _open(femke, PROCES)
    plaats = Werkplaats(gemeente, maak_motor(gemeente))
    voor = plaats.lees(PAKKET, BPMN)
    femke.locator("[data-element-id='begin'], .djs-shape[data-element-id]").first.click()
    femke.locator(
        ".djs-context-pad .entry[data-action='append-anything'], .djs-context-pad .entry[data-action=append]"
    ).first.click()
    femke.keyboard.type("notitie")
    expect(femke.locator(".djs-popup-results .entry").first).to_contain_text("otitie")
    femke.keyboard.press("Enter")
    expect(femke.locator("[data-paneel]")).to_contain_text("Instellingen")
    expect(stand).to_contain_text("Bewaard.")
    na = plaats.lees(PAKKET, BPMN)
    assert na.versie > voor.versie
    assert b'type="zaken.notitie"' in (na.inhoud or b"")
    assert b"modelerTemplate" in (na.inhoud or b"")
    expect(femke.locator(".bjsl-button")).to_have_text(re.compile(r"[1-9]\d* fout(en)?,"))
    femke.get_by_role("button", name="Ongedaan maken").click()
    expect(femke.locator(".bjsl-button")).to_have_text("Geen fouten")
    assert femke.locator(".bjs-powered-by").is_visible()
    _keur(femke)


def test_een_collega_was_eerder(femke: Page, gemeente: Installatie) -> None:
    stand = _open(femke, PROCES)
    plaats = Werkplaats(gemeente, maak_motor(gemeente))
    nu = plaats.lees(PAKKET, BPMN)
    van_jan = (nu.inhoud or b"").replace(b"Zaak aanmaken", b"Zaak maken")
    plaats.bewaar(PAKKET, BPMN, van_jan, versie=nu.versie, wie=JAN)
    _hernoem(femke, "Van Femke")
    expect(stand).to_contain_text("Een collega heeft dit model intussen ook gewijzigd")
    stand.get_by_role("button", name="Mijn versie").click()
    expect(stand).to_contain_text("Bewaard.")
    assert b"Van Femke" in (plaats.lees(PAKKET, BPMN).inhoud or b"")
    assert any(stap.soort == "geparkeerd" for stap in plaats.stappen(PAKKET))


def test_zonder_verbinding_gaat_er_niets_verloren(femke: Page, gemeente: Installatie) -> None:
    stand = _open(femke, PROCES)
    context: BrowserContext = femke.context

    def weg(route: Route) -> None:
        route.abort() if route.request.method == "PUT" else route.continue_()

    context.route("**/deel/processen/**", weg)
    _hernoem(femke, "Zonder verbinding")
    expect(stand).to_contain_text("Geen verbinding. Uw werk staat veilig in deze browser")
    femke.on("dialog", lambda vraag: vraag.accept())
    stand = _open(femke, PROCES)
    context.unroute("**/deel/processen/**", weg)
    expect(stand).to_contain_text("In deze browser staat werk dat nog niet bewaard is.")
    stand.get_by_role("button", name="Zet het terug").click()
    expect(stand).to_contain_text("Bewaard.")
    plaats = Werkplaats(gemeente, maak_motor(gemeente))
    assert b"Zonder verbinding" in (plaats.lees(PAKKET, BPMN).inhoud or b"")
    femke.goto(f"{PROCES}/verschil")
    expect(femke.locator("[data-klaar]")).to_be_visible()
    expect(femke.locator("[data-lijst]")).to_contain_text("Anders: Zonder verbinding")
    _keur(femke)
    femke.goto(f"{PROCES}/nu")
    expect(femke.locator("[data-klaar]")).to_be_visible()
    _keur(femke)


def test_een_tabel_wijzigen_houdt_de_grondslag(femke: Page, gemeente: Installatie) -> None:
    stand = _open(femke, f"/beheer/pakketten/{PAKKET}/beslissingen/tv-nachten")
    pad, plaats = "beslissingen/tv-nachten.dmn", Werkplaats(gemeente, maak_motor(gemeente))
    expect(femke.get_by_text("Geen fouten en geen aandachtspunten.")).to_be_visible()
    femke.locator("td.output-cell").first.click()
    femke.keyboard.press("Control+A")
    femke.keyboard.type("70")
    femke.locator("td.output-cell").nth(1).click()
    expect(stand).to_contain_text("Bewaard.")
    model = dmn.lees(plaats.lees(PAKKET, pad).inhoud or b"")
    uitslag = model.evalueer("nachtenlimiet", {"vergunning": True})
    assert uitslag.waarde == 70
    assert "Huisvestingsverordening, artikel 3.5, tweede lid" in " ".join(uitslag.uitleg.zinnen("nl"))
    femke.locator("td.input-cell").first.click()
    femke.keyboard.press("Control+A")
    femke.keyboard.type("false")
    femke.locator("td.output-cell").nth(1).click()
    expect(femke.locator("[data-bevindingen] li").first).to_contain_text(re.compile("regel 2|geen regel"))
    _keur(femke)


def test_uitproberen_terugtoetsen_en_verhuizen_zijn_toegankelijk(femke: Page) -> None:
    tabel = f"/beheer/pakketten/{PAKKET}/beslissingen/tv-nachten"
    for adres in (
        f"{tabel}/uitproberen",
        f"{tabel}/terugtoets",
        f"{PROCES}/verhuizen",
        f"/beheer/pakketten/{PAKKET}/proces",
    ):
        femke.goto(adres)
        _keur(femke)
    femke.goto(f"{tabel}/uitproberen")
    femke.get_by_role("radio", name="Ja").check()
    femke.get_by_role("button", name="Uitrekenen").click()
    expect(femke.get_by_role("heading", name="Uitkomst")).to_be_visible()
    _keur(femke)


def _hernoem(pagina: Page, naam: str) -> None:
    """Geef het eerste blok een andere naam, zoals iemand dat doet: dubbelklikken en typen."""
    pagina.locator(".djs-element[data-element-id^='zaak']").first.dblclick()
    pagina.keyboard.press("Control+A")
    pagina.keyboard.type(naam)
    pagina.locator("[data-doek]").click(position={"x": 300, "y": 30})
