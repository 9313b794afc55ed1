"""Fixtures voor de Zaken API: een compleet zaaktype, en clients met en zonder geforceerde rechten."""

import pytest

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.rechten import PROEF, geef_rechten
from tests.integratie.registraties.typen import Herhaal, Typen, maak_typen

GEWOON = [
    "zaken.lezen",
    "zaken.aanmaken",
    "zaken.bijwerken",
    "zaken.verwijderen",
    "zaken.statussen.toevoegen",
    "audittrails.lezen",
]


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def zaken(installatie: Installatie, typen: Typen) -> ZakenClient:
    """Een behandelaar: alles behalve heropenen en geforceerd bijwerken."""
    autorisatie = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "zeer_geheim"}
    geef_rechten(installatie, {**autorisatie, "scopes": GEWOON})
    return ZakenClient(installatie, namens=PROEF, gebruiker="jan", weergave="Jan Jansen")


@pytest.fixture
def baas(installatie: Installatie) -> ZakenClient:
    """Wie alles mag."""
    return ZakenClient(installatie, namens="zaken")
