"""Bezwaar na een brief: van het besluit in MijnGemeente tot de beslissing op bezwaar, en een bezwaar dat per post kwam."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from integratie.documenten import DocumentenClient
from integratie.zaken.schemas import ZaakUit
from tests.reis.recht.test_recht import begin, inwoner, kijk, medewerker
from tests.reishulp import BSN, CORPORATIE, Gemeente

JURIST = "jules"
pytestmark = pytest.mark.traag  # twee keer een heel formulier en vier taken in een browser: make recht


def verder(pagina: Page) -> None:
    pagina.get_by_role("button", name="Verder", exact=True).click()


def vul_bezwaar_in(pagina: Page, reden: str) -> None:
    """Van de gegevens tot en met hoe de gemeente iemand bereikt."""
    pagina.get_by_label("Voor mijzelf of mijn bedrijf").check()
    pagina.get_by_label("Het besluit is aan mij gericht").check()
    verder(pagina)
    pagina.get_by_role("radiogroup", name="Kunt u nu al opschrijven").get_by_label("Ja", exact=True).check()
    pagina.get_by_label("Waarom bent u het niet eens met het besluit?").fill(reden)
    pagina.get_by_role("radiogroup", name="mondeling toelichten").get_by_label("Ja", exact=True).check()
    verder(pagina)
    verder(pagina)
    pagina.get_by_label("Nee, stuur post").check()
    verder(pagina)


def bezwaarzaak(gemeente: Gemeente) -> ZaakUit:
    """De zaak van het bezwaar dat net binnenkwam."""
    gemeente.werk()
    return gemeente.zaken.zoek_zaken(ordering="-registratiedatum", omschrijving="Bezwaar").results[0]


def brieven(gemeente: Gemeente, zaak: ZaakUit, titel: str) -> list[str]:
    """De tekst van elke brief in de zaak met deze titel."""
    client = DocumentenClient(gemeente.installatie, namens="processen")
    alle = [client.document(deel.informatieobject) for deel in gemeente.zaken.documenten(zaak.url)]
    pdfs = [PdfReader(BytesIO(b"".join(client.inhoud(een)))) for een in alle if een.titel == titel]
    return [" ".join(" ".join(pagina.extract_text() for pagina in pdf.pages).split()) for pdf in pdfs]


def test_bezwaar_na_een_brief(gemeente: Gemeente, pagina: Page) -> None:
    zaak = begin(gemeente.installeer("bezwaar"), CORPORATIE)
    gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren.")
    (besluit,) = gemeente.besluiten(zaak)
    inwoner(pagina, f"/mijn/zaken/{zaak.uuid}")
    pagina.get_by_role("link", name=re.compile("Bezwaar maken")).click()
    pagina.get_by_role("button", name=re.compile("Begin|Start|Verder")).first.click()
    expect(pagina.get_by_label("Nummer van het besluit")).to_have_value(besluit.identificatie)
    kijk(pagina, "bezwaar-besluit")
    verder(pagina)
    vul_bezwaar_in(pagina, "Ik heb de woning gekocht.")
    pagina.get_by_label("Ik heb alles naar waarheid ingevuld").check()
    pagina.get_by_role("button", name="Versturen").click()
    expect(pagina.get_by_text(re.compile("Wij kijken eerst of wij uw bezwaar kunnen behandelen"))).to_be_visible()
    bezwaar = bezwaarzaak(gemeente)
    zitting = gemeente.installatie.klok.vandaag() + timedelta(days=14)
    gemeente.rond_af(
        bezwaar, JURIST, horen="ja", datum=zitting.isoformat(), tijd="14:00", plaats="Raadhuisplein 1, kamer 2"
    )
    (uitnodiging,) = brieven(gemeente, bezwaar, "Uitnodiging voor een hoorzitting")
    assert "14:00" in uitnodiging
    gemeente.verzet(days=14)
    gemeente.rond_af(bezwaar, JURIST, verschenen="ja", verslag="De bezwaarmaker heeft de woning gekocht.")
    gemeente.rond_af(bezwaar, JURIST, oordeel="positief", advies="Verklaar het bezwaar gegrond.")
    (taak,) = gemeente.taken(bezwaar)
    medewerker(pagina, "Jules Verhaar", f"/behandelen/taken/{taak.uuid}")
    pagina.get_by_role("button", name="Taak pakken").click()
    pagina.get_by_label("Motivering").fill("U bent nu eigenaar van de woning.")
    pagina.get_by_label("Het bezwaar is gegrond").check()
    expect(pagina.get_by_label("Ja, wij herroepen het besluit en nemen een nieuw besluit")).to_be_visible()
    pagina.get_by_label("Ja, wij herroepen het besluit en nemen een nieuw besluit").check()
    pagina.get_by_label("Wat besluiten wij in plaats daarvan?").fill("U krijgt de vergunning.")
    pagina.get_by_role("radiogroup", name="Vergoeden wij kosten").get_by_label("Nee").check()
    kijk(pagina, "bezwaar-beslissen")
    pagina.get_by_role("button", name="Afronden").last.click()
    pagina.wait_for_load_state()
    gemeente.werk()
    assert gemeente.resultaat(gemeente.zaken.zaak(bezwaar.url)) == "Gegrond"
    (beslissing,) = brieven(gemeente, bezwaar, "Beslissing op uw bezwaar")
    assert "U bent nu eigenaar van de woning." in beslissing
    assert "U krijgt de vergunning." in beslissing
    assert "rechtbank" in beslissing
    inwoner(pagina, f"/mijn/zaken/{bezwaar.uuid}")
    expect(pagina.get_by_text("U kunt in beroep gaan bij de rechtbank tot en met")).to_be_visible()
    kijk(pagina, "bezwaar-beslist")


def test_een_bezwaar_per_post_wordt_aan_de_balie_ingevoerd(gemeente: Gemeente, pagina: Page) -> None:
    zaak = begin(gemeente.installeer("bezwaar"), CORPORATIE)
    gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren.")
    (besluit,) = gemeente.besluiten(zaak)
    medewerker(pagina, "Kim Jansma", "/kcc/")
    pagina.goto("/kcc/zoeken/bsn")
    pagina.get_by_label("Burgerservicenummer").fill(BSN)
    pagina.get_by_role("button", name="Zoeken").last.click()
    pagina.get_by_role("link", name="Aanvraag invoeren").click()
    pagina.get_by_label("Welk formulier?").select_option("bezwaar")
    pagina.get_by_label("Per post").check()
    verder(pagina)
    pagina.get_by_label("Nummer van het besluit").fill(besluit.identificatie)
    verder(pagina)
    vul_bezwaar_in(pagina, "De corporatie vindt het goed.")
    pagina.get_by_role("button", name="Indienen").click()
    expect(pagina.get_by_text("De aanvraag is ingediend.")).to_be_visible()
    bezwaar = bezwaarzaak(gemeente)
    (ander,) = bezwaar.relevante_andere_zaken
    assert ander.url == zaak.url
    assert [taak.titel for taak in gemeente.taken(bezwaar)] == ["Horen voorbereiden"]
