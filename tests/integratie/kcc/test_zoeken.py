"""Klanten zoeken: elke zoekvraag vindt wie zij hoort te vinden, en nooit staat er een nummer in een adres."""

import pytest
from sqlalchemy import select

from integratie.klantinteracties import KlantinteractiesClient
from integratie.klantinteracties.schemas import Contactnaam
from kern.installatie import Installatie
from kern.tabellen import Auditregel, Verwerking
from tests.integratie.kcc.hulp import ANNA, BEDRIJF, JAN, ONBEKEND, SOPHIE, Medewerker, medewerker
from tests.integratie.kcc.voorbeeld import maak_zaken


def test_bsn_gaat_meteen_naar_het_klantbeeld_zonder_nummer_in_het_adres(kim: Medewerker) -> None:
    kim.zoek("bsn", bsn=JAN)
    assert kim.pad.startswith("/kcc/klant/")
    assert JAN not in str(kim.antwoord.url)
    assert JAN not in kim.tekst
    assert "Jan Willem de Vries" in kim.tekst


def test_dezelfde_klant_houdt_zijn_adres(kim: Medewerker) -> None:
    assert kim.zoek("bsn", bsn=JAN).pad == kim.zoek("bsn", bsn=JAN).pad


def test_naam_en_geboortedatum(kim: Medewerker) -> None:
    datum = {"geboortedatum-dag": "14", "geboortedatum-maand": "3", "geboortedatum-jaar": "1978"}
    kim.zoek("naam", geslachtsnaam="Vries", voornamen="", **datum)
    assert "Jan Willem de Vries" in kim.tekst
    assert kim.pad.startswith("/kcc/klant/")


def test_adres_geeft_een_lijst_om_uit_te_kiezen(kim: Medewerker) -> None:
    kim.zoek("adres", postcode="9999 ZA", huisnummer="12", huisletter="", toevoeging="")
    assert kim.pad.startswith("/kcc/resultaten/")
    assert "Jan Willem de Vries" in kim.tekst
    assert "Anna Maria" in kim.tekst
    assert JAN not in kim.tekst
    assert ANNA not in kim.tekst
    kim.stuur(f"{kim.pad}/0")
    assert kim.pad.startswith("/kcc/klant/")


def test_adres_met_huisletter_en_toevoeging(kim: Medewerker) -> None:
    kim.zoek("adres", postcode="9999ZB", huisnummer="5", huisletter="A", toevoeging="bis")
    assert "Lisa Mulder" in kim.tekst


@pytest.mark.parametrize("zoek", [BEDRIJF, "Zonnebloem"])
def test_bedrijf_op_nummer_en_naam(kim: Medewerker, zoek: str) -> None:
    kim.zoek("bedrijf", zoek=zoek)
    assert "B&B De Zonnebloem" in kim.tekst


@pytest.mark.parametrize("getypt", ["06 12 34 56 78", "+31612345678"])
@pytest.mark.parametrize("bewaard", ["0612345678", "+31612345678"])
def test_telefoonnummer_hoe_het_ook_geschreven_is(
    kim: Medewerker, installatie: Installatie, getypt: str, bewaard: str
) -> None:
    klanten = KlantinteractiesClient(installatie, namens="proef")
    partij = klanten.zorg_voor_partij_bsn(JAN, naam=Contactnaam(achternaam="De Vries"))
    klanten.zet_standaardadres(partij.uuid, "telefoonnummer", bewaard)
    kim.zoek("contact", adres=getypt)
    assert kim.pad.startswith("/kcc/klant/")
    assert bewaard in kim.tekst


def test_zaaknummer_gaat_naar_de_zaak(kim: Medewerker, installatie: Installatie) -> None:
    maak_zaken(installatie, JAN)
    kim.zoek("zaak", zaaknummer="ZAAK-0")
    assert kim.pad.startswith("/kcc/zaak/")
    assert "De Vries" in kim.tekst
    assert JAN not in kim.tekst
    kim.stuur(f"{kim.pad}/klant")
    assert kim.pad.startswith("/kcc/klant/")
    assert "Jan Willem de Vries" in kim.tekst


def test_niets_gevonden_en_een_fout_blijven_op_de_pagina(kim: Medewerker) -> None:
    assert "Niets gevonden" in kim.zoek("bsn", bsn=ONBEKEND).tekst
    kim.zoek("bsn", bsn="123456789")
    assert "Er gaat nog iets niet goed" in kim.tekst
    assert "Niets gevonden" in kim.zoek("zaak", zaaknummer="BESTAAT-NIET").tekst


def test_geheimhouding_staat_in_het_klantbeeld(kim: Medewerker) -> None:
    kim.zoek("bsn", bsn=SOPHIE)
    assert "Geheimhouding" in kim.tekst
    assert "Alleen ter verificatie" in kim.tekst


def test_elke_zoekvraag_wordt_verantwoord(kim: Medewerker, installatie: Installatie) -> None:
    """Over wie het ging staat versleuteld in het logboek, wie het deed alleen in de auditregel."""
    kim.zoek("adres", postcode="9999 ZA", huisnummer="12", huisletter="", toevoeging="")
    with installatie.db.lezen() as verbinding:
        regels = verbinding.execute(select(Verwerking.naam, Verwerking.betrokkene_soort)).all()
        audit = verbinding.execute(select(Auditregel.gebruiker, Auditregel.actie, Auditregel.onderwerp)).one()
    assert len(regels) == 4  # vader, moeder en twee kinderen
    assert {tuple(regel) for regel in regels} == {("Klant zoeken (adres)", "bsn")}
    assert audit == ("kim", "Klant zoeken (adres)", "kcc:zoeken")


def test_een_verwijzing_is_alleen_van_wie_zocht(kim: Medewerker, installatie: Installatie) -> None:
    pad = kim.zoek("bsn", bsn=JAN).pad
    with medewerker(installatie, "bas") as bas:
        assert bas.naar(pad).antwoord.status_code == 403
