"""Een ingericht platform, en inwoners achter een browser."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from dienstverlening.inrichten import richt_in
from kern.aanmelden import Identiteit, Niveau
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import Browser

JAN, ANNA = "999000007", "999000032"


@pytest.fixture
def ingericht(installatie: Installatie) -> Installatie:
    richt_in(installatie)
    return installatie


def identiteit_van(bsn: str) -> Identiteit:
    """De identiteit na inloggen met DigiD."""
    moment = datetime(2026, 1, 5, 9, tzinfo=UTC)
    return Identiteit(
        soort="inwoner", bron="digid", middel="digid", onderwerp=bsn, bsn=bsn, niveau=Niveau.MIDDEN, tijdstip=moment
    )


def inwoner(installatie: Installatie, bsn: str) -> Browser:
    """Deze inwoner, ingelogd en op het overzicht."""
    browser = Browser(installatie)
    browser.log_in("/mijn/", persoon=bsn)
    assert browser.pad == "/mijn/", browser.tekst
    return browser


@pytest.fixture
def jan(ingericht: Installatie) -> Iterator[Browser]:
    browser = inwoner(ingericht, JAN)
    yield browser
    browser.http.close()


@pytest.fixture
def anna(ingericht: Installatie) -> Iterator[Browser]:
    browser = inwoner(ingericht, ANNA)
    yield browser
    browser.http.close()
