"""Het bewijs van verzending (Awb 3:41): per poging wat, waarheen, wanneer, door welke aanbieder en wat die antwoordde.

Een adres staat er nooit voluit in: een e-mailadres en een nummer verhuld, een postadres alleen als verwijzing naar de bron. Zo is een
geheim adres (BRP) ook hier niet te zien.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from processen.verzenden.tabellen import Zending


@dataclass(frozen=True)
class Bewijs:
    """Eén poging over één kanaal. `bezorgd` is onwaar als het adres weigerde, of als het bericht later terugkwam."""

    kanaal: str
    waarheen: str
    moment: datetime
    aanbieder: str
    antwoord: str
    wat: str = ""
    bezorgd: bool = True

    def als_json(self) -> dict[str, Any]:
        return {**asdict(self), "moment": self.moment.isoformat()}


def verhuld(adres: str) -> str:
    """Genoeg om te herkennen voor wie het adres kent: `m…@voorbeeld.nl`, `…5678`."""
    naam, apenstaart, domein = adres.partition("@")
    return f"{naam[:1]}…@{domein}" if apenstaart else f"…{adres[-4:]}"


def gelukt(bewijzen: Iterable[Bewijs]) -> list[str]:
    """De kanalen waarlangs het bericht echt de deur uit ging."""
    return [bewijs.kanaal for bewijs in bewijzen if bewijs.bezorgd]


def voeg_toe(verbinding: Connection, zending: UUID, *bewijzen: Bewijs, **waarden: Any) -> None:
    """Zet pogingen bij de zending, met wat er verder verandert; wat er al stond blijft staan."""
    vraag = select(Zending.bewijs).where(Zending.id == zending).with_for_update()
    bestaand = verbinding.execute(vraag).scalar_one()
    nieuw = [*bestaand, *(bewijs.als_json() for bewijs in bewijzen)]
    verbinding.execute(update(Zending).where(Zending.id == zending).values(bewijs=nieuw, **waarden))
