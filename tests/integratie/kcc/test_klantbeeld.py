"""Het klantbeeld: alles van één klant, in een vast aantal aanroepen, en met een storing alleen in het blok van die bron."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import select

from kern.installatie import Installatie
from kern.tabellen import Auditregel, Verwerking
from tests.integratie.kcc.hulp import BEDRIJF, JAN, Medewerker
from tests.integratie.kcc.voorbeeld import maak_bericht, maak_contact, maak_verzoek, maak_zaken
from tests.schermhulp import aanroepen, kapot

MEESTE_AANROEPEN = 10


@pytest.fixture
def _jan(installatie: Installatie) -> None:
    zaken = maak_zaken(installatie, JAN)
    maak_bericht(installatie, JAN, "Uw aanvraag", "Geheime inhoud")
    maak_verzoek(installatie, JAN)
    maak_contact(installatie, JAN, "Vraag over de vergunning", zaak=zaken[0]["uuid"], afdeling="vergunningen")


@contextmanager
def aanroepen_van_kcc(installatie: Installatie) -> Iterator[list[str]]:
    """De aanroepen die het KCC zelf doet, als methode en pad."""
    gedaan: list[str] = []
    with aanroepen(installatie, _van_kcc) as verzoeken:
        yield gedaan
    gedaan += [f"{verzoek.method} {verzoek.url.path}" for verzoek in verzoeken]


def _van_kcc(verzoek: httpx.Request, client_id: str) -> bool:
    basisregistratie = verzoek.url.path.startswith(("/simulatoren/brp", "/simulatoren/kvk"))
    return basisregistratie or client_id == "dienstverlening-kcc" or verzoek.headers.get("X-Gebruiker") == "kim"


@pytest.mark.usefixtures("_jan")
def test_alles_van_de_klant_staat_erin(kim: Medewerker) -> None:
    tekst = kim.zoek("bsn", bsn=JAN).tekst
    for stuk in (
        "Dorpsstraat 12",
        "14 maart 1978",
        "ZAAK-0",
        "ZAAK-OUD",
        "Vraag over de vergunning",
        "Wacht op antwoord",
        "Uw aanvraag",
        "Ongelezen",
        "Vergunning verhuur",
    ):
        assert stuk in tekst, stuk
    assert "vergunning-verhuur" not in tekst  # de sleutel, niet de naam
    assert "Geheime inhoud" not in tekst
    assert "Niet bereikbaar" not in tekst
    assert "Anna" not in tekst  # het gezin staat er niet zomaar bij


@pytest.mark.usefixtures("_jan")
def test_aantal_aanroepen_hangt_niet_van_de_inhoud_af(kim: Medewerker, installatie: Installatie) -> None:
    klant = kim.zoek("bsn", bsn=JAN).pad
    with aanroepen_van_kcc(installatie) as eerst:
        kim.naar(klant)
    for nummer in range(12):
        maak_contact(installatie, JAN, f"Vraag {nummer}", afdeling="wonen")
        maak_bericht(installatie, JAN, f"Bericht {nummer}", "Inhoud")
    with aanroepen_van_kcc(installatie) as daarna:
        kim.naar(klant)
    assert sorted(eerst) == sorted(daarna)
    assert len(daarna) <= MEESTE_AANROEPEN
    assert "Vraag 11" in kim.tekst


def test_lange_lijst_heeft_paginas(kim: Medewerker, installatie: Installatie) -> None:
    for nummer in range(30):
        maak_bericht(installatie, JAN, f"Bericht {nummer:02}", "Inhoud")
    klant = kim.zoek("bsn", bsn=JAN).pad
    assert f"{klant}/berichten" in kim.tekst
    kim.naar(f"{klant}/berichten?pagina=2")
    assert kim.tekst.count("Bericht 0") == 5
    assert kim.naar(f"{klant}/bestaat-niet").antwoord.status_code == 404


def test_een_bericht_dat_nog_niet_uit_is_staat_er_niet(kim: Medewerker, installatie: Installatie) -> None:
    maak_bericht(installatie, JAN, "Vandaag", "Inhoud")
    maak_bericht(installatie, JAN, "Pas morgen", "Inhoud", dagen=1)
    kim.naar(kim.zoek("bsn", bsn=JAN).pad)
    assert "Vandaag" in kim.tekst
    assert "Pas morgen" not in kim.tekst


def test_bron_die_niet_antwoordt_raakt_alleen_haar_blok(kim: Medewerker, installatie: Installatie) -> None:
    maak_bericht(installatie, JAN, "Uw aanvraag", "Inhoud")
    klant = kim.zoek("bsn", bsn=JAN).pad
    with kapot(installatie, "zaken"):
        kim.naar(klant)
    assert kim.antwoord.status_code == 200
    assert kim.tekst.count("Niet bereikbaar") == 2  # lopende en afgeronde zaken
    assert "Uw aanvraag" in kim.tekst
    assert "Dorpsstraat 12" in kim.tekst


def test_gezin_alleen_met_reden_en_een_eigen_regel(kim: Medewerker, installatie: Installatie) -> None:
    klant = kim.zoek("bsn", bsn=JAN).pad
    kim.stuur(f"{klant}/gezin")
    assert "Er gaat nog iets niet goed" in kim.tekst
    kim.stuur(f"{klant}/gezin", reden="vertegenwoordiging")
    assert "Anna Maria" in kim.tekst
    with installatie.db.lezen() as verbinding:
        regels = verbinding.scalars(select(Verwerking.naam).where(Verwerking.naam.startswith("Gezin"))).all()
        audit = verbinding.scalars(select(Auditregel.actie).where(Auditregel.actie.startswith("Gezin"))).all()
    assert audit == ["Gezin (vertegenwoordiging)"]
    assert len(regels) > 2  # de klant zelf, zijn partner en zijn kinderen


def test_klantbeeld_van_een_bedrijf(kim: Medewerker, installatie: Installatie) -> None:
    klant = kim.zoek("bedrijf", zoek=BEDRIJF).pad
    assert "Eenmanszaak" in kim.tekst
    assert "Gezin" not in kim.tekst
    with aanroepen_van_kcc(installatie) as gedaan:
        kim.naar(klant)
    assert len(gedaan) <= MEESTE_AANROEPEN


def test_in_het_engels(kim: Medewerker) -> None:
    klant = kim.zoek("bsn", bsn=JAN).pad
    assert "No cases are open." in kim.naar(f"{klant}?taal=en").tekst
