"""Caches over processen heen geldig houden: een versie in Redis die verandert bij elke wijziging van de bron."""

import secrets
from functools import cache
from typing import Any

from flask import g, has_request_context

from kern.installatie import Installatie

NAMEN = ("toegang", "autorisaties", "catalogi", "objecttypen")


def huidige_versie(installatie: Installatie, naam: str) -> Any:
    """De versie van een van `NAMEN`. Binnen een verzoek komen alle versies in één keer uit Redis, bij de eerste vraag."""
    if not has_request_context():
        return _versies(installatie)[naam]
    if "versies" not in g:
        g.versies = _versies(installatie)
    return g.versies[naam]


def vernieuw_versie(installatie: Installatie, naam: str) -> None:
    """Laat elk proces vergeten wat het van `naam` onthield. Een willekeurig getal: na een lege Redis herhaalt zich niets."""
    installatie.redis.set(_sleutel(installatie, naam), secrets.randbits(48))


def _versies(installatie: Installatie) -> dict[str, Any]:
    """Met een vaste opdracht rechtstreeks op de verbinding: dit gebeurt bij elk verzoek, en is zo half zoveel werk."""
    pool = installatie.redis.connection_pool
    verbinding = pool.get_connection()
    try:
        waarden: Any = verbinding.retry.call_with_retry(
            lambda: _vraag(verbinding, _opdracht(installatie)),
            lambda _fout: verbinding.disconnect(),  # type: ignore[no-untyped-call]  # redis geeft hier geen type
        )
    finally:
        pool.release(verbinding)
    return dict(zip(NAMEN, waarden, strict=True))


def _vraag(verbinding: Any, opdracht: bytes) -> Any:
    verbinding.send_packed_command([opdracht])
    return verbinding.read_response()


def _opdracht(installatie: Installatie) -> bytes:
    """MGET van alle versies, zoals het protocol van Redis haar schrijft."""
    return _ingepakt("MGET", *(_sleutel(installatie, naam) for naam in NAMEN))


@cache
def _ingepakt(*delen: str) -> bytes:
    ruw = [deel.encode() for deel in delen]
    return b"*%d\r\n" % len(ruw) + b"".join(b"$%d\r\n%b\r\n" % (len(deel), deel) for deel in ruw)


def _sleutel(installatie: Installatie, naam: str) -> str:
    return installatie.redis_sleutel("versie", naam)
