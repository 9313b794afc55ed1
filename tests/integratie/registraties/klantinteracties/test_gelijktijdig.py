"""Acht clients tegelijk aan één partij: geen wijziging gaat verloren, en wat moet kloppen klopt na elke ronde."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from integratie.basis import ApiFout
from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie
from tests.integratie.registraties.klantinteracties.hulp import KVK, RSIN, adres, contact, maak, nummer, persoon

Klanten = KlantinteractiesClient
CLIENTS, RONDES = 8, 3


def tegelijk(taken: Sequence[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(CLIENTS) as draden:
        return [toekomst.result() for toekomst in [draden.submit(taak) for taak in taken]]


@pytest.fixture
def velen(installatie: Installatie) -> list[Klanten]:
    """Acht clients, elk met een eigen gebruiker."""
    return [Klanten(installatie, namens="kcc", gebruiker=f"g{nr}") for nr in range(CLIENTS)]


def test_acht_clients_wijzigen_elk_een_ander_veld(velen: list[Klanten]) -> None:
    """PATCH schrijft de hele rij; wie tegelijk een ander veld wijzigt, mag dat niet terugzetten."""
    partij = persoon(velen[0])
    for ronde in range(RONDES):
        velden: list[dict[str, Any]] = [
            {"interneNotitie": f"ronde {ronde}"},
            {"indicatieGeheimhouding": ronde % 2 == 0},
            {"voorkeurstaal": ("nld", "eng")[ronde % 2]},
            {"indicatieActief": ronde % 2 == 1},
            {"bezoekadres": {"stad": f"Stad {ronde}"}},
            {"correspondentieadres": {"stad": f"Plaats {ronde}"}},
            {"partijIdentificatie": {"contactnaam": {"achternaam": f"Naam {ronde}"}}},
            {"nummer": f"K{ronde}"},
        ]
        tegelijk([partial(c.vraag, "PATCH", partij["url"], json=v) for c, v in zip(velen, velden, strict=True)])
        nu = velen[0].vraag("GET", partij["url"])
        assert nu["bezoekadres"]["stad"] == f"Stad {ronde}"
        assert nu["correspondentieadres"]["stad"] == f"Plaats {ronde}"
        assert nu["partijIdentificatie"]["contactnaam"]["achternaam"] == f"Naam {ronde}"
        rest = [veld for veld in velden if not isinstance(next(iter(veld.values())), dict)]
        assert {naam: nu[naam] for veld in rest for naam in veld} == {n: w for veld in rest for n, w in veld.items()}


def test_acht_clients_hangen_iets_aan_dezelfde_partij(velen: list[Klanten]) -> None:
    partij, ander = persoon(velen[0]), persoon(velen[0])
    van, soort = {"uuid": partij["uuid"]}, maak(velen[0], "categorieen", naam="Ondernemer")
    gesprek = contact(velen[0])
    dingen: list[tuple[str, dict[str, Any]]] = [
        ("digitaleadressen", {"adres": "a@b.nl", "soortDigitaalAdres": "email", "verstrektDoorPartij": van}),
        ("rekeningnummers", {"iban": "NL02ABNA0123456789", "partij": van}),
        ("categorie-relaties", {"partij": van, "categorie": {"uuid": soort["uuid"]}}),
        (
            "vertegenwoordigingen",
            {"vertegenwoordigendePartij": van, "vertegenwoordigdePartij": {"uuid": ander["uuid"]}},
        ),
        ("partij-identificatoren", {"identificeerdePartij": van, "partijIdentificator": nummer("kvk_nummer", KVK)}),
        ("partij-identificatoren", {"identificeerdePartij": van, "partijIdentificator": nummer("rsin", RSIN)}),
        (
            "betrokkenen",
            {"wasPartij": van, "hadKlantcontact": {"uuid": gesprek["uuid"]}, "rol": "klant", "initiator": True},
        ),
    ]
    *makers, wijziger = velen
    taken = [partial(maak, client, pad, **velden) for client, (pad, velden) in zip(makers, dingen, strict=True)]
    tegelijk([*taken, partial(wijziger.vraag, "PATCH", partij["url"], json={"interneNotitie": "tegelijk"})])
    nu = velen[0].vraag("GET", partij["url"])
    lijsten = (
        "digitaleAdressen",
        "rekeningnummers",
        "categorieRelaties",
        "vertegenwoordigden",
        "partijIdentificatoren",
    )
    assert [len(nu[naam]) for naam in (*lijsten, "betrokkenen")] == [1, 1, 1, 1, 2, 1]
    assert nu["interneNotitie"] == "tegelijk"


def test_acht_clients_kiezen_elk_een_ander_standaardadres(velen: list[Klanten]) -> None:
    """Elk nieuw standaardadres zet een ander uit: transacties die op elkaar wachten, en toch hoogstens één."""
    partij = persoon(velen[0])
    adressen = [adres(velen[0], partij, adres=f"{nr}@b.nl") for nr in range(CLIENTS)]
    for _ in range(RONDES):
        kies = {"isStandaardAdres": True}
        tegelijk([partial(c.vraag, "PATCH", a["url"], json=kies) for c, a in zip(velen, adressen, strict=True)])
        standaard = [deel.is_standaard_adres for deel in velen[0].digitale_adressen(partij["uuid"])]
        assert Counter(standaard) == {True: 1, False: CLIENTS - 1}


def test_voorkeur_blijft_van_de_partij_terwijl_het_adres_verhuist(velen: list[Klanten]) -> None:
    partij, ander = persoon(velen[0]), persoon(velen[0])
    mail = adres(velen[0], partij)
    doelen = [partij, ander]

    def verhuis(client: Klanten, beurt: int) -> None:
        naar = {"verstrektDoorPartij": {"uuid": doelen[beurt % 2]["uuid"]}}
        client.vraag("PATCH", mail["url"], json=naar)

    def kies(client: Klanten, beurt: int) -> None:
        """Mag mislukken: dan was het adres net van de ander."""
        voorkeur = {"voorkeursDigitaalAdres": {"uuid": mail["uuid"]}}
        try:
            client.vraag("PATCH", doelen[beurt // 2 % 2]["url"], json=voorkeur)
        except ApiFout as fout:
            if [deel.naam for deel in fout.fouten] != ["voorkeursDigitaalAdres"]:
                raise

    for ronde in range(RONDES):
        tegelijk([partial(verhuis if nr % 2 else kies, client, nr + ronde) for nr, client in enumerate(velen)])
        eigenaar = velen[0].vraag("GET", mail["url"])["verstrektDoorPartij"]["uuid"]
        for wie in doelen:
            voorkeur = velen[0].vraag("GET", wie["url"])["voorkeursDigitaalAdres"]
            assert voorkeur is None or eigenaar == wie["uuid"]
