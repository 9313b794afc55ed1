"""De reis "vergunning met een opschorting en een laat antwoord": behandelaar en inwoner zien de hele weg dezelfde termijn."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from playwright.sync_api import Browser, Page, expect

from integratie.zaken.schemas import ZaakUit
from kern.instellingen import Instellingen
from kern.termijnen import op_werkdag, termijn
from tests.integratie.behandelen.hulp import pad_zaak, te_beoordelen
from tests.reis.huisstijl.hulp import axe, overloop
from tests.reis.platform import op_een_poort
from tests.reishulp import Gemeente

pytestmark = pytest.mark.traag  # make recht

JAN = "999000007"
SCHERMAFDRUKKEN = os.environ.get("SCHERMAFDRUKKEN", "")
"""Een map om afdrukken van de schermen in te zetten, op 1280 en 360 breed."""


@pytest.fixture(scope="module")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Gemeente]:
    with op_een_poort(eigen_instellingen("termijn", ingericht=True)) as installatie:
        yield Gemeente(installatie, bsn=JAN)


def kijk(pagina: Page, naam: str) -> None:
    """Toegankelijk en niet te breed, op een breed en een smal scherm."""
    for breedte in (1280, 360):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        assert axe(pagina) == [], naam
        assert overloop(pagina) == 0, naam
        if SCHERMAFDRUKKEN:
            pagina.screenshot(path=Path(SCHERMAFDRUKKEN) / f"{naam}-{breedte}.png", full_page=True)
    pagina.set_viewport_size({"width": 1280, "height": 900})


def nieuw(chromium: Browser, gemeente: Gemeente) -> Page:
    return chromium.new_page(viewport={"width": 1280, "height": 900}, base_url=gemeente.installatie.instellingen.adres)


def medewerker(chromium: Browser, gemeente: Gemeente, naam: str, pad: str) -> Page:
    pagina = nieuw(chromium, gemeente)
    pagina.goto(pad)
    pagina.get_by_text(naam).first.click()
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_url(f"**{pad}")
    return pagina


def inwoner(chromium: Browser, gemeente: Gemeente, pad: str) -> Page:
    pagina = nieuw(chromium, gemeente)
    pagina.goto(f"/aanmelden/digid?terug={pad}&niveau=midden")
    pagina.locator(f'input[name="persoon"][value="{gemeente.bsn}"]').check()
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url(f"**{pad}")
    return pagina


def getoond(dag: date) -> str:
    return format_date(dag, "long", locale="nl")


def vul_dag(pagina: Page, groep: str, dag: date) -> None:
    vak = pagina.get_by_role("group", name=groep)
    for naam, waarde in (("Dag", dag.day), ("Maand", dag.month), ("Jaar", dag.year)):
        vak.get_by_label(naam).fill(str(waarde))


def test_vergunning_met_een_opschorting_en_een_laat_antwoord(chromium: Browser, gemeente: Gemeente) -> None:
    zaak, _taak = te_beoordelen(gemeente)
    ontvangen = zaak.startdatum
    _vraag_aanvulling(chromium, gemeente, zaak, ontvangen)
    gemeente.verzet(days=1)
    _de_inwoner_ziet_waarom(chromium, gemeente, zaak)
    gemeente.verzet(days=19)  # het antwoord komt niet op tijd
    gemeente.werk()
    tot = termijn(ontvangen, "P14D")
    nieuw_eind = op_werkdag(ontvangen + timedelta(weeks=8, days=(tot - ontvangen).days))
    _na_de_hersteltermijn(chromium, gemeente, zaak, nieuw_eind)
    gemeente.rond_af(zaak, besluit="beslissen", motivering="Beoordelen op wat er is.")
    gemeente.rond_af(zaak, besluit="verlenen", motivering="Het laat gekomen antwoord is genoeg.")
    klaar = medewerker(chromium, gemeente, "Bas Behandelaar", f"{pad_zaak(zaak)}/termijn")
    expect(klaar.get_by_text("Op tijd beslist.")).to_be_visible()
    kijk(klaar, "termijn-beslist")
    klaar.goto(pad_zaak(zaak))
    klaar.get_by_role("link", name="Besluitdossier").click()
    expect(klaar.get_by_role("heading", name="Regels en gegevens")).to_be_visible()
    kijk(klaar, "dossier")
    klaar.close()


def _vraag_aanvulling(chromium: Browser, gemeente: Gemeente, zaak: ZaakUit, ontvangen: date) -> None:
    """De behandelaar vraagt in het proces om een aanvulling, en ziet wat dat met de termijn doet."""
    bas = medewerker(chromium, gemeente, "Bas Behandelaar", pad_zaak(zaak))
    expect(bas.get_by_text(getoond(termijn(ontvangen, "P8W"))).first).to_be_visible()
    kijk(bas, "zaak")
    gemeente.rond_af(zaak, besluit="aanvullen", vraag="Stuur een plattegrond van de woning")
    bas.get_by_role("link", name="Termijn bekijken en wijzigen").click()
    expect(bas.get_by_text("Aanvulling gevraagd").first).to_be_visible()
    kijk(bas, "termijn-opgeschort")
    bas.get_by_role("link", name="Beslissing verdagen").click()
    bas.get_by_role("button", name="Vastleggen").click()
    expect(bas.get_by_role("alert").first).to_contain_text("Er gaat nog iets niet goed")
    kijk(bas, "verdagen-fout")
    bas.close()


def _de_inwoner_ziet_waarom(chromium: Browser, gemeente: Gemeente, zaak: ZaakUit) -> None:
    jan = inwoner(chromium, gemeente, f"/mijn/zaken/{zaak.uuid}")
    expect(jan.get_by_role("heading", name="Waarom deze datum?")).to_be_visible()
    expect(jan.get_by_text("De tijd om te beslissen staat stil.").first).to_be_visible()
    kijk(jan, "inwoner")
    jan.goto(f"/mijn/zaken/{zaak.uuid}?taal=en")
    expect(jan.get_by_role("heading", name="Why this date?")).to_be_visible()
    kijk(jan, "inwoner-en")
    jan.close()


def _na_de_hersteltermijn(chromium: Browser, gemeente: Gemeente, zaak: ZaakUit, eind: date) -> None:
    """De termijn loopt vanzelf weer; het te late antwoord verandert daar niets aan."""
    bas = medewerker(chromium, gemeente, "Bas Behandelaar", f"{pad_zaak(zaak)}/termijn")
    expect(bas.get_by_text(getoond(eind)).first).to_be_visible()
    expect(bas.get_by_role("link", name="Termijn hervatten")).to_have_count(0)
    kijk(bas, "termijn-loopt-weer")
    bas.goto(f"{pad_zaak(zaak)}/termijn?taal=en")
    kijk(bas, "termijn-en")
    bas.close()
    assert not gemeente.zaken.zaak(zaak.url).opschorting.indicatie
    assert gemeente.zaken.zaak(zaak.url).uiterlijke_einddatum_afdoening == eind


def test_lijst_van_de_teamleider_en_beheer(chromium: Browser, gemeente: Gemeente) -> None:
    zaak, _taak = te_beoordelen(gemeente)
    gemeente.verzet(days=50)
    tessa = medewerker(chromium, gemeente, "Tessa de Lange", "/behandelen/termijnen")
    expect(tessa.get_by_role("heading", name="Termijnen van het team")).to_be_visible()
    kijk(tessa, "teamleider")
    tessa.goto(f"{pad_zaak(zaak)}/besluit")
    kijk(tessa, "besluit")
    tessa.get_by_label("Motivering").fill("")
    tessa.get_by_role("button", name="Voorleggen aan een collega").click()
    expect(tessa.get_by_role("alert").first).to_contain_text("Er gaat nog iets niet goed")
    kijk(tessa, "besluit-fout")
    tessa.close()
    femke = medewerker(chromium, gemeente, "Femke Bruins", "/beheer/termijnen/")
    vul_dag(femke, "Op welke dag begon de storing?", gemeente.installatie.klok.vandaag() - timedelta(days=1))
    femke.get_by_label("Hoe laat?").fill("14:30")
    femke.get_by_label("Wat was er mis?").fill("DigiD was niet bereikbaar")
    femke.get_by_role("button", name="Storing vastleggen").click()
    expect(femke.get_by_text("duurt nog")).to_be_visible()
    kijk(femke, "beheer")
    femke.goto("/beheer/mandaten/")
    kijk(femke, "mandaten")
    femke.goto("/beheer/mandaten/nieuw")
    kijk(femke, "mandaat")
    femke.goto("/beheer/sjablonen/")
    kijk(femke, "sjablonen")
    femke.goto("/beheer/sjablonen/tv-besluit-verlening")
    kijk(femke, "sjabloon")
    femke.get_by_label("Onderwerp", exact=True).first.fill("Over {{ nummr }}")
    femke.get_by_role("button", name="Bewaren").click()
    expect(femke.get_by_text("Dit is niet bewaard")).to_be_visible()
    expect(femke.get_by_text("veld nummr is onbekend").first).to_be_visible()
    kijk(femke, "sjabloon-fout")
    femke.goto("/beheer/sjablonen/tv-besluit-verlening/versies")
    kijk(femke, "sjabloon-versies")
    femke.close()
