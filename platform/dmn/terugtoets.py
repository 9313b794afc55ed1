"""Terugtoets (backtest): twee versies van een beslissing over vastgelegde invoer, en welke uitkomsten veranderen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from dmn.model import Model
from dmn.uitslag import Uitslag
from feel.functies_omzetten import tekst
from feel.naar_python import naar_json, uit_python
from feel.vergelijken import gelijk

WIJZIGINGEN_MAX = 1_000


class Wijziging(BaseModel):
    """Eén invoer waarvan de uitkomst verandert, met de regels die in oud en nieuw raak waren."""

    nummer: int
    invoer: Any
    oud: Any = None
    nieuw: Any = None
    regels_oud: list[str]
    regels_nieuw: list[str]


class Overgang(BaseModel):
    """Hoe vaak uitkomst `oud` uitkomst `nieuw` werd."""

    oud: str
    nieuw: str
    aantal: int


class Regelwissel(BaseModel):
    """Hoe vaak de verantwoordelijke regels wisselden."""

    regels_oud: list[str]
    regels_nieuw: list[str]
    aantal: int


class Terugtoets(BaseModel):
    """Het verslag; `wijzigingen` bevat er hoogstens duizend, de tellingen gaan over alles."""

    beslissing: str
    aantal: int
    gelijk: int
    anders: int
    overgangen: list[Overgang]
    regels: list[Regelwissel]
    wijzigingen: list[Wijziging]


def vergelijk(
    oud: Model, nieuw: Model, beslissing: str, invoeren: Iterable[Mapping[str, Any]], *, peildatum: date | None = None
) -> Terugtoets:
    """Evalueer beide versies over elke invoer (Python-waarden). Werpt DmnFout als de beslissing niet bestaat."""
    aantal = 0
    overgangen: Counter[tuple[str, str]] = Counter()
    regels: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    wijzigingen: list[Wijziging] = []
    for nummer, invoer in enumerate(invoeren, 1):
        aantal = nummer
        eerst = oud.evalueer(beslissing, invoer, peildatum=peildatum)
        dan = nieuw.evalueer(beslissing, invoer, peildatum=peildatum)
        if gelijk(eerst.ruw, dan.ruw) is True:
            continue
        overgangen[tekst(eerst.ruw, binnen=True), tekst(dan.ruw, binnen=True)] += 1
        wissel = (geraakt(eerst), geraakt(dan))
        regels[wissel] += 1
        if len(wijzigingen) < WIJZIGINGEN_MAX:
            wijzigingen.append(_wijziging(nummer, invoer, eerst, dan, wissel))
    anders = sum(overgangen.values())
    return Terugtoets(
        beslissing=beslissing,
        aantal=aantal,
        gelijk=aantal - anders,
        anders=anders,
        overgangen=[Overgang(oud=o, nieuw=n, aantal=a) for (o, n), a in overgangen.most_common()],
        regels=[Regelwissel(regels_oud=list(o), regels_nieuw=list(n), aantal=a) for (o, n), a in regels.most_common()],
        wijzigingen=wijzigingen,
    )


def _wijziging(
    nummer: int,
    invoer: Mapping[str, Any],
    eerst: Uitslag,
    dan: Uitslag,
    wissel: tuple[tuple[str, ...], tuple[str, ...]],
) -> Wijziging:
    return Wijziging(
        nummer=nummer,
        invoer=naar_json(uit_python(dict(invoer))),
        oud=naar_json(eerst.ruw),
        nieuw=naar_json(dan.ruw),
        regels_oud=list(wissel[0]),
        regels_nieuw=list(wissel[1]),
    )


def geraakt(uitslag: Uitslag) -> tuple[str, ...]:
    """De regels die raak waren, als `tabel: regel 3`."""
    stappen = uitslag.staat.tabellen
    return tuple(f"{stap.werk.naam}: regel {nummer + 1}" for stap in stappen for nummer in stap.treffers)
