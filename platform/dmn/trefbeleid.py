"""De zeven soorten trefbeleid (hit policies), met de aggregaties van COLLECT."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from feel.functies import INGEBOUWD
from feel.staat import Omgeving
from feel.vergelijken import gelijk

if TYPE_CHECKING:
    from dmn.tabel import Tabelwerk

Trefbeleid = Callable[["Tabelwerk", Omgeving, list[int]], Any]


def _geen(tabel: Tabelwerk, o: Omgeving, anders: Any = None) -> Any:
    """De uitkomst zonder treffer: de standaarduitvoer, of anders `anders`."""
    heeft, waarde = tabel.standaard(o)
    if heeft:
        return [waarde] if isinstance(anders, list) else waarde
    if anders is None:
        o.staat.meld("tabel.geen", f"{tabel.naam}: geen regel past", f"{tabel.naam}: no rule matches")
    return anders


def uniek(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """UNIQUE: hoogstens één treffer."""
    if len(treffers) > 1:
        nummers = ", ".join(str(nummer + 1) for nummer in treffers[:10])
        o.staat.meld(
            "tabel.uniek",
            f"{tabel.naam}: meer dan één regel past ({nummers})",
            f"{tabel.naam}: more than one rule matches ({nummers})",
        )
        return None
    return tabel.uitvoer_van(o, treffers[0]) if treffers else _geen(tabel, o)


def eerste(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """FIRST: de eerste treffer."""
    return tabel.uitvoer_van(o, treffers[0]) if treffers else _geen(tabel, o)


def elke(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """ANY: alle treffers geven hetzelfde."""
    if not treffers:
        return _geen(tabel, o)
    uitvoer = [tabel.uitvoer_van(o, nummer) for nummer in treffers]
    if all(gelijk(uitvoer[0], ander) is True for ander in uitvoer[1:]):
        return uitvoer[0]
    o.staat.meld(
        "tabel.any",
        f"{tabel.naam}: de regels die passen, geven niet hetzelfde",
        f"{tabel.naam}: the matching rules do not give the same output",
    )
    return None


def _geordend(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> list[Any]:
    uitvoer = [tabel.uitvoer_van(o, nummer) for nummer in treffers]
    return sorted(uitvoer, key=lambda waarde: tabel.rang(o, waarde))


def voorrang(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """PRIORITY: de treffer met de hoogste uitvoerwaarde."""
    return _geordend(tabel, o, treffers)[0] if treffers else _geen(tabel, o)


def uitvoervolgorde(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """OUTPUT ORDER: alle treffers, hoogste uitvoerwaarde eerst."""
    return _geordend(tabel, o, treffers) if treffers else _geen(tabel, o, [])


def alle(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """RULE ORDER en COLLECT: alle treffers in de volgorde van de regels."""
    return [tabel.uitvoer_van(o, nummer) for nummer in treffers] if treffers else _geen(tabel, o, [])


def aantal(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
    """COLLECT met COUNT."""
    return Decimal(len(treffers)) if treffers else _geen(tabel, o, Decimal(0))


def _samengevat(functie: str) -> Trefbeleid:
    werk = INGEBOUWD[functie]

    def doe(tabel: Tabelwerk, o: Omgeving, treffers: list[int]) -> Any:
        if not treffers:
            return _geen(tabel, o)
        return werk.roep(o.staat, [[tabel.uitvoer_van(o, nummer) for nummer in treffers]])

    return doe


BELEID: dict[str, Trefbeleid] = {
    "UNIQUE": uniek,
    "FIRST": eerste,
    "ANY": elke,
    "PRIORITY": voorrang,
    "OUTPUT ORDER": uitvoervolgorde,
    "RULE ORDER": alle,
    "COLLECT": alle,
    "COLLECT COUNT": aantal,
    "COLLECT SUM": _samengevat("sum"),
    "COLLECT MIN": _samengevat("min"),
    "COLLECT MAX": _samengevat("max"),
}
