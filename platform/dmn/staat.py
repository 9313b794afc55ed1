"""De toestand van één beslissing: zoals in FEEL, met het spoor voor de uitleg en de peildatum."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from feel.grenzen import STANDAARD, Grenzen
from feel.staat import Klok, Omgeving, Staat

if TYPE_CHECKING:
    from dmn.knopen import Knoop
    from dmn.tabel import Tabelwerk

SPOOR_MAX = 5_000


class Tabelstap:
    """Eén keer een tabel: invoerwaarden, regels die raak waren, uitkomst; genoeg om later uit te leggen."""

    __slots__ = ("omgeving", "treffers", "uitkomst", "waarden", "werk")

    def __init__(self, werk: Tabelwerk, omgeving: Omgeving, waarden: list[Any], treffers: list[int]) -> None:
        self.werk, self.omgeving, self.waarden, self.treffers = werk, omgeving, waarden, treffers
        self.uitkomst: Any = None

    @property
    def peildatum(self) -> date | None:
        """De peildatum waarop deze tabel is toegepast, als die ertoe deed."""
        staat = self.omgeving.staat
        return staat.peildatum if isinstance(staat, Beslisstaat) else None


class Knoopstap:
    """Eén beslissing van de grafiek: haar stuk van het spoor van tabellen, haar namen en haar uitkomst."""

    __slots__ = ("begin", "eind", "knoop", "scope", "uitkomst")

    def __init__(self, knoop: Knoop, begin: int) -> None:
        self.knoop, self.begin = knoop, begin
        self.eind = begin
        self.scope: dict[str, Any] = {}
        self.uitkomst: Any = None


class Beslisstaat(Staat):
    """Staat met spoor en peildatum."""

    __slots__ = ("knopen", "peildatum", "tabellen")

    def __init__(self, klok: Klok | None, peildatum: date | None, grenzen: Grenzen = STANDAARD) -> None:
        super().__init__(klok, grenzen)
        self.peildatum = peildatum
        self.tabellen: list[Tabelstap] = []
        self.knopen: list[Knoopstap] = []

    def op(self) -> date:
        """De peildatum; zonder opgave de dag van de klok."""
        if self.peildatum is None:
            self.peildatum = self.moment().date()
        return self.peildatum
