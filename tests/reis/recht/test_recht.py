"""De reizen van besluit en bekendmaking, elk met een eigen verzoek op hetzelfde platform."""

import os
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from babel.dates import format_date
from playwright.sync_api import Page, expect

from integratie.besluiten import BesluitenClient
from integratie.taken import TakenClient
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import StoringIn
from integratie.zaken.schemas import ZaakUit
from tests.reis.huisstijl.hulp import axe, overloop
from tests.reishulp import BSN, CORPORATIE, KOOP, Gemeente

pytestmark = pytest.mark.traag  # make recht

SMAL = 360


def kijk(pagina: Page, naam: str) -> None:
    """Toegankelijk, en niet breder dan het scherm; met een beeld om naar te kijken."""
    assert axe(pagina) == []
    assert overloop(pagina) == 0
    map_ = os.environ.get("BEELDEN")
    if map_ and pagina.viewport_size:
        pagina.screenshot(path=f"{map_}/{naam}-{pagina.viewport_size['width']}.png", full_page=True)


def inwoner(pagina: Page, pad: str) -> None:
    pagina.goto(f"/aanmelden/digid?terug={pad}&niveau=midden")
    pagina.locator(f'input[name="persoon"][value="{BSN}"]').check()
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url(f"**{pad}**")


def medewerker(pagina: Page, naam: str, pad: str) -> None:
    pagina.goto(pad)
    pagina.get_by_text(naam).click()
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_url(f"**{pad}")


def begin(gemeente: Gemeente, antwoorden: dict[str, object]) -> ZaakUit:
    verzoek = gemeente.dien_in("vergunning", antwoorden)
    gemeente.werk()
    return gemeente.zaak(verzoek)


@pytest.mark.parametrize("pagina", [SMAL], indirect=True)
def test_automatisch_verleend_en_een_mens_laten_kijken(gemeente: Gemeente, pagina: Page) -> None:
    zaak = begin(gemeente, KOOP)
    (besluit,) = gemeente.besluiten(zaak)
    inwoner(pagina, f"/mijn/zaken/{zaak.uuid}")
    expect(pagina.get_by_text("De computer nam dit besluit")).to_be_visible()
    expect(pagina.get_by_role("link", name=re.compile("Bezwaar maken|Een medewerker laten kijken"))).to_have_count(1)
    kijk(pagina, "automatisch")
    pagina.get_by_role("link", name=re.compile("Een medewerker laten kijken")).click()
    expect(pagina).to_have_url(re.compile(f"/formulieren/menselijk-oordeel.*{besluit.identificatie}"))
    kijk(pagina, "menselijk-oordeel")


def test_afwijzing_door_een_mens_na_een_zienswijze(gemeente: Gemeente, pagina: Page) -> None:
    zaak = begin(gemeente, CORPORATIE)
    gemeente.rond_af(
        zaak, besluit="weigeren", steuntOp="ja", uitzondering="geen", motivering="Uw woning is van een corporatie."
    )
    assert gemeente.besluiten(zaak) == []
    (taak,) = gemeente.klanttaken()
    inwoner(pagina, f"/mijn/taken/{taak.uuid}")
    expect(pagina.get_by_text("Uw woning is van een corporatie.")).to_be_visible()
    kijk(pagina, "zienswijze")
    gemeente.vul_aan(reactie="De corporatie vindt het goed.")
    gemeente.rond_af(zaak, oordeel="afwijzen", motivering="De corporatie liet weten dat het niet mag.")
    (besluit,) = gemeente.besluiten(zaak)
    assert "liet weten dat het niet mag" in besluit.toelichting
    pagina.goto(f"/mijn/zaken/{zaak.uuid}")
    expect(pagina.get_by_text("U reageerde op ons voornemen")).to_be_visible()
    expect(pagina.get_by_text("De computer nam dit besluit")).to_have_count(0)
    kijk(pagina, "geweigerd")


def test_storing_op_de_laatste_dag(gemeente: Gemeente, pagina: Page) -> None:
    zaak = begin(gemeente, KOOP)
    client = BesluitenClient(gemeente.installatie, namens="processen")
    (besluit,) = gemeente.besluiten(zaak)
    laatste = besluit.uiterlijke_reactiedatum
    assert laatste is not None
    vraag = begin(gemeente, CORPORATIE)
    gemeente.verzet(days=(laatste - gemeente.installatie.klok.vandaag()).days - 14)
    gemeente.rond_af(vraag, besluit="aanvullen", vraag="Stuur een plattegrond.")
    (taak,) = gemeente.klanttaken()
    assert taak.einddatum_handelings_termijn == laatste
    gemeente.verzet(days=14)
    nu = gemeente.installatie.klok.nu()
    TermijnenClient(gemeente.installatie, namens="processen").meld_storing(
        StoringIn(uuid=uuid4(), begin=nu - timedelta(minutes=5), omschrijving="DigiD ligt eruit.", door="beheer")
    )
    gemeente.werk()
    nieuw = client.besluit(besluit.url).uiterlijke_reactiedatum
    assert nieuw is not None
    assert nieuw > laatste
    verschoven = TakenClient(gemeente.installatie, namens="processen").klanttaak(taak.url)
    assert (verschoven.status, verschoven.einddatum_handelings_termijn) == ("open", nieuw)
    inwoner(pagina, f"/mijn/zaken/{zaak.uuid}")
    dag = format_date(nieuw, "long", locale="nl")
    expect(pagina.get_by_text(re.compile(f"bezwaar maken tot en met {dag}"))).to_be_visible()


@pytest.mark.parametrize("pagina", [SMAL], indirect=True)
def test_aanvraag_aan_de_balie_zonder_digid(gemeente: Gemeente, pagina: Page) -> None:
    medewerker(pagina, "Kim Jansma", "/kcc/")
    pagina.goto("/kcc/zoeken/bsn")
    pagina.get_by_label("Burgerservicenummer").fill(BSN)
    pagina.get_by_role("button", name="Zoeken").last.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(re.compile("de Vries"))
    pagina.get_by_role("link", name="Aanvraag invoeren").click()
    morgen = gemeente.installatie.klok.vandaag() + timedelta(days=1)
    pagina.get_by_label("Welk formulier?").select_option("algemene-aanvraag")
    pagina.get_by_label("Aan de balie").check()
    _vul_dag(pagina, morgen)
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina.get_by_text("Deze dag moet nog komen.").first).to_be_visible()
    kijk(pagina, "balie-fout")
    gisteren = morgen - timedelta(days=2)
    _vul_dag(pagina, gisteren)
    pagina.get_by_role("button", name="Verder").click()
    expect(pagina.get_by_role("heading", name=re.compile("Aanvraag invoeren voor"))).to_be_visible()
    kijk(pagina, "balie-stap")
    _vul_in(pagina)
    expect(pagina.get_by_role("heading", name="Controleer de antwoorden")).to_be_visible()
    kijk(pagina, "balie-controle")
    pagina.get_by_role("button", name="Indienen").click()
    expect(pagina.get_by_text("De aanvraag is ingediend.")).to_be_visible()
    gemeente.werk()
    gevonden = gemeente.zaken.zoek_zaken(ordering="-registratiedatum", startdatum=gisteren.isoformat()).results
    assert [zaak.omschrijving for zaak in gevonden] == ["Algemene aanvraag"]


def _vul_in(pagina: Page) -> None:
    """De drie stappen van het formulier; de naam staat er al."""
    pagina.get_by_role("button", name="Verder").click()
    pagina.get_by_label("Waar gaat uw aanvraag over?").fill("Bankje")
    pagina.get_by_label("Wat wilt u aanvragen?").fill("Graag een bankje in het park.")
    pagina.get_by_role("button", name="Verder").click()
    pagina.get_by_label("Nee, stuur post").check()
    pagina.get_by_role("button", name="Verder").click()


def _vul_dag(pagina: Page, dag: object) -> None:
    vak = pagina.get_by_role("group", name="Wanneer kwam het binnen?")
    for naam, deel in zip(("Jaar", "Maand", "Dag"), str(dag).split("-"), strict=True):
        vak.get_by_label(naam).fill(str(int(deel)))
