"""Kleine hulpen om DMN-elementen te lezen, ongeacht de versie van de naamruimte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmn.dozen import Letterlijk

if TYPE_CHECKING:
    from lxml.etree import _Element


def lokaal(knoop: _Element) -> str:
    """De naam van het element zonder naamruimte."""
    return str(knoop.tag).split("}")[-1]


def kinderen(knoop: _Element, naam: str) -> Iterator[_Element]:
    """De directe kinderen met deze naam."""
    return (deel for deel in knoop if lokaal(deel) == naam)


def kind(knoop: _Element, naam: str) -> _Element | None:
    """Het eerste kind met deze naam."""
    return next(kinderen(knoop, naam), None)


def naam_van(knoop: _Element) -> str:
    """De naam, met enkele spaties."""
    return " ".join(knoop.get("name", "").split())


def type_van(knoop: _Element) -> str:
    """Het gedeclareerde type; een voorvoegsel `feel:` (DMN 1.1) valt weg, `p:naam` wordt `naam`."""
    return knoop.get("typeRef", "").split(":")[-1].strip()


def regel_van(knoop: _Element) -> int:
    """De regel in het bestand, vanaf 1; 0 als die onbekend is."""
    regel = knoop.sourceline
    return regel if isinstance(regel, int) else 0


def tekst_van(knoop: _Element, naam: str) -> str:
    """De tekst van het kind met deze naam."""
    gevonden = kind(knoop, naam)
    return (gevonden.text or "").strip() if gevonden is not None else ""


def letterlijk(knoop: _Element | None) -> Letterlijk | None:
    """De `text` van een literalExpression, cel of lijst van waarden."""
    if knoop is None:
        return None
    tekst = kind(knoop, "text")
    inhoud = "" if tekst is None else tekst.text or ""
    return Letterlijk(
        inhoud, type_van(knoop), 0 if tekst is None else regel_van(tekst), knoop.get("expressionLanguage", "")
    )
