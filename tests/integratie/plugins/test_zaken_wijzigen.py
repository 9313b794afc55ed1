"""Een lopende zaak wijzigen: twee keer met dezelfde opdracht is één gevolg."""

from datetime import timedelta

import pytest

from contracten import BpmnFout, Onherstelbaar
from kern.termijnen import termijn
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


def test_verlengen_kan_een_keer_en_alleen_als_het_zaaktype_het_toelaat(proef: Proef) -> None:
    zaak = proef.zaak()
    uitvoer = proef.voer_uit("zaken.verlengen", {"reden": "Advies nodig", "duur": "P6W"}, zaak=zaak.url)
    assert zaak.uiterlijke_einddatum_afdoening is not None
    assert uitvoer.uiterlijke_einddatum == zaak.uiterlijke_einddatum_afdoening + timedelta(weeks=6)
    assert proef.gemeente.zaken.zaak(zaak.url).verlenging.reden == "Advies nodig"
    with pytest.raises(BpmnFout, match="niet-verlengbaar"):
        proef.voer_uit("zaken.verlengen", zaak=zaak.url, reden="Nog eens", duur="P1W")
    with pytest.raises(BpmnFout, match="niet-verlengbaar"):
        proef.voer_uit("zaken.verlengen", {"reden": "Kan niet", "duur": "P1W"}, zaak=proef.zaak("registratie").url)


def test_hersteltermijn_schuift_de_einddatum_op_met_de_dagen_dat_zij_liep(proef: Proef) -> None:
    zaak = proef.zaak()
    begin = proef.voer_uit("zaken.hersteltermijn-start", {"reden": "Stukken ontbreken"}, zaak=zaak.url)
    assert (begin.uiterlijk, begin.einddatum) == (termijn(begin.vanaf, "P2W"), zaak.uiterlijke_einddatum_afdoening)
    assert proef.gemeente.zaken.zaak(zaak.url).opschorting.indicatie
    vier_dagen_terug = begin.vanaf - timedelta(days=4)
    einde = proef.voer_uit(
        "zaken.hersteltermijn-eind", zaak=zaak.url, vanaf=vier_dagen_terug, einddatum=begin.einddatum
    )
    assert einde.einddatum == begin.einddatum + timedelta(days=4)
    assert not proef.gemeente.zaken.zaak(zaak.url).opschorting.indicatie


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
