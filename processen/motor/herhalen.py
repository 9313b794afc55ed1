"""Herhaalde activiteiten: per element van een lijst (tegelijk of na elkaar), of een lus. De stap zelf wacht op haar exemplaren."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from processen.motor.fouten import UitdrukkingFout
from processen.motor.model import Herhaald
from processen.motor.spiff_aanpassing import Stap, activeer

if TYPE_CHECKING:
    from processen.motor.uitvoering import Uitvoering

MEESTE_EXEMPLAREN = 5000
LIJST, UIT = "·lijst", "·uit"  # geen namen die een model kan gebruiken


def begin(u: "Uitvoering", stap: Stap) -> None:
    """Start de exemplaren; zonder elementen is de stap meteen klaar."""
    regel = _regel(stap)
    elementen = _elementen(u, stap, regel)
    if elementen is not None and len(elementen) > MEESTE_EXEMPLAREN:
        raise UitdrukkingFout(
            f"Een activiteit herhaalt hoogstens {MEESTE_EXEMPLAREN} keer; dit zijn er {len(elementen)}."
        )
    aantal = None if elementen is None else len(elementen)
    stap.internal_data.update(aantal=aantal, gedaan=0)
    stap.lokaal[LIJST] = elementen or []
    if regel.resultaatlijst:
        stap.lokaal[UIT] = [None] * (aantal or 0)
    if aantal == 0 or (regel.vooraf and not u.feel.waar(regel.voorwaarde, u.waarden(stap))):
        u.voltooi(stap, _uitvoer(stap, regel))
        return
    u.bezig(stap)
    for nummer in range(aantal or 1) if regel.soort == "parallel" else [0]:
        _exemplaar(stap, regel, nummer)


def resultaat(u: "Uitvoering", exemplaar: Stap, uitvoer: dict[str, Any]) -> Any:
    """Wat dit exemplaar bijdraagt aan de resultaatlijst."""
    regel = _regel(exemplaar)
    return u.feel.bereken(regel.resultaat, u.waarden(exemplaar) | uitvoer) if regel.resultaat else None


def exemplaar_klaar(u: "Uitvoering", exemplaar: Stap, waarde: Any) -> None:
    """Eén exemplaar is af: verwerk het en start het volgende, of rond de stap af."""
    stap: Stap = exemplaar.workflow.open[UUID(hex=exemplaar.internal_data["meer"])]
    regel = _regel(stap)
    if regel.resultaatlijst:
        stap.lokaal[UIT][exemplaar.internal_data["i"]] = waarde
    stap.internal_data["gedaan"] += 1
    u.probeer(stap, lambda s: _verder(u, s, exemplaar))


def _verder(u: "Uitvoering", stap: Stap, laatste: Stap) -> None:
    regel, gedaan = _regel(stap), stap.internal_data["gedaan"]
    if gedaan == stap.internal_data["aantal"] or _genoeg(u, laatste, regel):
        for ander in [s for s in stap.workflow.open.values() if s.internal_data.get("meer") == stap.id.hex]:
            u.breek_af(ander)
        u.voltooi(stap, _uitvoer(stap, regel))
    elif regel.soort != "parallel":
        _exemplaar(stap, regel, gedaan)


def _genoeg(u: "Uitvoering", laatste: Stap, regel: Herhaald) -> bool:
    """Voltooiingsvoorwaarde van een herhaling; een lus gaat juist door zolang haar voorwaarde waar is."""
    if not regel.voorwaarde:
        return False
    waar = u.feel.waar(regel.voorwaarde, u.waarden(laatste))
    return not waar if regel.soort == "lus" else waar


def _elementen(u: "Uitvoering", stap: Stap, regel: Herhaald) -> list[Any] | None:
    if regel.soort == "lus":
        return list(range(min(int(regel.aantal), MEESTE_EXEMPLAREN + 1))) if regel.aantal else None
    waarde = u.feel.bereken(regel.lijst or regel.aantal, u.waarden(stap))
    if regel.lijst:
        if not isinstance(waarde, list):
            raise UitdrukkingFout(f"{regel.lijst} is geen lijst.")
        return waarde
    if waarde is None or isinstance(waarde, str | list | dict | bool) or waarde != int(waarde) or waarde < 0:
        raise UitdrukkingFout(f"{regel.aantal} is geen aantal.")
    return list(range(min(int(waarde), MEESTE_EXEMPLAREN + 1)))


def _exemplaar(stap: Stap, regel: Herhaald, nummer: int) -> None:
    spec = stap.workflow.spec.task_specs[stap.task_spec.exemplaar]
    exemplaar = activeer(stap.workflow.task_tree, spec, intern={"meer": stap.id.hex, "i": nummer})
    exemplaar.lokaal["loopCounter"] = nummer + 1
    if regel.element and regel.lijst:
        exemplaar.lokaal[regel.element] = stap.lokaal[LIJST][nummer]


def _uitvoer(stap: Stap, regel: Herhaald) -> dict[str, Any]:
    return {regel.resultaatlijst: stap.lokaal[UIT]} if regel.resultaatlijst else {}


def _regel(stap: Stap) -> Herhaald:
    regel: Herhaald = stap.task_spec.element.herhaald
    return regel
