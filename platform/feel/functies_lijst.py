"""Lijstfuncties: tellen, samenvatten, knippen, plakken, zoeken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from feel.getallen import DECIMAAL, NUL
from feel.getallen import plaats as als_plaats
from feel.sorteren import sort
from feel.staat import Staat
from feel.vergelijken import gelijk, stand
from feel.waarden import Functie, Ingebouwd

Samenvatting = Callable[[Staat, list[Any]], Any]


def _rest(werk: Samenvatting) -> dict[str, Callable[..., Any]]:
    """Een samenvatting neemt één lijst of losse waarden: `sum([1, 2])` en `sum(1, 2)`."""
    return {"list: list": werk, "list: Any, elements: Any*": lambda staat, *waarden: werk(staat, list(waarden))}


def _soort_fout(staat: Staat, naam: str, soort: str) -> Any:
    staat.meld("lijst.soort", f"{naam} vraagt alleen {soort}", f"{naam} takes only {soort}")


def _getallen(naam: str, werk: Callable[[list[Decimal]], Any], *, leeg: Any = None) -> Samenvatting:
    def doe(staat: Staat, lijst: list[Any]) -> Any:
        if not lijst:
            return leeg
        if not all(isinstance(deel, Decimal) for deel in lijst):
            return _soort_fout(staat, naam, "number")
        staat.stap(len(lijst))
        return werk(lijst)

    return doe


def _som(lijst: list[Decimal]) -> Decimal:
    totaal = NUL
    for getal in lijst:
        totaal = DECIMAAL.add(totaal, getal)
    return totaal


def _product(lijst: list[Decimal]) -> Decimal:
    totaal = Decimal(1)
    for getal in lijst:
        totaal = DECIMAAL.multiply(totaal, getal)
    return totaal


def _gemiddelde(lijst: list[Decimal]) -> Decimal:
    return DECIMAAL.divide(_som(lijst), Decimal(len(lijst)))


def _mediaan(lijst: list[Decimal]) -> Decimal:
    gesorteerd, midden = sorted(lijst), len(lijst) // 2
    return gesorteerd[midden] if len(lijst) % 2 else _gemiddelde(gesorteerd[midden - 1 : midden + 1])


def _stddev(lijst: list[Decimal]) -> Decimal | None:
    if len(lijst) < 2:  # noqa: PLR2004 - een steekproef van één heeft geen spreiding
        return None
    gemiddelde = _gemiddelde(lijst)
    kwadraten = [DECIMAAL.power(DECIMAAL.subtract(getal, gemiddelde), Decimal(2)) for getal in lijst]
    return DECIMAAL.sqrt(DECIMAAL.divide(_som(kwadraten), Decimal(len(lijst) - 1)))


def _modus(lijst: list[Decimal]) -> list[Decimal]:
    aantallen: dict[Decimal, int] = {}
    for getal in lijst:
        aantallen[getal] = aantallen.get(getal, 0) + 1
    hoogste = max(aantallen.values())
    return sorted(getal for getal, aantal in aantallen.items() if aantal == hoogste)


def _uiterste(naam: str, teken: int) -> Samenvatting:
    def doe(staat: Staat, lijst: list[Any]) -> Any:
        if not lijst:
            return None
        beste = lijst[0]
        for waarde in lijst[1:]:
            verschil = stand(waarde, beste)
            if verschil is None:
                return _soort_fout(staat, naam, "vergelijkbare waarden / comparable values")
            beste = waarde if verschil * teken > 0 else beste
        if stand(beste, beste) is None:
            return _soort_fout(staat, naam, "vergelijkbare waarden / comparable values")
        return beste

    return doe


def _waarheid(beslist: bool) -> Samenvatting:
    """`any` (beslist door true) en `all` (beslist door false)."""

    def doe(_staat: Staat, lijst: list[Any]) -> bool | None:
        if any(waarde is beslist for waarde in lijst):
            return beslist
        return (not beslist) if all(isinstance(waarde, bool) for waarde in lijst) else None

    return doe


def _bevat(lijst: Sequence[Any], zoek: Any) -> bool:
    return any(gelijk(deel, zoek) is True for deel in lijst)


def _plek(staat: Staat, lengte: int, plaats: Decimal, extra: int = 0) -> int | None:
    """De index (vanaf 0) bij een plaats (vanaf 1, of negatief vanaf het einde)."""
    nummer = als_plaats(plaats)
    if nummer and -lengte <= nummer <= lengte + extra:
        return nummer - 1 if nummer > 0 else lengte + nummer
    staat.meld("lijst.plaats", f"Plaats {nummer} bestaat niet", f"Position {nummer} does not exist")
    return None


def sublist(staat: Staat, lijst: list[Any], start: Decimal, lengte: Decimal | None) -> list[Any] | None:
    """`sublist(list, start position, length)`."""
    plek = _plek(staat, len(lijst), start)
    if plek is None:
        return None
    if lengte is None:
        return lijst[plek:]
    eind = plek + als_plaats(lengte)
    if lengte < 1 or eind > len(lijst):
        staat.meld("lijst.lengte", "Deze lengte past niet in de lijst", "This length does not fit in the list")
        return None
    return lijst[plek:eind]


def insert_before(staat: Staat, lijst: list[Any], plaats: Decimal, nieuw: Any) -> list[Any] | None:
    """`insert before(list, position, newItem)`."""
    plek = _plek(staat, len(lijst), plaats)
    return None if plek is None else [*lijst[:plek], nieuw, *lijst[plek:]]


def remove(staat: Staat, lijst: list[Any], plaats: Decimal) -> list[Any] | None:
    """`remove(list, position)`."""
    plek = _plek(staat, len(lijst), plaats)
    return None if plek is None else [*lijst[:plek], *lijst[plek + 1 :]]


def list_replace(staat: Staat, lijst: list[Any], plaats: Decimal, nieuw: Any) -> list[Any] | None:
    """`list replace(list, position, newItem)`."""
    plek = _plek(staat, len(lijst), plaats)
    return None if plek is None else [*lijst[:plek], nieuw, *lijst[plek + 1 :]]


def list_replace_match(staat: Staat, lijst: list[Any], match: Functie | Ingebouwd, nieuw: Any) -> list[Any] | None:
    """`list replace(list, match, newItem)`: vervang waar `match(item, newItem)` waar is."""
    uit = []
    for deel in lijst:
        antwoord = match.roep(staat, [deel, nieuw])
        if not isinstance(antwoord, bool):
            _soort_fout(staat, "list replace", "een match met boolean / a match giving boolean")
            return None
        uit.append(nieuw if antwoord else deel)
    return uit


def _plat(lijst: list[Any], staat: Staat) -> list[Any]:
    uit: list[Any] = []
    stapel = [iter(lijst)]
    while stapel:
        for deel in stapel[-1]:
            if isinstance(deel, list):
                stapel.append(iter(deel))
                break
            staat.stap()
            uit.append(deel)
        else:
            stapel.pop()
    return uit


def _uniek(staat: Staat, lijst: list[Any]) -> list[Any]:
    uit: list[Any] = []
    for deel in lijst:
        staat.stap(1 + len(uit))
        if not _bevat(uit, deel):
            uit.append(deel)
    return uit


def _aaneen(staat: Staat, *lijsten: list[Any]) -> list[Any]:
    staat.lijst(sum(len(lijst) for lijst in lijsten))
    return [deel for lijst in lijsten for deel in lijst]


def _achteraan(staat: Staat, lijst: list[Any], *nieuwe: Any) -> list[Any]:
    staat.lijst(len(lijst) + len(nieuwe))
    return [*lijst, *nieuwe]


def _plaatsen(_staat: Staat, lijst: list[Any], zoek: Any) -> list[Decimal]:
    return [Decimal(nummer) for nummer, deel in enumerate(lijst, 1) if gelijk(deel, zoek) is True]


def _bevat_of_bereik(_staat: Staat, lijst: list[Any], zoek: Any) -> bool:
    return _bevat(lijst, zoek)


FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "list contains": {"list: list, element: Any": _bevat_of_bereik},
    "count": _rest(lambda _staat, lijst: Decimal(len(lijst))),
    "min": _rest(_uiterste("min", -1)),
    "max": _rest(_uiterste("max", 1)),
    "sum": _rest(_getallen("sum", _som)),
    "product": _rest(_getallen("product", _product)),
    "mean": _rest(_getallen("mean", _gemiddelde)),
    "median": _rest(_getallen("median", _mediaan)),
    "stddev": _rest(_getallen("stddev", _stddev)),
    "mode": _rest(_getallen("mode", _modus, leeg=[])),
    "all": _rest(_waarheid(beslist=False)),
    "any": _rest(_waarheid(beslist=True)),
    "sublist": {"list: list, start position: number, length: number?": sublist},
    "append": {"list: list, item: Any*": _achteraan},
    "concatenate": {"list: list*": _aaneen},
    "insert before": {"list: list, position: number, newItem: Any": insert_before},
    "remove": {"list: list, position: number": remove},
    "reverse": {"list: list": lambda _staat, lijst: lijst[::-1]},
    "index of": {"list: list, match: Any": _plaatsen},
    "union": {"list: list*": lambda staat, *lijsten: _uniek(staat, _aaneen(staat, *lijsten))},
    "distinct values": {"list: list": _uniek},
    "flatten": {"list: list": lambda staat, lijst: _plat(lijst, staat)},
    "sort": {"list: list, precedes: function?": sort},
    "list replace": {
        "list: list, position: number, newItem: Any": list_replace,
        "list: list, match: function, newItem: Any": list_replace_match,
    },
}
