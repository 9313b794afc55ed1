"""Het OpenAPI-document van Klantinteracties en Contactgegevens: alles van de standaard, en wat meer is gemerkt."""

from typing import Any

from kit import Registratie
from kit.openapi import maak_document
from registraties.contactgegevens.bronnen import CONTACTGEGEVENS
from registraties.klantinteracties.bronnen import KLANTINTERACTIES

EIGEN = ("_zoek", "_afronden")


def paden(registratie: Registratie) -> dict[str, Any]:
    gevonden: dict[str, Any] = maak_document(registratie, "https://voorbeeld")["paths"]
    return gevonden


def test_zoveel_operaties_als_de_standaard() -> None:
    standaard = [
        methode for pad, deel in paden(KLANTINTERACTIES).items() if not pad.endswith(EIGEN) for methode in deel
    ]
    assert len(standaard) == 85
    assert sum(len(deel) for deel in paden(CONTACTGEGEVENS).values()) == 12


def test_uitbreidingen_zijn_gemerkt() -> None:
    """Wat niet in de standaard staat is in het document te herkennen, en alleen dat."""
    alle = paden(KLANTINTERACTIES)
    gemerkt = {pad for pad, methoden in alle.items() if any("x-uitbreiding" in deel for deel in methoden.values())}
    assert gemerkt == {pad for pad in alle if pad.endswith(EIGEN)}
    afronden = alle["/klantcontacten/_afronden"]["post"]
    assert [deel["name"] for deel in afronden["parameters"]] == ["Idempotency-Key"]


def test_onderwerpobject_verwijderen_kent_twee_antwoorden() -> None:
    assert {"200", "204"} <= set(paden(KLANTINTERACTIES)["/onderwerpobjecten/{uuid}"]["delete"]["responses"])
