"""De teksten van de formuliermotor zelf; vertaald met of zonder app, want een samenvatting kan ook in een worker ontstaan."""

from pathlib import Path
from typing import Final

from huisstijl.taal import EIGEN, Catalogus, vertaal_uit

TEKSTEN: Final = EIGEN.met(Catalogus.lees(Path(__file__).parent / "vertalingen"))


def vertaal(tekst: str, /, **waarden: object) -> str:
    """De tekst in de huidige taal."""
    return vertaal_uit(TEKSTEN, tekst, waarden)
