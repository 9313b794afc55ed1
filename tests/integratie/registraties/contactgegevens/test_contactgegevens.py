"""De Contactgegevens API met haar eigen client (regels 11.2)."""

from datetime import date
from typing import Any

import pytest

from integratie.betrokkene import uit_urns
from integratie.contactgegevens import ContactgegevensClient
from integratie.contactgegevens.schemas import OrganisatieIn, PersoonIn
from integratie.klantinteracties.schemas import Adres
from integratie.urn import urn_uuid
from kern.installatie import Installatie
from kern.ldv import gebruik_van
from tests.integratie.logboek.test_lezen import geef_token
from tests.integratie.registraties.rechten import fouten_van, status_van

Contacten = ContactgegevensClient
PERSOON = {"geboortedatum": "1980-05-17", "geslachtsnaam": "Wit"}
ADRES = {"straatnaam": "Kade", "huisnummer": 1, "postcode": "3511 AB", "stad": "Utrecht", "land": "NL"}


@pytest.fixture
def contacten(installatie: Installatie) -> Contacten:
    return Contacten(installatie, namens="kcc")


def test_persoon_van_aanmaken_tot_verwijderen(contacten: Contacten) -> None:
    invoer = PersoonIn(geboortedatum=date(1980, 5, 17), geslachtsnaam="Wit", geslacht="v", adres=Adres(stad="Utrecht"))
    gemaakt = contacten.maak_persoon(invoer, sleutel="p1")
    assert contacten.maak_persoon(invoer, sleutel="p1") == gemaakt == contacten.persoon(gemaakt.uuid)
    gewijzigd = contacten.vraag("PATCH", gemaakt.url, json={"overlijdensdatum": "2026-01-01"})
    assert (gewijzigd["overlijdensdatum"], gewijzigd["adres"]["stad"]) == ("2026-01-01", "Utrecht")
    vervangen = contacten.vraag("PUT", gemaakt.url, json=PERSOON)
    assert vervangen == gewijzigd, "PUT laat weggelaten optionele velden staan"
    leeg = contacten.vraag("PUT", gemaakt.url, json={**PERSOON, "overlijdensdatum": None, "adres": None})
    assert (leeg["overlijdensdatum"], leeg["geslacht"], leeg["adres"]) == (None, "v", None)
    assert fouten_van(contacten, "PUT", gemaakt.url, {"geslachtsnaam": "Wit"}) == {"geboortedatum": "required"}
    contacten.verwijder(gemaakt.url)
    assert status_van(contacten, "GET", gemaakt.url) == 404


def test_organisatie_van_aanmaken_tot_verwijderen(contacten: Contacten) -> None:
    gemaakt = contacten.maak_organisatie(OrganisatieIn(handelsnaam="Bakkerij", oprichtingsdatum=date(2020, 1, 1)))
    assert contacten.organisatie(gemaakt.uuid) == gemaakt
    gewijzigd = contacten.vraag("PATCH", gemaakt.url, json={"opheffingsdatum": "2026-01-01", "adres": ADRES})
    assert gewijzigd["adres"] == {
        "nummeraanduidingId": "",
        "huisnummertoevoeging": "",
        "adresregel1": "",
        "adresregel2": "",
        "adresregel3": "",
        **ADRES,
    }
    assert fouten_van(contacten, "PUT", gemaakt.url, {"adres": ADRES}) == {"handelsnaam": "required"}
    contacten.verwijder(gemaakt.url)
    assert contacten.vraag("GET", "organisatie")["count"] == 0


def test_lijst_in_paginas(contacten: Contacten) -> None:
    namen = [f"Bedrijf {nr}" for nr in range(3)]
    for naam in namen:
        contacten.maak_organisatie(OrganisatieIn(handelsnaam=naam))
    tweede = contacten.vraag("GET", "organisatie", params={"page": 2, "pageSize": 2})
    assert (tweede["count"], [deel["handelsnaam"] for deel in tweede["results"]]) == (3, namen[2:])
    assert status_van(contacten, "GET", "organisatie", handelsnaam="x") == 400


@pytest.mark.parametrize(
    ("pad", "velden", "fout"),
    [
        ("persoon", {"geslachtsnaam": "Wit"}, {"geboortedatum": "required"}),
        ("persoon", {"geboortedatum": "1980-05-17"}, {"geslachtsnaam": "required"}),
        ("persoon", {**PERSOON, "geslacht": "x"}, {"geslacht": "invalid_choice"}),
        ("persoon", {**PERSOON, "voorvoegsel": "x" * 11}, {"voorvoegsel": "max_length"}),
        ("persoon", {**PERSOON, "adres": {"postcode": "3511AB"}}, {"adres.postcode": "invalid"}),
        ("persoon", {**PERSOON, "adres": {"nummeraanduidingId": "1"}}, {"adres.nummeraanduidingId": "invalid"}),
        ("persoon", {**PERSOON, "adres": {"land": "NLD"}}, {"adres.land": "invalid"}),
        ("persoon", {**PERSOON, "adres": {"huisnummer": 100_000}}, {"adres.huisnummer": "max_value"}),
        ("organisatie", {}, {"handelsnaam": "required"}),
        ("organisatie", {"handelsnaam": ""}, {"handelsnaam": "blank"}),
        ("organisatie", {"handelsnaam": "A", "opheffingsdatum": "morgen"}, {"opheffingsdatum": "invalid"}),
    ],
)
def test_verplicht_en_vorm(contacten: Contacten, pad: str, velden: dict[str, Any], fout: dict[str, str]) -> None:
    assert fouten_van(contacten, "POST", pad, velden) == fout


def test_alleen_met_token(contacten: Contacten, installatie: Installatie) -> None:
    for pad in ("persoon", "organisatie"):
        assert installatie.http.get(contacten.url(pad)).status_code == 401


def test_een_ander_systeem_laat_een_regel_na(contacten: Contacten, installatie: Installatie) -> None:
    """Wie hier staat heeft geen ander nummer dan zijn uuid; zo is hij ook in het logboek te vinden."""
    persoon = contacten.maak_persoon(PersoonIn.model_validate(PERSOON))
    koppen = {"Authorization": f"Token {geef_token(installatie, 'crm', {'contactgegevens': 'alles'})}"}
    for methode, json in (("GET", None), ("PATCH", {"voornamen": "Ria"})):
        assert installatie.http.request(methode, persoon.url, json=json, headers=koppen).is_success
    installatie.http.get(contacten.url("persoon"), headers=koppen)
    urn = urn_uuid(installatie.instellingen.bronorganisatie, "persoon", persoon.uuid)
    gelezen, geschreven = "persoon gelezen door crm", "persoon geschreven door crm"
    assert list(uit_urns(urn)) == [("persoon", str(persoon.uuid))]
    assert [regel.naam for regel in gebruik_van(installatie, next(uit_urns(urn)))] == [gelezen, geschreven, gelezen]
