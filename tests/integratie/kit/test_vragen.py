"""Hoeveel SQL een verzoek kost: begrensd, en gelijk wat er ook op de pagina staat."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text, update

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kit.toegang import VERTROUWELIJKHEID
from registraties.zaken.modellen import Zaak
from tests.integratie.registraties.rechten import PROEF, geef_rechten
from tests.integratie.registraties.typen import Herhaal, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import BSN, maak_zaak, rol_json, zaak_json, zet_status

LEZEN, SCHRIJVEN = 6, 10  # SQL-opdrachten per verzoek, hoogstens
SCOPES = ["zaken.lezen", "zaken.aanmaken", "zaken.bijwerken", "zaken.statussen.toevoegen"]
Vragen = list[str]


@contextmanager
def tel(installatie: Installatie) -> Iterator[Vragen]:
    """De SQL-opdrachten binnen dit blok."""
    vragen: Vragen = []

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        vragen.append(opdracht)

    with installatie.db.meeluisteren(onthoud):
        yield vragen


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def zaken(installatie: Installatie, typen: Typen) -> ZakenClient:
    """Een client met rechten per zaaktype en vertrouwelijkheid: het duurste geval."""
    autorisaties = [
        {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": va, "scopes": SCOPES}
        for va in ("openbaar", "vertrouwelijk")
    ]
    geef_rechten(installatie, *autorisaties)
    return ZakenClient(installatie, namens=PROEF)


def hoeveel(installatie: Installatie, werk: Callable[[], Any]) -> int:
    """De opdrachten van dit werk als rechten en types al bekend zijn."""
    with tel(installatie) as vragen:
        werk()
    return len(vragen)


def test_lezen_kost_hoogstens_zes_vragen(installatie: Installatie, zaken: ZakenClient, typen: Typen) -> None:
    zaak = maak_zaak(zaken, typen)
    zet_status(zaken, zaak["url"], typen.begin)
    zaken.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"]))
    bsn = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": BSN}
    assert hoeveel(installatie, lambda: zaken.vraag("GET", zaak["url"])) == 1
    assert hoeveel(installatie, lambda: zaken.vraag("POST", "zaken/_zoek", json=bsn)) == 1
    status = zaken.vraag("GET", zaak["url"])["status"]
    assert hoeveel(installatie, lambda: zaken.vraag("GET", status)) <= LEZEN
    uitgebreid = hoeveel(installatie, lambda: zaken.vraag("GET", zaak["url"], params={"expand": "status,rollen"}))
    assert uitgebreid <= 1 + 2  # één per relatie


def test_een_langere_lijst_kost_niet_meer_vragen(installatie: Installatie, zaken: ZakenClient, typen: Typen) -> None:
    aantallen = []
    for _ in range(2):
        for _ in range(3):
            zaak = maak_zaak(zaken, typen)
            zet_status(zaken, zaak["url"], typen.begin)
        aantallen.append(hoeveel(installatie, lambda: zaken.vraag("GET", "zaken", params={"expand": "status"})))
    assert aantallen == [2, 2]


def test_schrijven_kost_hoogstens_tien_vragen(installatie: Installatie, zaken: ZakenClient, typen: Typen) -> None:
    zaak = maak_zaak(zaken, typen)
    maak_zaak(zaken, typen)
    zet_status(zaken, zaak["url"], typen.begin, "2026-01-06T09:00:00Z")
    werk: dict[str, Callable[[], Any]] = {
        "zaak": lambda: zaken.vraag("POST", "zaken", json=zaak_json(typen)),
        "status": lambda: zet_status(zaken, zaak["url"], typen.midden, "2026-01-07T09:00:00Z"),
        "rol": lambda: zaken.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"])),
        "wijzigen": lambda: zaken.vraag("PATCH", zaak["url"], json={"toelichting": "anders"}),
    }
    gemeten = {naam: hoeveel(installatie, doe) for naam, doe in werk.items()}
    assert max(gemeten.values()) <= SCHRIJVEN, gemeten


def test_pagina_telt_ook_zonder_telvraag_goed(installatie: Installatie, zaken: ZakenClient, typen: Typen) -> None:
    for _ in range(5):
        maak_zaak(zaken, typen)
    gezien = [zaken.vraag("GET", "zaken", params={"page": nummer, "pageSize": 2})["count"] for nummer in (1, 2, 3)]
    assert gezien == [5, 5, 5]
    assert zaken.vraag("GET", "zaken", params={"pageSize": 5})["count"] == 5
    assert zaken.vraag("GET", "zaken", params={"identificatie": "bestaat niet"})["count"] == 0


def test_rechten_in_sql_en_in_python_oordelen_gelijk(
    installatie: Installatie, zaken: ZakenClient, typen: Typen
) -> None:
    """Een lijst toetst in SQL, een enkele zaak in Python: per vertrouwelijkheid hetzelfde."""
    alles = ZakenClient(installatie, namens="zaken")
    gemaakt = {va: maak_zaak(alles, typen, vertrouwelijkheidaanduiding=va)["url"] for va in VERTROUWELIJKHEID}
    in_lijst = {rij["url"] for rij in zaken.vraag("GET", "zaken")["results"]}
    grens = VERTROUWELIJKHEID.index("vertrouwelijk")
    assert in_lijst == {gemaakt[va] for va in VERTROUWELIJKHEID[: grens + 1]}
    for url in in_lijst:
        assert zaken.vraag("GET", url)["url"] == url


def test_ver_in_de_lijst_ziet_ieder_alleen_wat_hij_mag(
    installatie: Installatie, zaken: ZakenClient, typen: Typen
) -> None:
    zaak = maak_zaak(zaken, typen)["uuid"]
    with installatie.db.schrijven() as verbinding:
        kolommen = [kolom.name for kolom in Zaak.__table__.columns if kolom.name not in ("id", "identificatie", "nr")]
        lijst = ", ".join(kolommen)
        kopie = f"INSERT INTO zaken.zaak (id, identificatie, {lijst}) SELECT gen_random_uuid(), 'KOPIE-' || g, {lijst} "
        verbinding.execute(text(f"{kopie} FROM zaken.zaak, generate_series(1, 1100) g WHERE id = :id"), {"id": zaak})
    eerst = zaken.vraag("GET", "zaken", params={"page": 11})
    assert eerst["count"] == 1101
    verborgen = eerst["results"][3]["uuid"]
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Zaak).where(Zaak.id == verborgen).values(vertrouwelijkheidaanduiding="zeer_geheim"))
    daarna = zaken.vraag("GET", "zaken", params={"page": 11})
    assert daarna["count"] == 1100
    assert [deel["uuid"] for deel in daarna["results"][:99]] == [
        deel["uuid"] for deel in eerst["results"] if deel["uuid"] != verborgen
    ]
