"""Caches over processen heen geldig houden: een versie in Redis die verandert bij elke wijziging van de bron."""

import secrets
from typing import Any

from flask import g, has_request_context

from kern.installatie import Installatie
from kern.redisvraag import vraag

NAMEN = ("toegang", "autorisaties", "catalogi", "objecttypen", "inrichting")


def huidige_versie(installatie: Installatie, naam: str) -> Any:
    """De versie van een van `NAMEN`. Binnen een verzoek komen alle versies in één keer uit Redis, bij de eerste vraag."""
    if not has_request_context():
        return _versies(installatie)[naam]
    versies = g.get("versies")
    if versies is None:
        versies = g.versies = _versies(installatie)
    return versies[naam]


def vernieuw_versie(installatie: Installatie, naam: str) -> None:
    """Laat elk proces vergeten wat het van `naam` onthield. Een willekeurig getal: na een lege Redis herhaalt zich niets."""
    installatie.redis.set(_sleutel(installatie, naam), secrets.randbits(48))


def _versies(installatie: Installatie) -> dict[str, Any]:
    waarden = vraag(installatie.redis, "MGET", *(_sleutel(installatie, naam) for naam in NAMEN))
    return dict(zip(NAMEN, waarden, strict=True))


def _sleutel(installatie: Installatie, naam: str) -> str:
    return installatie.redis_sleutel("versie", naam)
