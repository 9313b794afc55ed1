"""Hoeveel SQL een verzoek aan de Zaken API kost: begrensd per registratie, en gelijk op een pagina van 1 en van 100, met elke expand."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from integratie.besluiten import BesluitenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from registraties.zaken.bronnen import ZAKEN
from registraties.zaken.modellen import (
    Resultaat,
    Rol,
    Status,
    Zaak,
    ZaakBesluit,
    ZaakEigenschap,
    ZaakInformatieObject,
    ZaakObject,
)
from tests.integratie.registraties.typen import RSIN, Typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zet_resultaat, zet_status

LEZEN, SCHRIJVEN = 6, 10  # SQL-opdrachten per registratie in één verzoek, hoogstens
AANTAL = 100
DOCUMENTEN = 8
ONDERDELEN = (Rol, Status, Resultaat, ZaakEigenschap, ZaakObject)
DIEPER = (
    "status.statustype",
    "status.gezetdoor",
    "rollen.roltype",
    "resultaat.resultaattype",
    "eigenschappen.eigenschap",
    "zaakinformatieobjecten.informatieobject",
    "hoofdzaak.status.statustype",
    "deelzaken.rollen",
)
Geteld = Counter[str]


@contextmanager
def tel(installatie: Installatie) -> Iterator[Geteld]:
    """De SQL-opdrachten binnen dit blok, per registratie."""
    geteld: Geteld = Counter()

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        schema = re.search(r'(?:FROM|INTO|UPDATE|nextval\(\')\s*"?(\w+)\.', opdracht)
        geteld[schema[1] if schema else "anders"] += 1

    with installatie.db.meeluisteren(onthoud):
        yield geteld


def hoeveel(installatie: Installatie, werk: Callable[[], Any]) -> Geteld:
    """De opdrachten van dit werk, als rechten en types al bekend zijn."""
    werk()
    with tel(installatie) as geteld:
        werk()
    return geteld


@pytest.fixture
def vol(installatie: Installatie, baas: ZakenClient, typen: Typen) -> str:
    """Honderd zaken met alles erop en eraan, onder één hoofdzaak; geeft de URL van de eerste."""
    hoofd = maak_zaak(baas, typen)["url"]
    relaties = [{"url": hoofd, "aardRelatie": "vervolg"}]
    zaak = maak_zaak(baas, typen, hoofdzaak=hoofd, relevanteAndereZaken=relaties)
    rol = baas.vraag("POST", "rollen", json=rol_json(zaak["url"], typen.rollen["initiator"]))["url"]
    status = {"zaak": zaak["url"], "statustype": typen.begin, "datumStatusGezet": "2026-01-06T09:00:00Z"}
    baas.vraag("POST", "statussen", json=status | {"gezetdoor": rol})
    zet_status(baas, hoofd, typen.begin)
    zet_resultaat(baas, zaak["url"], typen.resultaattype)
    eigenschap = {"eigenschap": typen.eigenschap, "waarde": "20260105"}
    baas.vraag("POST", f"{zaak['url']}/zaakeigenschappen", json=eigenschap)
    pand = {"zaak": zaak["url"], "objectType": "pand", "objectIdentificatie": {"identificatie": "1"}}
    baas.vraag("POST", "zaakobjecten", json=pand)
    documenten = [maak_document(installatie, typen.informatieobjecttype) for _ in range(DOCUMENTEN)]
    for document in documenten:
        baas.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak["url"], "informatieobject": document})
    verveelvoudig(installatie, UUID(zaak["uuid"]))
    return str(zaak["url"])


def verveelvoudig(installatie: Installatie, zaak: UUID) -> None:
    """Kopieën van deze zaak met haar onderdelen en documenten, rechtstreeks in de tabellen."""
    with installatie.db.schrijven() as verbinding:
        for nummer in range(AANTAL - 2):
            anders: dict[Any, dict[str, Any]] = {
                Zaak: {"identificatie": f"KOPIE-{nummer}"},
                Status: {"gezetdoor": None},
            }
            nieuw = uuid4()
            for model, kolom in ((Zaak, "id"), *((model, "zaak") for model in (*ONDERDELEN, ZaakInformatieObject))):
                tabel: Any = model.__table__
                kolommen = [deel for deel in tabel.columns if deel.key != "nr"]
                rijen = verbinding.execute(select(*kolommen).where(tabel.c[kolom] == zaak)).mappings().all()
                kopie = [{**rij, "id": uuid4(), kolom: nieuw, **anders.get(model, {})} for rij in rijen]
                verbinding.execute(insert(tabel), kopie)


def test_een_pagina_van_honderd_kost_niet_meer_dan_een_van_een(
    installatie: Installatie, baas: ZakenClient, vol: str
) -> None:
    """Hoogstens zes, plus één per relatie; documenten in één vraag, types uit het geheugen."""
    relaties = (*next(bron for bron in ZAKEN.bronnen if bron.pad == "zaken").expand, *DIEPER)
    for expand in ("", *relaties, ",".join(relaties)):
        eigen = len({deel for pad in expand.split(",") if pad for deel in _stappen(pad)})
        per_grootte = []
        for grootte in (1, AANTAL):
            params = {"expand": expand, "pageSize": grootte}
            geteld = hoeveel(installatie, lambda params=params: baas.vraag("GET", "zaken", params=params))  # type: ignore[misc]  # binnen deze ronde
            assert geteld["zaken"] <= LEZEN + eigen, (expand, grootte, geteld)
            assert geteld["documenten"] <= LEZEN, (expand, grootte, geteld)
            assert geteld["catalogi"] == 0, (expand, grootte, geteld)
            per_grootte.append(geteld["zaken"])
        assert per_grootte[0] <= per_grootte[1] <= per_grootte[0] + 1 + eigen, (expand, per_grootte)


def _stappen(pad: str) -> list[str]:
    delen = pad.split(".")
    return [".".join(delen[: nummer + 1]) for nummer in range(len(delen))]


def test_expand_geeft_elke_relatie(baas: ZakenClient, vol: str) -> None:
    """zrc-025 (expand): eigen gegevens, types, en wat de grammatica van 1.6 daaraan toevoegt. zrc-026 (expand): zo diep als er iets is.

    Ook bij een volle pagina staat onder elke zaak wat erbij hoort, ook geneste en documenten.
    """
    params = {"expand": ",".join(DIEPER), "pageSize": AANTAL, "hoofdzaak": baas.vraag("GET", vol)["hoofdzaak"]}
    zaken = baas.vraag("GET", "zaken", params=params)["results"]
    assert len(zaken) == AANTAL - 1
    for zaak in zaken:
        uit = zaak["_expand"]
        assert uit["status"]["_expand"]["statustype"]["omschrijving"] == "Ontvangen"
        assert [deel["naam"] for deel in uit["eigenschappen"]] == ["bewaardatum"]
        assert uit["eigenschappen"][0]["_expand"]["eigenschap"]["naam"] == "bewaardatum"
        assert uit["hoofdzaak"]["_expand"]["status"]["_expand"]["statustype"]["omschrijving"] == "Ontvangen"
        titels = [deel["_expand"]["informatieobject"]["titel"] for deel in uit["zaakinformatieobjecten"]]
        assert titels == ["Aanvraag"] * DOCUMENTEN


@pytest.mark.parametrize("pad", [bron.pad for bron in ZAKEN.bronnen if "{" not in bron.pad and bron.pad != "zaken"])
def test_elke_lijst_is_begrensd(installatie: Installatie, baas: ZakenClient, vol: str, pad: str) -> None:
    bron = next(bron for bron in ZAKEN.bronnen if bron.pad == pad)
    params: dict[str, Any] = {"expand": ",".join(bron.expand)} if bron.expand else {}
    params |= {"zaak": vol} if "zaak" in bron.filters and not bron.gepagineerd else {}
    geteld = hoeveel(installatie, lambda: baas.vraag("GET", pad, params=params))
    assert geteld["zaken"] <= LEZEN + len(bron.expand), geteld
    assert geteld["documenten"] <= LEZEN, geteld


def test_schrijven_kost_hoogstens_tien(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Per registratie, ook bij afsluiten, bij besluiten en documenten, en met alles aan de zaak."""
    zaak = maak_zaak(baas, typen)["url"]
    besluiten = BesluitenClient(installatie, namens="besluiten")
    basis = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype, "zaak": zaak}
    besluit = {**basis, "datum": "2026-01-05", "ingangsdatum": "2026-01-06"}
    document = maak_document(installatie, typen.informatieobjecttype)
    pand = {"zaak": zaak, "objectType": "pand", "objectIdentificatie": {"identificatie": "1"}}
    eigenschap = {"eigenschap": typen.eigenschap, "waarde": "20260105"}
    notitie = {"gerelateerdAan": zaak, "onderwerp": "x", "tekst": "y"}
    werk: dict[str, Callable[[], Any]] = {
        "zaakobject": lambda: baas.vraag("POST", "zaakobjecten", json=pand),
        "eigenschap": lambda: baas.vraag("POST", f"{zaak}/zaakeigenschappen", json=eigenschap),
        "notitie": lambda: baas.vraag("POST", "zaaknotities", json=notitie),
        "besluit": lambda: besluiten.vraag("POST", "besluiten", json=besluit),
        "document": lambda: baas.vraag(
            "POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document}
        ),
        "wijzigen": lambda: baas.vraag("PATCH", zaak, json={"toelichting": "anders"}),
        "resultaat": lambda: zet_resultaat(baas, zaak, typen.resultaattype),
        "afsluiten": lambda: zet_status(baas, zaak, typen.eind, "2026-01-07T09:00:00Z"),
        "na afsluiten": lambda: baas.vraag("POST", "zaakobjecten", json=pand),
        "heropenen": lambda: zet_status(baas, zaak, typen.begin, "2026-01-08T09:00:00Z"),
    }
    gemeten = {}
    for naam, doe in werk.items():
        with tel(installatie) as geteld:
            doe()
        gemeten[naam] = {registratie: geteld[registratie] for registratie in ("zaken", "documenten", "besluiten")}
    # Een gespiegelde relatie is twee transacties, met vragen van de andere registratie ertussen (besluit 8); ook die tellen mee.
    assert {naam: per for naam, per in gemeten.items() if max(per.values()) > SCHRIJVEN} == {}
    assert baas.vraag("GET", f"{zaak}/besluiten")


def test_geen_enkele_rij_te_veel(installatie: Installatie, baas: ZakenClient, vol: str) -> None:
    """De opstelling zelf: zoveel zaken als gedacht, elk met haar documenten."""
    with installatie.db.lezen() as verbinding:
        assert len(verbinding.scalars(select(Zaak.id)).all()) == AANTAL
        assert len(verbinding.scalars(select(ZaakInformatieObject.id)).all()) == (AANTAL - 1) * DOCUMENTEN
        assert verbinding.scalars(select(ZaakBesluit.id)).all() == []
