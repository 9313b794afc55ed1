"""Elke tekst van het KCC bestaat ook in het Engels."""

from pathlib import Path

import kcc
from huisstijl.taal import EIGEN, Catalogus, teksten_in


def test_alle_teksten_hebben_een_vertaling() -> None:
    map_ = Path(kcc.__file__).parent
    assert EIGEN.met(Catalogus.lees(map_ / "vertalingen")).ontbrekend(teksten_in(map_)) == set()
