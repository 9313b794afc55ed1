"""Waar een proces nu druk is: de cijfers van de motor per element, met de namen die getekend zijn."""

from dataclasses import dataclass
from datetime import datetime

from huisstijl import vertaal
from processen.modelleren.werkbank import Werkbank
from processen.motor.lezen import lees
from processen.motor.overzicht import IncidentInfo, WachtendHier, wachtend_bij


@dataclass(frozen=True)
class Drukte:
    """Eén element. `mediaan` en `p95` zijn teksten, leeg als er nog niets klaar is; `tekst` zegt het in een zin."""

    element: str
    naam: str
    bereikt: int
    wacht: int
    incidenten: int
    mediaan: str
    p95: str
    tekst: str


def per_element(bank: Werkbank, bpmn: bytes) -> list[Drukte]:
    """De elementen van het proces in dit bestand die ooit bereikt zijn; waar het wacht of vastzit eerst."""
    proces = lees(bpmn)
    namen = {element.id: element.naam or element.id for _, element in proces.bereik.alles()}
    with bank.installatie.db.lezen() as verbinding:
        elementen = bank.motor.cijfers(verbinding, proces.id).elementen
    regels = [
        Drukte(
            e.element, namen.get(e.element, e.element), e.bereikt, e.wacht, e.incidenten, duur(e.mediaan), duur(e.p95),
            vertaal("%(aantal)s wachten, %(stuk)s met een incident", aantal=e.wacht, stuk=e.incidenten),
        )
        for e in elementen
    ]  # fmt: skip
    return sorted(regels, key=lambda regel: (-regel.incidenten, -regel.wacht, regel.naam))


@dataclass(frozen=True)
class Wachter:
    """Eén zaak die bij een element wacht of vastzit; `incident` is leeg als zij gewoon wacht."""

    zaaknummer: str
    sinds: datetime
    soort: str
    incident: IncidentInfo | None


def wachters(bank: Werkbank, bpmn: bytes, element: str) -> list[Wachter]:
    """Wat er nu bij dit element wacht of vastzit, het langste eerst; hoogstens honderd."""
    proces = lees(bpmn)
    with bank.installatie.db.lezen() as verbinding:
        hier = wachtend_bij(verbinding, proces.id, element)
        vast = {i.stap: i for i in bank.motor.incidenten(verbinding) if i.element == element}
    return [_wachter(deel, vast.get(deel.stap)) for deel in hier]


def _wachter(deel: WachtendHier, incident: IncidentInfo | None) -> Wachter:
    return Wachter(deel.zaaknummer, deel.sinds, deel.soort, incident)


def duur(seconden: float | None) -> str:
    """Een duur voor mensen, in de grootste eenheid die past; leeg als er niets gemeten is."""
    if seconden is None:
        return ""
    for grens, naam in ((86400, vertaal("dagen")), (3600, vertaal("uur")), (60, vertaal("min."))):
        if seconden >= grens:
            return f"{seconden / grens:.0f} {naam}"
    return f"{seconden:.0f} s"
