"""Elke tekst van de werkbank bestaat ook in het Engels."""

from pathlib import Path

import processen.modelleren
from huisstijl.taal import EIGEN, Catalogus, teksten_in


def test_alle_teksten_hebben_een_vertaling() -> None:
    map_ = Path(processen.modelleren.__file__).parent
    assert EIGEN.met(Catalogus.lees(map_ / "vertalingen")).ontbrekend(teksten_in(map_)) == set()
