"""Twee transacties die op elkaar wachten: PostgreSQL breekt er één af, en die begint gewoon opnieuw.

Dat kan als een schrijfactie meer rijen raakt dan de eigen (een nieuw standaardadres zet het vorige uit). De aanroeper merkt er niets van.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from kern.fouten import Probleem

T = TypeVar("T")
POGINGEN = 8
LANGSTE_PAUZE = 0.1  # seconden


def opnieuw_bij_impasse(transactie: Callable[[], T]) -> T:
    """Doe deze transactie, en bij een impasse nog eens; na vele keren 409."""
    for _ in range(POGINGEN):
        try:
            return transactie()
        except OperationalError as fout:
            if not isinstance(fout.orig, DeadlockDetected):
                raise
        time.sleep(LANGSTE_PAUZE * random.random())  # noqa: S311  # spreiding, geen geheim
    raise Probleem(409, detail="Anderen zijn hier ook mee bezig. Probeer het zo opnieuw.")
