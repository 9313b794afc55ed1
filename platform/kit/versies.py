"""Caches over processen heen geldig houden: een versie in Redis die verandert bij elke wijziging van de bron."""

from collections.abc import Callable
from typing import Any

import structlog
from redis.exceptions import RedisError

from kern.database import na_commit
from kern.installatie import Installatie
from kern.versies import vernieuw_versie
from kit.wijziging import Wijziging

log = structlog.get_logger()


def na_wijziging(naam: str) -> Callable[[Wijziging[Any]], None]:
    """Een gevolg dat de versie van `naam` vernieuwt zodra de wijziging vaststaat.

    Ook vooraf, in de transactie: zonder Redis mislukt de wijziging, en houdt dus geen proces oude rechten of types vast.
    """

    def gevolg(w: Wijziging[Any]) -> None:
        installatie = w.omgeving.installatie
        vernieuw_versie(installatie, naam)
        na_commit(lambda: _vernieuw_rustig(installatie, naam))

    return gevolg


def _vernieuw_rustig(installatie: Installatie, naam: str) -> None:
    try:
        vernieuw_versie(installatie, naam)
    except RedisError as fout:
        log.exception("versie niet vernieuwd", naam=naam, fout=type(fout).__name__)
