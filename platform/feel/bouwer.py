"""De bouwer: wat tijdens het compileren bekend is, en de tabel van makers per soort knoop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feel import boom
from feel.staat import Omgeving
from feel.typen import Soort
from feel.waarden import Functie, Ingebouwd, Parameter

Closure = Callable[[Omgeving], Any]


# (parameters, beschrijving) -> functie, of None als zij niet op de lijst staat
Extern = Callable[[tuple[Parameter, ...], Any], "Functie | None"]
Makers = dict[type, Callable[["Bouwer", Any], Closure]]


@dataclass(frozen=True)
class Bouwer:
    """Wat tijdens het compileren bekend is: makers, functies en soorten."""

    makers: Mapping[type, Callable[[Bouwer, Any], Closure]]
    functies: Mapping[str, Ingebouwd]
    soorten: Mapping[str, Soort] = field(default_factory=dict)
    extern: Extern | None = None  # maakt een functie van `external {...}`; zonder is dat verboden

    def maak(self, knoop: boom.Knoop) -> Closure:
        """De closure van een knoop."""
        return self.makers[type(knoop)](self, knoop)
