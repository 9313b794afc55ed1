"""Schema's van de inkomensbron. Bedragen zijn euro's."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from integratie.basis import Schema


class Maand(Schema):
    """Het brutoloon van één maand (`maand` is de eerste dag) uit alle dienstverbanden en uitkeringen samen."""

    maand: date
    bruto: Decimal
    dienstverbanden: int = 1


class Inkomen(Schema):
    """De jongste maand staat vooraan. `netto` is het huidige netto maandinkomen, `vermogen` wat iemand bezit; None is onbekend."""

    maanden: list[Maand] = Field(default_factory=list)
    netto: Decimal | None = None
    vermogen: Decimal | None = None

    def gemiddeld(self, aantal: int) -> Decimal | None:
        """Het gemiddelde bruto maandinkomen over de jongste maanden, op hele centen."""
        jongste = [maand.bruto for maand in self.maanden[:aantal]]
        return (sum(jongste, Decimal(0)) / len(jongste)).quantize(Decimal("0.01")) if jongste else None
