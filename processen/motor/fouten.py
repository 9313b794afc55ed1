"""Fouten van de motor.

MotorFout
    ModelGeweigerd       het model kan niet worden neergezet; alle bevindingen tegelijk
    StapFout             deze stap kan niet verder: wordt een incident in het proces
        UitdrukkingFout  een FEEL-uitdrukking gaf niet wat er nodig is
        GeenPad          geen enkele voorwaarde van een gateway klopt
        OnopgevangenFout een BPMN-fout waar het model niets mee doet
        TeGroot          variabelen passen niet; bewaar verwijzingen in plaats van inhoud
        TeVeelStappen    een lus zonder wachtmoment
    NietGevonden         definitie, instantie, taak of incident bestaat niet
"""

from collections.abc import Iterable
from dataclasses import dataclass

from processen.motor.model import Element


@dataclass(frozen=True)
class Bevinding:
    """Waarom een model niet kan: het getekende element, een vaste code, de reden en wat eraan te doen is (nl en en)."""

    element: str
    code: str
    nl: str
    en: str
    remedie_nl: str = ""
    remedie_en: str = ""

    def __str__(self) -> str:
        return f"{self.element or 'model'}: {self.nl} {self.remedie_nl}".rstrip()


def onvolledig(element: Element, nl: str, en: str) -> Bevinding:
    """Er ontbreekt iets aan een element; de tekst zegt wat."""
    return Bevinding(
        element.id,
        "onvolledig",
        nl,
        en,
        "Vul dit aan bij het element, in de modelleur.",
        "Complete this in the modeller.",
    )


class MotorFout(Exception):
    """Basis van de fouten van de motor."""


class ModelGeweigerd(MotorFout):
    """Het model kan niet worden neergezet."""

    def __init__(self, bevindingen: Iterable[Bevinding]) -> None:
        self.bevindingen = tuple(bevindingen)
        super().__init__("; ".join(map(str, self.bevindingen)))


class NietGevonden(MotorFout):
    """Dit bestaat niet (meer)."""


class StapFout(MotorFout):
    """Een stap kan niet verder. De instantie blijft staan; een beheerder herstelt het incident."""

    soort = "stap"


class UitdrukkingFout(StapFout):
    """Een FEEL-uitdrukking klopt niet of gaf een waarde van het verkeerde soort."""

    soort = "uitdrukking"


class GeenPad(StapFout):
    """Geen van de voorwaarden van een gateway klopt en er is geen standaardpad."""

    soort = "geen-pad"


class OnopgevangenFout(StapFout):
    """Een BPMN-fout die nergens in het model wordt opgevangen."""

    soort = "bpmn-fout"


class TeGroot(StapFout):
    """De variabelen zijn samen te groot."""

    soort = "te-groot"


class TeVeelStappen(StapFout):
    """Het proces bleef lopen zonder ergens te wachten."""

    soort = "te-veel-stappen"
