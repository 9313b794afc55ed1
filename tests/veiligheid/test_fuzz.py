"""Willekeurige verzoeken naar de API's met tokens, en die zonder aanmelding."""

import hashlib

import pytest
from sqlalchemy import insert

from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeIn, VerzoekTypeVersionIn
from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from registraties.referentielijsten.laden import laad, voorbeeldset
from tests.veiligheid.fuzz import DELEN, beproef

APIS = (
    "verzoeken",
    "taken",
    "berichten",
    "referentielijsten",
    "logboek",
    "klantinteracties",
    "contactgegevens",
    "objecten",
    "objecttypen",
    "producten",
    "producttypen",
)


@pytest.fixture
def koppen(installatie: Installatie) -> dict[str, str]:
    """Een token dat overal alles mag, en genoeg gegevens om op te stuiten."""
    rij = {"soort": "token", "client_id": "fuzz", "geheim": hashlib.sha256(b"fuzz.geheim").digest()}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(**rij, rechten={"*": "alles"}))
    laad(installatie, voorbeeldset())
    versie = VerzoekTypeVersionIn(aanvraag_gegevens_schema={})
    VerzoekenClient(installatie, namens="proef").zorg_voor_type(VerzoekTypeIn(naam="fuzz"), versie)
    return {"Authorization": "Token fuzz.geheim"}


@pytest.mark.traag
@pytest.mark.parametrize("deel", range(DELEN))
@pytest.mark.parametrize("api", APIS)
def test_willekeurige_verzoeken(installatie: Installatie, koppen: dict[str, str], api: str, deel: int) -> None:
    beproef(installatie, api, koppen, deel)
