"""Timers in porties: veel die tegelijk aflopen gaan samen in één transactie, in plaats van elk in een eigen.

De rij die de outbox aanbiedt gaat altijd mee; daarbij komen andere timers die nu kunnen en waarvan de instantie vrij is. Wat van die
andere misgaat blijft gewoon liggen: de outbox biedt het later zelf aan, met haar eigen herhaling en uiteindelijk een incident.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, delete, select

from kern.outbox import Werk
from kern.tabellen import OutboxTabel
from processen.motor import gebeurtenissen, opslag
from processen.motor.fouten import NietGevonden
from processen.motor.uitvoering import Omgeving, Uitvoering

if TYPE_CHECKING:
    from processen.motor.motor import Motor

log = structlog.get_logger()
WERK = "processen.tijd"
PORTIE = 400
"""Zoveel timers samen: groot genoeg om de commit te delen, klein genoeg om instanties niet lang vast te houden."""
OmgevingVan = Callable[[Connection], Omgeving]


def laat_afgaan(motor: "Motor", verbinding: Connection, werk: Werk, omgeving: OmgevingVan) -> None:
    """Laat de timer van `werk` afgaan, en met hem de andere die nu kunnen."""
    eigen = UUID(werk.inhoud["instantie"])
    extra = [rij for rij in _andere(motor, verbinding, werk) if UUID(rij.inhoud["instantie"]) != eigen]
    rijen = opslag.pak(verbinding, {UUID(rij.inhoud["instantie"]) for rij in extra} | {eigen}, zeker=eigen)
    if eigen not in rijen:
        raise NietGevonden(f"procesinstantie {eigen}")
    klaar: list[Uitvoering] = []
    _zet(klaar, omgeving(verbinding), rijen[eigen], [werk.inhoud])
    gedaan = _zet_andere(klaar, omgeving(verbinding), rijen, extra)
    opslag.bewaar_veel(motor.installatie, verbinding, klaar)
    if gedaan:
        verbinding.execute(delete(OutboxTabel).where(OutboxTabel.id.in_(gedaan)))


def _andere(motor: "Motor", verbinding: Connection, werk: Werk) -> Iterable[Any]:
    vraag = select(OutboxTabel.id, OutboxTabel.inhoud, OutboxTabel.spoor).where(
        OutboxTabel.verwerker == WERK, OutboxTabel.staat == "wacht", OutboxTabel.vanaf <= motor.installatie.klok.nu(),
        OutboxTabel.id != werk.id, OutboxTabel.pogingen == 0,
    )  # fmt: skip
    vraag = vraag.order_by(OutboxTabel.vanaf, OutboxTabel.id).limit(PORTIE - 1).with_for_update(skip_locked=True)
    return verbinding.execute(vraag).all()


def _zet_andere(klaar: list[Uitvoering], omgeving: Omgeving, rijen: dict[UUID, Any], extra: list[Any]) -> list[int]:
    """Zet de andere timers, per instantie; geef de outbox-rijen die daarmee gedaan zijn."""
    per_instantie: dict[UUID, list[Any]] = {}
    for rij in extra:
        per_instantie.setdefault(UUID(rij.inhoud["instantie"]), []).append(rij)
    gedaan: list[int] = []
    for instantie, timers in per_instantie.items():
        if instantie not in rijen:
            continue  # een ander is er net mee bezig
        try:
            with structlog.contextvars.bound_contextvars(trace_id=timers[0].spoor):
                _zet(klaar, omgeving, rijen[instantie], [timer.inhoud for timer in timers])
        except Exception as fout:  # noqa: BLE001  # deze timer gaat de gewone weg, met herhaling
            log.warning("timer gaat niet samen", instantie=str(instantie), fout=type(fout).__name__)
        else:
            gedaan += [timer.id for timer in timers]
    return gedaan


def _zet(klaar: list[Uitvoering], omgeving: Omgeving, rij: Any, timers: list[dict[str, Any]]) -> None:
    """Laat deze timers van één instantie afgaan; een afgelopen instantie heeft er geen meer."""
    if rij["toestand"] is None:
        return
    uitvoering = opslag.uit_rij(omgeving, rij)
    for timer in timers:
        stap = uitvoering.vind(UUID(hex=timer["stap"]))
        if stap is not None:
            gebeurtenissen.tijd_om(uitvoering, stap, timer["beurt"])
    uitvoering.draai()
    klaar.append(uitvoering)
