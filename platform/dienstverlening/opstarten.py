"""Het gemeenschappelijke begin van elke opdracht: instellingen, motoren, en wat kindprocessen daarvan moeten weten."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kern.instellingen import Instellingen, laad_instellingen
from kern.motoren import Motoren

ONTHOUDEN = "installatie.json"


class StartFout(Exception):
    """Het platform kan zo niet starten. De tekst is één regel voor de beheerder."""


def lees(**waarden: Any) -> Instellingen:
    """De instellingen; noemt onbekende onderdelen meteen.

    `waarden` gaan voor (None telt niet), dan de omgeving, dan wat de demo op deze datamap onthield.
    """
    gegeven = {naam: waarde for naam, waarde in waarden.items() if waarde is not None}
    data = Path(gegeven.get("data") or os.environ.get("DATA") or "data")
    onthouden = {naam: waarde for naam, waarde in _onthouden(data).items() if not os.environ.get(naam.upper())}
    instellingen = laad_instellingen(**{**onthouden, **gegeven})
    if instellingen.onderdelen:
        _eis_bekend(instellingen)
    return instellingen


def _eis_bekend(instellingen: Instellingen) -> None:
    from dienstverlening.plekken import plekken_van  # noqa: PLC0415 - laadt techniek; hier alleen als het moet
    from dienstverlening.samenstellen import kies  # noqa: PLC0415

    kies(plekken_van(instellingen), instellingen.namen("onderdelen"))


def onthoud(instellingen: Instellingen) -> None:
    """Onthoud op de datamap wat een latere opdracht moet weten om dezelfde installatie te openen."""
    (instellingen.data / ONTHOUDEN).write_text(
        json.dumps({"omgeving": instellingen.omgeving, "poort": instellingen.poort})
    )


def _onthouden(data: Path) -> dict[str, Any]:
    try:
        bewaard = json.loads((data / ONTHOUDEN).read_text())
    except (OSError, ValueError):
        return {}
    return bewaard if isinstance(bewaard, dict) else {}


@contextmanager
def met_motoren(instellingen: Instellingen, *, alleen_eigenaar: bool = False) -> Iterator[Instellingen]:
    """De instellingen met een database en Redis die draaien; wat deze opdracht startte, stopt na afloop.

    `alleen_eigenaar`: weiger een datamap die een ander proces gebruikt.
    """
    motoren = Motoren(instellingen.data, database_url=instellingen.database_url, redis_url=instellingen.redis_url)
    with motoren:
        if alleen_eigenaar and not motoren.eigenaar:
            raise StartFout(f"De datamap {instellingen.data.absolute()} is in gebruik door een ander proces")
        yield instellingen.model_copy(update={"database_url": motoren.database_url, "redis_url": motoren.redis_url})


def omgeving(instellingen: Instellingen) -> Mapping[str, str]:
    """Wat een kindproces nodig heeft om dezelfde installatie te openen; de rest erft het."""
    return {
        "OMGEVING": instellingen.omgeving,
        "DATA": str(instellingen.data.absolute()),
        "POORT": str(instellingen.poort),
        "DATABASE_URL": instellingen.database_url,
        "REDIS_URL": instellingen.redis_url,
        "SMTP_URL": instellingen.smtp_url,
    }
