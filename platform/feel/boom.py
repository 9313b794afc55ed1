"""De syntaxboom van FEEL: onveranderlijke knopen die op inhoud vergelijken (posities tellen niet mee)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Getal:
    waarde: Decimal


@dataclass(frozen=True, slots=True)
class Tekst:
    waarde: str


@dataclass(frozen=True, slots=True)
class Waarheid:
    waarde: bool


@dataclass(frozen=True, slots=True)
class Niets:
    pass


@dataclass(frozen=True, slots=True)
class Apenstaart:
    """`@"2024-01-31"`: een datum, tijd, datum-tijd, duur of bereik als letterlijke waarde."""

    waarde: str


@dataclass(frozen=True, slots=True)
class Naam:
    naam: str
    plek: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lijst:
    delen: tuple[Knoop, ...]


@dataclass(frozen=True, slots=True)
class Context:
    velden: tuple[tuple[str, Knoop], ...]


@dataclass(frozen=True, slots=True)
class Bereik:
    """`[a..b)`; bij `(< 5)` is een kant onbegrensd (None)."""

    laag_dicht: bool
    laag: Knoop | None
    hoog: Knoop | None
    hoog_dicht: bool


@dataclass(frozen=True, slots=True)
class Min:
    deel: Knoop


@dataclass(frozen=True, slots=True)
class Reken:
    """Een keten van gelijke voorrang, links-associatief: `eerste op deel op deel ...`."""

    eerste: Knoop
    rest: tuple[tuple[str, Knoop], ...]


@dataclass(frozen=True, slots=True)
class Vergelijk:
    op: str
    links: Knoop
    rechts: Knoop


@dataclass(frozen=True, slots=True)
class Logisch:
    op: str  # "and" of "or"
    delen: tuple[Knoop, ...]


@dataclass(frozen=True, slots=True)
class Tussen:
    deel: Knoop
    laag: Knoop
    hoog: Knoop


@dataclass(frozen=True, slots=True)
class In:
    deel: Knoop
    testen: tuple[Knoop, ...]


@dataclass(frozen=True, slots=True)
class Operatortest:
    """Een test zonder linkerkant: `< 5`, `= "x"`."""

    op: str
    deel: Knoop


@dataclass(frozen=True, slots=True)
class Testen:
    """Unaire testen van een tabelcel; `alles` is het streepje."""

    delen: tuple[Knoop, ...]
    niet: bool = False
    alles: bool = False


@dataclass(frozen=True, slots=True)
class Als:
    voorwaarde: Knoop
    dan: Knoop
    anders: Knoop


@dataclass(frozen=True, slots=True)
class Ronde:
    """Een iterator `x in lijst` of `x in a..b`."""

    naam: str
    bron: Knoop
    tot: Knoop | None = None


@dataclass(frozen=True, slots=True)
class Voor:
    rondes: tuple[Ronde, ...]
    geeft: Knoop


@dataclass(frozen=True, slots=True)
class Kwantor:
    alle: bool
    rondes: tuple[Ronde, ...]
    voldoet: Knoop


@dataclass(frozen=True, slots=True)
class Filter:
    bron: Knoop
    test: Knoop


@dataclass(frozen=True, slots=True)
class Pad:
    bron: Knoop
    naam: str


@dataclass(frozen=True, slots=True)
class Type:
    """Een type zoals geschreven: `number`, `list<T>`, `range<T>`, `context<a: T>`, `function<T> -> T`."""

    naam: str
    delen: tuple[Type, ...] = ()
    velden: tuple[tuple[str, Type], ...] = ()


@dataclass(frozen=True, slots=True)
class InstantieVan:
    deel: Knoop
    type: Type


@dataclass(frozen=True, slots=True)
class Parameter:
    naam: str
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class Functie:
    parameters: tuple[Parameter, ...]
    lichaam: Knoop
    extern: bool = False


@dataclass(frozen=True, slots=True)
class Aanroep:
    functie: Knoop
    argumenten: tuple[Knoop, ...]
    namen: tuple[str, ...] = ()  # even lang als argumenten bij aanroep op naam, anders leeg
    plek: int = field(default=0, compare=False)


Knoop: TypeAlias = (
    "Getal | Tekst | Waarheid | Niets | Apenstaart | Naam | Lijst | Context | Bereik | Min | Reken | Vergelijk "
    "| Logisch | Tussen | In | Operatortest | Testen | Als | Voor | Kwantor | Filter | Pad | InstantieVan | Functie "
    "| Aanroep"
)
