"""Klanten zoeken: elke zoekvraag vindt wie zij hoort te vinden, en nooit staat er een nummer in een adres."""

from sqlalchemy import func, select

from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie
from kern.tabellen import Auditregel, Verwerking
from tests.integratie.kcc.hulp import ANNA, BEDRIJF, JAN, LISA, SOPHIE, Medewerker, medewerker


def test_bsn_gaat_meteen_naar_het_klantbeeld_zonder_nummer_in_het_adres(kim: Medewerker) -> None:
    kim.zoek("bsn", bsn=JAN)
    assert kim.antwoord.status_code == 200, kim.tekst
    assert kim.pad.startswith("/kcc/klant/")
    assert JAN not in str(kim.antwoord.url)
    assert JAN not in kim.tekst
    assert "Jan Willem de Vries" in kim.tekst
