"""De eigen PostgreSQL en Redis van een installatie zonder `DATABASE_URL` en `REDIS_URL`.

    with Motoren(Path("data")) as motoren:
        motoren.database_url  # postgresql+psycopg://postgres@/dienstverlening?host=/tmp/…
        motoren.redis_url     # unix:///tmp/….sock?db=0

Alleen bereikbaar over een Unix-socket in een map met rechten 0700, niet over het netwerk. Wie het eerst start is de eigenaar
en stopt de motoren weer; wie later bij dezelfde map komt, gebruikt wat er draait. Fouten:

    MotorFout      een motor kan niet starten; de tekst is één regel voor de beheerder
"""

from kern.motoren.basis import MotorFout
from kern.motoren.postgres import IngebouwdePostgres
from kern.motoren.redis import IngebouwdeRedis
from kern.motoren.samen import Motoren, stop_motoren

__all__ = ["IngebouwdePostgres", "IngebouwdeRedis", "MotorFout", "Motoren", "stop_motoren"]
