"""De syntaxboom van FEEL: onveranderlijke knopen die op inhoud vergelijken (posities tellen niet mee)."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from feel.vast import vast


@vast
class Getal:
    waarde: Decimal


@vast
class Tekst:
    waarde: str


@vast
class Waarheid:
    waarde: bool


@vast
class Niets:
    pass


@vast
class Apenstaart:
    """`@"2024-01-31"`: een datum, tijd, datum-tijd, duur of bereik als letterlijke waarde."""

    waarde: str


@vast
class Naam:
    naam: str
    plek: int = 0


@vast
class Lijst:
    delen: tuple[Knoop, ...]


@vast
class Context:
    velden: tuple[tuple[str, Knoop], ...]


@vast
class Bereik:
    """`[a..b)`; bij `(< 5)` is een kant onbegrensd (None)."""

    laag_dicht: bool
    laag: Knoop | None
    hoog: Knoop | None
    hoog_dicht: bool


@vast
class Min:
    deel: Knoop


@vast
class Reken:
    """Een keten van gelijke voorrang, links-associatief: `eerste op deel op deel ...`."""

    eerste: Knoop
    rest: tuple[tuple[str, Knoop], ...]


@vast
class Vergelijk:
    op: str
    links: Knoop
    rechts: Knoop


@vast
class Logisch:
    op: str  # "and" of "or"
    delen: tuple[Knoop, ...]


@vast
class Tussen:
    deel: Knoop
    laag: Knoop
    hoog: Knoop


@vast
class In:
    deel: Knoop
    testen: tuple[Knoop, ...]


@vast
class Operatortest:
    """Een test zonder linkerkant: `< 5`, `= "x"`."""

    op: str
    deel: Knoop


@vast
class Testen:
    """Unaire testen van een tabelcel; `alles` is het streepje."""

    delen: tuple[Knoop, ...]
    niet: bool = False
    alles: bool = False


@vast
class Als:
    voorwaarde: Knoop
    dan: Knoop
    anders: Knoop


@vast
class Ronde:
    """Een iterator `x in lijst` of `x in a..b`."""

    naam: str
    bron: Knoop
    tot: Knoop | None = None


@vast
class Voor:
    rondes: tuple[Ronde, ...]
    geeft: Knoop


@vast
class Kwantor:
    alle: bool
    rondes: tuple[Ronde, ...]
    voldoet: Knoop


@vast
class Filter:
    bron: Knoop
    test: Knoop


@vast
class Pad:
    bron: Knoop
    naam: str


@vast
class Type:
    """Een type zoals geschreven: `number`, `list<T>`, `range<T>`, `context<a: T>`, `function<T> -> T`."""

    naam: str
    delen: tuple[Type, ...] = ()
    velden: tuple[tuple[str, Type], ...] = ()


@vast
class InstantieVan:
    deel: Knoop
    type: Type


@vast
class Parameter:
    naam: str
    type: Type | None = None


@vast
class Functie:
    parameters: tuple[Parameter, ...]
    lichaam: Knoop
    extern: bool = False


@vast
class Aanroep:
    functie: Knoop
    argumenten: tuple[Knoop, ...]
    namen: tuple[str, ...] = ()  # even lang als argumenten bij aanroep op naam, anders leeg
    plek: int = 0


Knoop: TypeAlias = (
    "Getal | Tekst | Waarheid | Niets | Apenstaart | Naam | Lijst | Context | Bereik | Min | Reken | Vergelijk "
    "| Logisch | Tussen | In | Operatortest | Testen | Als | Voor | Kwantor | Filter | Pad | InstantieVan | Functie "
    "| Aanroep"
)
