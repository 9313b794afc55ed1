"""Opnieuw beginnen als iemand anders intussen schreef: zo raakt bij gelijktijdige wijzigingen niets verloren."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from kern.fouten import Probleem

POGINGEN = 25
LANGSTE_PAUZE = 0.05  # seconden
T = TypeVar("T")


class Ingehaald(Exception):
    """Iemand anders wijzigde de rij tussen lezen en schrijven: begin opnieuw met de nieuwe stand."""


def herhaal(poging: Callable[[], T]) -> T:
    """De uitkomst van `poging`, zo nodig na opnieuw beginnen; 409 als anderen steeds voorgaan."""
    for nummer in range(POGINGEN):
        try:
            return poging()
        except Ingehaald:
            time.sleep(min(LANGSTE_PAUZE, 0.002 * nummer) * random.random())  # noqa: S311  # spreiding, geen geheim
    raise Probleem(409)
