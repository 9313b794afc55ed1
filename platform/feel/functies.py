"""Alle ingebouwde functies bij elkaar, en `Functies` waarmee een aanroeper er eigen functies bij doet."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from feel import (
    functies_context,
    functies_getal,
    functies_interval,
    functies_lijst,
    functies_omzetten,
    functies_tekst,
    functies_tijd,
)
from feel.handtekening import maak_functie
from feel.naar_python import naar_python, uit_python
from feel.staat import Staat
from feel.waarden import Ingebouwd

INGEBOUWD: dict[str, Ingebouwd] = {
    naam: maak_functie(naam, vormen)
    for deel in (
        functies_omzetten.FUNCTIES,
        functies_getal.FUNCTIES,
        functies_tekst.FUNCTIES,
        functies_lijst.FUNCTIES,
        functies_context.FUNCTIES,
        functies_tijd.FUNCTIES,
        functies_interval.FUNCTIES,
    )
    for naam, vormen in deel.items()
}


class Functies:
    """Extra functies voor één aanroeper: `Functies({"werkdag": (werkdag, "datum: date")})`.

    De handtekening volgt `feel.handtekening`; zonder handtekening tellen de namen van de Python-parameters (een
    onderstrepingsteken is een spatie) en mag elke soort. De functie krijgt en geeft gewone Python-waarden. Een
    uitzondering (ValueError, TypeError, KeyError, ArithmeticError) wordt null met een reden.
    """

    def __init__(self, functies: dict[str, Callable[..., Any] | tuple[Callable[..., Any], str]] | None = None) -> None:
        self.functies: dict[str, Ingebouwd] = {}
        for naam, functie in (functies or {}).items():
            werk, handtekening = functie if isinstance(functie, tuple) else (functie, _handtekening(functie))
            self.functies[naam] = maak_functie(naam, {handtekening: _omhul(naam, werk)})


def _handtekening(functie: Callable[..., Any]) -> str:
    delen = inspect.signature(functie).parameters.values()
    return ", ".join(
        f"{deel.name.replace('_', ' ')}: Any{'?' if deel.default is not deel.empty else ''}" for deel in delen
    )


def _omhul(naam: str, functie: Callable[..., Any]) -> Callable[..., Any]:
    def werk(staat: Staat, *argumenten: Any) -> Any:
        waarden = [naar_python(argument) for argument in argumenten]
        while waarden and waarden[-1] is None and len(waarden) > _verplicht(functie):
            waarden.pop()
        try:
            return uit_python(functie(*waarden))
        except (ValueError, TypeError, KeyError, ArithmeticError) as fout:
            staat.meld("functie.eigen", f"{naam}: {fout}", f"{naam}: {fout}")
            return None

    return werk


def _verplicht(functie: Callable[..., Any]) -> int:
    delen = inspect.signature(functie).parameters.values()
    return sum(1 for deel in delen if deel.default is deel.empty and deel.kind is not deel.VAR_POSITIONAL)
