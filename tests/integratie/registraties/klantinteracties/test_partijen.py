"""Partijen, hun identificatoren en hun digitale adressen (regels hoofdstuk 11)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from integratie.basis import ApiFout
from integratie.klantinteracties import Kanaalvoorkeur, KlantinteractiesClient
from integratie.klantinteracties.schemas import Contactnaam
from kern.installatie import Installatie
from tests.integratie.registraties.klantinteracties.hulp import (
    ANDER_BSN,
    BSN,
    KVK,
    NIETS,
    RSIN,
    VESTIGING,
    adres,
    ids,
    maak,
    nummer,
    organisatie,
    persoon,
)
from tests.integratie.registraties.rechten import fouten_van, status_van

Klanten = KlantinteractiesClient


def test_persoon_met_naam_en_verwijzingen_als_object(klanten: Klanten) -> None:
    naam = {"voornaam": "Ria", "voorvoegselAchternaam": "de", "achternaam": "Wit"}
    partij = persoon(klanten, partijIdentificatie={"contactnaam": naam}, voorkeurstaal="nld")
    assert partij["partijIdentificatie"]["volledigeNaam"] == "Ria de Wit"
    assert len(partij["nummer"]) == 10
    mail = adres(klanten, partij)
    assert mail["verstrektDoorPartij"] == {"uuid": partij["uuid"], "url": partij["url"]}
    gelezen = klanten.vraag("GET", partij["url"], params={"expand": "digitaleAdressen"})
    assert gelezen["digitaleAdressen"] == [{"uuid": mail["uuid"], "url": mail["url"]}]
    assert gelezen["_expand"]["digitaleAdressen"][0]["adres"] == "a@b.nl"


def test_identificatie_hoort_bij_de_soort(klanten: Klanten) -> None:
    bedrijf = organisatie(klanten)
    assert bedrijf["partijIdentificatie"] == {"naam": "Bakkerij"}
    json = {
        "soortPartij": "contactpersoon",
        "indicatieActief": True,
        "partijIdentificatie": {"werkteVoorPartij": {"uuid": bedrijf["uuid"]}, "contactnaam": {"achternaam": "Bos"}},
    }
    contactpersoon = klanten.vraag("POST", "partijen", json=json)["partijIdentificatie"]
    assert contactpersoon["werkteVoorPartij"]["url"] == bedrijf["url"]
    assert contactpersoon["volledigeNaam"] == "Bos"
    mens = persoon(klanten)
    json["partijIdentificatie"] = {"werkteVoorPartij": {"uuid": mens["uuid"]}}
    assert fouten_van(klanten, "POST", "partijen", json) == {
        "partijIdentificatie.werkteVoorPartij.uuid": "does_not_exist"
    }
    json["partijIdentificatie"] = {"contactnaam": {"voorletters": "x" * 11}}
    assert fouten_van(klanten, "POST", "partijen", json) == {
        "partijIdentificatie.contactnaam.voorletters": "max_length"
    }


def test_put_verlangt_alle_verplichte_velden_en_laat_de_rest_staan(klanten: Klanten) -> None:
    partij = persoon(klanten, interneNotitie="Eerst")
    assert fouten_van(klanten, "PUT", partij["url"], {"interneNotitie": "x"}) == {
        "soortPartij": "required",
        "indicatieActief": "required",
    }
    gewijzigd = klanten.vraag("PATCH", partij["url"], json={"interneNotitie": "Daarna"})
    assert (gewijzigd["interneNotitie"], gewijzigd["nummer"]) == ("Daarna", partij["nummer"])
    vervangen = klanten.vraag("PUT", partij["url"], json={"soortPartij": "persoon", "indicatieActief": False})
    assert (vervangen["interneNotitie"], vervangen["indicatieActief"]) == ("Daarna", False)


def test_nummer_is_uniek(klanten: Klanten) -> None:
    persoon(klanten, nummer="K1")
    json = {"soortPartij": "persoon", "indicatieActief": True, "nummer": "K1"}
    assert fouten_van(klanten, "POST", "partijen", json) == {"nummer": "unique"}


@pytest.mark.parametrize(
    ("soort", "waarde", "goed"),
    [
        ("bsn", BSN, True),
        ("bsn", "123456789", False),
        ("bsn", "12345678", False),
        ("rsin", RSIN, True),
        ("rsin", "111111111", False),
        ("kvk_nummer", KVK, True),
        ("kvk_nummer", "123", False),
    ],
)
def test_nummer_past_bij_het_register(klanten: Klanten, soort: str, waarde: str, *, goed: bool) -> None:
    json = {"partijIdentificator": nummer(soort, waarde)}
    if goed:
        assert klanten.vraag("POST", "partij-identificatoren", json=json)["partijIdentificator"]["objectId"] == waarde
    else:
        assert fouten_van(klanten, "POST", "partij-identificatoren", json) == {"partijIdentificator": "invalid"}


def test_register_en_soort_horen_bij_elkaar(klanten: Klanten) -> None:
    json = {"partijIdentificator": {**nummer(), "codeRegister": "hr"}}
    assert fouten_van(klanten, "POST", "partij-identificatoren", json) == {"partijIdentificator": "invalid"}


def test_identificator_is_overal_uniek_en_een_per_soort(klanten: Klanten) -> None:
    partij = persoon(klanten)
    van = {"identificeerdePartij": {"uuid": partij["uuid"]}}
    maak(klanten, "partij-identificatoren", partijIdentificator=nummer(), **van)
    for json in ({"partijIdentificator": nummer()}, {"partijIdentificator": nummer(waarde=ANDER_BSN), **van}):
        assert fouten_van(klanten, "POST", "partij-identificatoren", json) == {"nonFieldErrors": "unique"}


def test_vestiging_hangt_onder_een_kvk_nummer(klanten: Klanten) -> None:
    vestiging = {"partijIdentificator": nummer("vestigingsnummer", VESTIGING)}
    fout = {"subIdentificatorVan": "required"}
    assert fouten_van(klanten, "POST", "partij-identificatoren", vestiging) == fout
    kvk = maak(klanten, "partij-identificatoren", partijIdentificator=nummer("kvk_nummer", KVK))
    ander = maak(klanten, "partij-identificatoren", partijIdentificator=nummer("kvk_nummer", "90000026"))
    onder = maak(klanten, "partij-identificatoren", **vestiging, subIdentificatorVan={"uuid": kvk["uuid"]})
    assert onder["subIdentificatorVan"]["url"] == kvk["url"]
    maak(klanten, "partij-identificatoren", **vestiging, subIdentificatorVan={"uuid": ander["uuid"]})
    dubbel = {**vestiging, "subIdentificatorVan": {"uuid": kvk["uuid"]}}
    assert fouten_van(klanten, "POST", "partij-identificatoren", dubbel) == {"nonFieldErrors": "unique"}
    onder_bsn = maak(klanten, "partij-identificatoren", partijIdentificator=nummer())
    fout_ouder = {**vestiging, "subIdentificatorVan": {"uuid": onder_bsn["uuid"]}}
    assert fouten_van(klanten, "POST", "partij-identificatoren", fout_ouder) == {"subIdentificatorVan": "invalid"}
    assert fouten_van(klanten, "DELETE", kvk["url"]) == {"nonFieldErrors": "invalid"}
    nieuw = {"partijIdentificator": nummer("kvk_nummer", "90000034")}
    assert fouten_van(klanten, "PATCH", kvk["url"], nieuw) == {"nonFieldErrors": "invalid"}
    klanten.verwijder(onder["url"])
    klanten.verwijder(kvk["url"])


def test_identificatoren_meesturen_met_de_partij(klanten: Klanten) -> None:
    partij = persoon(klanten, partijIdentificatoren=[{"partijIdentificator": nummer()}])
    (eerste,) = partij["partijIdentificatoren"]
    assert eerste["identificeerdePartij"]["uuid"] == partij["uuid"]
    met_uuid = [{"uuid": eerste["uuid"], "partijIdentificator": nummer(waarde=ANDER_BSN)}]
    (bijgewerkt,) = klanten.vraag("PATCH", partij["url"], json={"partijIdentificatoren": met_uuid})[
        "partijIdentificatoren"
    ]
    assert bijgewerkt["uuid"] == eerste["uuid"]
    assert bijgewerkt["partijIdentificator"]["objectId"] == ANDER_BSN
    zonder_uuid = [{"partijIdentificator": nummer(waarde=ANDER_BSN)}]
    (nieuw,) = klanten.vraag("PATCH", partij["url"], json={"partijIdentificatoren": zonder_uuid})[
        "partijIdentificatoren"
    ]
    assert nieuw["uuid"] != eerste["uuid"]
    klanten.vraag("PATCH", partij["url"], json={"interneNotitie": "x"})
    assert klanten.partij(partij["uuid"]).identificator("bsn") == ANDER_BSN
    fout = [{"partijIdentificator": nummer("vestigingsnummer", VESTIGING)}]
    assert fouten_van(klanten, "PATCH", partij["url"], {"partijIdentificatoren": fout}) == {
        "partijIdentificatoren.0.subIdentificatorVan": "required"
    }
    vreemd = [{"uuid": NIETS, "partijIdentificator": nummer()}]
    assert fouten_van(klanten, "PATCH", partij["url"], {"partijIdentificatoren": vreemd}) == {
        "partijIdentificatoren.0.uuid": "does_not_exist"
    }


def test_onbekende_verwijzing(klanten: Klanten) -> None:
    json = {"adres": "a@b.nl", "soortDigitaalAdres": "email", "verstrektDoorPartij": {"uuid": NIETS}}
    assert fouten_van(klanten, "POST", "digitaleadressen", json) == {"verstrektDoorPartij.uuid": "does_not_exist"}


@pytest.mark.parametrize(
    ("soort", "waarde", "goed"),
    [
        ("email", "a@b.nl", True),
        ("email", "geen adres", False),
        ("telefoonnummer", "0612345678", True),
        ("telefoonnummer", "+31612345678", True),
        ("telefoonnummer", "0031612345678", True),
        ("telefoonnummer", "0800-1234", False),
        ("overig", "@ria", True),
    ],
)
def test_vorm_van_een_adres(klanten: Klanten, soort: str, waarde: str, *, goed: bool) -> None:
    json = {"adres": waarde, "soortDigitaalAdres": soort}
    if goed:
        assert klanten.vraag("POST", "digitaleadressen", json=json)["adres"] == waarde
    else:
        assert fouten_van(klanten, "POST", "digitaleadressen", json) == {"adres": "invalid"}


def test_hoogstens_een_standaardadres_per_soort(klanten: Klanten) -> None:
    partij = persoon(klanten)
    eerste = adres(klanten, partij, isStandaardAdres=True)
    telefoon = adres(klanten, partij, adres="0612345678", soortDigitaalAdres="telefoonnummer", isStandaardAdres=True)
    adres(klanten, partij, adres="c@d.nl", isStandaardAdres=True)
    assert klanten.vraag("GET", eerste["url"])["isStandaardAdres"] is False
    assert klanten.vraag("GET", telefoon["url"])["isStandaardAdres"] is True
    json = {"adres": "x@y.nl", "soortDigitaalAdres": "email", "isStandaardAdres": True}
    assert fouten_van(klanten, "POST", "digitaleadressen", json) == {"isStandaardAdres": "invalid"}


def test_tegelijk_een_standaardadres_zetten_geeft_er_een(klanten: Klanten) -> None:
    partij = persoon(klanten)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda nr: adres(klanten, partij, adres=f"{nr}@b.nl", isStandaardAdres=True), range(4)))
    assert sum(deel.is_standaard_adres for deel in klanten.digitale_adressen(partij["uuid"])) == 1


def test_referentie_is_uniek_per_partij_en_soort(klanten: Klanten) -> None:
    partij, ander = persoon(klanten), persoon(klanten)
    adres(klanten, partij, referentie="thuis")
    adres(klanten, ander, referentie="thuis")
    json = {
        "adres": "c@d.nl",
        "soortDigitaalAdres": "email",
        "referentie": "thuis",
        "verstrektDoorPartij": {"uuid": partij["uuid"]},
    }
    assert fouten_van(klanten, "POST", "digitaleadressen", json) == {"nonFieldErrors": "unique"}
    assert fouten_van(klanten, "POST", "digitaleadressen", {**json, "referentie": "met spatie"}) == {
        "referentie": "invalid"
    }


def test_voorkeursadres_is_van_de_partij(klanten: Klanten) -> None:
    partij, ander = persoon(klanten), persoon(klanten)
    eigen, vreemd = adres(klanten, partij), adres(klanten, ander)
    klanten.vraag("PATCH", partij["url"], json={"voorkeursDigitaalAdres": {"uuid": eigen["uuid"]}})
    fout = {"voorkeursDigitaalAdres": {"uuid": vreemd["uuid"]}}
    assert fouten_van(klanten, "PATCH", partij["url"], fout) == {"voorkeursDigitaalAdres": "invalid"}
    klanten.vraag("PATCH", eigen["url"], json={"verstrektDoorPartij": {"uuid": ander["uuid"]}})
    assert klanten.vraag("GET", partij["url"])["voorkeursDigitaalAdres"] is None


def test_adressen_koppelen_via_de_partij(klanten: Klanten) -> None:
    los = adres(klanten)
    partij = persoon(klanten, digitaleAdressen=[{"uuid": los["uuid"]}], voorkeursDigitaalAdres={"uuid": los["uuid"]})
    assert [deel["uuid"] for deel in partij["digitaleAdressen"]] == [los["uuid"]]
    leeg = klanten.vraag("PATCH", partij["url"], json={"digitaleAdressen": [], "voorkeursDigitaalAdres": None})
    assert leeg["digitaleAdressen"] == []
    assert fouten_van(klanten, "PATCH", partij["url"], {"digitaleAdressen": [{"uuid": NIETS}]}) == {
        "digitaleAdressen.0.uuid": "does_not_exist"
    }


def test_partij_verwijderen_neemt_eigen_gegevens_mee_en_koppelt_de_rest_los(klanten: Klanten) -> None:
    partij = persoon(klanten, partijIdentificatoren=[{"partijIdentificator": nummer()}])
    mail = adres(klanten, partij)
    klanten.verwijder(partij["url"])
    assert klanten.vraag("GET", "partij-identificatoren")["count"] == 0
    assert klanten.vraag("GET", mail["url"])["verstrektDoorPartij"] is None


def test_zoeken_op_nummer_gaat_over_een_identificator_tegelijk(klanten: Klanten) -> None:
    """Een partij met BSN x en een andere met een KVK-nummer: soort en waarde moeten van dezelfde identificator zijn."""
    kvk = {"partijIdentificator": nummer("kvk_nummer", KVK)}
    rsin = {"partijIdentificator": nummer("rsin", RSIN)}
    partij = persoon(klanten, soortPartij="organisatie", partijIdentificatoren=[kvk, rsin])

    def zoek(**criteria: str) -> list[str]:
        vraag = {f"partijIdentificator__{naam}": waarde for naam, waarde in criteria.items()}
        return ids(klanten.vraag("POST", "partijen/_zoek", json=vraag))

    assert zoek(objectId=KVK, codeSoortObjectId="kvk_nummer") == [partij["uuid"]]
    assert zoek(objectId=KVK, codeSoortObjectId="rsin") == []
    assert zoek(codeRegister="hr") == [partij["uuid"]]


def test_zoeken_op_het_nummer_erboven(klanten: Klanten) -> None:
    kvk = maak(klanten, "partij-identificatoren", partijIdentificator=nummer("kvk_nummer", KVK))
    sub = {"partijIdentificator": nummer("vestigingsnummer", VESTIGING), "subIdentificatorVan": {"uuid": kvk["uuid"]}}
    vestiging = persoon(klanten, soortPartij="organisatie", partijIdentificatoren=[sub])
    vraag = {"subIdentificatorVan__objectId": KVK, "partijIdentificator__objectId": VESTIGING}
    assert ids(klanten.vraag("GET", "partijen", params=vraag)) == [vestiging["uuid"]]


def test_filters_van_adressen_en_partijen(klanten: Klanten) -> None:
    partij = persoon(klanten, bezoekadres={"land": "NL", "adresregel1": "Kade 1"})
    ander = persoon(klanten, soortPartij="organisatie")
    mail = adres(klanten, partij, verificatieDatum="2026-01-01", omschrijving="Voor de vergunning")
    for filters in (
        {"bezoekadresLand": "NL"},
        {"bezoekadresAdresregel1": "Kade 1", "soortPartij": "persoon"},
        {"nummer": partij["nummer"]},
    ):
        assert ids(klanten.vraag("GET", "partijen", params=filters)) == [partij["uuid"]]
    for filters in (
        {"adres": "a@b.nl"},
        {"adres__icontains": "@B"},
        {"verstrektDoorPartij__uuid": partij["uuid"]},
        {"verstrektDoorPartij__url": partij["url"]},
        {"verstrektDoorPartij__soortPartij": "persoon"},
        {"isGeverifieerd": "true"},
        {"verificatieDatum__lte": "2026-01-01"},
        {"omschrijving": "vergunning"},
    ):
        assert ids(klanten.vraag("GET", "digitaleadressen", params=filters)) == [mail["uuid"]], filters
    leeg = {"verstrektDoorPartij__uuid": ander["uuid"]}
    assert ids(klanten.vraag("GET", "digitaleadressen", params=leeg)) == []
    assert status_van(klanten, "GET", "partijen", onzin=1) == 400


def test_partij_van_iemand_ontstaat_ook_gelijktijdig_maar_een_keer(klanten: Klanten) -> None:
    naam = Contactnaam(voornaam="Ria", achternaam="Wit")
    with ThreadPoolExecutor(4) as pool:
        partijen = list(pool.map(lambda _: klanten.zorg_voor_partij_bsn(BSN, naam=naam).uuid, range(8)))
    assert len(set(partijen)) == 1
    gevonden = klanten.partij_bij_bsn(BSN)
    assert gevonden
    assert (gevonden.naam, gevonden.identificator("bsn")) == ("Ria Wit", BSN)
    assert klanten.partij_bij_bsn(ANDER_BSN) is None


def test_partij_van_een_onderneming(klanten: Klanten) -> None:
    partij = klanten.zorg_voor_partij_kvk(KVK, naam="De Zonnebloem")
    assert klanten.zorg_voor_partij_kvk(KVK).uuid == partij.uuid
    assert partij.naam == "De Zonnebloem"


def test_fout_nummer_staat_niet_in_de_foutmelding(klanten: Klanten) -> None:
    with pytest.raises(ValueError, match="elfproef") as fout:
        klanten.partij_bij_bsn("123456789")
    assert "123456789" not in str(fout.value)


def test_kanaalvoorkeur_per_soort_bericht(klanten: Klanten) -> None:
    partij = klanten.zorg_voor_partij_bsn(BSN)
    assert klanten.kanaalvoorkeur(partij.uuid, "verhuur") is None
    klanten.zet_kanaalvoorkeur(partij.uuid, "verhuur", "a@b.nl", omschrijving="Toeristische verhuur")
    klanten.zet_kanaalvoorkeur(partij.url, "belasting", None)
    assert klanten.kanaalvoorkeur(partij.uuid, "verhuur") == Kanaalvoorkeur(
        elektronisch=True, adres="a@b.nl", soort_adres="email"
    )
    assert klanten.kanaalvoorkeur(partij.uuid, "belasting") == Kanaalvoorkeur(elektronisch=False)
    klanten.zet_kanaalvoorkeur(partij.uuid, "verhuur", "0612345678")
    assert klanten.kanaalvoorkeur(partij.uuid, "verhuur") == Kanaalvoorkeur(
        elektronisch=True, adres="0612345678", soort_adres="telefoonnummer"
    )
    klanten.zet_kanaalvoorkeur(partij.uuid, "verhuur", None)
    klanten.zet_kanaalvoorkeur(partij.uuid, "verhuur", None)
    assert klanten.kanaalvoorkeur(partij.uuid, "verhuur") == Kanaalvoorkeur(elektronisch=False)
    assert len(klanten.digitale_adressen(partij.uuid)) == 2


def test_standaardadres_zetten(klanten: Klanten) -> None:
    partij = klanten.zorg_voor_partij_bsn(BSN)
    eerste = klanten.zet_standaardadres(partij.uuid, "email", "a@b.nl")
    klanten.zet_standaardadres(partij.uuid, "email", "c@d.nl")
    weer = klanten.zet_standaardadres(partij.uuid, "email", "a@b.nl")
    assert (weer.uuid, weer.is_standaard_adres) == (eerste.uuid, True)
    assert len(klanten.digitale_adressen(partij.uuid)) == 2


def test_zonder_of_met_fout_token(klanten: Klanten, installatie: Installatie) -> None:
    for koppen in ({}, {"Authorization": "Token onbekend"}):
        assert installatie.http.get(klanten.url("partijen"), headers=koppen).status_code == 401


def test_onbekende_partij(klanten: Klanten) -> None:
    with pytest.raises(ApiFout) as fout:
        klanten.partij(NIETS)
    assert fout.value.status == 404
