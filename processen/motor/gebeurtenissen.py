"""Gebeurtenissen: waarop een stap wacht, wat er gebeurt als die afgaat, en waar een fout of escalatie opgevangen wordt."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import feel
from processen.motor import tijdstippen
from processen.motor.fouten import StapFout, UitdrukkingFout
from processen.motor.model import Element, Gebeurtenis
from processen.motor.spiff_aanpassing import Luisteraar, Randgebeurtenis, Stap, activeer

if TYPE_CHECKING:
    from processen.motor.uitvoering import Uitvoering

Inhoud = dict[str, Any]


def wacht_op(u: "Uitvoering", stap: Stap) -> None:
    """De stap is bij een ontvangende gebeurtenis: leg vast waarop zij wacht."""
    gebeurtenis = _van(stap)
    u.wacht(stap)
    match gebeurtenis.soort:
        case "tijd":
            plan(u, stap, _eerste_keer(u, stap, gebeurtenis))
        case "bericht":
            sleutel = _correlatie(u, stap, gebeurtenis)
            u.verwacht(stap, "bericht", gebeurtenis.naam, sleutel=sleutel)
            inhoud = {"naam": gebeurtenis.naam, "sleutel": sleutel}
            u.plaats("processen.bericht", inhoud, sleutel=f"{gebeurtenis.naam}:{sleutel}")
        case "signaal":
            u.verwacht(stap, "signaal", gebeurtenis.naam)


def vuur(u: "Uitvoering", stap: Stap, inhoud: Inhoud) -> None:
    """De gebeurtenis is er, met deze inhoud."""
    werkstroom = stap.workflow
    element: Element = stap.task_spec.element
    is_rand, is_luisteraar = isinstance(stap.task_spec, Randgebeurtenis), isinstance(stap.task_spec, Luisteraar)
    if (is_rand or is_luisteraar) and not element.onderbreekt:
        stap = _kopie(stap)
    elif is_rand:
        gastheer = werkstroom.open[UUID(hex=stap.internal_data.pop("bij"))]
        u.breek_af(gastheer)
    elif is_luisteraar:
        u.breek_alles_af(werkstroom, behalve=[stap])
    if "poort" in stap.internal_data:
        poort = stap.internal_data.pop("poort")
        for ander in [s for s in werkstroom.open.values() if s.internal_data.get("poort") == poort]:
            u.breek_af(ander)
    u.vergeet(stap)
    if not is_luisteraar:
        u.geschiedenis(stap)
    u.probeer(stap, lambda s: u.voltooi(s, inhoud))


def tijd_om(u: "Uitvoering", stap: Stap, beurt: int) -> None:
    """De timer van deze stap gaat af; een oude beurt telt niet meer. Een herhalende timer wordt opnieuw gezet."""
    if stap.internal_data.get("beurt") != beurt:
        return
    gebeurtenis = _van(stap)
    keren = stap.internal_data.get("keren")
    element: Element = stap.task_spec.element
    blijft = isinstance(stap.task_spec, Randgebeurtenis | Luisteraar) and not element.onderbreekt
    vuur(u, stap, {})
    if not blijft:
        return
    u.vergeet(stap)
    if gebeurtenis.tijd == "cyclus" and keren != 1:
        stap.internal_data["keren"] = None if keren is None else keren - 1
        duur = tijdstippen.cyclus(u.feel.ruw(gebeurtenis.uitdrukking, u.waarden(stap))).duur
        vorige = datetime.fromisoformat(stap.internal_data["om"])
        plan(u, stap, tijdstippen.na(vorige, duur))


def vind_opvang(u: "Uitvoering", stap: Stap, soort: str, code: str, *, ook_op_stap: bool) -> Stap | None:
    """De wachtende gebeurtenis die een fout of escalatie uit `stap` opvangt: de dichtstbijzijnde, precieze code eerst."""
    huidig: Stap = stap
    op_stap = ook_op_stap
    while True:
        werkstroom = huidig.workflow
        gastheren = {huidig.id.hex, huidig.internal_data.get("meer")} if op_stap else set()
        passend: list[Stap] = [s for s in werkstroom.open.values() if _vangt(s, soort, code)]
        aan_stap = [
            s for s in passend if isinstance(s.task_spec, Randgebeurtenis) and s.internal_data.get("bij") in gastheren
        ]
        luisteraars = [s for s in passend if isinstance(s.task_spec, Luisteraar)]
        for kandidaten in (aan_stap, luisteraars):
            if kandidaten:
                return max(kandidaten, key=lambda s: bool(_van(s).code))
        if werkstroom is u.top:
            return None
        huidig, op_stap = u.top.get_task_from_id(werkstroom.parent_task_id), True


def voorwaarde_waar(u: "Uitvoering", stap: Stap) -> bool:
    """Is de voorwaarde van deze wachtende voorwaardelijke gebeurtenis nu waar?"""
    element = stap.task_spec.element
    if element is None or element.gebeurtenis is None or element.gebeurtenis.soort != "voorwaarde":
        return False
    try:
        return u.feel.waar(element.gebeurtenis.uitdrukking, u.waarden(stap))
    except StapFout as fout:
        u.incident(stap, fout)
        return False


def _van(stap: Stap) -> Gebeurtenis:
    gebeurtenis: Gebeurtenis = stap.task_spec.element.gebeurtenis
    return gebeurtenis


def _vangt(stap: Stap, soort: str, code: str) -> bool:
    if not isinstance(stap.task_spec, Randgebeurtenis | Luisteraar):
        return False
    gebeurtenis = _van(stap)
    return gebeurtenis.soort == soort and gebeurtenis.code in ("", code)


def _kopie(stap: Stap) -> Stap:
    """Een niet-onderbrekende gebeurtenis blijft wachten; een kopie gaat met het token verder."""
    kopie = activeer(stap.workflow.task_tree, stap.task_spec)
    kopie.lokaal = dict(stap.lokaal)
    return kopie


def _correlatie(u: "Uitvoering", stap: Stap, gebeurtenis: Gebeurtenis) -> str:
    sleutel = u.feel.tekst(gebeurtenis.correlatie, u.waarden(stap)) if gebeurtenis.correlatie else ""
    if not sleutel:
        raise UitdrukkingFout(f"Bericht {gebeurtenis.naam}: de correlatiesleutel {gebeurtenis.correlatie} is leeg.")
    return sleutel


def _eerste_keer(u: "Uitvoering", stap: Stap, gebeurtenis: Gebeurtenis) -> datetime:
    waarde = u.feel.ruw(gebeurtenis.uitdrukking, u.waarden(stap))
    if gebeurtenis.tijd == "datum":
        return tijdstippen.moment(waarde)
    if gebeurtenis.tijd == "duur":
        return tijdstippen.na(u.nu, waarde)
    herhaling = tijdstippen.cyclus(waarde)
    stap.internal_data["keren"] = herhaling.keren
    return tijdstippen.eerste(herhaling, u.nu)


def plan(u: "Uitvoering", stap: Stap, om: datetime) -> None:
    """Laat de timer van deze stap op `om` afgaan; een eerder gezet tijdstip telt niet meer."""
    beurt = stap.internal_data["beurt"] = stap.internal_data.get("beurt", 0) + 1
    stap.internal_data["om"] = om.isoformat()
    u.verwacht(stap, "tijd", vanaf=om, inhoud={"beurt": beurt})
    u.plaats("processen.tijd", {"stap": stap.id.hex, "beurt": beurt}, vanaf=om)


def als_variabelen(inhoud: Any) -> Inhoud:
    """De inhoud van een bericht of taak (gewone JSON of de bewaarvorm) als variabelen."""
    waarden: Inhoud = feel.uit_json(inhoud or {})
    return waarden
