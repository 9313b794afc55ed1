"""Fixtures voor de Documenten API: typen, een client die alles mag, en een document om mee te werken."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from integratie.documenten import DocumentenClient
from kern.installatie import Installatie
from tests.integratie.registraties.typen import RSIN, Herhaal, Typen, maak_typen

Maker = Callable[..., dict[str, Any]]


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def drc(installatie: Installatie) -> DocumentenClient:
    return DocumentenClient(installatie, namens="documenten", gebruiker="jan", weergave="Jan Jansen")


@pytest.fixture
def invoer(typen: Typen) -> Maker:
    """De invoer voor een document van vijf bytes; velden naar keuze anders."""

    def maak(**velden: Any) -> dict[str, Any]:
        basis = {
            "bronorganisatie": RSIN,
            "creatiedatum": "2026-01-05",
            "titel": "Aanvraag",
            "auteur": "Jan",
            "taal": "nld",
            "informatieobjecttype": typen.informatieobjecttype,
            "inhoud": "aGFsbG8=",
        }
        return {**basis, **velden}

    return maak


@pytest.fixture
def document(drc: DocumentenClient, invoer: Maker) -> Maker:
    """Maakt een document en geeft het antwoord."""

    def maak(**velden: Any) -> dict[str, Any]:
        gemaakt: dict[str, Any] = drc.vraag("POST", "enkelvoudiginformatieobjecten", json=invoer(**velden))
        return gemaakt

    return maak


@pytest.fixture(autouse=True)
def lege_opslag(installatie: Installatie) -> None:
    """De opslag blijft tussen tests staan; deze tests tellen bestanden."""
    shutil.rmtree(installatie.instellingen.data / "bestanden", ignore_errors=True)
