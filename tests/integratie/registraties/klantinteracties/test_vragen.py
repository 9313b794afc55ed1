"""Hoeveel SQL een resource met `expand` kost: één vraag per relatie, hoe groot ook. Elke lijst staat in `../test_lijsten.py`."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import true

from integratie.klantinteracties import KlantinteractiesClient
from kern.fouten import Probleem
from kern.installatie import Installatie
from kit.expand import GROOTSTE_AANTAL_RESOURCES, Expander
from kit.lezen import Lezer
from registraties.klantinteracties import deel
from registraties.klantinteracties.bronnen import PARTIJ
from tests.integratie.registraties.klantinteracties.hulp import maak
from tools.bench.hulp.klanten import TOKEN, vul

# Alle paden van het officiële bestand.
EXPAND = {
    "partijen": ("betrokkenen", "betrokkenen.hadKlantcontact", "categorieRelaties", "digitaleAdressen"),
    "klantcontacten": (
        "gingOverOnderwerpobjecten",
        "hadBetrokkenen",
        "hadBetrokkenen.digitaleAdressen",
        "hadBetrokkenen.wasPartij",
        "leiddeTotInterneTaken",
        "omvatteBijlagen",
    ),
    "betrokkenen": ("digitaleAdressen",),
    "digitaleadressen": (
        "verstrektDoorBetrokkene",
        "verstrektDoorBetrokkene.hadKlantcontact",
        "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken",
    ),
}
Klanten = KlantinteractiesClient


def stappen(expand: str) -> int:
    """Hoeveel relaties er worden opgehaald: elk pad, en elk niveau daarvoor."""
    delen = [pad.split(".") for pad in expand.split(",") if pad]
    return len({tuple(pad[:diepte]) for pad in delen for diepte in range(1, len(pad) + 1)})


@pytest.fixture
def vol(installatie: Installatie) -> Klanten:
    """Van alles meer dan honderd, en alles aan elkaar."""
    vul(installatie, 120, 600)
    return Klanten(installatie, namens="kcc")


@pytest.fixture
def vragen(installatie: Installatie) -> Iterator[list[str]]:
    gesteld: list[str] = []

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        gesteld.append(opdracht)

    with installatie.db.meeluisteren(onthoud):
        yield gesteld


def test_een_resource_met_alles_erbij(vol: Klanten, vragen: list[str]) -> None:
    for pad, keuzen in EXPAND.items():
        uuid = vol.vraag("GET", pad, params={"pageSize": 1})["results"][0]["uuid"]
        alles = ",".join(keuzen)
        vragen.clear()
        gelezen = vol.vraag("GET", f"{pad}/{uuid}", params={"expand": alles})
        assert set(gelezen["_expand"]) == {keuze.partition(".")[0] for keuze in keuzen}
        assert len(vragen) <= 1 + stappen(alles), pad


def test_de_drukste_partij_in_een_keer(vol: Klanten, vragen: list[str]) -> None:
    """Wat één partij heeft telt niet mee: al haar contacten komen samen."""
    partij = vol.partij_bij_bsn("100000009")
    assert partij
    vragen.clear()
    met = vol.vraag("GET", partij.url, params={"expand": "betrokkenen.hadKlantcontact"})["_expand"]["betrokkenen"]
    assert len({deel["_expand"]["hadKlantcontact"]["uuid"] for deel in met}) == len(met) > 100
    assert len(vragen) == 3


def test_meer_verwijzingen_dan_postgresql_parameters_kent(installatie: Installatie) -> None:
    assert deel.maak_app
    lezer = Lezer(deel.maak_app(installatie).extensions["omgeving"], PARTIJ)
    with installatie.db.lezen() as verbinding:
        assert lezer.met_ids(verbinding, [uuid4() for _ in range(70_000)], true()) == []


def test_te_veel_tegelijk_uitbreiden_wordt_geweigerd(installatie: Installatie, vragen: list[str]) -> None:
    """Zonder grens haalt één verzoek de halve database op (regels 1.15)."""
    assert deel.maak_app
    omgeving = deel.maak_app(installatie).extensions["omgeving"]
    lezer = Lezer(omgeving, PARTIJ)
    begin = f"{omgeving.basis}/betrokkenen"
    partij = {"betrokkenen": [{"url": f"{begin}/{uuid4()}"} for _ in range(GROOTSTE_AANTAL_RESOURCES + 1)]}
    with pytest.raises(Probleem) as fout:
        Expander(omgeving, {"partij": lezer}).voeg_toe(lezer, [partij], {"betrokkenen": {}})
    assert (fout.value.status, fout.value.code, vragen) == (400, "expand-te-groot", [])


def test_token_van_de_dataset_werkt(vol: Klanten, installatie: Installatie) -> None:
    kop = {"Authorization": f"Token {TOKEN}"}
    assert installatie.http.get(vol.url("partijen"), headers=kop, params={"pageSize": 1}).json()["count"] == 120
    assert maak(vol, "categorieen", naam="Nieuw")["naam"] == "Nieuw"
