"""Lussen: `for`, `some`, `every` en het filter `lijst[...]`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from feel import boom
from feel.bouwer import Bouwer, Closure, Makers
from feel.getallen import EEN
from feel.getallen import plaats as als_plaats
from feel.staat import Omgeving
from feel.tijd import Datum, datum_van_nummer
from feel.waarden import Bereik, soortnaam

Bron = Callable[[Omgeving], "Iterable[Any] | None"]


def _ronde_fout(o: Omgeving, waarde: Any) -> Any:
    o.staat.meld(
        "lus.bron",
        f"Over een {soortnaam(waarde)} kan een lus niet lopen",
        f"A loop cannot run over a {soortnaam(waarde)}",
    )


def _bron(bouw: Bouwer, ronde: boom.Ronde) -> Bron:
    van = bouw.maak(ronde.bron)
    if ronde.tot is not None:
        tot = bouw.maak(ronde.tot)
        return lambda o: _reeks(o, van(o), tot(o))
    return bron_van(van)


def bron_van(van: Closure) -> Bron:
    """De elementen waar een lus over loopt: een lijst, een bereik, of één losse waarde."""

    def bron(o: Omgeving) -> Iterable[Any] | None:
        waarde = van(o)
        if isinstance(waarde, list):
            return waarde
        if isinstance(waarde, Bereik):
            return _bereik(o, waarde)
        if waarde is None:
            _ronde_fout(o, waarde)
            return None
        return [waarde]

    return bron


def _bereik(o: Omgeving, bereik: Bereik) -> Iterable[Any] | None:
    """De hele getallen of dagen van een bereik; open kanten doen niet mee."""
    reeks = _reeks(o, bereik.laag, bereik.hoog)
    if reeks is None:
        return None
    weg = ([] if bereik.laag_dicht else [bereik.laag]) + ([] if bereik.hoog_dicht else [bereik.hoog])
    return (waarde for waarde in reeks if waarde not in weg)


def _reeks(o: Omgeving, van: Any, tot: Any) -> Iterable[Any] | None:
    if isinstance(van, Decimal) and isinstance(tot, Decimal) and van % 1 == 0 and tot % 1 == 0:
        return _getallen(van, tot)
    if isinstance(van, Datum) and isinstance(tot, Datum):
        return _dagen(van, tot)
    _ronde_fout(o, van if isinstance(tot, Decimal | Datum) else tot)
    return None


def _getallen(van: Decimal, tot: Decimal) -> Iterator[Decimal]:
    stap = EEN if van <= tot else -EEN
    while (tot - van) * stap >= 0:
        yield van
        van += stap


def _dagen(van: Datum, tot: Datum) -> Iterator[Datum | None]:
    stap = 1 if van.nummer <= tot.nummer else -1
    for nummer in range(van.nummer, tot.nummer + stap, stap):
        yield datum_van_nummer(nummer)


def _combinaties(o: Omgeving, rondes: list[tuple[str, Bron]]) -> Iterator[Omgeving | None]:
    """Elke combinatie van de iteratoren als scope; de laatste loopt het snelst. None: een bron is geen lijst."""
    (naam, bron), *rest = rondes
    waarden = bron(o)
    if waarden is None:
        yield None
        return
    for waarde in waarden:
        o.staat.stap()
        binnen = o.binnen({naam: waarde})
        if rest:
            yield from _combinaties(binnen, rest)
        else:
            yield binnen


def voor(bouw: Bouwer, knoop: boom.Voor) -> Closure:
    """`for`."""
    return maak_voor([(ronde.naam, _bron(bouw, ronde)) for ronde in knoop.rondes], bouw.maak(knoop.geeft))


def maak_voor(rondes: list[tuple[str, Bron]], geeft: Closure) -> Closure:
    """Een lijst van uitkomsten; `partial` is de lijst tot nu toe."""

    def doe(o: Omgeving) -> list[Any] | None:
        uit: list[Any] = []
        for binnen in _combinaties(o.binnen({"partial": uit}), rondes):
            if binnen is None:
                return None
            waarde = geeft(binnen)
            uit.append(list(waarde) if waarde is uit else waarde)
            o.staat.lijst(len(uit))
        return uit

    return doe


def kwantor(bouw: Bouwer, knoop: boom.Kwantor) -> Closure:
    """`some` en `every`."""
    rondes = [(ronde.naam, _bron(bouw, ronde)) for ronde in knoop.rondes]
    return maak_kwantor(rondes, bouw.maak(knoop.voldoet), alle=knoop.alle)


def maak_kwantor(rondes: list[tuple[str, Bron]], voldoet: Closure, *, alle: bool) -> Closure:
    """`some` en `every` met drie waarheidswaarden; een antwoord dat geen waarheid is, maakt het geheel null."""

    def doe(o: Omgeving) -> bool | None:
        uit: bool | None = alle
        for binnen in _combinaties(o, rondes):
            waarde = voldoet(binnen) if binnen is not None else None
            if binnen is None or not (waarde is None or isinstance(waarde, bool)):
                o.staat.meld("kwantor.soort", "Een test moet een boolean geven", "A test must give a boolean")
                return None
            if waarde is (not alle):
                return not alle
            if waarde is None:
                uit = None
        return uit

    return doe


_ZEKER_TEST = (boom.Vergelijk, boom.Logisch, boom.Tussen, boom.In, boom.Kwantor, boom.InstantieVan, boom.Waarheid)


def filter_(bouw: Bouwer, knoop: boom.Filter) -> Closure:
    """`lijst[3]` of `lijst[item > 3]`; wat geen lijst is, geldt als lijst met één element."""
    bron, test = bouw.maak(knoop.bron), bouw.maak(knoop.test)
    misschien_plaats = not isinstance(knoop.test, _ZEKER_TEST)

    def doe(o: Omgeving) -> Any:
        waarde = bron(o)
        if waarde is None:
            return None
        lijst = waarde if isinstance(waarde, list) else [waarde]
        if misschien_plaats:
            gezien = len(o.staat.redenen)
            plaats = test(o)
            if isinstance(plaats, Decimal):
                return _op_plaats(o, lijst, plaats)
            del o.staat.redenen[gezien:]
        return zeef(o, lijst, test)

    return doe


def _op_plaats(o: Omgeving, lijst: list[Any], plaats: Decimal) -> Any:
    nummer = als_plaats(plaats)
    if 1 <= abs(nummer) <= len(lijst):
        return lijst[nummer - 1 if nummer > 0 else nummer]
    o.staat.meld(
        "filter.plaats",
        f"De lijst heeft {len(lijst)} elementen; plaats {nummer} bestaat niet",
        f"The list has {len(lijst)} elements; position {nummer} does not exist",
    )
    return None


def zeef(o: Omgeving, lijst: list[Any], test: Closure) -> list[Any] | None:
    """De elementen waarvoor de test waar is; een test die geen waarheid is maakt het geheel null."""
    uit: list[Any] = []
    for element in lijst:
        o.staat.stap()
        binnen = o.binnen({"item": element})
        if isinstance(element, dict):
            binnen = binnen.binnen(element)
        waarde = test(binnen)
        if waarde is True:
            uit.append(element)
        elif waarde is not None and waarde is not False:
            o.staat.meld(
                "filter.soort",
                f"Een filter vraagt een boolean, niet een {soortnaam(waarde)}",
                f"A filter takes a boolean, not a {soortnaam(waarde)}",
            )
            return None
    return uit


MAKERS: Makers = {boom.Voor: voor, boom.Kwantor: kwantor, boom.Filter: filter_}
