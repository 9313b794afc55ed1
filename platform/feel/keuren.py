"""Een expressie keuren zonder haar uit te rekenen: bestaat elke functie die zij aanroept, en klopt het aantal argumenten?

FEEL zelf geeft in die gevallen null. In een model is dat bijna altijd een tikfout, die zo al bij het neerzetten opvalt.
"""

from __future__ import annotations

from collections.abc import Iterator

from feel import boom
from feel.expressie import Expressie
from feel.fouten import Reden
from feel.functies import INGEBOUWD, Functies
from feel.vrij import delen
from feel.waarden import Ingebouwd, Vorm


def keur(expressie: Expressie, functies: Functies | None = None) -> tuple[Reden, ...]:
    """Wat er aan de aanroepen in deze expressie niet klopt; `functies` zijn de extra functies waarmee zij gelezen is."""
    bekend = {**INGEBOUWD, **(functies.functies if functies else {})}
    eigen = frozenset(_eigen_namen(expressie.boom))
    return tuple(reden for aanroep in _aanroepen(expressie.boom) for reden in _keur(aanroep, bekend, eigen))


def _knopen(knoop: boom.Knoop) -> Iterator[boom.Knoop]:
    nog = [knoop]
    while nog:
        deze = nog.pop()
        yield deze
        nog += reversed(list(delen(deze)))


def _aanroepen(knoop: boom.Knoop) -> Iterator[boom.Aanroep]:
    return (deel for deel in _knopen(knoop) if isinstance(deel, boom.Aanroep))


def _eigen_namen(knoop: boom.Knoop) -> Iterator[str]:
    """Namen die de expressie zelf bindt: daar kan een eigen functie achter zitten."""
    for deel in _knopen(knoop):
        if isinstance(deel, boom.Functie):
            yield from (parameter.naam for parameter in deel.parameters)
        elif isinstance(deel, boom.Context):
            yield from (naam for naam, _ in deel.velden)
        elif isinstance(deel, boom.Voor | boom.Kwantor):
            yield from (ronde.naam for ronde in deel.rondes)


def _keur(aanroep: boom.Aanroep, bekend: dict[str, Ingebouwd], eigen: frozenset[str]) -> Iterator[Reden]:
    if not isinstance(aanroep.functie, boom.Naam) or aanroep.functie.naam in eigen:
        return
    naam = aanroep.functie.naam
    functie = bekend.get(naam)
    if functie is None:
        yield Reden("functie.onbekend", f"Functie {naam} bestaat niet", f"There is no function {naam}")
    elif functie.vormen and not any(_past(vorm, aanroep) for vorm in functie.vormen):
        kan_nl, kan_en = _kan(naam, functie.vormen, "of"), _kan(naam, functie.vormen, "or")
        gekregen = ", ".join(aanroep.namen) if aanroep.namen else str(len(aanroep.argumenten))
        yield Reden(
            "functie.aantal",
            f"{naam} kreeg de verkeerde argumenten ({gekregen}); wel: {kan_nl}",
            f"{naam} got the wrong arguments ({gekregen}); expected: {kan_en}",
        )


def _past(vorm: Vorm, aanroep: boom.Aanroep) -> bool:
    if aanroep.namen:
        return vorm.verplicht <= set(aanroep.namen) <= set(vorm.namen)
    aantal = len(aanroep.argumenten)
    return vorm.minstens <= aantal and (vorm.hoogstens is None or aantal <= vorm.hoogstens)


def _kan(naam: str, vormen: tuple[Vorm, ...], of: str) -> str:
    return f" {of} ".join(
        f"{naam}({', '.join(vorm.namen)}{', …' if vorm.hoogstens is None else ''})" for vorm in vormen
    )
