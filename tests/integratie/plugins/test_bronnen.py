"""Bouwblokken die bij de bronnen kijken, tegen de simulatoren die het echte protocol spreken."""

import pytest
from pydantic import ValidationError

from integratie.urn import urn_bsn, urn_kvk
from tests.integratie.plugins.proef import Proef
from tests.reishulp import KOOP

JAN, TIM, SOPHIE = "999000007", "999000111", "999000275"


def zaak_van(proef: Proef, urn: str) -> str:
    verzoek = proef.gemeente.dien_in("vergunning", KOOP, initiator=urn)
    zaak: str = proef.voer_uit("zaken.zaak-aanmaken", {"zaaktype": "TV-VERGUNNING"}, verzoek=verzoek.url).zaak
    return zaak


def test_persoon_zonder_dossier(proef: Proef) -> None:
    jan = proef.voer_uit("bronnen.brp-persoon", zaak=zaak_van(proef, urn_bsn(JAN)))
    assert (jan.gevonden, jan.meerderjarig, jan.ingezetene, jan.gemeentecode) == (True, True, True, "9999")
    assert jan.adres == "9999200000000001"
    assert JAN not in jan.model_dump_json()
    onbekend = zaak_van(proef, urn_bsn("999992715"))
    assert not proef.voer_uit("bronnen.brp-persoon", zaak=onbekend).gevonden


def test_partner_krijgt_een_rol(proef: Proef) -> None:
    zaak = zaak_van(proef, urn_bsn(JAN))
    partner = proef.voer_uit("bronnen.brp-partner", {"roltype": "Behandelaar"}, zaak=zaak)
    assert partner.heeft_partner
    (rol,) = [deel for deel in proef.gemeente.zaken.rollen(zaak) if deel.url == partner.rol]
    assert (rol.betrokkene_identificatie or {})["inpBsn"] == "999000032"
    assert "999000032" not in partner.model_dump_json()
    assert not proef.voer_uit("bronnen.brp-partner", zaak=zaak_van(proef, urn_bsn(TIM))).heeft_partner


def test_kinderen_en_huisgenoten(proef: Proef) -> None:
    zaak = zaak_van(proef, urn_bsn(JAN))
    kinderen = proef.voer_uit("bronnen.brp-kinderen", zaak=zaak)
    assert (kinderen.aantal, kinderen.leeftijden) == (2, sorted(kinderen.leeftijden))
    bewoners = proef.voer_uit("bronnen.brp-bewoning", zaak=zaak)
    assert (bewoners.aantal, bewoners.aantal_meerderjarig) == (4, 2)


def test_inkomen_van_aanvrager_en_partner(proef: Proef) -> None:
    zaak = zaak_van(proef, urn_bsn(JAN))
    jan = proef.voer_uit("bronnen.inkomen", {"maanden": "6"}, zaak=zaak)
    assert (jan.gevonden, jan.maandinkomen, len(jan.maanden), jan.vermogen) == (True, 3150, 6, 4200)
    assert proef.voer_uit("bronnen.inkomen", zaak=zaak, wie="partner").netto_maandinkomen == 1105
    assert not proef.voer_uit("bronnen.inkomen", zaak=zaak_van(proef, urn_bsn(TIM))).gevonden


def test_onderneming(proef: Proef) -> None:
    zaak = zaak_van(proef, urn_kvk("90000018"))
    bedrijf = proef.voer_uit("bronnen.kvk", zaak=zaak)
    assert bedrijf.gevonden
    assert bedrijf.naam
    assert bedrijf == proef.voer_uit("bronnen.kvk", kvkNummer="90000018")
    assert not proef.voer_uit("bronnen.kvk", kvkNummer="00000000").gevonden


def test_adres(proef: Proef) -> None:
    adres = proef.voer_uit("bronnen.bag", postcode="9999 za", huisnummer=12)
    assert (adres.gevonden, adres.straat, adres.gebruiksdoelen) == (True, "Dorpsstraat", ["woonfunctie"])
    assert adres.adres == "9999200000000001"
    assert not proef.voer_uit("bronnen.bag", postcode="9999ZA", huisnummer=13).gevonden
    assert proef.voer_uit("bronnen.bag", postcode="9999ZB", huisnummer=5, huisletter="a", toevoeging="bis").gevonden
    with pytest.raises(ValidationError):
        proef.voer_uit("bronnen.bag", postcode="weg", huisnummer=1)
