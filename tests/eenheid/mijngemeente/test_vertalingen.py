"""Elke tekst van het portaal heeft een Engelse vertaling."""

from pathlib import Path

import mijngemeente
from formuliermotor.teksten import TEKSTEN
from huisstijl.taal import EIGEN, Catalogus, teksten_in

MAP = Path(mijngemeente.__file__).parent


def test_niets_is_onvertaald() -> None:
    catalogus = EIGEN.met(TEKSTEN).met(Catalogus.lees(MAP / "vertalingen"))
    publiek = Catalogus.lees(MAP / "publiek" / "vertalingen")
    onvertaald = catalogus.ontbrekend(teksten_in(MAP))
    assert publiek.ontbrekend(onvertaald) == set()
