"""Vaste vragen aan Redis, rechtstreeks op een verbinding: wat bij elk verzoek gebeurt, kost zo half zoveel rekentijd."""

from collections import deque
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from redis import Redis

# Per client de verbindingen die hiervoor vrij zijn. Zij gaan niet terug naar de pool: die bekijkt ze elke keer opnieuw.
_VRIJ: WeakKeyDictionary[Redis, deque[Any]] = WeakKeyDictionary()


def vraag(redis: Redis, *delen: str) -> Any:
    """Het ruwe antwoord op een opdracht die steeds hetzelfde is; houdt net zo lang vol als de client zelf."""
    opdracht, vrij = _ingepakt(delen), _VRIJ.setdefault(redis, deque())
    try:
        verbinding = vrij.pop()
    except IndexError:
        verbinding = redis.connection_pool.get_connection()
    try:
        antwoord = verbinding.retry.call_with_retry(
            lambda: _stuur(verbinding, opdracht), lambda _fout: verbinding.disconnect()
        )
    except BaseException:
        verbinding.disconnect()  # misschien komt er nog een half antwoord
        redis.connection_pool.release(verbinding)
        raise
    vrij.append(verbinding)
    return antwoord


def _stuur(verbinding: Any, opdracht: bytes) -> Any:
    verbinding.send_packed_command([opdracht])
    return verbinding.read_response()


@lru_cache(maxsize=1000)
def _ingepakt(delen: tuple[str, ...]) -> bytes:
    """De opdracht zoals het protocol van Redis haar schrijft."""
    ruw = [deel.encode() for deel in delen]
    return b"*%d\r\n" % len(ruw) + b"".join(b"$%d\r\n%b\r\n" % (len(deel), deel) for deel in ruw)
