"""Besluit verwerken: een besluit met zijn documenten in één verzoek, alles of niets over drie registraties (regels 9)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from integratie.besluiten import BesluitenClient
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.outbox import plaats
from registraties.besluiten.verwerken import TERUGDRAAIEN
from tests.integratie.registraties.besluiten.conftest import Maker
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak

PAD = "besluit_verwerken"


@pytest.fixture
def documenten(installatie: Installatie, typen: Typen) -> list[str]:
    return [maak_document(installatie, typen.informatieobjecttype) for _ in range(2)]


def koppelingen(*documenten: str) -> list[dict[str, str]]:
    return [{"informatieobject": document} for document in documenten]


def test_besluit_met_documenten_bij_een_zaak(
    installatie: Installatie,
    brc: BesluitenClient,
    zaken: ZakenClient,
    typen: Typen,
    invoer: Maker,
    documenten: list[str],
) -> None:
    zaak = maak_zaak(zaken, typen)["url"]
    json = {"besluit": invoer(zaak=zaak), "besluitinformatieobjecten": koppelingen(*documenten)}
    antwoord = brc.vraag("POST", PAD, json=json)
    besluit = antwoord["besluit"]
    assert brc.vraag("GET", besluit["url"]) == besluit
    gekoppeld = brc.vraag("GET", "besluitinformatieobjecten", params={"besluit": besluit["url"]})
    assert sorted(deel["url"] for deel in antwoord["besluitinformatieobjecten"]) == sorted(
        deel["url"] for deel in gekoppeld
    )
    assert [deel["besluit"] for deel in zaken.vraag("GET", f"{zaak}/besluiten")] == [besluit["url"]]
    drc = DocumentenClient(installatie, namens="documenten")
    assert [len(list(drc.koppelingen(informatieobject=document))) for document in documenten] == [1, 1]
    acties = [(regel["resource"], regel["actie"]) for regel in brc.vraag("GET", f"{besluit['url']}/audittrail")]
    assert acties == [("besluit", "create"), *[("besluitinformatieobject", "create")] * 2]


def test_alle_fouten_met_hun_plek_en_niets_bewaard(
    installatie: Installatie, brc: BesluitenClient, invoer: Maker, documenten: list[str]
) -> None:
    json = {"besluit": invoer(datum="2999-01-01"), "besluitinformatieobjecten": koppelingen("https://elders.example/1")}
    assert fouten_van(brc, "POST", PAD, json) == {
        "besluit.datum": "future_not_allowed",
        "besluitinformatieobjecten.0.informatieobject": "bad-url",
    }
    dubbel = {"besluit": invoer(), "besluitinformatieobjecten": koppelingen(documenten[0], documenten[0])}
    assert fouten_van(brc, "POST", PAD, dubbel) == {"besluitinformatieobjecten.1.nonFieldErrors": "unique"}
    assert fouten_van(brc, "POST", PAD, {}) == {"besluit": "required"}
    assert brc.vraag("GET", "besluiten")["count"] == 0
    drc = DocumentenClient(installatie, namens="documenten")
    assert list(drc.koppelingen(informatieobject=documenten[0])) == []


def test_weigert_een_andere_registratie_dan_is_er_niets(
    installatie: Installatie, brc: BesluitenClient, invoer: Maker, documenten: list[str]
) -> None:
    """De tabel daar zit even dicht: zo'n weigering draait ook het besluit terug."""
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(
            text("ALTER TABLE documenten.objectinformatieobject ADD CONSTRAINT dicht CHECK (false) NOT VALID")
        )
    try:
        json = {"besluit": invoer(), "besluitinformatieobjecten": koppelingen(documenten[0])}
        assert status_van(brc, "POST", PAD, json) == 400
    finally:
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(text("ALTER TABLE documenten.objectinformatieobject DROP CONSTRAINT dicht"))
    assert brc.vraag("GET", "besluiten")["count"] == 0
    assert brc.vraag("GET", "besluitinformatieobjecten") == []


def test_een_keer_per_sleutel(brc: BesluitenClient, invoer: Maker, documenten: list[str]) -> None:
    json = {"besluit": invoer(), "besluitinformatieobjecten": koppelingen(*documenten)}
    with ThreadPoolExecutor(4) as draden:
        antwoorden = list(draden.map(lambda _: brc.vraag("POST", PAD, json=json, sleutel="eens"), range(4)))
    assert {antwoord["besluit"]["url"] for antwoord in antwoorden} == {antwoorden[0]["besluit"]["url"]}
    assert brc.vraag("GET", "besluiten")["count"] == 1


def test_half_verwerkt_besluit_wordt_opgeruimd(
    installatie: Installatie,
    brc: BesluitenClient,
    invoer: Maker,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
) -> None:
    """Viel het proces na de eerste transactie, dan haalt de outbox het besluit weg: de aanroeper kreeg nooit antwoord."""
    besluit = brc.vraag("POST", "besluiten", json=invoer())["url"]
    with installatie.db.schrijven() as verbinding:
        inhoud = {"besluit": besluit.rpartition("/")[2]}
        plaats(installatie, verbinding, TERUGDRAAIEN, inhoud, vanaf=klok.nu() + timedelta(seconds=30))
    klok.verzet(timedelta(minutes=1))
    werk_outbox_af()
    assert status_van(brc, "GET", besluit) == 404


def test_rechten_zijn_die_van_besluiten(installatie: Installatie, typen: Typen, invoer: Maker) -> None:
    geef_rechten(installatie, {"component": "brc", "scopes": ["besluiten.lezen"], "besluittype": typen.besluittype})
    assert status_van(BesluitenClient(installatie, namens=PROEF), "POST", PAD, {"besluit": invoer()}) == 403
    elders = typen.besluittype[:-4] + "0000"
    geef_rechten(
        installatie, {"component": "brc", "scopes": ["besluiten.aanmaken"], "besluittype": elders}, namens="ander"
    )
    assert status_van(BesluitenClient(installatie, namens="ander"), "POST", PAD, {"besluit": invoer()}) == 403
