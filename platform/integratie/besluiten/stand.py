"""Hoe het met een besluit staat: geldt het, nog niet, of niet meer, en waardoor. Voor elk scherm dezelfde woorden."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.vervangen import OUD_NOEMT, Hoe

Geldigheid = Literal["geldt", "geldt nog niet", "gewijzigd", "ingetrokken", "verlopen"]
WAT: dict[Hoe, Geldigheid] = {"wijzigen": "gewijzigd", "intrekken": "ingetrokken"}


@dataclass(frozen=True)
class Stand:
    """`laatste_dag` als het besluit eindigt of geëindigd is; `door` is het nummer van het besluit dat dat deed."""

    geldigheid: Geldigheid
    laatste_dag: date | None = None
    door: str = ""
    voorbij: bool = False


def stand_van(besluit: BesluitUit, vandaag: date) -> Stand:
    """De stand op deze dag. Een besluit dat later gewijzigd of ingetrokken wordt zegt dat al, en is dan nog niet `voorbij`."""
    laatste = besluit.vervaldatum
    voorbij = laatste is not None and laatste < vandaag
    for hoe, kenmerk in OUD_NOEMT.items():
        door = besluit.uitleg.kenmerk(kenmerk)
        if door:
            return Stand(WAT[hoe], laatste, door, voorbij=voorbij)
    if besluit.vervalreden.startswith("ingetrokken"):
        return Stand("ingetrokken", laatste, voorbij=voorbij)
    if voorbij:
        return Stand("verlopen", laatste, voorbij=True)
    return Stand("geldt nog niet" if besluit.ingangsdatum > vandaag else "geldt", laatste)
