"""De Verzoeken API: types met versies, en verzoeken die bij hun schema passen (regels hoofdstuk 13)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from integratie.urn import urn_bsn, urn_zaak
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekBron, VerzoekIn, VerzoekTypeIn, VerzoekTypeUit, VerzoekTypeVersionIn
from integratie.verzoeken.schemas import VerzoekTypeVersionUit as VersieUit
from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
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
