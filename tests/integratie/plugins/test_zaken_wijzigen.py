"""Een lopende zaak wijzigen: twee keer met dezelfde opdracht is één gevolg."""

from datetime import timedelta

import pytest

from contracten import Onherstelbaar
from tests.integratie.plugins.proef import Proef


def test_bijwerken(proef: Proef) -> None:
    zaak = proef.zaak()
    einde = zaak.startdatum + timedelta(days=3)
    proef.voer_uit(
        "zaken.bijwerken", zaak=zaak.url, omschrijving="Nieuw", betalingsindicatie="nog_niet", einddatumGepland=einde
    )
    nu = proef.gemeente.zaken.zaak(zaak.url)
    assert (nu.omschrijving, nu.betalingsindicatie, nu.einddatum_gepland) == ("Nieuw", "nog_niet", einde)
    assert nu.toelichting == zaak.toelichting


def test_afsluiten_en_heropenen(proef: Proef) -> None:
    zaak = proef.zaak()
    proef.voer_uit("zaken.status-zetten", {"statustype": "In behandeling"}, zaak=zaak.url)
    proef.gemeente.verzet(seconds=1)
    proef.voer_uit("zaken.afsluiten", zaak=zaak.url, resultaattype="Verleend", toelichting="Klaar")
    dicht = proef.gemeente.zaken.zaak(zaak.url)
    assert (proef.gemeente.resultaat(dicht), dicht.einddatum is not None) == ("Verleend", True)
    assert proef.gemeente.statussen(zaak)[-1] == "Afgehandeld"
    proef.gemeente.verzet(seconds=1)
    proef.voer_uit("zaken.heropenen", {"statustype": "In behandeling"}, zaak=zaak.url, toelichting="Fout hersteld")
    open_ = proef.gemeente.zaken.zaak(zaak.url)
    assert (open_.einddatum, open_.resultaat) == (None, None)
    assert proef.gemeente.statussen(zaak) == ["In behandeling", "Afgehandeld", "In behandeling"]


def test_afsluiten_zonder_keuze_is_een_fout_in_het_model(proef: Proef) -> None:
    with pytest.raises(Onherstelbaar, match="resultaattype"):
        proef.voer_uit("zaken.afsluiten", zaak=proef.zaak().url)


def test_notitie(proef: Proef) -> None:
    zaak = proef.zaak()
    proef.voer_uit("zaken.notitie", {"onderwerp": "Gebeld"}, zaak=zaak.url, tekst="Wil weten hoe het staat.")
    gevonden = proef.gemeente.zaken.vraag("GET", "zaaknotities", params={"gerelateerdAan": zaak.url})["results"]
    assert [(n["onderwerp"], n["notitieType"]) for n in gevonden] == [("Gebeld", "intern")]
