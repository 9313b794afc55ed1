"""Een dienst die uitgefaseerd is: wat inwoners, het KCC en lopende zaken ervan merken, en dat publiceren alles terugbrengt."""

from collections.abc import Iterator

import pytest

from huisstijl.filters import datum
from integratie.basis import ApiFout
from integratie.taken import TakenClient
from integratie.verzoeken.schemas import VerzoekUit
from processen import maak_motor
from processen.modelleren import Werkplaats
from processen.modelleren.uitgaven import Uitgaven
from tests.integratie.formulieren.hulp import REGISTRATIE, Browser
from tests.integratie.formulieren.invullen import tot_overzicht, verzoeken
from tests.integratie.processen.modelleren.conftest import FEMKE, PAKKET
from tests.reishulp import CORPORATIE, Gemeente
from tests.schermhulp import Venster, http_naar

PRODUCT = "/producten/toeristische-verhuur-registratie"
WAARHEEN = {"waarheen_nl": "Verhuren mag sinds kort niet meer.", "waarheen_en": "Letting is no longer allowed."}


@pytest.fixture
def jan(gemeente: Gemeente) -> Iterator[Browser]:
    """Jan heeft het registratieformulier ingevuld en nog niet verstuurd, en is er daarna nog eens aan begonnen."""
    browser = Browser(gemeente.installatie)
    tot_overzicht(browser)
    overzicht = browser.pad
    browser.ga(REGISTRATIE)
    browser.stuur()
    browser.ga(overzicht)
    yield browser
    browser.http.close()


def test_gestopt_en_weer_begonnen(gemeente: Gemeente, femke: Venster, plaats: Werkplaats, jan: Browser) -> None:
    lopend = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    laat = gemeente.dien_in("vergunning", CORPORATIE)  # net voor het stoppen; de notificatie komt erna
    uitgaven = Uitgaven(gemeente.installatie, maak_motor(gemeente.installatie), plaats)
    versie, ingediend = uitgaven.versie_nu(PAKKET), len(verzoeken(gemeente.installatie))
    overzicht = jan.pad
    femke.naar(f"/beheer/pakketten/{PAKKET}/").stuur(f"/beheer/pakketten/{PAKKET}/uitfaseren", **WAARHEEN)
    try:
        _formulier_neemt_niets_aan(jan, overzicht)
        assert len(verzoeken(gemeente.installatie)) == ingediend
        _product_zegt_het(jan, datum(gemeente.installatie.klok.vandaag()))
        _kcc_ziet_het(gemeente)
        _wat_nog_binnenkomt_gaat_niet_verloren(gemeente, laat)
        zaak = gemeente.zaak(lopend)
        gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Corporatiewoning.")
        assert gemeente.besluiten(zaak)
    finally:
        uitgaven.draai_terug(PAKKET, versie, FEMKE)
    assert "Direct regelen" in jan.ga(PRODUCT).text
    assert "Verhuren mag sinds kort" not in jan.tekst
    assert jan.ga(overzicht).status_code == 200
    assert jan.kop == "Controleer uw antwoorden"


def _formulier_neemt_niets_aan(jan: Browser, overzicht: str) -> None:
    """Ook versturen vanaf een pagina die nog openstond gaat niet meer; wie begonnen was leest dat."""
    assert jan.stuur({"verklaring": "ja"}).status_code == 410
    for adres in (overzicht, REGISTRATIE, f"{REGISTRATIE}/papier.pdf"):
        assert jan.ga(adres).status_code == 410
        for tekst in ("Deze dienst is gestopt", "U was al begonnen", "Verhuren mag sinds kort", "gaat gewoon door"):
            assert tekst in jan.tekst, (adres, tekst)
        assert not any(adres.endswith("/begin") for adres, _ in jan.formulieren())
    weg, velden = jan.formulieren()[0]  # bovenaan staat wat hij het laatst begon
    jan.antwoord = jan.http.post(weg, data=velden, headers={"Referer": str(jan.antwoord.url)})
    assert jan.antwoord.status_code == 410
    assert "Uw antwoorden zijn verwijderd" in jan.tekst
    assert len(jan.formulieren()) == 1
    assert "Letting is no longer allowed." in jan.ga(f"{REGISTRATIE}?taal=en").text
    jan.ga("/mijn/?taal=nl")
    assert "U kunt dit niet meer versturen" in jan.tekst
    assert REGISTRATIE in jan.links()


def _product_zegt_het(jan: Browser, dag: str) -> None:
    assert jan.ga(PRODUCT).status_code == 200
    for tekst in ("Deze dienst is gestopt", f"Sinds {dag} kunt u dit niet meer aanvragen", "Verhuren mag sinds kort"):
        assert tekst in jan.tekst
    assert not any(adres.startswith("/formulieren/") for adres in jan.links())
    for adres in ("/", "/producten", "/producten?q=verhuur"):
        assert PRODUCT not in jan.ga(adres).text


def _wat_nog_binnenkomt_gaat_niet_verloren(gemeente: Gemeente, laat: VerzoekUit) -> None:
    """De API weigert het; wat er al in stond ziet een medewerker, één keer."""
    with pytest.raises(ApiFout) as fout:
        gemeente.dien_in("vergunning", CORPORATIE)
    assert (fout.value.status, fout.value.fouten[0].code) == (400, "unknown-schema")
    gemeente.werk()
    client = TakenClient(gemeente.installatie, namens="processen")
    taken = [taak for taak in client.medewerkertaken() if taak.titel.startswith("Aanvraag voor een gestopte dienst")]
    assert [taak.gegevens["verzoek"] for taak in taken] == [laat.url]
    assert str(laat.uuid) in taken[0].toelichting
    assert taken[0].kandidaatgroepen


def _kcc_ziet_het(gemeente: Gemeente) -> None:
    with http_naar(gemeente.installatie) as http:
        kim = Venster(http).log_in("kim", "/kcc/producten?q=registratie toeristische verhuur")
        assert "Hiervoor is niets meer aan te vragen" in kim.tekst
        assert "Lopende zaken gaan gewoon verder" in kim.naar(f"/kcc{PRODUCT}").tekst
        assert kim.tekst.index("Waar kunt u terecht?") < kim.tekst.index("Zo was het") < kim.tekst.index("Voorwaarden")
        kim.naar(f"/kcc{PRODUCT}?taal=en")
        assert kim.tekst.index("Where can you go?") < kim.tekst.index("How it was") < kim.tekst.index("Conditions")
