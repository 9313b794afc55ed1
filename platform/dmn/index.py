"""De index van een kolom: per vak van de as een bitmasker van de regels die het raken.

Opzoeken kost daardoor evenveel bij twintig als bij tweeduizend regels. Zonder exacte gebieden is er geen index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from dmn.gebied import As, Gebied, sleutel


class Kolomindex:
    """Regels bij een waarde, als bitmasker; regel 0 is bit 0."""

    __slots__ = ("_as", "_bij_null", "_klasse", "_maskers", "_overal", "_punten", "soort")

    def __init__(self, gebieden: Sequence[Gebied], soort: str, bij_null: int) -> None:
        self.soort, self._bij_null = soort, bij_null
        self._klasse = {"number": Decimal, "string": str}.get(soort)  # hier is de waarde zelf de plaats op de as
        kanten = {k for g in gebieden for stuk in g.stukken for k in (stuk.laag, stuk.hoog) if k is not None}
        self._as = As(sorted(kanten))
        self._overal = sum(1 << nummer for nummer, g in enumerate(gebieden) if g.alles)
        self._maskers = self._bouw(gebieden)
        self._punten = {punt: self._maskers[2 * nummer + 1] for nummer, punt in enumerate(self._as.punten)}

    def _bouw(self, gebieden: Sequence[Gebied]) -> list[int]:
        wissels = [0] * (self._as.aantal + 1)
        for nummer, g in enumerate(gebieden):
            for van, tot in samengevoegd([self._as.vakken(stuk) for stuk in g.stukken]):
                wissels[van] ^= 1 << nummer
                wissels[tot + 1] ^= 1 << nummer
        maskers, nu = [], 0
        for wissel in wissels[:-1]:
            nu ^= wissel
            maskers.append(nu | self._overal)
        return maskers

    def masker(self, waarde: Any) -> int | None:
        """De regels die deze waarde raakt, of None als de index er niets over zegt."""
        if waarde is None:
            return self._bij_null
        if type(waarde) is self._klasse:
            plek = waarde
        else:
            soort, plek = sleutel(waarde)
            if soort != self.soort:
                return None
        raak = self._punten.get(plek)
        return raak if raak is not None else self._maskers[self._as.vak(plek)]


def samengevoegd(paren: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Dezelfde vakken als losse, niet rakende paren."""
    uit: list[tuple[int, int]] = []
    for van, tot in sorted(paar for paar in paren if paar[0] <= paar[1]):
        if uit and van <= uit[-1][1] + 1:
            uit[-1] = (uit[-1][0], max(tot, uit[-1][1]))
        else:
            uit.append((van, tot))
    return uit


def maak_index(gebieden: Sequence[Gebied | None], null_test: Callable[[int], bool]) -> Kolomindex | None:
    """De index van een kolom; `null_test(regel)` zegt of de cel null raakt."""
    zeker = [g for g in gebieden if g is not None]
    soorten = {g.soort for g in zeker if g.soort}
    if len(zeker) != len(gebieden) or len(soorten) != 1:
        return None
    bij_null = sum(1 << nummer for nummer in range(len(zeker)) if null_test(nummer))
    return Kolomindex(zeker, soorten.pop(), bij_null)


def bits(masker: int) -> list[int]:
    """De nummers van de bits die aan staan, oplopend."""
    if masker & (masker - 1) == 0:  # hoogstens één
        return [masker.bit_length() - 1] if masker else []
    uit = []
    while masker:
        laagste = masker & -masker
        uit.append(laagste.bit_length() - 1)
        masker ^= laagste
    return uit
