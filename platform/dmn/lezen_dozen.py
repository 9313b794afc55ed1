"""De soorten beslislogica lezen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dmn import dozen
from dmn.dozen import Doos, Letterlijk, Variabele
from dmn.fouten import fout
from dmn.herkomst_lezen import lees_herkomst
from dmn.xml import kind, kinderen, letterlijk, lokaal, naam_van, regel_van, tekst_van, type_van

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEEG = Letterlijk("")
BELEID = {"UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"}
AGGREGATIES = {"", "SUM", "COUNT", "MIN", "MAX"}


def lees_doos(knoop: _Element) -> Doos | None:
    """De logica van dit element, of None als dit element geen logica is."""
    lezer = _LEZERS.get(lokaal(knoop))
    return lezer(knoop) if lezer else None


def _inhoud(knoop: _Element | None) -> Doos | None:
    """De logica in een omhulsel (`then`, `in`, `binding`)."""
    if knoop is None:
        return None
    for deel in knoop:
        doos = lees_doos(deel)
        if doos is not None:
            return doos
    return None


def _letterlijk(knoop: _Element) -> Doos | None:
    return letterlijk(knoop)


def _variabele(knoop: _Element | None) -> Variabele | None:
    return Variabele(naam_van(knoop), type_van(knoop)) if knoop is not None else None


def _context(knoop: _Element) -> Doos:
    velden = tuple((_variabele(kind(veld, "variable")), _inhoud(veld)) for veld in kinderen(knoop, "contextEntry"))
    return dozen.Contextdoos(velden, type_van(knoop))


def _lijst(knoop: _Element) -> Doos:
    delen = tuple(doos for deel in knoop if (doos := lees_doos(deel)) is not None)
    return dozen.Lijstdoos(delen, type_van(knoop))


def _relatie(knoop: _Element) -> Doos:
    kolommen = tuple(Variabele(naam_van(kolom), type_van(kolom)) for kolom in kinderen(knoop, "column"))
    rijen = tuple(tuple(lees_doos(cel) for cel in rij if lees_doos(cel)) for rij in kinderen(knoop, "row"))
    return dozen.Relatie(kolommen, rijen, type_van(knoop))


def _aanroep(knoop: _Element) -> Doos:
    bindingen = []
    for binding in kinderen(knoop, "binding"):
        parameter = kind(binding, "parameter")
        bindingen.append((naam_van(parameter) if parameter is not None else "", _inhoud(binding)))
    return dozen.Aanroepdoos(_inhoud(knoop), tuple(bindingen), type_van(knoop))


def lees_functie(knoop: _Element) -> dozen.Functiedoos:
    """Een functiedefinitie (ook `encapsulatedLogic` van een kennismodel)."""
    parameters = tuple(Variabele(naam_van(p), type_van(p)) for p in kinderen(knoop, "formalParameter"))
    return dozen.Functiedoos(knoop.get("kind", "FEEL"), parameters, _inhoud(knoop), type_van(knoop))


def _keuze(knoop: _Element) -> Doos:
    als, dan, anders = (_inhoud(kind(knoop, naam)) for naam in ("if", "then", "else"))
    return dozen.Keuzedoos(als, dan, anders, type_van(knoop))


def _filter(knoop: _Element) -> Doos:
    return dozen.Filterdoos(_inhoud(kind(knoop, "in")), _inhoud(kind(knoop, "match")), type_van(knoop))


def _lus(knoop: _Element) -> Doos:
    soort = lokaal(knoop)
    lichaam = _inhoud(kind(knoop, "return" if soort == "for" else "satisfies"))
    naam = " ".join(knoop.get("iteratorVariable", "").split())
    return dozen.Lusdoos(soort, naam, _inhoud(kind(knoop, "in")), lichaam, type_van(knoop))


def _tabel(knoop: _Element) -> Doos:
    beleid, aggregatie = knoop.get("hitPolicy", "UNIQUE"), knoop.get("aggregation", "")
    if beleid not in BELEID or aggregatie not in AGGREGATIES:
        raise fout(
            "tabel.beleid", f"Het trefbeleid {beleid} {aggregatie} bestaat niet",
            f"The hit policy {beleid} {aggregatie} does not exist", regel=regel_van(knoop),
        )  # fmt: skip
    return dozen.Tabel(
        id=knoop.get("id", ""),
        beleid=beleid,
        aggregatie=aggregatie,
        kolommen=tuple(_kolom(deel) for deel in kinderen(knoop, "input")),
        uitkolommen=tuple(_uitkolom(deel) for deel in kinderen(knoop, "output")),
        annotatiekolommen=tuple(naam_van(deel) for deel in kinderen(knoop, "annotation")),
        regels=tuple(_regel(deel, nummer) for nummer, deel in enumerate(kinderen(knoop, "rule"), 1)),
        label=knoop.get("outputLabel", ""),
        type=type_van(knoop),
        herkomst=lees_herkomst(knoop),
    )


def _kolom(knoop: _Element) -> dozen.Kolom:
    expressie = letterlijk(kind(knoop, "inputExpression")) or _LEEG
    return dozen.Kolom(expressie, knoop.get("label", "") or expressie.tekst, letterlijk(kind(knoop, "inputValues")))


def _uitkolom(knoop: _Element) -> dozen.Uitkolom:
    return dozen.Uitkolom(
        naam_van(knoop),
        type_van(knoop),
        knoop.get("label", "") or naam_van(knoop),
        letterlijk(kind(knoop, "outputValues")),
        letterlijk(kind(knoop, "defaultOutputEntry")),
    )


def _regel(knoop: _Element, nummer: int) -> dozen.Regel:
    return dozen.Regel(
        id=knoop.get("id", ""),
        nummer=nummer,
        cellen=tuple(letterlijk(cel) or _LEEG for cel in kinderen(knoop, "inputEntry")),
        uit=tuple(letterlijk(cel) or _LEEG for cel in kinderen(knoop, "outputEntry")),
        annotaties=tuple(tekst_van(cel, "text") for cel in kinderen(knoop, "annotationEntry")),
        omschrijving=tekst_van(knoop, "description"),
        herkomst=lees_herkomst(knoop),
    )


_LEZERS: dict[str, Callable[[_Element], Doos | None]] = {
    "literalExpression": _letterlijk,
    "decisionTable": _tabel,
    "context": _context,
    "list": _lijst,
    "relation": _relatie,
    "invocation": _aanroep,
    "functionDefinition": lees_functie,
    "conditional": _keuze,
    "filter": _filter,
    "for": _lus,
    "some": _lus,
    "every": _lus,
}
