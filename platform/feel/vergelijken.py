"""Gelijkheid, volgorde en lidmaatschap van FEEL-waarden: waar, onwaar, of null als de vraag geen antwoord heeft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from feel.fouten import Telling
from feel.kalender import SECONDEN_PER_DAG
from feel.tijd import NANO, DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd
from feel.waarden import Bereik, Functie, Ingebouwd


def gelijk(links: Any, rechts: Any, telling: Telling | None = None) -> bool | None:
    """`links = rechts`; null als de soorten verschillen (behalve tegen null zelf)."""
    if links is None or rechts is None:
        return links is rechts
    soort = type(links)
    if soort is not type(rechts):
        return links is rechts if isinstance(links, Functie | Ingebouwd) else None
    if soort is Decimal or soort is str or soort is bool:
        return bool(links == rechts)
    return _gelijk_samengesteld(links, rechts, telling or Telling())


def _gelijk_samengesteld(links: Any, rechts: Any, telling: Telling) -> bool | None:
    telling.tel()
    match links:
        case list():
            paren = zip(links, rechts, strict=False)
            return len(links) == len(rechts) and all(gelijk(a, b, telling) is True for a, b in paren)
        case dict():
            zelfde_namen = links.keys() == rechts.keys()
            return zelfde_namen and all(gelijk(links[naam], rechts[naam], telling) is True for naam in links)
        case DatumTijd() | Tijd():
            return _tijdstand(links, rechts) == 0
        case Bereik():
            zelfde_kanten = links.laag_dicht == rechts.laag_dicht and links.hoog_dicht == rechts.hoog_dicht
            return zelfde_kanten and gelijk(links.laag, rechts.laag) is True and gelijk(links.hoog, rechts.hoog) is True
        case _:
            return bool(links == rechts)


def _tijdstand(links: Any, rechts: Any) -> int:
    """Het verschil op de tijdlijn; wie geen zone heeft, krijgt die van de ander (DMN 1.5, tabel van `<`)."""
    if isinstance(links, DatumTijd):
        return int(links.moment(rechts.verschil) - rechts.moment(links.verschil))
    return _op_dag(links, rechts.verschil) - _op_dag(rechts, links.verschil)


def _op_dag(tijd: Tijd, anders: int | None) -> int:
    """Nanoseconden sinds middernacht UTC, binnen één dag."""
    verschil = tijd.verschil if tijd.verschil is not None else anders
    return (tijd.nanos - (verschil or 0) * NANO) % (SECONDEN_PER_DAG * NANO)


def stand(links: Any, rechts: Any) -> int | None:  # noqa: PLR0911 - één geval per soort
    """Negatief, nul of positief zoals links voor, op of na rechts komt; None als dat niet te zeggen is."""
    soort = type(links)
    if soort is not type(rechts):
        return None
    if soort is Decimal or soort is str:
        return -1 if links < rechts else int(links > rechts)
    match links:
        case DatumTijd() | Tijd():
            return _tijdstand(links, rechts)
        case Datum():
            return links.nummer - int(rechts.nummer)
        case DagenDuur():
            return links.nanos - int(rechts.nanos)
        case MaandenDuur():
            return links.maanden - int(rechts.maanden)
        case _:
            return None


def vergelijk(op: str, links: Any, rechts: Any) -> bool | None:
    """De uitkomst van een vergelijking; null als de soorten niet te vergelijken zijn."""
    if op == "=":
        return gelijk(links, rechts)
    if op == "!=":
        zelfde = gelijk(links, rechts)
        return None if zelfde is None else not zelfde
    verschil = stand(links, rechts)
    if verschil is None:
        return None
    if op == "<":
        return verschil < 0
    if op == "<=":
        return verschil <= 0
    return verschil > 0 if op == ">" else verschil >= 0


def is_geordend(waarde: Any) -> bool:
    """Kan deze waarde een kant van een bereik zijn?"""
    return isinstance(waarde, Decimal | str | DatumTijd | Tijd | Datum | DagenDuur | MaandenDuur)


def in_bereik(waarde: Any, bereik: Bereik) -> bool | None:
    """Ligt de waarde in het bereik? Eén kant die onwaar is, beslist; anders maakt een onbekende kant null."""
    uit: bool | None = True if bereik.laag is not None or bereik.hoog is not None else None
    for grens, dicht, teken in ((bereik.laag, bereik.laag_dicht, 1), (bereik.hoog, bereik.hoog_dicht, -1)):
        if grens is None:
            continue
        verschil = stand(waarde, grens)
        if verschil is None:
            uit = None
        elif verschil * teken < 0 or (verschil == 0 and not dicht):
            return False
    return uit


def lid_van(waarde: Any, test: Any) -> bool | None:
    """De betekenis van `waarde in test` voor de waarde van een test: bereik, lijst, waarheid of gelijkheid."""
    if isinstance(test, Bereik):
        return gelijk(waarde, test) if isinstance(waarde, Bereik) else in_bereik(waarde, test)
    if isinstance(test, list):
        return _in_lijst(waarde, test)
    if isinstance(test, bool) and not isinstance(waarde, bool):
        return test
    return gelijk(waarde, test)


def _in_lijst(waarde: Any, lijst: list[Any]) -> bool:
    if isinstance(waarde, list) and gelijk(waarde, lijst) is True:
        return True
    for element in lijst:
        if isinstance(element, Bereik) and not isinstance(waarde, Bereik):
            if in_bereik(waarde, element) is True:
                return True
        elif gelijk(waarde, element) is True:
            return True
    return False
