"""Kleine definities voor de tests."""

from typing import Any

from formuliermotor import Formulierdefinitie, Formulierweergave, lees_definitie


def document(*componenten: dict[str, Any], **overig: Any) -> dict[str, Any]:
    """Een formulier van één stap."""
    return {
        "slug": "proef", "naam": "Proef",
        "stappen": [{"naam": "een", "titel": "Een", "componenten": list(componenten)}], **overig,
    }  # fmt: skip


def definitie(*componenten: dict[str, Any], **overig: Any) -> Formulierdefinitie:
    return lees_definitie(document(*componenten, **overig))


def weergave(*componenten: dict[str, Any], taal: str = "nl", **overig: Any) -> Formulierweergave:
    return Formulierweergave(definitie(*componenten, **overig), taal)


def vraag(soort: str = "textfield", key: str = "v", **overig: Any) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    keuzes = [{"value": "a", "label": "Eerste"}, {"value": "b", "label": "Tweede"}]
    if soort in ("radio", "selectboxes"):
        extra["values"] = keuzes
    if soort == "select":
        extra["data"] = {"values": keuzes}
    return {"type": soort, "key": key, "label": f"Vraag {key}", **extra, **overig}
