"""Een formulier invullen en indienen, met de echte registraties."""

from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekUit
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import SAMPLE, Browser

WONING = {
    "woning-postcode": "1234 AB",
    "woning-huisnummer": "10",
    "woonsituatie": "koop",
    "hoofdverblijf": "ja",
    "deelVanWoning": "gedeelte",
}
CONTACT = {"digitaal": "ja", "email": "jan@example.nl"}


def _verzoeken(installatie: Installatie) -> list[VerzoekUit]:
    return list(VerzoekenClient(installatie, namens="formulieren").alle("verzoeken", VerzoekUit))


def _tot_overzicht(browser: Browser) -> None:
    browser.log_in(SAMPLE)
    browser.stuur()
    browser.stuur()
    browser.stuur(WONING)
    browser.stuur(CONTACT)
    assert browser.kop == "Controleer uw antwoorden", browser.tekst


def test_van_begin_tot_bevestiging(browser: Browser, ingericht: Installatie) -> None:
    _tot_overzicht(browser)
    browser.stuur({"verklaring": "ja"})
    assert browser.kop == "Uw formulier is ontvangen", browser.tekst
    (verzoek,) = _verzoeken(ingericht)
    assert verzoek.verzoek_bron is not None
    assert verzoek.verzoek_bron.kenmerk in browser.tekst
