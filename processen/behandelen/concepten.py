"""Wat een behandelaar al invulde bij een taak, bewaard tot hij verdergaat. Van hem alleen, versleuteld, en weg als de taak klaar is."""

from typing import Any
from uuid import UUID

from kern.concepten import Concept, Concepten, Conflict
from kern.installatie import Installatie
from kern.toegang import eigenaar_van, eis_identiteit


class Taakconcepten:
    """De concepten van wie nu is aangemeld."""

    def __init__(self, installatie: Installatie) -> None:
        self._concepten = Concepten(installatie)
        self._eigenaar = eigenaar_van(eis_identiteit())

    def lees(self, taak: UUID) -> dict[str, Any]:
        """De bewaarde antwoorden; leeg als er niets bewaard is."""
        gevonden = self._vind(taak)
        return gevonden.inhoud if gevonden else {}

    def bewaar(self, taak: UUID, waarden: dict[str, Any]) -> None:
        """Bewaar deze antwoorden. Van twee vensters geldt het laatste: het zijn de antwoorden van dezelfde persoon."""
        gevonden = self._vind(taak)
        if gevonden is None:
            self._concepten.maak(_soort(taak), self._eigenaar, waarden)
            return
        try:
            self._concepten.bewaar(gevonden, self._eigenaar, waarden, versie=gevonden.versie)
        except Conflict:
            self.bewaar(taak, waarden)

    def verwijder(self, taak: UUID) -> None:
        """De taak is klaar, of van een ander."""
        for concept in self._concepten.van(self._eigenaar, _soort(taak)):
            self._concepten.verwijder(concept.id, self._eigenaar)

    def _vind(self, taak: UUID) -> Concept | None:
        return next(iter(self._concepten.van(self._eigenaar, _soort(taak))), None)


def _soort(taak: UUID) -> str:
    return f"behandelen.taak:{taak}"
