"""De objecttypen van de inrichting, met hun JSON Schema."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

RUIMTE = UUID("6f1d9c1e-6a57-4d0f-9d0c-3c2f2c1c7f11")


@dataclass(frozen=True)
class Soort:
    """Een soort inrichting: `naam` en `meervoud` voor het objecttype, `schema` voor de gegevens."""

    naam: str
    meervoud: str
    schema: dict[str, Any]

    @property
    def uuid(self) -> UUID:
        """Het vaste uuid van het objecttype."""
        return uuid5(RUIMTE, f"objecttype:{self.naam}")

    def object_uuid(self, sleutel: str) -> UUID:
        """Het vaste uuid van één object van deze soort."""
        return uuid5(RUIMTE, f"object:{self.naam}:{sleutel}")


def _schema(*verplicht: str, **velden: Any) -> dict[str, Any]:
    tekst = {"type": "string", "minLength": 1}
    eigen = {naam: tekst for naam in verplicht if naam not in velden} | velden
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(verplicht),
        "properties": eigen,
    }


FORMULIER = Soort(
    "formulierdefinitie", "formulierdefinities", _schema("sleutel", "definitie", definitie={"type": "object"})
)
SJABLOON = Soort(
    "sjabloon",
    "sjablonen",
    _schema("sleutel", "soort", "onderwerp", "inhoud", onderwerp={"type": "object"}, inhoud={"type": "object"}),
)
VERZENDREGEL = Soort("verzendregel", "verzendregels", _schema("sleutel", "gebeurtenis", "sjabloon"))
PROCESPAKKET = Soort(
    "procespakket", "procespakketten", _schema("sleutel", "versie", "titel", "starts", starts={"type": "array"})
)
MANDAAT = Soort("mandaat", "mandaten", _schema("sleutel", "bestuursorgaan", "functie", "begin"))
REFERENTIELIJST = Soort(
    "referentielijst",
    "referentielijsten",
    _schema("sleutel", "titel", "waarden", titel={"type": "object"}, waarden={"type": "array"}),
)
PAKKETVERSIE = Soort(
    "pakketversie",
    "pakketversies",
    _schema("sleutel", "pakket", "versie", "op", "bestanden", bestanden={"type": "object"}),
)
BRIEFOPMAAK = Soort("briefopmaak", "briefopmaken", _schema("sleutel"))
SOORTEN = (FORMULIER, SJABLOON, VERZENDREGEL, PROCESPAKKET, MANDAAT, REFERENTIELIJST, PAKKETVERSIE, BRIEFOPMAAK)
