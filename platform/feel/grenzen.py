"""Grenzen tegen vijandige modellen; elke grens is een duidelijke fout (`FeelGrens`), nooit een crash of hanger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grenzen:
    """Alle maten per evaluatie (of, bij `tekst_in` en `nesting`, per gelezen expressie)."""

    tekst_in: int = 100_000  # tekens van een expressie
    nesting: int = 60  # haakjes, if, for ... in elkaar
    diepte: int = 100  # functies die functies aanroepen
    stappen: int = 1_000_000  # lusrondes, filterelementen en aanroepen samen
    lijst: int = 200_000  # elementen van een lijst
    tekst: int = 2_000_000  # tekens van een tekst
    regex: int = 1_000_000  # stappen van een reguliere expressie
    redenen: int = 100  # meer redenen worden niet bewaard


STANDAARD = Grenzen()
