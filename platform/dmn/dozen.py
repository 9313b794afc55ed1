"""De soorten beslislogica (boxed expressions) zoals gelezen, nog niet gecompileerd."""

from __future__ import annotations

from typing import TypeAlias

from dmn.herkomst import Herkomst
from feel.vast import vast


@vast
class Letterlijk:
    """Een FEEL-expressie; `regel` is de regel in het bestand."""

    tekst: str
    type: str = ""
    regel: int = 0
    taal: str = ""


@vast
class Variabele:
    """Een naam met een gedeclareerd type (leeg is alles)."""

    naam: str
    type: str = ""


@vast
class Kolom:
    """Een invoerkolom: expressie, label en toegestane waarden (unaire testen, of leeg)."""

    expressie: Letterlijk
    label: str
    waarden: Letterlijk | None = None


@vast
class Uitkolom:
    """Een uitvoerkolom; bij één kolom zonder naam is de uitkomst de waarde zelf."""

    naam: str
    type: str
    label: str
    waarden: Letterlijk | None = None
    standaard: Letterlijk | None = None


@vast
class Regel:
    """Een regel met een cel per kolom, annotaties en herkomst."""

    id: str
    nummer: int
    cellen: tuple[Letterlijk, ...]
    uit: tuple[Letterlijk, ...]
    annotaties: tuple[str, ...]
    omschrijving: str
    herkomst: Herkomst


@vast
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


@vast
class Contextdoos:
    """Velden in volgorde; het laatste zonder variabele is de uitkomst."""

    velden: tuple[tuple[Variabele | None, Doos | None], ...]
    type: str = ""


@vast
class Lijstdoos:
    delen: tuple[Doos | None, ...]
    type: str = ""


@vast
class Relatie:
    kolommen: tuple[Variabele, ...]
    rijen: tuple[tuple[Doos | None, ...], ...]
    type: str = ""


@vast
class Aanroepdoos:
    functie: Doos | None
    bindingen: tuple[tuple[str, Doos | None], ...]
    type: str = ""


@vast
class Functiedoos:
    """Een functie; soort is FEEL, Java of PMML."""

    soort: str
    parameters: tuple[Variabele, ...]
    lichaam: Doos | None
    type: str = ""


@vast
class Keuzedoos:
    """Conditional: if, then, else."""

    als: Doos | None
    dan: Doos | None
    anders: Doos | None
    type: str = ""


@vast
class Filterdoos:
    bron: Doos | None
    test: Doos | None
    type: str = ""


@vast
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
