"""De soorten beslislogica (boxed expressions) zoals gelezen, nog niet gecompileerd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from dmn.herkomst import Herkomst


@dataclass(frozen=True, slots=True)
class Letterlijk:
    """Een FEEL-expressie; `regel` is de regel in het bestand."""

    tekst: str
    type: str = ""
    regel: int = 0
    taal: str = ""


@dataclass(frozen=True, slots=True)
class Variabele:
    """Een naam met een gedeclareerd type (leeg is alles)."""

    naam: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Kolom:
    """Een invoerkolom: expressie, label en toegestane waarden (unaire testen, of leeg)."""

    expressie: Letterlijk
    label: str
    waarden: Letterlijk | None = None


@dataclass(frozen=True, slots=True)
class Uitkolom:
    """Een uitvoerkolom; bij één kolom zonder naam is de uitkomst de waarde zelf."""

    naam: str
    type: str
    label: str
    waarden: Letterlijk | None = None
    standaard: Letterlijk | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """Een regel met een cel per kolom, annotaties en herkomst."""

    id: str
    nummer: int
    cellen: tuple[Letterlijk, ...]
    uit: tuple[Letterlijk, ...]
    annotaties: tuple[str, ...]
    omschrijving: str
    herkomst: Herkomst


@dataclass(frozen=True, slots=True)
class Tabel:
    id: str
    beleid: str
    aggregatie: str
    kolommen: tuple[Kolom, ...]
    uitkolommen: tuple[Uitkolom, ...]
    annotatiekolommen: tuple[str, ...]
    regels: tuple[Regel, ...]
    label: str
    type: str
    herkomst: Herkomst


@dataclass(frozen=True, slots=True)
class Contextdoos:
    """Velden in volgorde; het laatste zonder variabele is de uitkomst."""

    velden: tuple[tuple[Variabele | None, Doos | None], ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Lijstdoos:
    delen: tuple[Doos | None, ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Relatie:
    kolommen: tuple[Variabele, ...]
    rijen: tuple[tuple[Doos | None, ...], ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Aanroepdoos:
    functie: Doos | None
    bindingen: tuple[tuple[str, Doos | None], ...]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Functiedoos:
    """Een functie; soort is FEEL, Java of PMML."""

    soort: str
    parameters: tuple[Variabele, ...]
    lichaam: Doos | None
    type: str = ""


@dataclass(frozen=True, slots=True)
class Keuzedoos:
    """Conditional: if, then, else."""

    als: Doos | None
    dan: Doos | None
    anders: Doos | None
    type: str = ""


@dataclass(frozen=True, slots=True)
class Filterdoos:
    bron: Doos | None
    test: Doos | None
    type: str = ""


@dataclass(frozen=True, slots=True)
class Lusdoos:
    """Iterator: `for`, `some` of `every`."""

    soort: str
    naam: str
    bron: Doos | None
    lichaam: Doos | None
    type: str = ""


Doos: TypeAlias = (
    "Letterlijk | Tabel | Contextdoos | Lijstdoos | Relatie | Aanroepdoos | Functiedoos | Keuzedoos | Filterdoos "
    "| Lusdoos"
)
