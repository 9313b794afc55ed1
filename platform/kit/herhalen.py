"""Opnieuw beginnen als iemand anders voorging: zo raakt bij gelijktijdige wijzigingen niets verloren en merkt de aanroeper er niets van.

Er zijn twee manieren om te laat te zijn. Een ander wijzigde de rij tussen lezen en schrijven (`Ingehaald`): dan hoort het hele verzoek
over. Of twee transacties wachtten op elkaar en PostgreSQL brak er één af: dan is de transactie zelf genoeg.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from kern.fouten import Probleem

T = TypeVar("T")
POGINGEN = 25
BEZIG = "Anderen zijn hier ook mee bezig. Probeer het zo opnieuw."


class Ingehaald(Exception):
    """Iemand anders wijzigde de rij tussen lezen en schrijven: begin opnieuw met de nieuwe stand."""


def herhaal(poging: Callable[[], T]) -> T:
    """De uitkomst van `poging`, zo nodig na opnieuw beginnen; 409 als anderen steeds voorgaan."""
    return _begin_opnieuw(poging, lambda fout: isinstance(fout, Ingehaald), POGINGEN, 0.05)


def opnieuw_bij_impasse(transactie: Callable[[], T]) -> T:
    """Doe deze transactie, en bij een impasse nog eens; na vele keren 409."""
    return _begin_opnieuw(transactie, _is_impasse, 8, 0.1)


def _is_impasse(fout: Exception) -> bool:
    return isinstance(fout, OperationalError) and isinstance(fout.orig, DeadlockDetected)


def _begin_opnieuw(doe: Callable[[], T], te_laat: Callable[[Exception], bool], pogingen: int, pauze: float) -> T:
    """`pauze` is de langste, in seconden; de eerste keren is zij korter."""
    for nummer in range(pogingen):
        try:
            return doe()
        except Exception as fout:
            if not te_laat(fout):
                raise
        time.sleep(min(pauze, 0.002 * nummer) * random.random())  # noqa: S311  # spreiding, geen geheim
    raise Probleem(409, detail=BEZIG)
