"""De uitslag van een beslissing: de waarde, de redenen, en (pas als iemand erom vraagt) de uitleg."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dmn.staat import Beslisstaat
from feel.fouten import FeelGrens, Reden
from feel.naar_python import naar_python

if TYPE_CHECKING:
    from dmn.knopen import Knoop
    from dmn.model import Model
    from dmn.uitleg import Uitleg


class Uitslag:
    """Waarde (Python), `ruw` (FEEL), redenen van null, de grens als die bereikt werd, en de uitleg."""

    def __init__(
        self,
        model: Model,
        knoop: Knoop,
        ruw: Any,
        staat: Beslisstaat,
        meegegeven: dict[str, Any],
        bekeken: Collection[Knoop],
        grens: FeelGrens | None,
    ) -> None:
        self.model, self.knoop, self.ruw, self.staat, self.grens = model, knoop, ruw, staat, grens
        self._meegegeven, self._bekeken = meegegeven, bekeken

    @cached_property
    def invoer(self) -> dict[str, Any]:
        """Wat de beslissing van de invoer gebruikte: een proces geeft al zijn variabelen mee."""
        namen = {naam for knoop in self._bekeken for naam in knoop.invoernamen}
        return {naam: waarde for naam, waarde in self._meegegeven.items() if naam in namen}

    @cached_property
    def waarde(self) -> Any:
        """De waarde als Python-waarde."""
        return naar_python(self.ruw)

    @property
    def redenen(self) -> tuple[Reden, ...]:
        """Waarom waarden onderweg null werden."""
        grens = self.grens
        extra = () if grens is None else (Reden(f"grens.{grens.grens}", grens.nederlands, grens.engels),)
        return (*self.staat.redenen, *extra)

    @cached_property
    def uitleg(self) -> Uitleg:
        """De uitleg als gegevens; `uitleg.zinnen("nl")` als zinnen."""
        from dmn.uitleg import maak_uitleg  # noqa: PLC0415 - pydantic kost tijd bij het importeren

        return maak_uitleg(self)
