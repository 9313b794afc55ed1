"""De Verzoeken API: types met versies, en verzoeken die bij hun schema passen (regels hoofdstuk 13)."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from integratie.urn import urn_bsn, urn_zaak
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import (
    VerzoekBetaling,
    VerzoekBron,
    VerzoekIn,
    VerzoekTypeIn,
    VerzoekTypeUit,
    VerzoekTypeVersionIn,
    VerzoekUit,
)
from integratie.verzoeken.schemas import VerzoekTypeVersionUit as VersieUit
from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
from tests.integratie.kit.test_vragen import LEZEN, hoeveel
from tests.integratie.registraties.gebeurtenissen import gebeurtenissen, soorten
from tests.integratie.registraties.tokens import fouten

SCHEMA: dict[str, Any] = {"type": "object", "required": ["adres"], "properties": {"adres": {"type": "string"}}}
BSN = "999990019"


@pytest.fixture
def client(installatie: Installatie) -> VerzoekenClient:
    return VerzoekenClient(installatie, namens="formulieren")


@pytest.fixture
def verzoektype(client: VerzoekenClient) -> VerzoekTypeUit:
    return client.zorg_voor_type(
        VerzoekTypeIn(naam="verhuur", soort="aanvraag"), VerzoekTypeVersionIn(aanvraag_gegevens_schema=SCHEMA)
    )


def verzoek(type_: str, **velden: Any) -> VerzoekIn:
    return VerzoekIn.model_validate({"verzoek_type": type_, "aanvraag_gegevens": {"adres": "Dorpsstraat 1"}, **velden})


def test_versie_krijgt_nummer_en_publiceren_sluit_de_vorige(
    client: VerzoekenClient, verzoektype: VerzoekTypeUit
) -> None:
    nieuw = {"aanvraagGegevensSchema": {"type": "object"}, "status": "published"}
    tweede = client.maak(f"{verzoektype.url}/versies", nieuw, VersieUit)
    eerste = client.haal(f"{verzoektype.url}/versies/1", VersieUit)
    assert (tweede.versie, tweede.status, tweede.begin_geldigheid) == (2, "published", tweede.aangemaakt_op)
    assert (eerste.status, eerste.einde_geldigheid) == ("deprecated", tweede.aangemaakt_op)
    type_ = client.haal(verzoektype.url, VerzoekTypeUit)
    assert {(versie.versie, versie.status) for versie in type_.versies} == {(1, "deprecated"), (2, "published")}


def test_alleen_een_concept_is_te_wijzigen(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    url = f"{verzoektype.url}/versies/1"
    andere = {"aanvraagGegevensSchema": {"type": "array"}}
    assert fouten(lambda: client.vraag("PATCH", url, json=andere)) == {("nonFieldErrors", "non-draft-versie-update")}
    assert fouten(lambda: client.vraag("DELETE", url)) == {("nonFieldErrors", "non-draft-versie-update")}
    assert client.vraag("PATCH", url, json={"status": "deprecated"})["status"] == "deprecated"
    for status in ("draft", "published"):
        assert fouten(partial(client.vraag, "PATCH", url, json={"status": status})) == {
            ("nonFieldErrors", "non-draft-versie-update")
        }


def test_een_concept_is_te_wijzigen_en_te_verwijderen(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    concept = client.maak(f"{verzoektype.url}/versies", {"aanvraagGegevensSchema": SCHEMA}, VersieUit)
    assert (concept.status, concept.begin_geldigheid) == ("draft", None)
    ander = client.vervang(concept.url, {"aanvraagGegevensSchema": {"type": "object"}, "status": "draft"}, VersieUit)
    assert ander.aanvraag_gegevens_schema == {"type": "object"}
    client.verwijder(concept.url)
    assert [versie.versie for versie in client.haal(verzoektype.url, VerzoekTypeUit).versies] == [1]


def test_een_verzoek_kiest_nooit_een_concept(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    """Standaard de nieuwste gepubliceerde versie; een uitgefaseerde mag wie al onderweg was nog noemen."""
    client.maak(f"{verzoektype.url}/versies", {"aanvraagGegevensSchema": SCHEMA, "status": "published"}, VersieUit)
    client.maak(f"{verzoektype.url}/versies", {"aanvraagGegevensSchema": {"type": "array"}}, VersieUit)
    assert client.dien_in(verzoek(verzoektype.url), sleutel="1").versie == 2
    assert client.dien_in(verzoek(verzoektype.url, versie=1), sleutel="2").versie == 1
    concept = verzoek(verzoektype.url, versie=3)
    assert fouten(lambda: client.dien_in(concept, sleutel="3")) == {("versie", "unknown-schema")}


def test_zonder_gepubliceerde_versie_geen_verzoek(client: VerzoekenClient) -> None:
    leeg = client.maak("verzoektypen", VerzoekTypeIn(naam="leeg"), VerzoekTypeUit)
    assert fouten(lambda: client.dien_in(verzoek(leeg.url), sleutel="1")) == {("versie", "unknown-schema")}


def test_versies_hebben_hun_adres(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    (kort,) = client.haal(verzoektype.url, VerzoekTypeUit).versies
    versie = client.haal(kort.url, VersieUit)
    assert (versie.url, versie.versie, versie.verzoek_type) == (kort.url, 1, verzoektype.url)


def test_een_type_met_verzoeken_blijft(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    client.dien_in(verzoek(verzoektype.url), sleutel="1")
    assert fouten(lambda: client.vraag("DELETE", verzoektype.url)) == {("nonFieldErrors", "pending-relations")}
    assert client.haal(verzoektype.url, VerzoekTypeUit).versies


def test_verwerkstatus_begint_bij_geregistreerd_en_gaat_nooit_terug(
    client: VerzoekenClient, verzoektype: VerzoekTypeUit
) -> None:
    te_vroeg = verzoek(verzoektype.url, verwerk_status="verwerkt")
    assert fouten(lambda: client.dien_in(te_vroeg, sleutel="1")) == {("verwerkStatus", "invalid")}
    gemaakt = client.dien_in(verzoek(verzoektype.url), sleutel="2")
    assert gemaakt.verwerk_status == "geregistreerd"
    client.markeer_verwerkt(gemaakt.url, zaak=urn_zaak("517439943", "ZAAK-1"))
    assert fouten(lambda: client.vraag("PATCH", gemaakt.url, json={"verwerkStatus": "geregistreerd"})) == {
        ("verwerkStatus", "invalid")
    }
    zonder = verzoek(verzoektype.url).als_json(alleen_gezet=True)
    assert client.vraag("PUT", gemaakt.url, json=zonder)["verwerkStatus"] == "verwerkt"


@pytest.mark.parametrize(
    ("velden", "fout"),
    [
        ({"verzoekBetaling": {"bedrag": "1.234"}}, ("verzoekBetaling.bedrag", "invalid")),
        ({"verzoekBetaling": {"bedrag": "123456789"}}, ("verzoekBetaling.bedrag", "invalid")),
        ({"bijlagen": [{"informatieObject": "document-1"}]}, ("bijlagen.0.informatieObject", "invalid")),
        ({"geometrie": {"type": "Point", "coordinates": [4.9]}}, ("geometrie", "invalid")),
        ({"geometrie": {"type": "Feature"}}, ("geometrie", "invalid")),
        ({"verzoekTaal": "nld"}, ("verzoekTaal", "max_length")),
        ({"isGerelateerdAan": [{"urn": "zaak"}]}, ("isGerelateerdAan.0.urn", "invalid")),
        ({"verzoekBron": {"naam": "x" * 101}}, ("verzoekBron.naam", "max_length")),
        ({"versie": -1}, ("versie", "min_value")),
    ],
)
def test_vorm(
    client: VerzoekenClient, verzoektype: VerzoekTypeUit, velden: dict[str, Any], fout: tuple[str, str]
) -> None:
    invoer = verzoek(verzoektype.url).als_json(alleen_gezet=True) | velden
    assert fouten(lambda: client.vraag("POST", "verzoeken", json=invoer)) == {fout}
    assert client.lijst("verzoeken", VerzoekUit).count == 0


def test_een_volledig_verzoek_komt_ongewijzigd_terug(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    document = "urn:nld:517439943:informatieobject:uuid:717815f6-1939-4fd2-93f0-83d25bad154e"
    invoer = verzoek(verzoektype.url).als_json(alleen_gezet=True) | {
        "geometrie": {"type": "Point", "coordinates": [4.9, 52.4]},
        "bijlagen": [{"informatieObject": document, "omschrijving": "Plattegrond"}],
        "initiator": urn_bsn(BSN),
        "medeInitiator": "urn:nld:hr:kvknummer:69599084",
        "isGerelateerdAan": [{"urn": urn_zaak("517439943", "ZAAK-1")}],
        "kanaal": "formulier",
        "verzoekTaal": "en",
        "verzoekInformatieObject": document,
        "verzoekBron": {"naam": "formulieren", "kenmerk": "K-1"},
        "verzoekBetaling": {
            "providerKenmerk": "ogone",
            "bedrag": "12.50",
            "voltooid": True,
            "transactieDatum": "2026-01-01T10:00:00Z",
            "transactieReferentie": "T-1",
        },
    }
    gemaakt = client.vraag("POST", "verzoeken", json=invoer)
    assert {naam: gemaakt[naam] for naam in invoer} == invoer
    assert client.vraag("GET", gemaakt["url"]) == gemaakt


def test_filters(client: VerzoekenClient, verzoektype: VerzoekTypeUit, installatie: Installatie) -> None:
    betaald = client.dien_in(
        verzoek(verzoektype.url, verzoek_betaling=VerzoekBetaling(voltooid=True, transactie_referentie="T-1")),
        sleutel="1",
    )
    open_ = client.dien_in(verzoek(verzoektype.url, verzoek_betaling=VerzoekBetaling()), sleutel="2")
    gewoon = client.dien_in(verzoek(verzoektype.url), sleutel="3")

    def vind(**filters: Any) -> list[str]:
        return [gevonden.url for gevonden in client.alle("verzoeken", VerzoekUit, **filters)]

    assert vind(uuid=str(gewoon.uuid)) == [gewoon.url]
    assert vind(verzoekBetaling__voltooid="true") == [betaald.url]
    assert vind(verzoekBetaling__voltooid="false") == [open_.url]
    assert vind(verzoekBetaling__transactieReferentie="T-1") == [betaald.url]
    assert len(vind(verzoekType__urn=verzoektype.urn)) == len(vind(verzoekType__uuid=str(verzoektype.uuid))) == 3
    assert vind(verzoekType__urn=verzoektype.urn.replace(installatie.instellingen.bronorganisatie, "123456782")) == []
    assert vind(verzoekType__urn="urn:nld:iets") == []
    assert fouten(lambda: vind(uuid="geen-uuid")) == {("uuid", "invalid")}
    assert fouten(lambda: vind(onbekend="1")) == {("nonFieldErrors", "unknown-parameters")}
    assert [type_.url for type_ in client.alle("verzoektypen", VerzoekTypeUit, uuid=str(verzoektype.uuid))] == [
        verzoektype.url
    ]


def test_gebeurtenissen(client: VerzoekenClient, verzoektype: VerzoekTypeUit, installatie: Installatie) -> None:
    gemaakt = client.dien_in(verzoek(verzoektype.url, initiator=urn_bsn(BSN)), sleutel="1")
    client.wijzig(gemaakt.url, {"kanaal": "balie"}, VerzoekUit)
    client.markeer_verwerkt(gemaakt.url, zaak=urn_zaak("517439943", "ZAAK-1"))
    assert soorten(installatie) == ["verzoek-geregistreerd", "verzoek-verwerkt"]
    gebeurtenis = gebeurtenissen(installatie)[0]
    assert gebeurtenis["subject"] == f"verzoeken:verzoeken/{gemaakt.uuid}"
    assert gebeurtenis["data"] == {"verzoekType": f"verzoeken:verzoektypen/{verzoektype.uuid}"}
    assert BSN not in str(gebeurtenis)


def test_lezen_kost_evenveel_vragen_op_elke_pagina(
    client: VerzoekenClient, verzoektype: VerzoekTypeUit, installatie: Installatie
) -> None:
    for nummer in range(12):
        client.dien_in(verzoek(verzoektype.url), sleutel=str(nummer))
        client.maak("verzoektypen", VerzoekTypeIn(naam=str(nummer)), VerzoekTypeUit)
    for pad in ("verzoeken", "verzoektypen", f"{verzoektype.url}/versies"):
        kosten = [
            hoeveel(installatie, partial(client.vraag, "GET", pad, params={"pageSize": grootte}))
            for grootte in (1, 100)
        ]
        assert max(kosten) <= LEZEN, (pad, kosten)


def test_ongeldig_schema_wordt_geweigerd(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    fout = {"aanvraagGegevensSchema": {"type": "geen-type"}}
    assert fouten(lambda: client.vraag("POST", f"{verzoektype.url}/versies", json=fout)) == {
        ("aanvraagGegevensSchema", "invalid-json-schema")
    }


def test_gegevens_passen_bij_het_schema(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    fout = verzoek(verzoektype.url, aanvraag_gegevens={"adres": 3})
    assert fouten(lambda: client.dien_in(fout, sleutel="a")) == {("aanvraagGegevens.adres", "invalid-json-schema")}
    onbekend = verzoek(verzoektype.url, versie=9)
    assert fouten(lambda: client.dien_in(onbekend, sleutel="b")) == {("versie", "unknown-schema")}


def test_zelfde_sleutel_geeft_hetzelfde_verzoek(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    nieuw = verzoek(verzoektype.url, verzoek_bron=VerzoekBron(naam="formulieren", kenmerk="K1"))
    with ThreadPoolExecutor(8) as pool:
        urls = {v.url for v in pool.map(lambda _: client.dien_in(nieuw, sleutel="K1"), range(8))}
    assert len(urls) == 1
    assert fouten(lambda: client.dien_in(nieuw, sleutel="K2")) == {("nonFieldErrors", "unique")}


def test_zoeken_met_het_nummer_in_het_lichaam(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    eigen = client.dien_in(verzoek(verzoektype.url, initiator=urn_bsn(BSN)), sleutel="1")
    client.dien_in(verzoek(verzoektype.url, initiator=urn_bsn("999991656")), sleutel="2")
    assert [v.url for v in client.zoek_verzoeken({"initiator": urn_bsn(BSN)}).results] == [eigen.url]
    zaak = urn_zaak("517439943", "ZAAK-1")
    client.markeer_verwerkt(eigen.url, zaak=zaak)
    client.markeer_verwerkt(eigen.url, zaak=zaak)
    (gevonden,) = client.zoek_verzoeken({"isGerelateerdAan": zaak}).results
    assert (gevonden.verwerk_status, len(gevonden.is_gerelateerd_aan)) == ("verwerkt", 1)


def test_type_ligt_vast_en_urn_heeft_vorm(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    ander = client.zorg_voor_type(VerzoekTypeIn(naam="ander"), VerzoekTypeVersionIn(aanvraag_gegevens_schema={}))
    gemaakt = client.dien_in(verzoek(verzoektype.url), sleutel="1")
    assert fouten(lambda: client.vraag("PATCH", gemaakt.url, json={"verzoekType": ander.url})) == {
        ("verzoekType", "immutable-field")
    }
    assert ("initiator", "invalid") in fouten(
        lambda: client.vraag("PATCH", gemaakt.url, json={"initiator": "999990019"})
    )


def test_notificatie_zonder_persoonsnummer(
    client: VerzoekenClient, verzoektype: VerzoekTypeUit, installatie: Installatie
) -> None:
    client.dien_in(verzoek(verzoektype.url, initiator=urn_bsn(BSN)), sleutel="1")
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.scalars(select(OutboxTabel.inhoud)).all()
    (melding,) = [rij for rij in rijen if rij.get("kanaal") == "verzoeken"]
    assert melding["kenmerken"]["verzoekType"].startswith("verzoeken:verzoektypen/")
    assert BSN not in str(rijen)


def test_acht_tegelijk_aan_versies(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    """Elke versie krijgt een eigen nummer, en er is altijd precies één gepubliceerd."""
    pad = f"{verzoektype.url}/versies"
    concept = {"aanvraagGegevensSchema": SCHEMA}
    with ThreadPoolExecutor(8) as pool:
        versies = list(pool.map(lambda _: client.maak(pad, concept, VersieUit), range(8)))
        assert sorted(versie.versie for versie in versies) == list(range(2, 10))
        list(pool.map(lambda versie: client.wijzig(versie.url, {"status": "published"}, VersieUit), versies))
    nu = client.haal(verzoektype.url, VerzoekTypeUit).versies
    assert [versie.versie for versie in nu] == list(range(1, 10))
    assert [versie.status for versie in nu].count("published") == 1
    assert [versie.status for versie in nu].count("deprecated") == 8


def test_acht_tegelijk_aan_een_verzoek(client: VerzoekenClient, verzoektype: VerzoekTypeUit) -> None:
    """Geen wijziging gaat verloren: elk veld dat iemand schreef staat er."""
    gemaakt = client.dien_in(verzoek(verzoektype.url), sleutel="1")
    velden: list[dict[str, Any]] = [
        {"kanaal": "balie"},
        {"verzoekTaal": "en"},
        {"initiator": urn_bsn(BSN)},
        {"medeInitiator": "urn:nld:hr:kvknummer:69599084"},
        {"verzoekBron": {"naam": "x", "kenmerk": "1"}},
        {"verzoekBetaling": {"voltooid": True}},
        {"verwerkStatus": "verwerkt"},
        {"isGerelateerdAan": [{"urn": urn_zaak("517439943", "ZAAK-1")}]},
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda deel: client.wijzig(gemaakt.url, deel, VerzoekUit), velden))
    nu = client.vraag("GET", gemaakt.url)
    for deel in velden:
        ((naam, waarde),) = deel.items()
        assert nu[naam] == waarde or waarde.items() <= nu[naam].items(), naam
