"""Wat gebruikers van Open Zaak bij een zaak gewend zijn (regels 9): gerelateerde zaken, laatste mutatie en laatst geopend."""

from datetime import timedelta
from typing import Any

import pytest

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.rechten import fouten_van
from tests.integratie.registraties.typen import Typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, zet_resultaat, zet_status


@pytest.fixture
def zaak(baas: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(baas, typen)["url"])


def gerelateerd(baas: ZakenClient, zaak: str) -> list[str]:
    return [deel["url"] for deel in baas.vraag("GET", zaak)["gerelateerdeZaken"]]


def test_een_relatie_staat_aan_beide_kanten(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    een, twee = (maak_zaak(baas, typen, gerelateerdeZaken=[{"url": zaak}])["url"] for _ in range(2))
    assert gerelateerd(baas, zaak) == [een, twee]
    baas.wijzig_zaak(zaak, gerelateerdeZaken=[{"url": twee}])
    assert (gerelateerd(baas, een), gerelateerd(baas, twee)) == ([], [zaak])
    baas.wijzig_zaak(zaak, omschrijving="Blijft")
    assert gerelateerd(baas, twee) == [zaak]
    baas.verwijder(twee)
    assert gerelateerd(baas, zaak) == []


def test_een_relatie_wijst_naar_een_andere_zaak_die_bestaat(baas: ZakenClient, zaak: str) -> None:
    weg = f"{zaak[:-12]}000000000000"
    relaties = [{"url": zaak}, {"url": weg}]
    assert fouten_van(baas, "PATCH", zaak, {"gerelateerdeZaken": relaties}) == {
        "gerelateerdeZaken.0.url": "self-forbidden",
        "gerelateerdeZaken.1.url": "bad-url",
    }


def test_laatst_gemuteerd_volgt_de_zaak_en_wat_eraan_hangt(
    installatie: Installatie, baas: ZakenClient, typen: Typen, klok: VerzetbareKlok, zaak: str
) -> None:
    document = maak_document(installatie, typen.informatieobjecttype)
    objecten = {"zaak": zaak, "objectType": "pand", "objectIdentificatie": {"identificatie": "0363100012061177"}}
    stappen: list[Any] = [
        lambda: baas.wijzig_zaak(zaak, omschrijving="x"),
        lambda: zet_status(baas, zaak, typen.begin),
        lambda: zet_resultaat(baas, zaak, typen.resultaattype),
        lambda: baas.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document}),
        lambda: baas.vraag("POST", "zaakobjecten", json=objecten),
    ]
    vorige = baas.vraag("GET", zaak)["laatstGemuteerd"]
    for nummer, stap in enumerate(stappen):
        klok.verzet(timedelta(minutes=1))
        stap()
        nu = baas.vraag("GET", zaak)["laatstGemuteerd"]
        assert nu > vorige, nummer
        vorige = nu
    klok.verzet(timedelta(minutes=1))
    geopend = "2026-01-05T10:00:00Z"
    antwoord = baas.vraag("PATCH", zaak, json={"laatstGeopend": geopend})
    assert (antwoord["laatstGeopend"], antwoord["laatstGemuteerd"]) == (geopend, vorige)
