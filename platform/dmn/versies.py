"""Versies van een model: de peildatum kiest welke gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dmn.fouten import fout
from dmn.model import Model
from dmn.uitslag import Uitslag


class Versies:
    """Modellen met dezelfde beslissingen, elk met een geldigheid (`<d:geldig van tot>` bij de definities)."""

    def __init__(self, modellen: Iterable[Model]) -> None:
        self.modellen = sorted(modellen, key=lambda model: model.definities.herkomst.van or date.min)

    def op(self, peildatum: date) -> Model:
        """Het model dat op deze dag gold; bij overlap het jongste. Werpt DmnFout als er geen gold."""
        for model in reversed(self.modellen):
            if model.definities.herkomst.geldt_op(peildatum):
                return model
        raise fout("versie.geen", f"Op {peildatum} gold geen versie", f"No version was in force on {peildatum}")

    def evalueer(
        self,
        beslissing: str,
        invoer: Mapping[str, Any],
        *,
        peildatum: date,
        klok: Callable[[], datetime] | None = None,
    ) -> Uitslag:
        """De uitslag van de versie die op de peildatum gold."""
        return self.op(peildatum).evalueer(beslissing, invoer, peildatum=peildatum, klok=klok)
