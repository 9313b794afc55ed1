"""Welke namen een expressie gebruikt zonder ze zelf te binden."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from feel import boom


def vrije_namen(knoop: boom.Knoop) -> frozenset[str]:
    """De vrije namen: variabelen en functies die van buiten moeten komen."""
    return frozenset(naam.naam for naam in _vrij(knoop, frozenset()))


def vrije_plekken(knoop: boom.Knoop) -> list[boom.Naam]:
    """De vrije namen met hun plaats in de tekst; binnen een filter kan elke naam een veld zijn, die tellen niet mee."""
    return list(_vrij(knoop, frozenset(), in_filter=False))


@lru_cache(maxsize=4096)
def noemt(knoop: boom.Knoop, naam: str) -> bool:
    """Gebruikt deze knoop deze naam?"""
    return naam in vrije_namen(knoop)


def _vrij(knoop: boom.Knoop, gebonden: frozenset[str], *, in_filter: bool = True) -> Iterator[boom.Naam]:  # noqa: C901 - één geval per knoop die namen bindt
    match knoop:
        case boom.Naam(naam):
            if naam not in gebonden:
                yield knoop
        case boom.Functie():
            yield from _vrij(knoop.lichaam, gebonden | {p.naam for p in knoop.parameters}, in_filter=in_filter)
        case boom.Voor():
            yield from _rondes(knoop.rondes, knoop.geeft, gebonden | {"partial"}, in_filter=in_filter)
        case boom.Kwantor():
            yield from _rondes(knoop.rondes, knoop.voldoet, gebonden, in_filter=in_filter)
        case boom.Filter():
            yield from _vrij(knoop.bron, gebonden, in_filter=in_filter)
            if in_filter:
                yield from _vrij(knoop.test, gebonden | {"item"})
        case boom.Context():
            for naam, deel in knoop.velden:
                yield from _vrij(deel, gebonden, in_filter=in_filter)
                gebonden |= {naam}
        case _:
            for deel in delen(knoop):
                yield from _vrij(deel, gebonden, in_filter=in_filter)


def _rondes(
    rondes: tuple[boom.Ronde, ...], slot: boom.Knoop, gebonden: frozenset[str], *, in_filter: bool
) -> Iterator[boom.Naam]:
    for ronde in rondes:
        yield from _vrij(ronde.bron, gebonden, in_filter=in_filter)
        if ronde.tot is not None:
            yield from _vrij(ronde.tot, gebonden, in_filter=in_filter)
        gebonden |= {ronde.naam}
    yield from _vrij(slot, gebonden, in_filter=in_filter)


def delen(knoop: boom.Knoop) -> Iterator[boom.Knoop]:
    """De directe deelknopen."""
    for naam in knoop.__match_args__:
        yield from _knopen(getattr(knoop, naam))


def _knopen(waarde: object) -> Iterator[boom.Knoop]:
    if isinstance(waarde, boom.Ronde):
        yield from delen(waarde)  # type: ignore[arg-type]  # een ronde is een deelvorm zonder eigen waarde
    elif isinstance(waarde, tuple):
        for deel in waarde:
            yield from _knopen(deel)
    elif type(waarde).__module__ == boom.__name__ and not isinstance(waarde, boom.Type | boom.Parameter):
        yield waarde  # type: ignore[misc]  # alle overige klassen van de boom zijn knopen
