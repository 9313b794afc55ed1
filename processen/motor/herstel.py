"""Incidenten herstellen: variabelen bijwerken, opnieuw proberen, overslaan of het token verplaatsen."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.engine import RowMapping

from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
from processen.motor import betreden
from processen.motor.fouten import MotorFout, NietGevonden
from processen.motor.model import Element, Proces
from processen.motor.overzicht import Herstelactie
from processen.motor.spiff_aanpassing import READY, Randgebeurtenis, Stap, activeer
from processen.motor.tabellen import Incident
from processen.motor.uitvoering import Uitvoering

if TYPE_CHECKING:
    from processen.motor.motor import Motor

Waarden = dict[str, Any]


class HerstelFout(MotorFout):
    """Dit herstel kan niet; de tekst zegt waarom."""


def herstel(
    motor: "Motor", verbinding: Connection, incident: UUID, actie: Herstelactie, *, door: str, reden: str,
    variabelen: Waarden, uitvoer: Waarden, naar: str,
) -> None:  # fmt: skip
    """Zie `Motor.herstel`."""
    if actie != "opnieuw" and not reden:
        raise HerstelFout("Overslaan en verplaatsen vragen een reden.")
    vraag = select(Incident.__table__).where(Incident.id == incident, Incident.opgelost.is_(None)).with_for_update()
    rij = verbinding.execute(vraag).mappings().first()
    if rij is None:
        raise NietGevonden(f"open incident {incident}")
    waarden = {"opgelost": motor.installatie.klok.nu(), "door": door, "oplossing": f"{actie}: {reden}".rstrip(": ")}
    verbinding.execute(update(Incident).where(Incident.id == incident).values(waarden))
    if rij["outbox"] is not None and _geef_werk_vrij(verbinding, rij, overslaan=actie != "opnieuw"):
        if variabelen:
            motor.zet_variabelen(verbinding, rij["instantie"], variabelen)
        return

    def handeling(u: Uitvoering) -> None:
        stap = u.vind(rij["stap"])
        if stap is None:
            return
        for naam, waarde in variabelen.items():
            u.zet(stap, naam, waarde)
        if actie == "opnieuw":
            u.probeer(stap, lambda s: _opnieuw(u, s))
        elif actie == "overslaan":
            u.probeer(stap, lambda s: u.voltooi(s, uitvoer, door=door, uitkomst="overgeslagen"))
        else:
            _verplaats(u, stap, naar)

    motor.verder(verbinding, rij["instantie"], handeling)


def bestemmingen(proces: Proces, element: Element | None) -> list[Element]:
    """Waar een token van dit element heen kan: alles in hetzelfde (sub)proces waar een token vanzelf kan aankomen."""
    bereik = next((bereik for bereik, ander in proces.bereik.alles() if ander is element), None)
    if bereik is None:
        return []
    return [
        e for e in bereik.elementen.values()
        if e.soort not in {"startEvent", "boundaryEvent"} and not e.door_gebeurtenis and not e.compensatie and e is not element
    ]  # fmt: skip


def herstel_alle(
    installatie: Installatie, motor: "Motor", incidenten: Iterable[UUID], *, door: str
) -> tuple[int, int]:  # fmt: skip
    """Probeer elk van deze incidenten opnieuw, elk in een eigen transactie. Geeft (gedaan, al door een ander gedaan)."""
    gedaan = weg = 0
    for incident in incidenten:
        try:
            with installatie.db.schrijven() as verbinding:
                motor.herstel(verbinding, incident, "opnieuw", door=door)
            gedaan += 1
        except NietGevonden:
            weg += 1
    return gedaan, weg


def _geef_werk_vrij(verbinding: Connection, rij: RowMapping, *, overslaan: bool) -> bool:
    """Een dode outbox-rij gaat opnieuw lopen, of verdwijnt. Waar als daarmee alles gedaan is."""
    if overslaan:
        verbinding.execute(delete(OutboxTabel).where(OutboxTabel.id == rij["outbox"]))
        return False
    waarden = {"staat": "wacht", "pogingen": 0, "vanaf": rij["gemaakt"], "lease": None, "lease_tot": None}
    nog = verbinding.execute(update(OutboxTabel).where(OutboxTabel.id == rij["outbox"]).values(waarden))
    return nog.rowcount > 0


def _opnieuw(u: Uitvoering, stap: Stap) -> None:
    """Begin de stap nog eens, met dezelfde idempotentiesleutels; invoer wordt opnieuw uitgerekend."""
    if isinstance(stap.task_spec, Randgebeurtenis) and "uitvoer" not in stap.internal_data:
        betreden.betreed(u, stap)
        return
    if "uitvoer" not in stap.internal_data:
        lus = {naam: stap.lokaal[naam] for naam in ("loopCounter",) if naam in stap.lokaal}
        element = stap.task_spec.element
        if element is not None and element.herhaald is not None and element.herhaald.element in stap.lokaal:
            lus[element.herhaald.element] = stap.lokaal[element.herhaald.element]
        stap.lokaal = lus
    stap._set_state(READY)  # noqa: SLF001  # eigen klasse


def _verplaats(u: Uitvoering, stap: Stap, naar: str) -> None:
    specs = stap.workflow.spec.task_specs
    if {"meer", "keer"} & stap.internal_data.keys():
        raise HerstelFout("Een herhaling of een stap die terugdraait kan niet verplaatst worden; sla haar over.")
    if naar not in {element.id for element in bestemmingen(stap.workflow.gecompileerd.proces, stap.task_spec.element)}:
        raise HerstelFout(f"Een token kan hier niet naar {naar}: dat staat niet in hetzelfde (sub)proces.")
    wortel = stap.workflow.task_tree
    u.breek_af(stap)
    activeer(wortel, specs[f"#{naar}"])
