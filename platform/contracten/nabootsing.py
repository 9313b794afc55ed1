"""De nabootsing van een bouwblok, voor scenario's: dezelfde sleutel, velden en fouten, maar zij doet niets en geeft wat is afgesproken.

Zij komt uit de klasse zelf, dus een afspraak die het echte bouwblok nooit zou geven (een onbekend veld, een fout die het niet kent) wordt
geweigerd. Invoer en instellingen worden nagekeken zoals bij het echte.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contracten.bouwblok import AnyBouwblok, Bouwblok, BpmnFout, Gegevens, Opdracht


@dataclass(frozen=True)
class Afspraak:
    """Wat één uitvoering geeft: `uitvoer`, een BPMN-`fout`, of een `storing` die herhaald wordt als een echte.

    Met `element` telt zij alleen bij dat element van het model.
    """

    uitvoer: dict[str, Any] = field(default_factory=dict)
    fout: str = ""
    storing: str = ""
    element: str = ""


class Nagebootst(Exception):
    """Een afgesproken storing."""


def boots_na(blok: AnyBouwblok, afspraken: Sequence[Afspraak]) -> AnyBouwblok:
    """Een bouwblok dat de afspraken op volgorde nakomt; de laatste (per element) blijft gelden. Zonder afspraak doet het echte het werk.

    `ValueError` noemt een afspraak die het bouwblok niet kan nakomen (`pydantic.ValidationError` is er een van).
    """
    for afspraak in afspraken:
        _kan(blok, afspraak)
    return _Nabootsing(blok, tuple(afspraken))


def _kan(blok: AnyBouwblok, afspraak: Afspraak) -> None:
    codes = [fout.code for fout in blok.fouten]
    if afspraak.fout and afspraak.fout not in codes:
        raise ValueError(f"{blok.sleutel} geeft nooit fout {afspraak.fout}; wel: {', '.join(codes) or 'geen'}")
    if not (afspraak.fout or afspraak.storing):
        blok.Uitvoer.model_validate(afspraak.uitvoer)


class _Nabootsing(Bouwblok[Gegevens, Gegevens, Gegevens]):
    """Onthoudt per uitvoering welke afspraak gold; alleen een storing gaat bij de volgende poging door naar de volgende afspraak."""

    sleutel = ""

    def __init__(self, blok: AnyBouwblok, afspraken: tuple[Afspraak, ...]) -> None:
        velden = (
            "sleutel",
            "versie",
            "naam",
            "uitleg",
            "groep",
            "fouten",
            "herhaling",
            "Configuratie",
            "Invoer",
            "Uitvoer",
        )
        self.__dict__.update({naam: getattr(blok, naam) for naam in velden})
        self.lees_configuratie = blok.lees_configuratie  # type: ignore[method-assign]  # leest met de velden van het echte
        self._echt, self._open = blok, list(afspraken)
        self._gekozen: dict[tuple[UUID, int], Afspraak | None] = {}

    def voer_uit(self, opdracht: Opdracht[Gegevens, Gegevens]) -> Gegevens:
        afspraak = self._afspraak(opdracht)
        if afspraak is None:
            gedaan: Gegevens = self._echt.voer_uit(opdracht)
            return gedaan
        if afspraak.storing:
            raise Nagebootst(afspraak.storing)
        if afspraak.fout:
            raise BpmnFout(afspraak.fout, "nagebootst")
        uitvoer: Gegevens = self._echt.Uitvoer.model_validate(afspraak.uitvoer)
        return uitvoer

    def _afspraak(self, opdracht: Opdracht[Gegevens, Gegevens]) -> Afspraak | None:
        keer = (opdracht.sleutel, opdracht.poging)
        if keer not in self._gekozen:
            passend = [deel for deel in self._open if deel.element in ("", opdracht.element)]
            self._gekozen[keer] = next(iter(passend), None)
            if len([deel for deel in passend if deel.element == passend[0].element]) > 1:
                self._open.remove(passend[0])
        return self._gekozen[keer]
