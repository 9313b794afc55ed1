"""Een registratie als onderdeel van het platform."""

from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy import MetaData

from kern.deel import Deel
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.outbox import Verwerker
from kit.app import maak_registratie_app
from kit.bron import Registratie


def registratiedeel(
    registratie: Registratie, tabellen: MetaData, verwerkers: Callable[[Installatie], Iterable[Verwerker]] | None = None
) -> Deel:
    """Het deel van een registratie zonder eigen app: op haar vaste pad, in het pakket `registraties.<naam>`."""
    naam = registratie.naam
    maak_app = partial(maak_registratie_app, registratie=registratie)
    return Deel(naam, f"registraties.{naam}", API_PADEN[naam][0], maak_app, tabellen, verwerkers)
