"""Werk achterlaten in de transactie die het veroorzaakt."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, delete, insert

from kern.database import na_commit
from kern.installatie import Installatie
from kern.opdrachten import Vastlegging, voer_samen_uit, voer_uit
from kern.outbox.wekker import wek
from kern.tabellen import OutboxTabel

_TABEL: Any = OutboxTabel.__table__
_PLAATS = insert(_TABEL).returning(_TABEL.c.id)
_TREK_IN = delete(_TABEL).where(_TABEL.c.id == bindparam("nummer"))


def plaats(
    installatie: Installatie,
    verbinding: Connection,
    verwerker: str,
    inhoud: dict[str, Any],
    *,
    sleutel: str | None = None,
    vanaf: datetime | None = None,
    samen_met: Sequence[Vastlegging] = (),
) -> int:
    """Leg werk vast voor `verwerker` en geef het rijnummer, dat ook de idempotentiesleutel van het gevolg is.

    `inhoud` bevat verwijzingen en routegegevens, nooit een BSN. Rijen met dezelfde `sleutel` gaan op volgorde. `vanaf` stelt uit.
    `samen_met` zijn vaste opdrachten die in dezelfde vraag meegaan, met waarden die anders heten dan de kolommen van de outbox.
    """
    nu = installatie.klok.nu()
    spoor = structlog.contextvars.get_contextvars().get("trace_id", "")
    rij = {
        "verwerker": verwerker,
        "inhoud": inhoud,
        "sleutel": sleutel,
        "vanaf": vanaf or nu,
        "aangemaakt": nu,
        "spoor": spoor,
    }
    gedaan = voer_samen_uit(verbinding, samen_met, (_PLAATS, rij))
    (nummer,) = gedaan.fetchone() or (0,)
    if vanaf is None or vanaf <= nu:
        na_commit(lambda: wek(installatie))
    return int(nummer)


def trek_in(verbinding: Connection, nummer: int) -> None:
    """Haal uitgesteld werk weg dat niet meer nodig is, in de transactie die het overbodig maakt."""
    voer_uit(verbinding, *intrekking(nummer))


def intrekking(nummer: int) -> Vastlegging:
    """Hetzelfde als opdracht, om met een andere mee te geven (`voer_samen_uit`)."""
    return _TREK_IN, {"nummer": nummer}
