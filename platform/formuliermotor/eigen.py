"""Vragen van een soort die een plugin levert: wat de motor van een veldtype nodig heeft (`contracten.Veldtype` is er de basis van)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from wtforms import Field, Form
from wtforms.validators import StopValidation

from formuliermotor.componenten import EIGEN, EigenVraag
from huisstijl.taal import huidige_taal

GEEN: Final[Mapping[str, "Soort"]] = {}


class Uitleg(Protocol):
    """Een tekst in beide talen."""

    @property
    def nl(self) -> str: ...
    @property
    def en(self) -> str: ...


class Soort(Protocol):
    """Een veldtype."""

    def veld(self, opties: Mapping[str, Any], **gedeeld: Any) -> Field: ...
    def lees(self, invoer: Any, opties: Mapping[str, Any]) -> Any: ...
    def in_veld(self, waarde: Any, opties: Mapping[str, Any]) -> Any: ...
    def toon(self, waarde: Any, opties: Mapping[str, Any]) -> str: ...
    def fouten_in(self, opties: Mapping[str, Any]) -> Iterable[Uitleg]: ...


def met_eigen_soorten(data: Any, soorten: Mapping[str, Soort]) -> Any:
    """De definitie met vragen van een veldtype als `eigen` vraag."""
    if isinstance(data, list):
        return [met_eigen_soorten(deel, soorten) for deel in data]
    if not isinstance(data, Mapping):
        return data
    kopie = {naam: met_eigen_soorten(deel, soorten) for naam, deel in data.items()}
    if "key" in kopie and isinstance(soort := kopie.get("type"), str) and soort in soorten:
        return {**kopie, "type": EIGEN, "veldtype": soort}
    return kopie


def verbind(vraag: EigenVraag, soorten: Mapping[str, Soort]) -> list[str]:
    """Geef de vraag haar veldtype, en zeg wat er met haar opties mis is."""
    soort = soorten.get(vraag.veldtype)
    if soort is None:
        return ["onbekende soort onderdeel"]
    vraag.verbind(soort)
    return [fout.nl for fout in soort.fouten_in(vraag.opties)]


def lees(vraag: EigenVraag, invoer: Any) -> Any:
    """De waarde, of een `ValueError` met wat er wel hoort, in de taal van de invuller."""
    try:
        return vraag.soort.lees(invoer, vraag.opties)
    except ValueError:
        raise
    except Exception as fout:
        uitleg = getattr(fout, "uitleg", None)
        if uitleg is None:
            raise
        raise ValueError(str(getattr(uitleg, huidige_taal(), uitleg.nl))) from fout


class Leesbaar:
    """De controle op het veld: het veldtype kan het antwoord lezen."""

    def __init__(self, vraag: EigenVraag) -> None:
        self._vraag = vraag

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        try:
            lees(self._vraag, veld.data)
        except ValueError as fout:
            raise StopValidation(str(fout)) from fout
