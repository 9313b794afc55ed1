"""De opdrachtregel uitvoeren op de installatie van een test."""

from click.testing import CliRunner, Result

from dienstverlening.cli import groep
from kern.installatie import Installatie


def draai(installatie: Installatie, *argumenten: str, **omgeving: str) -> Result:
    """`dienstverlening <argumenten>` op deze installatie, met deze variabelen erbij in de omgeving."""
    i = installatie.instellingen
    eigen = {
        "OMGEVING": "test", "DATA": str(i.data), "DATABASE_URL": i.database_url, "REDIS_URL": i.redis_url,
        "REDIS_PREFIX": i.redis_prefix, "PUBLIEK_ADRES": i.adres, "GEHEIME_SLEUTEL": i.geheime_sleutel.get_secret_value(),
    }  # fmt: skip
    return CliRunner().invoke(groep, argumenten, env={**eigen, **omgeving})
