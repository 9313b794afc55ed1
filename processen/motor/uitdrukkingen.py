"""FEEL in processen: uitdrukkingen, en teksten die met `=` een uitdrukking zijn."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import feel
from processen.motor.fouten import UitdrukkingFout

Klok = Callable[[], datetime]
Waarden = Mapping[str, Any]


class Uitdrukkingen:
    """Rekent uitdrukkingen uit op de klok en met de extra functies van de installatie."""

    def __init__(self, klok: Klok, functies: feel.Functies | None = None) -> None:
        self.klok = klok
        self.functies = functies or feel.Functies()
        self._bewaard: dict[str, feel.Expressie] = {}

    def fout_in(self, tekst: str) -> feel.FeelFout | None:
        """De leesfout in de tekst van een uitdrukking, of None als zij klopt."""
        try:
            self._compileer(tekst)
        except feel.FeelFout as fout:
            return fout
        return None

    def keur(self, tekst: str) -> tuple[feel.Reden, ...]:
        """Wat er mis is met de functies in een leesbare uitdrukking: onbekend, of met te veel of te weinig argumenten."""
        return feel.keur(self._compileer(tekst), self.functies)

    def bereken(self, tekst: str, waarden: Waarden) -> Any:
        """De waarde (Python) van een FEEL-uitdrukking, met of zonder `=` ervoor."""
        return self._uitkomst(tekst, waarden).waarde

    def waar(self, tekst: str, waarden: Waarden) -> bool:
        """Een voorwaarde: waar of onwaar. Iets anders is een fout, nooit stilzwijgend onwaar."""
        uitkomst = self._uitkomst(tekst, waarden)
        if not isinstance(uitkomst.waarde, bool):
            redenen = "; ".join(reden.nederlands for reden in uitkomst.redenen)
            raise UitdrukkingFout(f"{tekst} gaf geen waar of onwaar. {redenen}".strip())
        return uitkomst.waarde

    def ruw(self, tekst: str, waarden: Waarden) -> Any:
        """Vaste tekst, of met `=` de waarde van de uitdrukking."""
        return self.bereken(tekst, waarden) if tekst.startswith("=") else tekst

    def tekst(self, tekst: str, waarden: Waarden) -> str:
        """Als `ruw`, maar altijd een tekst: null is leeg, een lijst wordt met komma's verbonden."""
        waarde = self.ruw(tekst, waarden)
        if isinstance(waarde, list):
            return ",".join(str(deel) for deel in waarde)
        return "" if waarde is None else str(waarde)

    def _uitkomst(self, tekst: str, waarden: Waarden) -> feel.Uitkomst:
        try:
            uitkomst = self._compileer(tekst).evalueer(waarden, klok=self.klok)
        except feel.FeelFout as fout:
            raise UitdrukkingFout(f"{tekst}: {fout}") from fout
        if uitkomst.grens is not None:
            raise UitdrukkingFout(f"{tekst}: {uitkomst.grens.nederlands}")
        return uitkomst

    def _compileer(self, tekst: str) -> feel.Expressie:
        expressie = self._bewaard.get(tekst)
        if expressie is None:
            expressie = feel.compileer(tekst.removeprefix("=").strip(), functies=self.functies)
            if len(self._bewaard) < 10_000:  # noqa: PLR2004  # genoeg voor alle modellen van een gemeente
                self._bewaard[tekst] = expressie
        return expressie
