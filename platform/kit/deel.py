"""Een registratie als onderdeel van het platform."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlalchemy import MetaData

from kern.deel import Deel
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.outbox import Verwerker
from kit.app import maak_registratie_app
from kit.bron import Registratie


@dataclass(frozen=True, kw_only=True)
class Registratiedeel(Deel):
    """Een registratie als onderdeel, met haar declaratie."""

    registratie: Registratie


def registratiedeel(
    registratie: Registratie,
    tabellen: MetaData,
    verwerkers: Callable[[Installatie], Iterable[Verwerker]] | None = None,
    maak_app: Callable[[Installatie], Flask] | None = None,
) -> Registratiedeel:
    """Het deel van een registratie: op haar vaste pad, in het pakket `registraties.<naam>`; `maak_app` waar de app meer vraagt."""
    naam = registratie.naam
    return Registratiedeel(
        naam=naam,
        pakket=f"registraties.{naam}",
        pad=API_PADEN[naam][0],
        maak_app=maak_app or partial(maak_registratie_app, registratie=registratie),
        tabellen=tabellen,
        verwerkers=verwerkers,
        registratie=registratie,
    )
