"""Compensatie: terugdraaien wat al klaar is, in omgekeerde volgorde, met de activiteiten die het model daarvoor tekent.

Elk bereik onthoudt in `keerbaar` wat daar klaar is en teruggedraaid kan worden: `[nr in de geschiedenis, element]`, en voor een
afgelopen subproces zonder eigen compensatie `[nr, element, wat daarbinnen klaar is]`. Een compensatiegebeurtenis neemt die lijst
over en laat de activiteiten één voor één lopen; wat teruggedraaid is wordt niet nog eens teruggedraaid. Een herhaalde activiteit
wordt als geheel één keer teruggedraaid; van een aangeroepen proces telt alleen de compensatie die aan de aanroep hangt.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from processen.motor.model import Element
from processen.motor.spiff_aanpassing import Stap, activeer

if TYPE_CHECKING:
    from processen.motor.uitvoering import Uitvoering

Klaar = list[Any]
"""`[nr, element]` of `[nr, element, [Klaar, …]]`."""
ROND = "keerlijst"
"""Op de stap van de gebeurtenis: wat nog teruggedraaid moet worden, als `[bereik of None, element]`."""


def onthoud(u: "Uitvoering", stap: Stap) -> None:
    """Deze stap is klaar: is zij (of wat erin gebeurde) terug te draaien, dan staat dat nu in haar bereik."""
    element: Element | None = stap.task_spec.element
    if element is None or ("meer" in stap.internal_data and element.inhoud is None):
        return
    deel = u.top.subprocesses.get(stap.id)
    nr = stap.internal_data.get("nr", 0)
    if element.handelaar:
        if "meer" not in stap.internal_data:
            stap.workflow.keerbaar.append([nr, element.id])
    elif deel is not None and deel.variabelen is None and deel.keerbaar and not element.door_gebeurtenis:
        stap.workflow.keerbaar.append([nr, element.id, deel.keerbaar])


def begin(u: "Uitvoering", stap: Stap, activiteit: str) -> None:
    """Draai terug wat in dit bereik klaar is, of alleen `activiteit`; zonder iets terug te draaien is de stap meteen klaar."""
    lijst: list[list[str | None]] = []
    werkstroom: Any = stap.workflow
    while True:
        lijst += _neem(werkstroom, activiteit)
        ouder = None if werkstroom is u.top else u.top.get_task_from_id(werkstroom.parent_task_id)
        if ouder is None or not ouder.task_spec.element.door_gebeurtenis:
            break
        werkstroom = ouder.workflow
    stap.internal_data[ROND] = lijst
    u.bezig(stap)
    verder(u, stap)


def verder(u: "Uitvoering", stap: Stap) -> None:
    """Begin de volgende activiteit die terugdraait, of rond de gebeurtenis af."""
    lijst = stap.internal_data[ROND]
    if not lijst:
        del stap.internal_data[ROND]
        _af(u, stap)
        return
    bereik, element = lijst.pop(0)
    if bereik is not None:
        u.open_los(stap, stap.workflow.gecompileerd.bereiken[bereik], element)
        return
    werkstroom = _bereik_met(u, stap, element)
    activeer(werkstroom.task_tree, werkstroom.spec.task_specs[f"#{element}"], intern={"keer": stap.id.hex})


def handeling_klaar(u: "Uitvoering", handeling: Stap) -> None:
    """Een activiteit die terugdraait is klaar: de gebeurtenis die haar begon gaat verder."""
    stap = u.vind(UUID(hex=handeling.internal_data["keer"]))
    if stap is not None:
        u.probeer(stap, lambda s: verder(u, s))


def is_bezig(stap: Stap) -> bool:
    """Is deze stap aan het terugdraaien?"""
    return ROND in stap.internal_data


def _af(u: "Uitvoering", stap: Stap) -> None:
    from processen.motor import gebeurtenissen  # noqa: PLC0415  # gebeurtenissen en uitvoering kennen elkaar

    gebeurtenis = stap.task_spec.element.gebeurtenis
    if gebeurtenis is None or gebeurtenis.soort != "annuleer":
        u.voltooi(stap)
        return
    opvang = gebeurtenissen.vind_opvang(u, stap, "annuleer", "", ook_op_stap=False)
    u.voltooi(stap)
    if opvang is not None:
        gebeurtenissen.vuur(u, opvang, {})


def _neem(werkstroom: Any, activiteit: str) -> list[list[str | None]]:
    """Haal uit de lijst van een bereik wat nu teruggedraaid wordt, het laatste eerst."""
    passend = [k for k in werkstroom.keerbaar if not activiteit or k[1] == activiteit]
    werkstroom.keerbaar = [k for k in werkstroom.keerbaar if k not in passend]
    return [regel for klaar in reversed(passend) for regel in _regels(werkstroom.gecompileerd, klaar, None)]


def _regels(gecompileerd: Any, klaar: Klaar, bereik: str | None) -> list[list[str | None]]:
    _, element, *binnen = klaar
    if binnen:
        return [regel for k in reversed(binnen[0]) for regel in _regels(gecompileerd, k, element)]
    return [[bereik, gecompileerd.element(element).handelaar]]


def _bereik_met(u: "Uitvoering", stap: Stap, element: str) -> Any:
    """Het lopende bereik om de gebeurtenis heen waarin deze activiteit getekend is."""
    werkstroom: Any = stap.workflow
    while f"#{element}" not in werkstroom.spec.task_specs:
        werkstroom = u.top.get_task_from_id(werkstroom.parent_task_id).workflow
    return werkstroom
