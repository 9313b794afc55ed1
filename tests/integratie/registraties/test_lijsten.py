"""Elke lijst van elke registratie kost bij 1 en bij 100 per pagina evenveel vragen aan de database."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from integratie.basis import ApiClient
from kern.installatie import Installatie
from registraties.referentielijsten.laden import laad, voorbeeldset
from tests.integratie.importeren.gegevens import vul_producten
from tools.bench.hulp import artikelen, objecten, taken

MEESTE = 3  # de pagina, de telling, en bij producten de producttypen erbij
GEVULD = """
INSERT INTO contactgegevens.persoon (id, geboortedatum, geslachtsnaam, geslacht, voorvoegsel, voornamen)
SELECT gen_random_uuid(), '1980-01-01', 'Naam ' || g, '', '', '' FROM generate_series(1, 120) g;
INSERT INTO contactgegevens.organisatie (id, handelsnaam) SELECT gen_random_uuid(), 'Bedrijf ' || g FROM generate_series(1, 120) g
"""
LIJSTEN = {
    "contactgegevens": ("persoon", "organisatie"),
    "taken": ("medewerkertaken", "externetaken"),
    "berichten": ("berichten",),
    "verzoeken": ("verzoeken", "verzoektypen"),
    "objecten": ("objects",),
    "objecttypen": ("objecttypes",),
    "producttypen": ("producttypen", "content", "themas", "prijzen", "links", "acties", "bestanden", "contacten"),
    "producten": ("producten",),
    "referentielijsten": ("communicatiekanalen", "resultaten"),
}


@pytest.fixture
def vol(installatie: Installatie) -> Installatie:
    """Van alles meer dan een pagina."""
    taken.vul(installatie, 120)
    vul_producten(installatie)
    with installatie.db.engine.begin() as verbinding:
        verbinding.execute(text("DELETE FROM kern.toegangssleutel"))
    artikelen.vul(installatie, 120)
    with installatie.db.engine.begin() as verbinding:
        verbinding.execute(text("DELETE FROM kern.toegangssleutel"))
        for opdracht in GEVULD.split(";\n"):
            verbinding.execute(text(opdracht))
    objecten.vul(installatie, 120)
    laad(installatie, voorbeeldset())
    return installatie


@pytest.fixture
def vragen(vol: Installatie) -> Iterator[list[str]]:
    gesteld: list[str] = []

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        gesteld.append(opdracht)

    with vol.db.meeluisteren(onthoud):
        yield gesteld


def test_elke_lijst_heeft_een_vast_aantal_vragen(vol: Installatie, vragen: list[str]) -> None:
    te_veel = []
    for api, lijsten in LIJSTEN.items():
        client: Any = type("Client", (ApiClient,), {"api": api})(vol, namens="proef")
        grootte = "page_size" if api.startswith("product") else "pageSize"
        for lijst in lijsten:
            aantallen = []
            for hoeveel in (1, 100):
                client.vraag("GET", lijst, params={grootte: hoeveel})
                vragen.clear()
                client.vraag("GET", lijst, params={grootte: hoeveel})
                aantallen.append(len(vragen))
            if max(aantallen) > MEESTE:
                te_veel.append((api, lijst, aantallen))
    assert te_veel == []
