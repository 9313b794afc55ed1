"""Identificaties uit een reeks: `VOORVOEGSEL-jaar-nummer`, bij aanmaken of vooraf gereserveerd.

Een nummer uit de reeks komt nooit terug. Daardoor wordt een gereserveerd nummer vanzelf nooit aan iets anders gegeven: alleen wie
het zelf noemt krijgt het (regels 2.3). Wat een aanroeper zelf al gebruikte, wordt overgeslagen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response
from sqlalchemy import ColumnElement, Connection, Select, Sequence, exists, func, literal_column, select

from integratie.basis import Schema
from integratie.nummers import NummersIn
from kern.fouten import Ongeldig, Probleem
from kern.opdrachten import voer_uit
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.bron import Route
from kit.idempotentie import Idempotentie
from kit.omgeving import Omgeving
from kit.schema import valideer


@dataclass(frozen=True)
class Nummering:
    """Een reeks met haar voorvoegsel; `model` is de tabel met de kolom `identificatie`."""

    reeks: Sequence
    voorvoegsel: str
    model: Any

    def nieuw(self, verbinding: Connection, jaar: int, aantal: int = 1) -> list[str]:
        """Nummers die nog nooit zijn uitgegeven en niemand gebruikt."""
        nummers: list[str] = []
        while len(nummers) < aantal:
            nummers += self._vrij(verbinding, jaar, aantal - len(nummers))
        return nummers

    def _vrij(self, verbinding: Connection, jaar: int, aantal: int) -> list[str]:
        """De volgende `aantal` uit de reeks, zonder wat al gebruikt is; in één vraag."""
        return [naam for (naam,) in voer_uit(verbinding, _volgende(self, jaar, aantal), {})]


@lru_cache(maxsize=100)
def _volgende(nummering: Nummering, jaar: int, aantal: int) -> Select[tuple[str]]:
    # Begin en aantal staan als getal in de opdracht: anders rekent PostgreSQL op duizend, en maakt het elke keer een nieuw plan.
    reeks = func.generate_series(literal_column("1"), literal_column(f"{aantal:d}"))
    getal = select(nummering.reeks.next_value().label("n")).select_from(reeks).subquery()
    begin: ColumnElement[str] = literal_column(
        f"'{nummering.voorvoegsel}-{jaar:d}-'"
    )  # zonder parameters onthoudt PostgreSQL het plan
    tekst = func.concat(begin, func.to_char(getal.c.n, literal_column("'FM0999999999'")))
    naam = select(tekst.label("naam")).subquery()
    return select(naam.c.naam).where(~exists().where(nummering.model.identificatie == naam.c.naam))


def reserveer_route(
    pad: str, nummering: Nummering, veld: str, component: str, scopes: tuple[str, ...]
) -> Callable[[Blueprint, Omgeving], None]:
    """`POST <pad>` met `bronorganisatie` en `aantal`: één object bij één nummer, anders een lijst (regels 2.3 en 17)."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        def reserveer() -> Response:
            if not omgeving.toegang.heeft(component, scopes):
                raise Probleem(403)
            invoer: Any = valideer(NummersIn, lees_json())
            if isinstance(invoer, list):
                raise Ongeldig(*invoer)
            idempotentie = Idempotentie(omgeving.installatie, omgeving.toegang.aanroeper.client_id)
            jaar = omgeving.installatie.klok.vandaag().year
            with omgeving.installatie.db.schrijven() as verbinding:
                antwoord = idempotentie.begin(verbinding)
                if antwoord is None:
                    gemaakt = [{veld: nummer} for nummer in nummering.nieuw(verbinding, jaar, invoer.aantal)]
                    antwoord = Antwoord.json(gemaakt[0] if len(gemaakt) == 1 else gemaakt, 201)
                    idempotentie.bewaar(verbinding, antwoord)
            return antwoord.response()

        bewaakt = machine_toegang(omgeving, *scopes)(reserveer)
        blauwdruk.add_url_rule(pad, pad.strip("/"), bewaakt, methods=["POST"])

    return voeg_toe


def reserveer_pad(pad: str, lees: type[Schema], scopes: tuple[str, ...]) -> Route:
    """De route van `reserveer_route` in het OpenAPI-document."""
    return Route(
        pad=pad,
        methode="post",
        operatie=pad.strip("/"),
        schrijf=NummersIn,
        lees=lees,
        lijst=True,
        of_een=True,
        status=201,
        scopes=scopes,
    )
