"""Het onderdeel `processen`: tabellen, outbox-werk en de motor van een installatie."""

from collections.abc import Iterable

from contracten import Bouwblokken
from kern.deel import Deel
from kern.installatie import Installatie
from kern.outbox import Verwerker
from kern.plugins import laad_plugins
from processen.motor import Motor
from processen.motor.tabellen import Basis


def maak_motor(installatie: Installatie) -> Motor:
    """De motor van een installatie, met de bouwblokken van haar plugins."""
    geleverd = laad_plugins(installatie.instellingen).verzamel("bouwblokken")
    return Motor(installatie, Bouwblokken(blok() if isinstance(blok, type) else blok for blok in geleverd))


def _verwerkers(installatie: Installatie) -> Iterable[Verwerker]:
    return maak_motor(installatie).verwerkers()


deel = Deel(naam="processen", pakket="processen", tabellen=Basis.metadata, verwerkers=_verwerkers)
