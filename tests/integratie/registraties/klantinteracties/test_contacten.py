"""Klantcontacten met alles eraan: betrokkenen, onderwerpen, interne taken en actoren (regels hoofdstuk 11)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from integratie.basis import ApiFout
from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
from tests.integratie.registraties.klantinteracties.hulp import (
    BSN,
    NIETS,
    actor,
    adres,
    contact,
    ids,
    maak,
    nummer,
    persoon,
)
from tests.integratie.registraties.rechten import fouten_van, status_van

Klanten = KlantinteractiesClient
KLANTCONTACT = {"kanaal": "telefoon", "onderwerp": "Vraag", "taal": "nld", "vertrouwelijk": False}
ZAAK = {"objectId": "zaak-1", "codeObjecttype": "zaak", "codeRegister": "zaken", "codeSoortObjectId": "uuid"}


def betrokkene(klanten: Klanten, gesprek: dict[str, Any], **velden: Any) -> dict[str, Any]:
    van = {"hadKlantcontact": {"uuid": gesprek["uuid"]}}
    return maak(klanten, "betrokkenen", **{"rol": "klant", "initiator": True, **van, **velden})


def taak_json(gesprek: dict[str, Any], wie: dict[str, Any], **velden: Any) -> dict[str, Any]:
    return {
        "gevraagdeHandeling": "Bel terug",
        "status": "te_verwerken",
        "aanleidinggevendKlantcontact": {"uuid": gesprek["uuid"]},
        "toegewezenAanActoren": [{"uuid": wie["uuid"]}],
        **velden,
    }


def test_klantcontact_kent_alles_wat_eraan_hangt(klanten: Klanten) -> None:
    gesprek = contact(klanten, metadata={"afdeling": "kcc"})
    wie = betrokkene(klanten, gesprek, contactnaam={"achternaam": "Wit"})
    onderwerp = maak(
        klanten, "onderwerpobjecten", klantcontact={"uuid": gesprek["uuid"]}, onderwerpobjectidentificator=ZAAK
    )
    eenheid = actor(klanten)
    taak = maak(klanten, "internetaken", **taak_json(gesprek, eenheid))
    maak(klanten, "actorklantcontacten", actor={"uuid": eenheid["uuid"]}, klantcontact={"uuid": gesprek["uuid"]})
    uit = {"expand": "hadBetrokkenen,gingOverOnderwerpobjecten,leiddeTotInterneTaken,omvatteBijlagen"}
    gelezen = klanten.vraag("GET", gesprek["url"], params=uit)
    assert gelezen["metadata"] == {"afdeling": "kcc"}
    assert gelezen["hadBetrokkenActoren"][0]["url"] == eenheid["url"]
    assert gelezen["_expand"]["hadBetrokkenen"][0]["volledigeNaam"] == "Wit"
    assert gelezen["_expand"]["gingOverOnderwerpobjecten"][0]["uuid"] == onderwerp["uuid"]
    assert gelezen["_expand"]["leiddeTotInterneTaken"][0]["uuid"] == taak["uuid"]
    assert gelezen["omvatteBijlagen"] == []
    klanten.verwijder(gesprek["url"])
    for weg in (wie, onderwerp, taak):
        assert status_van(klanten, "GET", weg["url"]) == 404


def test_expand_dieper_en_onbekend(klanten: Klanten) -> None:
    partij = persoon(klanten)
    gesprek = contact(klanten)
    wie = betrokkene(klanten, gesprek, wasPartij={"uuid": partij["uuid"]})
    adres(klanten, verstrektDoorBetrokkene={"uuid": wie["uuid"]})
    diep = {"expand": "hadBetrokkenen.digitaleAdressen,hadBetrokkenen.wasPartij"}
    (gevonden,) = klanten.vraag("GET", "klantcontacten", params=diep)["results"]
    uit = gevonden["_expand"]["hadBetrokkenen"][0]["_expand"]
    assert uit["digitaleAdressen"][0]["adres"] == "a@b.nl"
    assert uit["wasPartij"]["uuid"] == partij["uuid"]
    andersom = {"expand": "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken"}
    assert klanten.vraag("GET", "digitaleadressen", params=andersom)["count"] == 1
    via_partij = klanten.vraag("GET", partij["url"], params={"expand": "betrokkenen.hadKlantcontact"})
    assert via_partij["_expand"]["betrokkenen"][0]["_expand"]["hadKlantcontact"]["uuid"] == gesprek["uuid"]
    for buiten in ("onzin", "hadBetrokkenen.hadKlantcontact", "hadBetrokkenen.onzin"):
        assert status_van(klanten, "GET", "klantcontacten", expand=buiten) == 404


def test_geen_vervolg_na_gelukt_contact(klanten: Klanten) -> None:
    json = {**KLANTCONTACT, "indicatieContactGelukt": True, "verdereActieOndernomen": True}
    code = "no-further-action-when-contact-succesful"
    assert fouten_van(klanten, "POST", "klantcontacten", json) == {"verdereActieOndernomen": code}
    assert fouten_van(klanten, "POST", "klantcontacten", {**KLANTCONTACT, "metadata": {"x": "y" * 256}}) == {
        "metadata.x": "max_length"
    }
    assert fouten_van(klanten, "POST", "klantcontacten", {**KLANTCONTACT, "taal": "nl"}) == {"taal": "invalid"}


def test_filters_van_klantcontacten(klanten: Klanten) -> None:
    partij = persoon(klanten, partijIdentificatoren=[{"partijIdentificator": nummer()}])
    gesprek = contact(klanten, onderwerp="De tekening", inhoud="Waar blijft hij?", indicatieContactGelukt=True)
    contact(klanten, onderwerp="Iets anders", kanaal="balie")
    wie = betrokkene(klanten, gesprek, wasPartij={"uuid": partij["uuid"]})
    adres(klanten, verstrektDoorBetrokkene={"uuid": wie["uuid"]})
    onderwerp = maak(
        klanten, "onderwerpobjecten", klantcontact={"uuid": gesprek["uuid"]}, onderwerpobjectidentificator=ZAAK
    )
    maak(klanten, "internetaken", **taak_json(gesprek, actor(klanten)))
    identificator = "hadBetrokkene__wasPartij__partijIdentificator__"
    for filters in (
        {"onderwerp": "tekening"},
        {"inhoud": "WAAR"},
        {"kanaal": "telefoon"},
        {"indicatieContactGelukt": "true"},
        {"hadBetrokkene__wasPartij__uuid": partij["uuid"]},
        {"hadBetrokkene__wasPartij__url": partij["url"]},
        {"hadBetrokkene__wasPartij": "true"},
        {"hadBetrokkene__uuid": wie["uuid"]},
        {"hadBetrokkene__digitaaladres__adres__icontains": "A@B"},
        {f"{identificator}objectId": BSN, f"{identificator}codeSoortObjectId": "bsn"},
        {"onderwerpobject__uuid": onderwerp["uuid"]},
        {
            "onderwerpobject__onderwerpobjectidentificatorObjectId": "zaak-1",
            "onderwerpobject__onderwerpobjectidentificatorCodeObjecttype": "zaak",
        },
        {"leiddeTotInterneTaken": "true"},
        {"referentienummer": gesprek["referentienummer"]},
    ):
        assert ids(klanten.vraag("POST", "klantcontacten/_zoek", json=filters)) == [gesprek["uuid"]], filters
    niet = {f"{identificator}objectId": BSN, f"{identificator}codeSoortObjectId": "rsin"}
    assert ids(klanten.vraag("POST", "klantcontacten/_zoek", json=niet)) == []


def test_filters_van_betrokkenen_en_onderwerpen(klanten: Klanten) -> None:
    partij = persoon(klanten)
    gesprek = contact(klanten)
    wie = betrokkene(klanten, gesprek, wasPartij={"uuid": partij["uuid"]}, contactnaam={"achternaam": "Wit"})
    betrokkene(klanten, contact(klanten))
    adres(klanten, verstrektDoorBetrokkene={"uuid": wie["uuid"]})
    for filters in (
        {"contactnaamAchternaam": "Wit"},
        {"wasPartij__nummer": partij["nummer"]},
        {"hadKlantcontact__nummer": gesprek["nummer"]},
        {"hadKlantcontact__url": gesprek["url"]},
        {"verstrektedigitaalAdres__adres": "a@b.nl"},
    ):
        assert ids(klanten.vraag("GET", "betrokkenen", params=filters)) == [wie["uuid"]], filters
    onderwerp = maak(
        klanten, "onderwerpobjecten", klantcontact={"uuid": gesprek["uuid"]}, onderwerpobjectidentificator=ZAAK
    )
    for filters in ({"onderwerpobjectidentificatorObjectId": "zaak-1"}, {"klantcontact__uuid": gesprek["uuid"]}):
        assert ids(klanten.vraag("GET", "onderwerpobjecten", params=filters)) == [onderwerp["uuid"]]


def test_interne_taak_is_op_een_manier_toegewezen(klanten: Klanten) -> None:
    gesprek, eenheid, ander = contact(klanten), actor(klanten), actor(klanten, "Wonen")
    beide = taak_json(gesprek, eenheid, toegewezenAanActor={"uuid": eenheid["uuid"]})
    assert fouten_van(klanten, "POST", "internetaken", beide) == {"nonFieldErrors": "invalid"}
    geen = taak_json(gesprek, eenheid)
    del geen["toegewezenAanActoren"]
    assert fouten_van(klanten, "POST", "internetaken", geen) == {"toegewezenAanActoren": "required"}
    onbekend = taak_json(gesprek, {"uuid": NIETS})
    assert fouten_van(klanten, "POST", "internetaken", onbekend) == {"toegewezenAanActoren.uuid": "does_not_exist"}
    taak = klanten.vraag("POST", "internetaken", json={**geen, "toegewezenAanActor": {"uuid": eenheid["uuid"]}})
    assert [deel["uuid"] for deel in taak["toegewezenAanActoren"]] == [eenheid["uuid"]]
    nieuw = {"toegewezenAanActoren": [{"uuid": ander["uuid"]}, {"uuid": eenheid["uuid"]}]}
    gewijzigd = klanten.vraag("PATCH", taak["url"], json=nieuw)
    assert gewijzigd["toegewezenAanActor"]["uuid"] == ander["uuid"]
    assert len(gewijzigd["toegewezenAanActoren"]) == 2
    for filters in (
        {"toegewezenAanActor__uuid": eenheid["uuid"]},
        {"actoren__naam": "Wonen"},
        {"status": "te_verwerken"},
    ):
        assert ids(klanten.vraag("GET", "internetaken", params=filters)) == [taak["uuid"]]


def test_afgehandeld_hoort_bij_verwerkt(klanten: Klanten) -> None:
    gesprek, eenheid = contact(klanten), actor(klanten)
    fout = taak_json(gesprek, eenheid, afgehandeldOp="2026-01-01T10:00:00Z")
    assert fouten_van(klanten, "POST", "internetaken", fout) == {"afgehandeldOp": "invalid"}
    taak = maak(klanten, "internetaken", **taak_json(gesprek, eenheid))
    assert taak["afgehandeldOp"] is None
    verwerkt = klanten.vraag("PATCH", taak["url"], json={"status": "verwerkt"})
    assert verwerkt["afgehandeldOp"]
    assert verwerkt["toegewezenOp"] == taak["toegewezenOp"]
    weer_open = klanten.vraag("PATCH", taak["url"], json={"status": "te_verwerken"})
    assert weer_open["afgehandeldOp"] is None


def test_actor_en_koppeling(klanten: Klanten) -> None:
    medewerker = actor(
        klanten, "Jan", soortActor="medewerker", actorIdentificatie={"functie": "KCC", "emailadres": "j@b.nl"}
    )
    assert medewerker["actorIdentificatie"] == {"functie": "KCC", "emailadres": "j@b.nl", "telefoonnummer": ""}
    fout = {"naam": "Bot", "soortActor": "geautomatiseerde_actor", "actorIdentificatie": {"omschrijving": "x"}}
    assert fouten_van(klanten, "POST", "actoren", fout) == {"actorIdentificatie.functie": "required"}
    paar = {"actor": {"uuid": medewerker["uuid"]}, "klantcontact": {"uuid": contact(klanten)["uuid"]}}
    maak(klanten, "actorklantcontacten", **paar)
    assert fouten_van(klanten, "POST", "actorklantcontacten", paar) == {"nonFieldErrors": "unique"}
    assert (
        klanten.zorg_voor_actor("medewerker", "kim", "Kim").uuid
        == klanten.zorg_voor_actor("medewerker", "kim", "").uuid
    )


def test_maak_klantcontact(klanten: Klanten) -> None:
    json = {
        "klantcontact": KLANTCONTACT,
        "betrokkene": {"rol": "klant", "initiator": True},
        "onderwerpobject": {"onderwerpobjectidentificator": ZAAK},
    }
    gemaakt = klanten.vraag("POST", "maak-klantcontact", json=json)
    assert gemaakt["klantcontact"]["hadBetrokkenen"][0]["uuid"] == gemaakt["betrokkene"]["uuid"]
    assert gemaakt["onderwerpobject"]["klantcontact"]["uuid"] == gemaakt["klantcontact"]["uuid"]
    alleen = klanten.vraag("POST", "maak-klantcontact", json={"klantcontact": KLANTCONTACT})
    assert (alleen["betrokkene"], alleen["onderwerpobject"]) == (None, None)


def _afronden(eenheid: dict[str, Any], partij: str = NIETS) -> dict[str, Any]:
    return {
        "klantcontact": KLANTCONTACT,
        "betrokkenen": [
            {
                "rol": "klant",
                "initiator": True,
                "wasPartij": {"uuid": partij},
                "digitaleAdressen": [{"adres": "0612345678", "soortDigitaalAdres": "telefoonnummer"}],
            },
            {"rol": "vertegenwoordiger", "initiator": False},
        ],
        "onderwerpobjecten": [{"onderwerpobjectidentificator": ZAAK}],
        "bijlagen": [{"bijlageidentificator": {"objectId": "doc-1", "codeObjecttype": "document"}}],
        "interneTaak": {
            "gevraagdeHandeling": "Bel terug",
            "status": "te_verwerken",
            "toegewezenAanActoren": [{"uuid": eenheid["uuid"]}],
        },
        "actoren": [{"uuid": eenheid["uuid"]}],
    }


def test_afronden_is_alles_of_niets(klanten: Klanten) -> None:
    eenheid = actor(klanten)
    json = _afronden(eenheid)
    json["interneTaak"]["toegewezenAanActoren"] = [{"uuid": NIETS}]
    json["betrokkenen"][0]["digitaleAdressen"][0]["adres"] = "geen nummer"
    assert fouten_van(klanten, "POST", "klantcontacten/_afronden", json) == {
        "betrokkenen.0.wasPartij.uuid": "does_not_exist",
        "betrokkenen.0.digitaleAdressen.0.adres": "invalid",
        "interneTaak.toegewezenAanActoren.uuid": "does_not_exist",
    }
    fout = {**json, "klantcontact": {**KLANTCONTACT, "kanaal": ""}}
    assert fouten_van(klanten, "POST", "klantcontacten/_afronden", fout) == {"klantcontact.kanaal": "blank"}
    dubbel = _afronden(eenheid, persoon(klanten)["uuid"])
    dubbel["actoren"] *= 2  # pas de database ziet dit, halverwege de transactie
    assert fouten_van(klanten, "POST", "klantcontacten/_afronden", dubbel) == {"nonFieldErrors": "unique"}
    for pad in ("klantcontacten", "betrokkenen", "digitaleadressen", "internetaken", "bijlagen", "actorklantcontacten"):
        assert klanten.vraag("GET", pad)["count"] == 0, pad


def test_afronden_met_dezelfde_sleutel_maakt_een_contact(klanten: Klanten) -> None:
    json = _afronden(actor(klanten), persoon(klanten)["uuid"])
    with ThreadPoolExecutor(4) as pool:
        gemaakt = list(
            pool.map(lambda _: klanten.vraag("POST", "klantcontacten/_afronden", json=json, sleutel="s1"), range(4))
        )
    assert all(deel == gemaakt[0] for deel in gemaakt)
    eerste = gemaakt[0]
    assert eerste["klantcontact"]["leiddeTotInterneTaken"][0]["uuid"] == eerste["interneTaak"]["uuid"]
    assert [deel["rol"] for deel in eerste["betrokkenen"]] == ["klant", "vertegenwoordiger"]
    assert eerste["betrokkenen"][0]["digitaleAdressen"][0]["uuid"] == eerste["digitaleAdressen"][0]["uuid"]
    assert eerste["klantcontact"]["omvatteBijlagen"][0]["uuid"] == eerste["bijlagen"][0]["uuid"]
    assert eerste["klantcontact"]["gingOverOnderwerpobjecten"][0]["uuid"] == eerste["onderwerpobjecten"][0]["uuid"]
    assert eerste["klantcontact"]["hadBetrokkenActoren"][0]["naam"] == "Vergunningen"
    assert klanten.vraag("GET", "klantcontacten")["count"] == 1
    with pytest.raises(ApiFout) as fout:
        klanten.vraag("POST", "klantcontacten/_afronden", json={"klantcontact": KLANTCONTACT}, sleutel="s1")
    assert fout.value.code == "idempotency-key-hergebruikt"


def test_onderwerpobject_verwijderen(klanten: Klanten) -> None:
    gesprek = contact(klanten)
    wie = betrokkene(klanten, gesprek)
    mail = adres(klanten, verstrektDoorBetrokkene={"uuid": wie["uuid"]})
    van = {"klantcontact": {"uuid": gesprek["uuid"]}, "onderwerpobjectidentificator": ZAAK}
    eerste, tweede, derde = (maak(klanten, "onderwerpobjecten", **van) for _ in range(3))
    assert klanten.vraag("DELETE", eerste["url"]) is None
    behouden = klanten.vraag("DELETE", tweede["url"], params={"cascade": "true"})
    assert behouden == {"behouden": [gesprek["url"]]}
    assert klanten.vraag("DELETE", derde["url"], params={"cascade": "true"}) == {"behouden": []}
    for weg in (gesprek, wie, mail):
        assert status_van(klanten, "GET", weg["url"]) == 404
    assert status_van(klanten, "DELETE", derde["url"]) == 404


def test_notificaties_zonder_vrije_tekst(klanten: Klanten, installatie: Installatie) -> None:
    """In notitie, handeling en toelichting kan een persoonsnummer staan: die gaan niet mee."""
    persoon(klanten, interneNotitie=f"BSN {BSN}")
    gesprek = contact(klanten, indicatieContactGelukt=True)
    maak(klanten, "internetaken", **taak_json(gesprek, actor(klanten), toelichting=f"BSN {BSN}"))
    with installatie.db.lezen() as verbinding:
        inhoud = verbinding.scalars(select(OutboxTabel.inhoud).order_by(OutboxTabel.id)).all()
    kanalen = {bericht["kanaal"]: bericht["kenmerken"] for bericht in inhoud}
    assert set(kanalen["partijen"]) == {"nummer", "soortPartij"}
    assert set(kanalen["internetaken"]) == {"nummer", "status"}
    assert kanalen["klantcontacten"]["indicatieContactGelukt"] == "True"
    assert BSN not in str(inhoud)


def test_koppeling_met_een_zaak_is_een_gebeurtenis(klanten: Klanten, installatie: Installatie) -> None:
    """Regels 11.1: gekoppeld en ontkoppeld, één keer per wijziging, en alleen voor zaken van een klantcontact."""

    def gebeurtenissen() -> list[tuple[str, str, str]]:
        with installatie.db.lezen() as verbinding:
            vraag = select(OutboxTabel.inhoud).where(OutboxTabel.verwerker == "gebeurtenis").order_by(OutboxTabel.id)
            alle = verbinding.scalars(vraag).all()
        return [(deel["type"].rpartition("-")[2], deel["subject"], deel["data"]["linkTo"]) for deel in alle]

    gesprek = contact(klanten)
    van = {"klantcontact": {"uuid": gesprek["uuid"]}}
    maak(klanten, "onderwerpobjecten", onderwerpobjectidentificator=ZAAK)
    maak(klanten, "onderwerpobjecten", **van, onderwerpobjectidentificator={**ZAAK, "codeObjecttype": "document"})
    assert gebeurtenissen() == []
    eerste, tweede = (maak(klanten, "onderwerpobjecten", **van, onderwerpobjectidentificator=ZAAK) for _ in range(2))
    een, twee = (f"klantinteracties:onderwerpobjecten/{deel['uuid']}" for deel in (eerste, tweede))
    klanten.vraag("PATCH", eerste["url"], json={"onderwerpobjectidentificator": {**ZAAK, "objectId": "zaak-2"}})
    klanten.vraag("PATCH", eerste["url"], json=van)
    klanten.vraag("DELETE", eerste["url"])
    klanten.verwijder(gesprek["url"])
    assert gebeurtenissen() == [
        ("gekoppeld", "zaak-1", een),
        ("gekoppeld", "zaak-1", twee),
        ("ontkoppeld", "zaak-1", een),
        ("gekoppeld", "zaak-2", een),
        ("ontkoppeld", "zaak-2", een),
        ("ontkoppeld", "zaak-1", twee),
    ]


def test_nieuwste_contact_eerst_en_bladeren(klanten: Klanten) -> None:
    for dag in (2, 3, 1):
        contact(klanten, onderwerp=f"Dag {dag}", plaatsgevondenOp=f"2026-01-0{dag}T10:00:00Z")
    assert [deel.onderwerp for deel in klanten.klantcontacten({"kanaal": "telefoon"}).results] == [
        "Dag 3",
        "Dag 2",
        "Dag 1",
    ]
    bladzij = klanten.klantcontacten({"kanaal": "telefoon"}, page=2, pageSize=2)
    assert (bladzij.count, [deel.onderwerp for deel in bladzij.results]) == (3, ["Dag 1"])


def test_notificaties_gaan_de_deur_uit(klanten: Klanten, werk_outbox_af: Callable[[], int]) -> None:
    contact(klanten)
    assert werk_outbox_af() >= 1
