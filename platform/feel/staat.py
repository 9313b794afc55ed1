"""De toestand van één evaluatie: klok, grenzen en de redenen van null-waarden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from feel.fouten import FeelGrens, Reden
from feel.grenzen import STANDAARD, Grenzen

Klok = Callable[[], datetime]


def _geen_klok() -> datetime:
    return datetime.now(UTC)


class Staat:
    """Telt stappen en diepte, bewaart redenen; hoort bij precies één evaluatie."""

    __slots__ = ("bekend", "diepte", "grenzen", "klok", "nu", "redenen", "stappen")

    def __init__(self, klok: Klok | None = None, grenzen: Grenzen = STANDAARD) -> None:
        self.klok: Klok = klok or _geen_klok
        self.grenzen = grenzen
        self.redenen: list[Reden] = []
        self.stappen = 0
        self.bekend: Iterable[str] = ()  # namen die de aanroeper gaf, voor “bedoelde u …?”
        self.diepte = 0
        self.nu: datetime | None = None

    def moment(self) -> datetime:
        """Het moment van deze evaluatie: `now()` geeft binnen één evaluatie steeds hetzelfde."""
        if self.nu is None:
            self.nu = self.klok()
        return self.nu

    def meld(self, code: str, nederlands: str, engels: str) -> None:
        """Bewaar waarom een waarde null wordt."""
        if len(self.redenen) < self.grenzen.redenen:
            self.redenen.append(Reden(code, nederlands, engels))

    def stap(self, aantal: int = 1) -> None:
        """Tel stappen; te veel is een FeelGrens."""
        self.stappen += aantal
        if self.stappen > self.grenzen.stappen:
            raise FeelGrens(
                "stappen",
                f"De berekening nam meer dan {self.grenzen.stappen} stappen",
                f"The evaluation took more than {self.grenzen.stappen} steps",
            )

    def dieper(self) -> None:
        """Een functie roept een functie aan; te diep is een FeelGrens."""
        self.diepte += 1
        self.stap()
        if self.diepte > self.grenzen.diepte:
            raise FeelGrens(
                "diepte",
                f"Functies roepen elkaar dieper aan dan {self.grenzen.diepte}",
                f"Functions call each other deeper than {self.grenzen.diepte}",
            )

    def lijst(self, lengte: int) -> None:
        """Een lijst van deze lengte ontstaat; te lang is een FeelGrens."""
        if lengte > self.grenzen.lijst:
            raise FeelGrens(
                "lijst",
                f"Een lijst werd langer dan {self.grenzen.lijst}",
                f"A list became longer than {self.grenzen.lijst}",
            )

    def tekst(self, lengte: int) -> None:
        """Een tekst van deze lengte ontstaat; te lang is een FeelGrens."""
        if lengte > self.grenzen.tekst:
            raise FeelGrens(
                "tekst",
                f"Een tekst werd langer dan {self.grenzen.tekst} tekens",
                f"A string became longer than {self.grenzen.tekst} characters",
            )


class Omgeving:
    """Een scope: namen met waarden, daarachter de omringende scope."""

    __slots__ = ("ouder", "staat", "waarden")

    def __init__(self, waarden: Mapping[str, Any], ouder: Omgeving | None, staat: Staat) -> None:
        self.waarden, self.ouder, self.staat = waarden, ouder, staat

    def binnen(self, waarden: Mapping[str, Any]) -> Omgeving:
        """Een scope binnen deze."""
        return Omgeving(waarden, self, self.staat)
