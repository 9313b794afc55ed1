"""Het onderdeel `processen`: tabellen, outbox-werk en de motor van een installatie."""

from collections.abc import Iterable

from contracten import Bouwblokken
from contracten.plugins import vind_plugins
from kern.deel import Deel
from kern.installatie import Installatie
from kern.outbox import Verwerker
from processen.motor import Motor
from processen.motor.tabellen import Basis


def maak_motor(installatie: Installatie) -> Motor:
    """De motor van een installatie, met de bouwblokken van haar plugins."""
    return Motor(installatie, Bouwblokken(vind_plugins().bouwblokken()))


def _verwerkers(installatie: Installatie) -> Iterable[Verwerker]:
    return maak_motor(installatie).verwerkers()


deel = Deel(naam="processen", pakket="processen", tabellen=Basis.metadata, verwerkers=_verwerkers)
