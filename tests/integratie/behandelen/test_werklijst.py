"""De werklijst: mijn taken, die van de groep, en alle; bladeren, leeg, te laat, en zoeken."""

from datetime import timedelta
from pathlib import Path

import pytest

import processen.behandelen
from huisstijl.taal import EIGEN, Catalogus, teksten_in
from tests.integratie.behandelen.hulp import BAS, NADIA, Browser, browser, kapot, losse_taak, pad_zaak, registratie
from tests.reishulp import BSN, Gemeente


def test_elke_tekst_bestaat_in_het_engels() -> None:
    map_ = Path(processen.behandelen.__file__).parent
    assert EIGEN.met(Catalogus.lees(map_ / "vertalingen")).ontbrekend(teksten_in(map_)) == set()


def test_lege_lijsten(gemeente: Gemeente) -> None:
    with browser(gemeente.installatie, NADIA) as nadia:
        assert "Er is niets te doen" in nadia.tekst
        assert "U heeft geen taken" in nadia.naar("/behandelen/?lijst=mijn").tekst
        assert "There is nothing to do" in nadia.naar("/behandelen/?lijst=alle&taal=en").tekst


@pytest.fixture(scope="module")
def _zestig(gemeente: Gemeente) -> None:
    vandaag = gemeente.installatie.klok.vandaag()
    for nummer in range(60):
        dag = vandaag + timedelta(days=nummer - 1)
        losse_taak(gemeente.installatie, f"Taak {nummer:02}", einddatum=dag.isoformat())
    losse_taak(gemeente.installatie, "Bij Bas", behandelaar=BAS, behandelaarNaam="Bas Behandelaar")
    losse_taak(gemeente.installatie, "Voor wonen", kandidaatgroepen=["wonen"])


@pytest.mark.usefixtures("_zestig")
def test_bladeren_door_zestig_taken(bas: Browser) -> None:
    bas.naar("/behandelen/")
    assert "Aantal taken: 60" in bas.tekst
    assert "Taak 00" in bas.tekst  # wat het eerst af moet staat bovenaan
    assert bas.tekst.count("Te laat:") == 1
    assert "Taak 24" in bas.tekst
    assert "Taak 25" not in bas.tekst
    assert "Taak 59" in bas.naar("/behandelen/?lijst=groep&pagina=3").tekst
    assert "Taak 49" not in bas.tekst
    assert bas.naar("/behandelen/?lijst=groep&pagina=9").pad == "/behandelen/"
    assert "Taak 00" in bas.tekst


@pytest.mark.usefixtures("_zestig")
def test_wie_ziet_wat(bas: Browser) -> None:
    assert "Bij Bas" not in bas.naar("/behandelen/?lijst=groep").tekst
    assert "Aantal taken: 1" in bas.naar("/behandelen/?lijst=mijn").tekst
    assert "Bij Bas" in bas.tekst
    assert "Aantal taken: 61" in bas.naar("/behandelen/?lijst=alle").tekst
    assert "Voor wonen" not in bas.tekst


def test_takenlijst_niet_bereikbaar(gemeente: Gemeente, bas: Browser) -> None:
    with kapot(gemeente.installatie, "taken"):
        bas.naar("/behandelen/")
    assert (bas.status, "De takenlijst is nu niet bereikbaar" in bas.tekst) == (200, True)


def test_zoeken_op_nummer_staat_niet_in_het_adres(gemeente: Gemeente, bas: Browser) -> None:
    zaak = registratie(gemeente)
    bas.naar("/behandelen/").stuur("/behandelen/zoeken", q=f" {zaak.identificatie} ")
    assert bas.pad == pad_zaak(zaak)
    for onbekend in ("ZAAK-BESTAAT-NIET", BSN, "x" * 500):
        bas.naar("/behandelen/zoeken").stuur("/behandelen/zoeken", q=onbekend)
        assert "Geen zaak gevonden" in bas.tekst
        assert str(bas.antwoord.url).endswith("/behandelen/zoeken")
