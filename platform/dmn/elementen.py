"""De elementen van een model zoals gelezen: invoer, beslissing, kennismodel, beslisservice, soort, import."""

from __future__ import annotations

from dmn.dozen import Doos, Functiedoos, Letterlijk, Variabele
from dmn.herkomst import Herkomst
from feel.vast import vast


@vast
class Itemdefinitie:
    """Een gedeclareerde soort; een functiesoort heeft `functie` (parameters en uitkomst)."""

    naam: str
    type: str = ""
    lijst: bool = False
    toegestaan: Letterlijk | None = None
    beperking: Letterlijk | None = None
    delen: tuple[Itemdefinitie, ...] = ()
    functie: tuple[tuple[Variabele, ...], str] | None = None


@vast
class Element:
    """Wat elk onderdeel van de vereistengrafiek heeft; `eisen` zijn verwijzingen naar andere elementen."""

    id: str
    naam: str
    variabele: Variabele
    omschrijving: str = ""
    vraag: str = ""
    eisen: tuple[str, ...] = ()
    herkomst: Herkomst = Herkomst()


@vast
class Invoer(Element):
    """Invoergegevens."""


@vast
class Beslissing(Element):
    """Een beslissing; zonder logica is de uitkomst null."""

    logica: Doos | None = None


@vast
class Kennismodel(Element):
    """Een business knowledge model: een functie met een naam."""

    functie: Functiedoos | None = None


@vast
class Dienst(Element):
    """Een beslisservice."""

    uitvoer: tuple[str, ...] = ()
    ingesloten: tuple[str, ...] = ()
    invoerbeslissingen: tuple[str, ...] = ()
    invoergegevens: tuple[str, ...] = ()


@vast
class Import:
    """Een ander model, hier bekend onder `naam`."""

    naam: str
    naamruimte: str
    soort: str


@vast
class Definities:
    """Een gelezen bestand."""

    naam: str
    naamruimte: str
    versie: str
    imports: tuple[Import, ...]
    soorten: tuple[Itemdefinitie, ...]
    elementen: tuple[Element, ...]
    herkomst: Herkomst
