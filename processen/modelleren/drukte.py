"""Waar een proces nu druk is: de cijfers van de motor per element, met de namen die getekend zijn."""

from dataclasses import dataclass

from huisstijl import vertaal
from processen.modelleren.werkbank import Werkbank
from processen.motor.lezen import lees


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


def duur(seconden: float | None) -> str:
    """Een duur voor mensen, in de grootste eenheid die past; leeg als er niets gemeten is."""
    if seconden is None:
        return ""
    for grens, naam in ((86400, vertaal("dagen")), (3600, vertaal("uur")), (60, vertaal("min."))):
        if seconden >= grens:
            return f"{seconden / grens:.0f} {naam}"
    return f"{seconden:.0f} s"
