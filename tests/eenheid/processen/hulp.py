"""De motor zonder database: een instantie in het geheugen, voor wat alleen over lopen en rekenen gaat."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from contracten import Bouwblokken
from processen.motor import beslissen, opslag, toestand
from processen.motor.bouw import Gecompileerd, compileer
from processen.motor.controle import controleer
from processen.motor.fouten import Bevinding
from processen.motor.lezen import lees
from processen.motor.spiff_aanpassing import MotorStroom, Stap
from processen.motor.uitdrukkingen import Uitdrukkingen
from processen.motor.uitvoering import Uitvoering

NU = datetime(2026, 3, 2, 10, tzinfo=UTC)


class Los:
    """Een omgeving zonder database."""

    def __init__(self, bouwblokken: Bouwblokken | None = None) -> None:
        self.uitdrukkingen = Uitdrukkingen(lambda: NU)
        self.bouwblokken = bouwblokken or Bouwblokken()

    def nu(self) -> datetime:
        return NU

    def actieve(self, sleutel: str) -> Gecompileerd:
        raise LookupError(sleutel)

    def haal(self, definitie: UUID) -> Gecompileerd:
        raise LookupError(definitie)

    def beslis(self, gecompileerd: Gecompileerd, naam: str, invoer: Any, peildatum: Any) -> beslissen.Uitslag:
        raise LookupError(gecompileerd.sleutel, naam, invoer, peildatum)


def bevindingen(bpmn: bytes, bouwblokken: Bouwblokken | None = None) -> list[Bevinding]:
    return controleer(lees(bpmn), bouwblokken or Bouwblokken(), Uitdrukkingen(lambda: NU))


def codes(bpmn: bytes, bouwblokken: Bouwblokken | None = None) -> set[tuple[str, str]]:
    """(element, code) van alle bevindingen."""
    return {(b.element, b.code) for b in bevindingen(bpmn, bouwblokken)}


def begin(bpmn: bytes, bouwblokken: Bouwblokken | None = None, **variabelen: Any) -> Uitvoering:
    """Compileer en start; het model moet kloppen."""
    assert bevindingen(bpmn, bouwblokken) == []
    return begin_met(compileer(lees(bpmn), uuid4()), bouwblokken, **variabelen)


def begin_met(gecompileerd: Gecompileerd, bouwblokken: Bouwblokken | None = None, **variabelen: Any) -> Uitvoering:
    """Start een gecompileerd proces."""
    bereik = gecompileerd.bereiken[gecompileerd.proces.id]
    werkstroom = MotorStroom(bereik.spec, deserializing=True)
    werkstroom.gecompileerd = gecompileerd
    uitvoering = Uitvoering(Los(bouwblokken), uuid4(), werkstroom, variabelen)
    opslag.koppel(uitvoering)
    uitvoering.start(bereik)
    uitvoering.draai()
    return uitvoering


def bewaar_en_laad(u: Uitvoering) -> Uitvoering:
    """Door de bewaarvorm heen, zoals tussen twee transacties."""
    inhoud = toestand.bewaar(u.top, u.volgnummer)
    werkstroom, volgnummer = toestand.herstel(inhoud, u.top.gecompileerd, u.omgeving.haal)
    nieuw = Uitvoering(u.omgeving, u.id, werkstroom, u.top.variabelen or {}, volgnummer)
    opslag.koppel(nieuw)
    return nieuw


def open_stappen(u: Uitvoering) -> list[Stap]:
    return [stap for werkstroom in u.werkstromen() for stap in werkstroom.open.values()]


def doe(u: Uitvoering, element: str, **uitvoer: Any) -> None:
    """Rond de eerste open stap van dit element af."""
    stap = next(
        s
        for s in open_stappen(u)
        if s.task_spec.element is not None and s.task_spec.element.id == element and not s.task_spec.exemplaar
    )
    u.probeer(stap, lambda s: u.voltooi(s, uitvoer))
    u.draai()


def bereikt(u: Uitvoering) -> list[str]:
    """De elementen die in deze uitvoering klaar zijn, op volgorde."""
    return [rij["element"] for rij in u.gevolgen.begonnen.values() if rij["uitkomst"] == "voltooid"]


Actie = Callable[[Uitvoering], None]
