"""De velden die elk sjabloon kan gebruiken, met een voorbeeldwaarde."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

VAST: Final[Mapping[str, Any]] = {
    "aanhef": "Geachte mevrouw De Vries",
    "zaaknummer": "ZAAK-2026-0000000001",
    "datum": date(2026, 7, 14),
    "gemeente": "Gemeente Voorbeeldstad",
}
VASTE_VELDEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "brief": {**VAST, "startdatum": date(2026, 7, 1)},
    "bericht": {**VAST, "ontvangen": date(2026, 7, 1)},
    "email": {**VAST, "ontvangen": date(2026, 7, 1)},
    "sms": {**VAST, "ontvangen": date(2026, 7, 1)},
}
"""Per soort sjabloon. Wat hier staat vullen `documenten.genereren` (brief) en het versturen (de andere) zelf in."""
