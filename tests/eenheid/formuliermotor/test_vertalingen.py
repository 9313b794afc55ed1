"""Elke tekst van de formuliermotor bestaat ook in het Engels."""

from pathlib import Path

import formuliermotor
from formuliermotor.teksten import TEKSTEN
from huisstijl.taal import teksten_in


def test_alle_teksten_hebben_een_vertaling() -> None:
    assert TEKSTEN.ontbrekend(teksten_in(Path(formuliermotor.__file__).parent)) == set()
