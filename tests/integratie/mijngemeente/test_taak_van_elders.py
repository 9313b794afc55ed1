"""Een klanttaak van een ander systeem: haar formulier is FormIO, zonder onze stappen en vertalingen."""

from datetime import timedelta

from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit
from integratie.urn import urn_bsn
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import Browser
from tests.integratie.mijngemeente.conftest import JAN

FORMIO = {
    "display": "form",
    "components": [
        {"type": "textfield", "key": "kenteken", "label": "Kenteken", "input": True, "validate": {"required": True}},
        {"type": "number", "key": "dagen", "label": "Aantal dagen", "input": True},
    ],
}


def test_formulier_van_een_ander_systeem_is_in_te_vullen(ingericht: Installatie, jan: Browser) -> None:
    client = TakenClient(ingericht, namens="proef")
    eind = ingericht.klok.vandaag() + timedelta(days=7)
    invoer = {
        "titel": "Geef het kenteken door",
        "einddatumHandelingsTermijn": eind.isoformat(),
        "isToegewezenAan": urn_bsn(JAN),
        "details": {"formulierDefinitie": FORMIO},
    }
    taak = client.maak("formuliertaken", invoer, ExterneTaakUit)
    jan.ga(f"/mijn/taken/{taak.uuid}")
    assert "Geef het kenteken door" in jan.tekst
    assert "Aantal dagen" in jan.tekst
    jan.stuur({"kenteken": "AB-12-CD", "dagen": "3"})
    assert jan.kop == "Controleer uw antwoorden", jan.tekst
    jan.stuur()
    klaar = client.klanttaak(taak.url)
    assert klaar.status == "uitgevoerd"
    assert klaar.details["ontvangenGegevens"] == {"kenteken": "AB-12-CD", "dagen": 3}
