"""Een formulier dat niets meer aanneemt: het blijft in de Objecten API staan, met de dag en waar iemand nu terechtkan.

Wat eerder is ingediend houdt zo zijn formulier, en wie eraan begonnen was leest waarom hij het niet meer kan versturen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

VELD = "beeindigd"


@dataclass(frozen=True)
class Einde:
    """Sinds `op` neemt het formulier niets meer aan; `waarheen` is per taal een tekst van de gemeente, of leeg."""

    op: date
    waarheen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def van(cls, bewaard: Mapping[str, Any]) -> "Einde | None":
        """Het einde van een bewaard formulier; None als het gewoon te gebruiken is."""
        gevonden = bewaard.get(VELD)
        return cls(date.fromisoformat(gevonden["op"]), gevonden.get("waarheen") or {}) if gevonden else None

    def in_(self, bewaard: Mapping[str, Any]) -> dict[str, Any]:
        """Het bewaarde formulier met dit einde erin."""
        return {**bewaard, VELD: {"op": self.op.isoformat(), "waarheen": dict(self.waarheen)}}
