"""De weg door de voorbeeldformulieren, en wat daarvan in de registraties terechtkomt."""

from collections.abc import Mapping

from integratie.configuratie import FORMULIER, Configuratie
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekUit
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import JAN, REGISTRATIE, VERGUNNING, Browser

WONING = {
    "woning-postcode": "1234 AB",
    "woning-huisnummer": "10",
    "woonsituatie": "koop",
    "hoofdverblijf": "ja",
    "deelVanWoning": "gedeelte",
}
CONTACT = {"digitaal": "ja", "email": "jan@example.nl"}
POST = {"digitaal": "nee"}
AKKOORD = {"verklaring": "ja"}
PDF = b"%PDF-1.7\n" + b"plattegrond " * 200
MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"


def begin(browser: Browser, formulier: str = REGISTRATIE, persoon: str = JAN) -> None:
    """Log in en open de eerste stap."""
    browser.log_in(formulier, persoon=persoon, acr=MIDDEN if formulier == VERGUNNING else "")
    browser.stuur()


def tot_overzicht(browser: Browser, contact: dict[str, str] | None = None, persoon: str = JAN) -> None:
    """Vul het registratieformulier in tot en met de laatste stap."""
    begin(browser, persoon=persoon)
    browser.stuur()
    browser.stuur(WONING)
    browser.stuur(contact or CONTACT)
    assert browser.kop == "Controleer uw antwoorden", browser.tekst


def verzoeken(installatie: Installatie) -> list[VerzoekUit]:
    """Alle verzoeken die er zijn."""
    return list(VerzoekenClient(installatie, namens="formulieren").alle("verzoeken", VerzoekUit))


def publiceer(installatie: Installatie, slug: str, *componenten: Mapping[str, object], **velden: object) -> str:
    """Publiceer een eigen formulier van één stap op het verzoektype van de registratie; geeft zijn adres."""
    definitie = {
        "slug": slug,
        "naam": "Proefformulier",
        "inlogmiddelen": ["digid"],
        "gegevens": {
            "verzoektype": "proef",
            "documenttype": "Ingediend formulier",
            "bijlagetype": "Bijlage bij verzoek",
        },
        "stappen": [{"naam": "vragen", "titel": "Vragen", "componenten": list(componenten)}],
        **velden,
    }
    Configuratie(installatie, namens="processen").bewaar(FORMULIER, slug, {"definitie": definitie})
    return f"/formulieren/{slug}"
