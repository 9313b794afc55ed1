"""De elementen van een model zoals gelezen: invoer, beslissing, kennismodel, beslisservice, soort, import."""

from __future__ import annotations

from dataclasses import dataclass, field

from dmn.dozen import Doos, Functiedoos, Letterlijk, Variabele
from dmn.herkomst import Herkomst


@dataclass(frozen=True, slots=True)
class Itemdefinitie:
    """Een gedeclareerde soort; een functiesoort heeft `functie` (parameters en uitkomst)."""

    naam: str
    type: str = ""
    lijst: bool = False
    toegestaan: Letterlijk | None = None
    beperking: Letterlijk | None = None
    delen: tuple[Itemdefinitie, ...] = ()
    functie: tuple[tuple[Variabele, ...], str] | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """Wat elk onderdeel van de vereistengrafiek heeft; `eisen` zijn verwijzingen naar andere elementen."""

    id: str
    naam: str
    variabele: Variabele
    omschrijving: str = ""
    vraag: str = ""
    eisen: tuple[str, ...] = ()
    herkomst: Herkomst = field(default_factory=Herkomst)


@dataclass(frozen=True, slots=True)
class Invoer(Element):
    """Invoergegevens."""


@dataclass(frozen=True, slots=True)
class Beslissing(Element):
    """Een beslissing; zonder logica is de uitkomst null."""

    logica: Doos | None = None


@dataclass(frozen=True, slots=True)
class Kennismodel(Element):
    """Een business knowledge model: een functie met een naam."""

    functie: Functiedoos | None = None


@dataclass(frozen=True, slots=True)
class Dienst(Element):
    """Een beslisservice."""

    uitvoer: tuple[str, ...] = ()
    ingesloten: tuple[str, ...] = ()
    invoerbeslissingen: tuple[str, ...] = ()
    invoergegevens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """Een ander model, hier bekend onder `naam`."""

    naam: str
    naamruimte: str
    soort: str


@dataclass(frozen=True, slots=True)
class Definities:
    """Een gelezen bestand."""

    naam: str
    naamruimte: str
    versie: str
    imports: tuple[Import, ...]
    soorten: tuple[Itemdefinitie, ...]
    elementen: tuple[Element, ...]
    herkomst: Herkomst
