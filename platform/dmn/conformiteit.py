"""De conformiteitstoets: `python -m dmn.conformiteit MAP` draait alle gevallen van de DMN TCK onder die map.

Telt per niveau en per groep, en apart over de gevallen die een antwoord vragen dat niet null is. Sluit af met
`N passed, M failed`; de uitgangscode is 0 als niets faalt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmn.elementen import Kennismodel
from dmn.fouten import DmnFout
from dmn.lezen import lees_xml
from dmn.model import Model, lees
from dmn.staat import Beslisstaat
from dmn.uitvoering import Uitvoering
from dmn.xml import kind, kinderen, lokaal
from feel.functies_omzetten import tekst as als_tekst
from feel.getallen import literaal
from feel.naar_python import uit_python
from feel.tijd_lezen import lees_datum, lees_datumtijd, lees_duur, lees_tijd
from feel.vergelijken import gelijk

if TYPE_CHECKING:
    from lxml.etree import _Element

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_LEZERS: dict[str, Any] = {
    "boolean": lambda tekst: tekst.strip() in {"true", "1"},
    "decimal": lambda tekst: literaal(tekst.strip()),
    "date": lees_datum,
    "time": lees_tijd,
    "dateTime": lees_datumtijd,
    "duration": lees_duur,
}
_GETALLEN = ["double", "float", "integer", "int", "long", "short", "byte", "positiveInteger", "nonNegativeInteger"]
_LEZERS |= dict.fromkeys(_GETALLEN, _LEZERS["decimal"])
_LEZERS |= dict.fromkeys(["dayTimeDuration", "yearMonthDuration"], lees_duur)
_TOETS_MAX = 20_000_000  # bestanden met gevallen mogen groter zijn dan modellen


class Zonder(str):
    """Een waarde zonder opgegeven soort: alleen haar tekst telt."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Geval:
    """Eén testgeval en hoe het afliep; `klachten` is leeg als het slaagde."""

    niveau: str
    groep: str
    id: str
    met_antwoord: bool
    klachten: tuple[str, ...]


def waarde_van(knoop: _Element) -> Any:
    """De waarde van een `value`, `list` of rij `component`s."""
    delen = [deel for deel in knoop if lokaal(deel) in {"value", "list", "component"}]
    if not delen:
        return None
    eerste = delen[0]
    if lokaal(eerste) == "component":
        return {deel.get("name", ""): waarde_van(deel) for deel in delen}
    if eerste.get(f"{_XSI}nil") == "true":
        return None
    if lokaal(eerste) == "list":
        return [waarde_van(deel) for deel in kinderen(eerste, "item")]
    soort = eerste.get(f"{_XSI}type", "").split(":")[-1]
    tekst = eerste.text or ""
    if not soort:
        return Zonder(tekst)
    return _LEZERS[soort](tekst.strip()) if soort in _LEZERS else tekst


def zelfde(verwacht: Any, gekregen: Any) -> bool:
    """Gelijk, met voor getallen de speling van de toets (acht cijfers)."""
    if isinstance(verwacht, Decimal) and isinstance(gekregen, Decimal):
        return abs(verwacht - gekregen) <= Decimal("1e-8") * max(Decimal(1), abs(verwacht))
    if isinstance(verwacht, Zonder) and not isinstance(gekregen, str):
        return verwacht.strip() == als_tekst(gekregen)
    if isinstance(verwacht, list) and isinstance(gekregen, list):
        return len(verwacht) == len(gekregen) and all(map(zelfde, verwacht, gekregen))
    if isinstance(verwacht, dict) and isinstance(gekregen, dict):
        return verwacht.keys() == gekregen.keys() and all(zelfde(verwacht[naam], gekregen[naam]) for naam in verwacht)
    return gelijk(str(verwacht) if isinstance(verwacht, Zonder) else verwacht, gekregen) is True


def draai(map_: Path) -> Iterator[Geval]:
    """Alle gevallen onder de map, op volgorde van bestand."""
    for bestand in sorted(map_.rglob("*.xml")):
        wortel = lees_xml(bestand.read_bytes(), grens=_TOETS_MAX)
        if lokaal(wortel) == "testCases":
            yield from _bestand(bestand, wortel)


def _bestand(bestand: Path, wortel: _Element) -> Iterator[Geval]:
    naam = kind(wortel, "modelName")
    model: Model | None = None
    fout = ""
    try:
        modelbestand = _modelbestand(bestand, (naam.text or "").strip() if naam is not None else "")
        anderen = [ander.read_bytes() for ander in sorted(bestand.parent.glob("*.dmn")) if ander != modelbestand]
        model = lees(modelbestand.read_bytes(), erbij=anderen)
    except (DmnFout, OSError) as oorzaak:
        fout = str(oorzaak)
    niveau = next((deel for deel in bestand.parts if deel.startswith("level-")), "level-?")
    for geval in kinderen(wortel, "testCase"):
        klachten = tuple(_klachten(model, geval)) if model is not None else (fout,)
        antwoord = any(_verwacht(knoop) is not None for knoop in kinderen(geval, "resultNode"))
        yield Geval(niveau, bestand.parent.name, geval.get("id", ""), antwoord, klachten)


def _modelbestand(bestand: Path, naam: str) -> Path:
    """Het genoemde model; zonder naam het model dat naast de gevallen staat."""
    if naam:
        return bestand.parent / naam
    return next(iter(sorted(bestand.parent.glob("*.dmn"))), bestand.with_suffix(".dmn"))


def _verwacht(knoop: _Element) -> Any:
    verwacht = kind(knoop, "expected")
    return None if verwacht is None or knoop.get("errorResult") == "true" else waarde_van(verwacht)


def _klachten(model: Model, geval: _Element) -> Iterator[str]:
    invoer = {_sleutel(knoop): waarde_van(knoop) for knoop in kinderen(geval, "inputNode")}
    for knoop in kinderen(geval, "resultNode"):
        verwacht = _verwacht(knoop)
        try:
            gekregen, redenen = _uitkomst(model, geval, knoop, invoer)
        except Exception as fout:  # noqa: BLE001 - elke uitzondering is een gezakt geval, de rest van de toets gaat door
            gekregen, redenen = fout, ""
        if not (gekregen is None if verwacht is None else zelfde(verwacht, gekregen)):
            yield f"{knoop.get('name')}: verwacht {verwacht!r}, kreeg {gekregen!r} {redenen}"


def _sleutel(knoop: _Element) -> str:
    ruimte = knoop.get("namespace", "")
    return f"{ruimte}#{knoop.get('name', '')}" if ruimte else knoop.get("name", "")


def _uitkomst(model: Model, geval: _Element, knoop: _Element, invoer: dict[str, Any]) -> tuple[Any, str]:
    soort, naam = geval.get("type", "decision"), knoop.get("name", "")
    if soort == "bkm":
        return _kennismodel(model, geval.get("invocableName", naam), invoer), ""
    uitslag = model.evalueer(geval.get("invocableName") or naam if soort == "decisionService" else naam, invoer)
    ruw = uitslag.ruw
    if soort == "decisionService" and len(uitslag.knoop.uitgangen) > 1 and isinstance(ruw, dict):
        ruw = ruw.get(naam)
    return ruw, "; ".join(reden.nederlands for reden in uitslag.redenen)


def _kennismodel(model: Model, naam: str, invoer: dict[str, Any]) -> Any:
    knoop = model.vind(naam)
    uitvoering = Uitvoering(invoer, Beslisstaat(None, None))
    functie = uitvoering.waarde(knoop) if isinstance(knoop.element, Kennismodel) else None
    if functie is None:
        return None
    return functie.roep_op_naam(uitvoering.staat, {n: uit_python(waarde) for n, waarde in invoer.items()})


def _verslag(gevallen: list[Geval], *, per_groep: bool) -> Iterator[str]:
    """Regels met tellingen per niveau, per groep en in totaal."""
    yield f"{'groep':55} {'goed':>6} {'totaal':>6} {'met antwoord':>16}"
    namen = sorted({(g.niveau, g.groep) for g in gevallen}) if per_groep else []
    for niveau, groep in namen:
        yield _telregel(f"{niveau}/{groep}", [g for g in gevallen if (g.niveau, g.groep) == (niveau, groep)])
    for niveau in sorted({g.niveau for g in gevallen}):
        yield _telregel(niveau, [g for g in gevallen if g.niveau == niveau])
    yield _telregel("alles", gevallen)


def _telregel(naam: str, gevallen: list[Geval]) -> str:
    goed = [g for g in gevallen if not g.klachten]
    antwoord, antwoord_goed = (sum(g.met_antwoord for g in deel) for deel in (gevallen, goed))
    return f"{naam:55} {len(goed):6} {len(gevallen):6} {antwoord_goed:7} van {antwoord:5}"


def main(argumenten: list[str] | None = None) -> int:
    """De toets draaien en het verslag drukken."""
    lezer = argparse.ArgumentParser(prog="dmn.conformiteit", description="Draai de gevallen van de DMN TCK in een map")
    lezer.add_argument("map", type=Path)
    lezer.add_argument("--kort", action="store_true", help="geen telling per groep")
    keuze = lezer.parse_args(argumenten)
    gevallen = list(draai(keuze.map))
    uit = sys.stdout.write
    for geval in gevallen:
        for klacht in geval.klachten:
            uit(f"FAILED {geval.niveau}/{geval.groep} {geval.id}: {klacht}\n")
    uit("\n".join(_verslag(gevallen, per_groep=not keuze.kort)) + "\n")
    mis = sum(bool(geval.klachten) for geval in gevallen)
    uit(f"{len(gevallen) - mis} passed, {mis} failed\n")
    return 1 if mis or not gevallen else 0


if __name__ == "__main__":
    sys.exit(main())
