"""Beide motoren onder één datamap."""

from pathlib import Path
from typing import Self

from kern.motoren.postgres import IngebouwdePostgres
from kern.motoren.redis import IngebouwdeRedis


class Motoren:
    """PostgreSQL in `data/postgres` en Redis in `data/redis`, als contextmanager.

    Een url die al gegeven is (een server van de beheerder) blijft; die motor start dan niet.
    """

    def __init__(
        self, data: Path, *, snel: bool = False, gebonden: bool = True, database_url: str = "", redis_url: str = ""
    ) -> None:
        self.database_url = database_url
        self.redis_url = redis_url
        self.postgres = None if database_url else IngebouwdePostgres(data / "postgres", snel=snel, gebonden=gebonden)
        self.redis = None if redis_url else IngebouwdeRedis(data / "redis", gebonden=gebonden)

    @property
    def eigenaar(self) -> bool:
        """Of dit object alle motoren die het nodig heeft zelf startte."""
        return all(motor.eigenaar for motor in (self.postgres, self.redis) if motor)

    def start(self) -> Self:
        """Start wat nodig is; gaat er een mis, dan stopt wat al liep."""
        try:
            if self.postgres:
                self.database_url = self.postgres.start()
            if self.redis:
                self.redis_url = self.redis.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop wat dit object startte."""
        for motor in (self.redis, self.postgres):
            if motor:
                motor.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *fout: object) -> None:
        self.stop()


def stop_motoren(data: Path) -> None:
    """Stop de motoren onder `data`, wie ze ook startte."""
    for motor in (IngebouwdeRedis(data / "redis"), IngebouwdePostgres(data / "postgres")):
        if motor.datamap.exists():
            motor.beeindig()
