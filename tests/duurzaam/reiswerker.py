"""Eén workerproces: dat van het platform zelf, of met een kortere lease (in seconden) zodat een test niet hoeft te wachten.

Aanroep: python -m tests.duurzaam.reiswerker [LEASE]
"""

import sys
from datetime import timedelta

from dienstverlening.samenstellen import maak_platform
from dienstverlening.worker import Worker, draai
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.outbox import Afhandelaar


def main(lease: float) -> None:
    """Als `draai`, met deze lease."""
    instellingen = laad_instellingen()
    richt_in(instellingen.log_niveau)
    Worker(Afhandelaar(maak_platform(instellingen), lease=timedelta(seconds=lease))).draai()


if __name__ == "__main__":
    if sys.argv[1:]:
        main(float(sys.argv[1]))
    else:
        draai()
