"""Wat bij een partij hoort naast nummers en adressen: rekeningen, categorieën en vertegenwoordiging (regels hoofdstuk 11)."""

from datetime import timedelta
from typing import Any

import pytest

from integratie.klantinteracties import KlantinteractiesClient
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.klantinteracties.hulp import (
    BSN,
    KVK,
    NIETS,
    adres,
    contact,
    ids,
    maak,
    nummer,
    organisatie,
    persoon,
)
from tests.integratie.registraties.rechten import fouten_van, status_van

Klanten = KlantinteractiesClient
IBAN, BIC = "NL02ABNA0123456789", "ABNANL2A"


def wijs(rij: dict[str, Any]) -> dict[str, str]:
    return {"uuid": rij["uuid"]}


def rekening(klanten: Klanten, partij: dict[str, Any] | None = None, **velden: Any) -> dict[str, Any]:
    van = {"partij": wijs(partij)} if partij else {}
    return maak(klanten, "rekeningnummers", **{"iban": IBAN, "bic": BIC, **van, **velden})


def categorie(klanten: Klanten, partij: dict[str, Any], naam: str = "Ondernemer", **velden: Any) -> dict[str, Any]:
    soort = maak(klanten, "categorieen", naam=naam)
    return maak(klanten, "categorie-relaties", partij=wijs(partij), categorie=wijs(soort), **velden)


# rekeningnummers


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"iban": "0123456789"}, {"iban": "invalid"}),
        ({"iban": "NL02" + "A" * 31}, {"iban": "max_length"}),
        ({"iban": IBAN, "bic": "ABNANL"}, {"bic": "invalid"}),
        ({"iban": IBAN, "bic": "ABNA NL2A"}, {"bic": "invalid"}),
        ({"bic": BIC}, {"iban": "required"}),
        ({"iban": IBAN, "partij": {"uuid": NIETS}}, {"partij.uuid": "does_not_exist"}),
    ],
)
def test_vorm_van_een_rekeningnummer(klanten: Klanten, velden: dict[str, Any], fout: dict[str, str]) -> None:
    assert fouten_van(klanten, "POST", "rekeningnummers", velden) == fout


def test_rekeningnummers_van_een_partij(klanten: Klanten) -> None:
    partij, ander = persoon(klanten), persoon(klanten)
    eigen, los = rekening(klanten, partij), rekening(klanten, iban="DE02120300000000202051", bic="")
    assert klanten.vraag("GET", partij["url"])["rekeningnummers"] == [{"uuid": eigen["uuid"], "url": eigen["url"]}]
    alleen_los = klanten.vraag("PATCH", partij["url"], json={"rekeningnummers": [wijs(los)]})
    assert [deel["uuid"] for deel in alleen_los["rekeningnummers"]] == [los["uuid"]]
    assert klanten.vraag("GET", eigen["url"])["partij"] is None
    assert fouten_van(klanten, "PATCH", ander["url"], {"rekeningnummers": [{"uuid": NIETS}]}) == {
        "rekeningnummers.0.uuid": "does_not_exist"
    }
    klanten.verwijder(partij["url"])
    assert status_van(klanten, "GET", los["url"]) == 404


def test_voorkeursrekening_is_van_de_partij(klanten: Klanten) -> None:
    partij, ander = persoon(klanten), persoon(klanten)
    eigen, vreemd = rekening(klanten, partij), rekening(klanten, ander)
    fout = {"voorkeursRekeningnummer": wijs(vreemd)}
    assert fouten_van(klanten, "PATCH", partij["url"], fout) == {"voorkeursRekeningnummer": "invalid"}
    gekozen = klanten.vraag("PATCH", partij["url"], json={"voorkeursRekeningnummer": wijs(eigen)})
    assert gekozen["voorkeursRekeningnummer"] == {"uuid": eigen["uuid"], "url": eigen["url"]}
    klanten.vraag("PATCH", eigen["url"], json={"partij": wijs(ander)})
    assert klanten.vraag("GET", partij["url"])["voorkeursRekeningnummer"] is None


def test_voorkeur_vervalt_met_de_koppeling(klanten: Klanten) -> None:
    """Wie de lijst vervangt zonder de voorkeur, houdt geen voorkeur over voor iets van een ander of van niemand."""
    partij, ander = persoon(klanten), persoon(klanten)
    rek, mail = rekening(klanten, partij), adres(klanten, partij)
    voorkeuren = {"voorkeursRekeningnummer": wijs(rek), "voorkeursDigitaalAdres": wijs(mail)}
    lijsten: dict[str, Any] = {"rekeningnummers": [], "digitaleAdressen": []}
    assert fouten_van(klanten, "PATCH", partij["url"], voorkeuren | lijsten) == dict.fromkeys(voorkeuren, "invalid")
    klanten.vraag("PATCH", partij["url"], json=voorkeuren)
    leeg = klanten.vraag("PATCH", partij["url"], json=lijsten)
    assert (leeg["voorkeursRekeningnummer"], leeg["voorkeursDigitaalAdres"]) == (None, None)
    terug = {"rekeningnummers": [wijs(rek)], "digitaleAdressen": [wijs(mail)]}
    klanten.vraag("PATCH", partij["url"], json=terug | voorkeuren)
    klanten.vraag("PATCH", ander["url"], json=terug)
    weg = klanten.vraag("GET", partij["url"])
    assert (weg["voorkeursRekeningnummer"], weg["voorkeursDigitaalAdres"], weg["rekeningnummers"]) == (None, None, [])


def test_zoeken_op_rekeningnummer_zonder_nummer_in_de_url(klanten: Klanten) -> None:
    partij = persoon(klanten)
    eigen = rekening(klanten, partij)
    rekening(klanten, iban="DE02120300000000202051")
    for filters in ({"iban": IBAN}, {"bic": BIC, "iban": IBAN}, {"uuid": eigen["uuid"]}):
        assert ids(klanten.vraag("POST", "rekeningnummers/_zoek", json=filters)) == [eigen["uuid"]]
        assert ids(klanten.vraag("GET", "rekeningnummers", params=filters)) == [eigen["uuid"]]


def test_zoeken_op_identificator_zonder_nummer_in_de_url(klanten: Klanten) -> None:
    partij = persoon(klanten, partijIdentificatoren=[{"partijIdentificator": nummer()}])
    (eigen,) = partij["partijIdentificatoren"]
    zoek = {"partijIdentificatorObjectId": BSN, "partijIdentificatorCodeSoortObjectId": "bsn"}
    assert ids(klanten.vraag("POST", "partij-identificatoren/_zoek", json=zoek)) == [eigen["uuid"]]
    gesprek = contact(klanten)
    wie = {"hadKlantcontact": wijs(gesprek), "wasPartij": wijs(partij), "rol": "klant", "initiator": True}
    eerste = maak(klanten, "betrokkenen", **wie)
    zoek = {"wasPartij__partijIdentificator__objectId": BSN}
    assert ids(klanten.vraag("POST", "betrokkenen/_zoek", json=zoek)) == [eerste["uuid"]]


# categorieën


def test_categorie_met_naam_bij_relatie_en_partij(klanten: Klanten) -> None:
    partij = persoon(klanten)
    relatie = categorie(klanten, partij, beginDatum="2026-01-01", eindDatum="2026-12-31")
    soort = relatie["categorie"]
    assert (soort["naam"], soort["url"]) == ("Ondernemer", klanten.vraag("GET", soort["url"])["url"])
    assert klanten.vraag("GET", partij["url"])["categorieRelaties"] == [
        {
            "uuid": relatie["uuid"],
            "url": relatie["url"],
            "categorieNaam": "Ondernemer",
            "beginDatum": "2026-01-01",
            "eindDatum": "2026-12-31",
        }
    ]
    uit = klanten.vraag("GET", "partijen", params={"expand": "categorieRelaties"})["results"][0]["_expand"]
    assert uit["categorieRelaties"] == [relatie]
    klanten.vraag("PATCH", soort["url"], json={"naam": "Zelfstandige"})
    assert klanten.vraag("PATCH", relatie["url"], json={"eindDatum": None})["categorie"]["naam"] == "Zelfstandige"
    klanten.verwijder(soort["url"])
    assert klanten.vraag("GET", partij["url"])["categorieRelaties"] == []


def test_categorierelatie_begint_vandaag(klanten: Klanten, klok: VerzetbareKlok) -> None:
    klok.verzet(timedelta(days=3))
    partij = persoon(klanten)
    assert categorie(klanten, partij)["beginDatum"] == klok.vandaag().isoformat()
    zonder = maak(klanten, "categorie-relaties", partij=None, categorie=None, beginDatum="2026-01-01")
    assert (zonder["partij"], zonder["categorie"], zonder["eindDatum"]) == (None, None, None)
    json = {"partij": {"uuid": NIETS}, "categorie": {"uuid": NIETS}}
    assert fouten_van(klanten, "POST", "categorie-relaties", json) == {
        "partij.uuid": "does_not_exist",
        "categorie.uuid": "does_not_exist",
    }


def test_filters_op_categorie(klanten: Klanten) -> None:
    partij, ander = persoon(klanten), persoon(klanten)
    relatie = categorie(klanten, partij, "Ondernemer", beginDatum="2026-01-01", eindDatum="2026-02-01")
    tweede = categorie(klanten, ander, "Raadslid")
    for filters in (
        {"partij__uuid": partij["uuid"]},
        {"partij__url": partij["url"]},
        {"partij__nummer": partij["nummer"]},
        {"categorie__uuid": relatie["categorie"]["uuid"]},
        {"categorie__url": relatie["categorie"]["url"]},
        {"categorie__naam": "Ondernemer"},
        {"beginDatum": "2026-01-01", "eindDatum": "2026-02-01"},
    ):
        assert ids(klanten.vraag("GET", "categorie-relaties", params=filters)) == [relatie["uuid"]], filters
    for namen, verwacht in (("Ondernemer", [partij]), ("Ondernemer,Raadslid", [partij, ander]), ("Geen", [])):
        gevonden = klanten.vraag("GET", "partijen", params={"categorierelatie__categorie__naam": namen})
        assert ids(gevonden) == [deel["uuid"] for deel in verwacht]
    assert klanten.vraag("GET", "categorieen")["count"] == 2
    klanten.verwijder(tweede["url"])


# vertegenwoordiging en contactpersonen


def test_vertegenwoordiging(klanten: Klanten) -> None:
    moeder, kind, ander = persoon(klanten), persoon(klanten), persoon(klanten)
    paar = {"vertegenwoordigendePartij": wijs(moeder), "vertegenwoordigdePartij": wijs(kind)}
    eerste = maak(klanten, "vertegenwoordigingen", **paar)
    assert eerste["vertegenwoordigendePartij"]["url"] == moeder["url"]
    assert klanten.vraag("GET", moeder["url"])["vertegenwoordigden"] == [{"uuid": kind["uuid"], "url": kind["url"]}]
    assert klanten.vraag("GET", kind["url"])["vertegenwoordigden"] == []
    maak(klanten, "vertegenwoordigingen", vertegenwoordigendePartij=wijs(ander), vertegenwoordigdePartij=wijs(moeder))
    for filters in (
        {"vertegenwoordigendePartij__uuid": moeder["uuid"]},
        {"vertegenwoordigendePartij__url": moeder["url"]},
        {"vertegenwoordigdePartij__uuid": kind["uuid"]},
        {"vertegenwoordigdePartij__url": kind["url"]},
    ):
        assert ids(klanten.vraag("GET", "vertegenwoordigingen", params=filters)) == [eerste["uuid"]], filters
    for filters in ({"vertegenwoordigdePartij__uuid": moeder["uuid"]}, {"vertegenwoordigdePartij__url": moeder["url"]}):
        assert ids(klanten.vraag("GET", "partijen", params=filters)) == [kind["uuid"]]
    klanten.verwijder(kind["url"])
    assert status_van(klanten, "GET", eerste["url"]) == 404


def test_paar_is_uniek_en_nooit_met_zichzelf(klanten: Klanten) -> None:
    een, twee = persoon(klanten), persoon(klanten)
    paar = {"vertegenwoordigendePartij": wijs(een), "vertegenwoordigdePartij": wijs(twee)}
    eerste = maak(klanten, "vertegenwoordigingen", **paar)
    assert fouten_van(klanten, "POST", "vertegenwoordigingen", paar) == {"nonFieldErrors": "unique"}
    zelf = {"vertegenwoordigendePartij": wijs(een), "vertegenwoordigdePartij": wijs(een)}
    fout = {"vertegenwoordigdePartij": "invalid"}
    assert fouten_van(klanten, "POST", "vertegenwoordigingen", zelf) == fout
    assert fouten_van(klanten, "PATCH", eerste["url"], {"vertegenwoordigdePartij": wijs(een)}) == fout
    omgekeerd = {"vertegenwoordigendePartij": wijs(twee), "vertegenwoordigdePartij": wijs(een)}
    maak(klanten, "vertegenwoordigingen", **omgekeerd)
    assert fouten_van(klanten, "PUT", eerste["url"], omgekeerd) == {"nonFieldErrors": "unique"}
    assert klanten.vraag("GET", eerste["url"]) == eerste


def test_partij_is_niet_haar_eigen_contactpersoon(klanten: Klanten) -> None:
    bedrijf = organisatie(klanten)
    lus = {"soortPartij": "contactpersoon", "partijIdentificatie": {"werkteVoorPartij": wijs(bedrijf)}}
    fout = {"partijIdentificatie.werkteVoorPartij.uuid": "invalid"}
    assert fouten_van(klanten, "PATCH", bedrijf["url"], lus) == fout
    assert klanten.vraag("GET", bedrijf["url"]) == bedrijf


def test_organisatie_met_contactpersonen_blijft_organisatie(klanten: Klanten) -> None:
    bedrijf = organisatie(klanten)
    wie = persoon(klanten, soortPartij="contactpersoon", partijIdentificatie={"werkteVoorPartij": wijs(bedrijf)})
    assert fouten_van(klanten, "PATCH", bedrijf["url"], {"soortPartij": "persoon"}) == {"soortPartij": "invalid"}
    klanten.verwijder(wie["url"])
    assert klanten.vraag("PATCH", bedrijf["url"], json={"soortPartij": "persoon"})["soortPartij"] == "persoon"


# identificatoren


def test_uuid_van_een_identificator_is_te_kiezen_en_blijft(klanten: Klanten) -> None:
    json = {"uuid": NIETS, "partijIdentificator": nummer("kvk_nummer", KVK)}
    gemaakt = klanten.vraag("POST", "partij-identificatoren", json=json)
    assert gemaakt["uuid"] == NIETS
    ander = {"uuid": NIETS, "partijIdentificator": nummer("kvk_nummer", "90000026")}
    assert fouten_van(klanten, "POST", "partij-identificatoren", ander) == {"nonFieldErrors": "unique"}
    verkeerd = {"uuid": "00000000-0000-4000-8000-000000000001"}
    assert fouten_van(klanten, "PATCH", gemaakt["url"], verkeerd) == {"uuid": "wijzigen-niet-toegelaten"}
    assert klanten.vraag("PUT", gemaakt["url"], json=json) == gemaakt


def test_alleen_een_vestiging_hangt_ergens_onder(klanten: Klanten) -> None:
    boven = maak(klanten, "partij-identificatoren", partijIdentificator=nummer("kvk_nummer", KVK))
    onder = {"partijIdentificator": nummer("kvk_nummer", "90000026"), "subIdentificatorVan": wijs(boven)}
    assert fouten_van(klanten, "POST", "partij-identificatoren", onder) == {"subIdentificatorVan": "invalid"}
    lus = {"subIdentificatorVan": wijs(boven)}
    assert fouten_van(klanten, "PATCH", boven["url"], lus) == {"subIdentificatorVan": "invalid"}
    nieuw = {"partijIdentificator": nummer("vestigingsnummer", "000090000182"), "subIdentificatorVan": {"uuid": NIETS}}
    assert fouten_van(klanten, "PATCH", persoon(klanten)["url"], {"partijIdentificatoren": [nieuw]}) == {
        "partijIdentificatoren.0.subIdentificatorVan.uuid": "does_not_exist"
    }


# digitale adressen


def test_ander_adres_is_niet_geverifieerd(klanten: Klanten) -> None:
    mail = adres(klanten, verificatieDatum="2026-01-01")
    zelfde = klanten.vraag("PATCH", mail["url"], json={"adres": mail["adres"], "omschrijving": "Werk"})
    assert zelfde["verificatieDatum"] == "2026-01-01"
    assert klanten.vraag("PATCH", mail["url"], json={"adres": "c@d.nl"})["verificatieDatum"] is None
    opnieuw = {"adres": "e@f.nl", "verificatieDatum": "2026-02-01"}
    assert klanten.vraag("PATCH", mail["url"], json=opnieuw)["verificatieDatum"] == "2026-02-01"
    assert ids(klanten.vraag("GET", "digitaleadressen", params={"isGeverifieerd": "false"})) == []


def test_verwijderde_partij_laat_adres_en_betrokkene_los(klanten: Klanten) -> None:
    partij = persoon(klanten)
    mail = adres(klanten, partij, isStandaardAdres=True)
    wie = {"hadKlantcontact": wijs(contact(klanten)), "wasPartij": wijs(partij), "rol": "klant", "initiator": True}
    betrokkene = maak(klanten, "betrokkenen", **wie)
    klanten.verwijder(partij["url"])
    los = klanten.vraag("GET", mail["url"])
    assert (los["verstrektDoorPartij"], los["isStandaardAdres"]) == (None, False)
    assert klanten.vraag("GET", betrokkene["url"])["wasPartij"] is None


def test_verwijderd_adres_is_niemands_voorkeur(klanten: Klanten) -> None:
    partij = persoon(klanten)
    mail, rek = adres(klanten, partij), rekening(klanten, partij)
    voorkeuren = {"voorkeursDigitaalAdres": wijs(mail), "voorkeursRekeningnummer": wijs(rek)}
    klanten.vraag("PATCH", partij["url"], json=voorkeuren)
    klanten.verwijder(mail["url"])
    klanten.verwijder(rek["url"])
    nu = klanten.vraag("GET", partij["url"])
    assert [nu[naam] for naam in (*voorkeuren, "digitaleAdressen", "rekeningnummers")] == [None, None, [], []]


# bijlagen en onderwerpen


def test_bijlage_van_een_klantcontact(klanten: Klanten) -> None:
    gesprek = contact(klanten)
    document = {"objectId": NIETS, "codeObjecttype": "document", "codeRegister": "dms", "codeSoortObjectId": "uuid"}
    stuk = maak(klanten, "bijlagen", wasBijlageVanKlantcontact=wijs(gesprek), bijlageidentificator=document)
    maak(klanten, "bijlagen")
    gelezen = klanten.vraag("GET", gesprek["url"], params={"expand": "omvatteBijlagen"})
    assert gelezen["omvatteBijlagen"] == [{"uuid": stuk["uuid"], "url": stuk["url"]}]
    assert gelezen["_expand"]["omvatteBijlagen"] == [stuk]
    for filters in (
        {"klantcontact__uuid": gesprek["uuid"]},
        {"bijlageidentificatorObjectId": NIETS, "bijlageidentificatorCodeRegister": "dms"},
        {"bijlageidentificatorCodeObjecttype": "document", "bijlageidentificatorCodeSoortObjectId": "uuid"},
    ):
        assert ids(klanten.vraag("GET", "bijlagen", params=filters)) == [stuk["uuid"]], filters
    onbekend = {"wasBijlageVanKlantcontact": {"uuid": NIETS}}
    assert fouten_van(klanten, "PATCH", stuk["url"], onbekend) == {"wasBijlageVanKlantcontact.uuid": "does_not_exist"}
    klanten.verwijder(gesprek["url"])
    assert klanten.vraag("GET", "bijlagen")["count"] == 1


def test_klantcontact_is_niet_zijn_eigen_onderwerp(klanten: Klanten) -> None:
    gesprek, ander = contact(klanten), contact(klanten)
    lus = {"klantcontact": wijs(gesprek), "wasKlantcontact": wijs(gesprek)}
    assert fouten_van(klanten, "POST", "onderwerpobjecten", lus) == {"wasKlantcontact": "invalid"}
    assert maak(klanten, "onderwerpobjecten", klantcontact=wijs(gesprek), wasKlantcontact=wijs(ander))["uuid"]
