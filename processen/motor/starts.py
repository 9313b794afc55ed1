"""Processen die vanzelf beginnen: op een tijdstip (datum, duur na het activeren, of telkens opnieuw) en op een signaal.

Een tijdstart is een rij in de outbox die bij één activering hoort. Wordt de versie ingetrokken of opnieuw geactiveerd, dan doet een
oude rij niets meer. De bedrijfssleutel is het element met het tijdstip, dus hetzelfde tijdstip telt één keer.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, select

from kern.installatie import Installatie
from kern.outbox import Werk, plaats
from processen.motor import tijdstippen
from processen.motor.bouw import Gecompileerd
from processen.motor.definities import start_op
from processen.motor.fouten import Bevinding, ModelGeweigerd, NietGevonden, UitdrukkingFout
from processen.motor.gebeurtenissen import als_variabelen
from processen.motor.model import Element, Gebeurtenis
from processen.motor.tabellen import Definitie

if TYPE_CHECKING:
    from processen.motor.motor import Motor

WERK = "processen.starttijd"


def zet_klaar(motor: "Motor", verbinding: Connection, definitie: UUID) -> None:
    """Plan de tijdstarts van een net geactiveerde versie. `ModelGeweigerd` als een tijdstip niet uit te rekenen is."""
    gecompileerd = motor.definities.haal(verbinding, definitie)
    nu = verbinding.scalar(select(Definitie.geactiveerd).where(Definitie.id == definitie))
    if nu is None:
        raise NietGevonden(f"procesdefinitie {definitie} is niet actief")
    for element, gebeurtenis in _tijdstarts(gecompileerd):
        try:
            om, keren = _eerste(motor, gebeurtenis, nu)
        except UitdrukkingFout as fout:
            raise ModelGeweigerd([_geen_tijd(element, fout)]) from fout
        _plan(motor.installatie, verbinding, gecompileerd, element.id, nu, om, keren)


def begin(motor: "Motor", verbinding: Connection, werk: Werk) -> None:
    """Een tijdstart gaat af: begin een instantie, en plan de volgende keer."""
    inhoud = werk.inhoud
    definitie, element = UUID(inhoud["definitie"]), inhoud["element"]
    vraag = (
        select(Definitie.geactiveerd).where(Definitie.id == definitie, Definitie.staat == "actief").with_for_update()
    )
    geactiveerd = verbinding.scalar(vraag)
    if geactiveerd is None or geactiveerd != datetime.fromisoformat(inhoud["geactiveerd"]):
        return
    gecompileerd, om = motor.definities.haal(verbinding, definitie), datetime.fromisoformat(inhoud["om"])
    motor.start(verbinding, f"{element}@{om.isoformat()}", gecompileerd.sleutel, element=element)
    gebeurtenis, keren = gecompileerd.element(element).gebeurtenis, inhoud["keren"]
    if gebeurtenis is not None and gebeurtenis.tijd == "cyclus" and keren != 1:
        duur = tijdstippen.cyclus(motor.uitdrukkingen.ruw(gebeurtenis.uitdrukking, {})).duur
        minder = None if keren is None else keren - 1
        _plan(motor.installatie, verbinding, gecompileerd, element, geactiveerd, tijdstippen.na(om, duur), minder)


def begin_op_signaal(motor: "Motor", verbinding: Connection, naam: str, uniek: str, inhoud: Any) -> None:
    """Begin elk proces dat op dit signaal begint; `uniek` is één keer dat het signaal klonk."""
    for sleutel in motor.definities.met_startsignaal(verbinding, naam):
        element = start_op(motor.definities.actieve(verbinding, sleutel).proces, "signaal", naam)
        motor.start(verbinding, f"{naam}@{uniek}", sleutel, als_variabelen(inhoud), element=element)


def _tijdstarts(gecompileerd: Gecompileerd) -> Iterator[tuple[Element, Gebeurtenis]]:
    for element in gecompileerd.proces.bereik.elementen.values():
        gebeurtenis = element.gebeurtenis
        if element.soort == "startEvent" and gebeurtenis is not None and gebeurtenis.soort == "tijd":
            yield element, gebeurtenis


def _eerste(motor: "Motor", gebeurtenis: Gebeurtenis, nu: datetime) -> tuple[datetime, int | None]:
    waarde = motor.uitdrukkingen.ruw(gebeurtenis.uitdrukking, {})
    if gebeurtenis.tijd == "datum":
        return tijdstippen.moment(waarde), 1
    if gebeurtenis.tijd == "duur":
        return tijdstippen.na(nu, waarde), 1
    herhaling = tijdstippen.cyclus(waarde)
    return tijdstippen.eerste(herhaling, nu), herhaling.keren


def _plan(
    installatie: Installatie, verbinding: Connection, gecompileerd: Gecompileerd, element: str, geactiveerd: datetime, om: datetime,
    keren: int | None,
) -> None:  # fmt: skip
    inhoud = {
        "definitie": str(gecompileerd.definitie), "element": element, "geactiveerd": geactiveerd.isoformat(),
        "om": om.isoformat(), "keren": keren,
    }  # fmt: skip
    plaats(installatie, verbinding, WERK, inhoud, sleutel=f"{gecompileerd.definitie}:{element}", vanaf=om)


def _geen_tijd(element: Element, fout: UitdrukkingFout) -> Bevinding:
    return Bevinding(
        element.id, "tijd", f"De tijd klopt niet: {fout}", "The timer is invalid.",
        "Bij een start zijn er nog geen variabelen: gebruik een vaste tijd.", "A start has no variables yet: use a fixed time.",
    )  # fmt: skip
