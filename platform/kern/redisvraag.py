"""Vaste vragen aan Redis, rechtstreeks op een verbinding: wat bij elk verzoek gebeurt, kost zo half zoveel rekentijd."""

from functools import lru_cache
from typing import Any

from redis import Redis


def vraag(redis: Redis, *delen: str) -> Any:
    """Het ruwe antwoord op een opdracht die steeds hetzelfde is; houdt net zo lang vol als de client zelf."""
    opdracht = _ingepakt(delen)
    verbinding = redis.connection_pool.get_connection()
    try:
        return verbinding.retry.call_with_retry(
            lambda: _stuur(verbinding, opdracht),
            lambda _fout: verbinding.disconnect(),  # type: ignore[no-untyped-call]  # redis geeft hier geen type
        )
    finally:
        redis.connection_pool.release(verbinding)


def _stuur(verbinding: Any, opdracht: bytes) -> Any:
    verbinding.send_packed_command([opdracht])
    return verbinding.read_response()


@lru_cache(maxsize=1000)
def _ingepakt(delen: tuple[str, ...]) -> bytes:
    """De opdracht zoals het protocol van Redis haar schrijft."""
    ruw = [deel.encode() for deel in delen]
    return b"*%d\r\n" % len(ruw) + b"".join(b"$%d\r\n%b\r\n" % (len(deel), deel) for deel in ruw)
