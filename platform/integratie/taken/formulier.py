"""Formulieren in klanttaken. De Taken API wil een FormIO-definitie (`components`); die van ons heeft stappen, vertalingen en regels.

Wij sturen allebei: elke ontvanger kan de componenten tonen, en wij lezen onze eigen definitie terug. Een taak van een ander
systeem heeft alleen componenten; die zijn bij ons één stap.
"""

from collections.abc import Iterator, Mapping
from typing import Any

EIGEN = "dienstverlening"
TALEN = {"nl", "en"}
VERPLICHT = ("label", "key", "type")


def naar_formio(definitie: Any, taal: str = "nl") -> Any:
    """Een definitie van ons als FormIO, met onze eigen erbij; elke andere waarde ongewijzigd."""
    if not isinstance(definitie, dict) or "stappen" not in definitie:
        return definitie
    stappen = definitie["stappen"] if isinstance(definitie["stappen"], list) else []
    delen = [deel for stap in stappen if isinstance(stap, dict) for deel in stap.get("componenten", [])]
    return {"components": [_component(_in_taal(deel, taal)) for deel in delen], EIGEN: definitie}


def uit_formio(formulier: Mapping[str, Any], titel: str) -> Any:
    """De definitie zoals onze formuliermotor haar leest."""
    if EIGEN in formulier:
        return formulier[EIGEN]
    if "components" not in formulier:
        return formulier
    stap = {"naam": "formulier", "titel": {"nl": titel}, "componenten": formulier["components"]}
    return {"slug": "taak", "naam": {"nl": titel}, "stappen": [stap]}


def eis_componenten(definitie: dict[str, Any]) -> dict[str, Any]:
    """Elk component heeft een label, key en type; `ValueError` met de reden als dat niet zo is (regels hoofdstuk 13)."""
    componenten = definitie.get("components")
    if not isinstance(componenten, list):
        raise ValueError("Een formulierdefinitie heeft een lijst `components`.")  # noqa: TRY004  # pydantic leest een ValueError
    redenen = [reden for plek, deel in enumerate(componenten) for reden in _wat_mist(plek, deel)]
    if redenen:
        raise ValueError(" ".join(redenen[:10]))
    return definitie


def _wat_mist(plek: int, component: Any) -> Iterator[str]:
    if not isinstance(component, dict):
        yield f"Component {plek} is geen object."
        return
    for naam in VERPLICHT:
        if not isinstance(component.get(naam), str) or (naam != "label" and not component[naam]):
            yield f"Component {plek} heeft geen {naam}."


def _component(deel: Any) -> Any:
    """Een deel van de pagina zonder vraag (een tekst, kolommen) heeft bij ons geen label."""
    return {"label": deel.get("legend", ""), **deel} if isinstance(deel, dict) else deel


def _in_taal(waarde: Any, taal: str) -> Any:
    """Alle teksten per taal in één taal."""
    if isinstance(waarde, list):
        return [_in_taal(deel, taal) for deel in waarde]
    if not isinstance(waarde, dict):
        return waarde
    if waarde and waarde.keys() <= TALEN:
        return waarde.get(taal) or next(iter(waarde.values()))
    return {naam: _in_taal(deel, taal) for naam, deel in waarde.items()}
