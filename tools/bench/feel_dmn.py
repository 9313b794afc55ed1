"""Hoe snel zijn FEEL en DMN, naast de DMN van SpiffWorkflow en een met de hand geschreven functie?

Dezelfde tabel (leeftijd als interval, gemeente als tekst, inkomen als grens) en dezelfde invoer voor alle drie; elke
regel wordt even vaak geraakt. Grenzen komen uit de eisen: 20 regels in 0,05 ms en minstens 15 keer zo snel als
SpiffWorkflow, 2.000 regels in 0,2 ms, 1.000 expressies lezen in 1 s, koud importeren in 0,2 s.
"""

import cProfile
import gc
import pstats
import subprocess
import sys
import time
from bisect import bisect_right
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

import dmn
from dmn.staat import Beslisstaat
from dmn.uitvoering import Uitvoering
from feel.naar_python import uit_python
from feel.parser import ontleed
from feel.staat import Omgeving, Staat

GRENS_INKOMEN = 50_000
NAAST_SPIFF = 100  # grotere tabellen duren bij SpiffWorkflow te lang om te herhalen
GEMEENTEN = ("Utrecht", "Assen", "Breda", "Delft", "Ede")
Invoer = dict[str, Any]


def stap(rijen: int) -> int:
    """Hoeveel jaren een leeftijdsgroep breed is."""
    return max(1, 100 // (rijen // len(GEMEENTEN)))


def regels(rijen: int) -> list[tuple[int, int, str, int]]:
    """(van, tot, gemeente, inkomen onder) per regel; samen zonder overlap."""
    breed = stap(rijen)
    return [
        (groep * breed, (groep + 1) * breed, gemeente, GRENS_INKOMEN)
        for groep in range(rijen // len(GEMEENTEN))
        for gemeente in GEMEENTEN
    ]


def invoeren(rijen: int) -> list[Invoer]:
    """Voor elke regel één invoer die haar raakt."""
    return [{"leeftijd": van, "gemeente": naam, "inkomen": 20_000} for van, _, naam, _ in regels(rijen)]


def model(rijen: int, *, spiff: bool = False) -> bytes:
    """De tabel als DMN; voor SpiffWorkflow met Python-cellen."""

    def cel(tekst: str) -> str:
        return f"<inputEntry id='x'><text>{tekst}</text></inputEntry>"

    rij = []
    for nummer, (van, tot, gemeente, grens) in enumerate(regels(rijen)):
        leeftijd = f"{van} &lt;= ? &lt; {tot}" if spiff else f"[{van}..{tot})"
        cellen = cel(leeftijd) + cel(f'"{gemeente}"') + cel(f"? &lt; {grens}" if spiff else f"&lt; {grens}")
        rij.append(
            f"<rule id='r{nummer}'>{cellen}<outputEntry id='o{nummer}'><text>{nummer}</text></outputEntry></rule>"
        )
    kolommen = "".join(
        f"<input id='i_{naam}' label='{naam}'><inputExpression id='e_{naam}' typeRef='{soort}'><text>{naam}</text>"
        "</inputExpression></input>"
        for naam, soort in (("leeftijd", "number"), ("gemeente", "string"), ("inkomen", "number"))
    )
    eisen = "".join(
        f"<informationRequirement id='q_{n}'><requiredInput href='#{n}'/></informationRequirement>"
        for n in ("leeftijd", "gemeente", "inkomen")
    )
    data = "".join(
        f"<inputData id='{n}' name='{n}'><variable name='{n}' typeRef='{s}'/></inputData>"
        for n, s in (("leeftijd", "number"), ("gemeente", "string"), ("inkomen", "number"))
    )
    tabel = f"<decisionTable id='t' hitPolicy='UNIQUE'>{kolommen}<output id='u' name='uit' label='uit'/>{''.join(rij)}</decisionTable>"
    kop = "xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='d' namespace='urn:bench'"
    return f"<definitions {kop}>{data}<decision id='b' name='b'>{eisen}{tabel}</decision></definitions>".encode()


def duur(doe: Callable[[Invoer], Any], gevallen: list[Invoer], rondes: int) -> float:
    """De beste gemiddelde tijd per aanroep in milliseconden, van vijf metingen."""
    beste = float("inf")
    gc.collect()
    for _ in range(5):
        begin = time.perf_counter()
        for _ in range(rondes):
            for geval in gevallen:
                doe(geval)
        beste = min(beste, (time.perf_counter() - begin) / (rondes * len(gevallen)))
    return beste * 1000


def spiff(rijen: int) -> Callable[[Invoer], Any]:
    """De tabel in SpiffWorkflow, ongewijzigd."""
    wortel = etree.fromstring(model(rijen, spiff=True))
    lezer = DMNParser(None, wortel, nsmap={"dmn": "https://www.omg.org/spec/DMN/20191111/MODEL/"})
    lezer.parse()
    motor = DMNEngine(lezer.decision.decisionTables[0])
    script = PythonScriptEngine()

    def doe(invoer: Invoer) -> Any:
        return motor.result(SimpleNamespace(data=invoer, workflow=SimpleNamespace(script_engine=script)))

    return doe


def met_de_hand(rijen: int) -> Callable[[Invoer], Any]:
    """Wat een programmeur zou schrijven: zoeken in grenzen en een woordenboek."""
    grenzen = sorted({van for van, *_ in regels(rijen)})
    uitkomsten = {(van, naam): nummer for nummer, (van, _, naam, _) in enumerate(regels(rijen))}

    def doe(invoer: Invoer) -> Any:
        van = grenzen[bisect_right(grenzen, invoer["leeftijd"]) - 1]
        return uitkomsten.get((van, invoer["gemeente"])) if invoer["inkomen"] < GRENS_INKOMEN else None

    return doe


def regel(wat: str, waarde: float, eenheid: str, grens: float | None = None, *, minstens: bool = False) -> None:
    """Eén meting, met de grens en of zij gehaald is."""
    goed = "" if grens is None else ("gehaald" if (waarde >= grens) == minstens or waarde == grens else "NIET GEHAALD")
    eis = "" if grens is None else f"{'≥' if minstens else '≤'} {grens:g}"
    print(f"{wat:<56} {waarde:10.4f} {eenheid:<4} {eis:<8} {goed}")


def tabel_meting(rijen: int, grens: float) -> None:
    """Onze tabel, de vloer en SpiffWorkflow op dezelfde invoer."""
    gevallen = invoeren(rijen)
    gelezen = dmn.lees(model(rijen))
    hand = met_de_hand(rijen)
    begin = time.perf_counter()
    for nummer, geval in enumerate(gevallen):
        if gelezen.evalueer("b", geval).waarde != nummer or hand(geval) != nummer:
            raise SystemExit(f"regel {nummer} geeft iets anders")
    eerste = (time.perf_counter() - begin) * 1000
    rondes = max(1, 2000 // rijen)
    ons = duur(lambda geval: gelezen.evalueer("b", geval).waarde, gevallen, rondes)
    regel(f"beslistabel, {rijen} regels, 3 invoeren", ons, "ms", grens)
    knoop = gelezen.vind("b")
    kaal = [{naam: uit_python(waarde) for naam, waarde in geval.items()} for geval in gevallen]
    alleen = duur(lambda scope: knoop.doe(Omgeving(scope, None, Staat())), kaal, rondes)
    regel("  waarvan: de tabel zelf (index en uitvoer)", alleen, "ms")
    grafiek = duur(lambda geval: Uitvoering(geval, Beslisstaat(None, None)).waarde(knoop), gevallen, rondes)
    regel("  waarvan: invoer omzetten, grafiek en spoor", grafiek - alleen, "ms")
    regel("  vloer: met de hand geschreven Python", duur(hand, gevallen, rondes), "ms")
    regel("  eenmalig: compileren, index bouwen en alles één keer", eerste, "ms")
    if rijen <= NAAST_SPIFF:
        ander = duur(spiff(rijen), gevallen, 1)
        regel("  SpiffWorkflow, zelfde tabel", ander, "ms")
        regel("  zo veel keer sneller dan SpiffWorkflow", ander / ons, "x", 15, minstens=True)


def lees_meting() -> None:
    """Duizend verschillende expressies lezen, zonder cache."""
    soorten = (
        'if leeftijd >= {0} and gemeente = "Utrecht" then inkomen * 1.{0} else min([inkomen, {0}00])',
        "for x in lijst return x.bedrag + {0}",
        'date("2024-01-01") + duration("P{0}D") > einddatum',
        "some p in personen satisfies p.leeftijd in [{0}..{0}5]",
        'substring(naam, {0}) + " " + string(bedrag / {0}.5)',
    )
    teksten = [soort.format(nummer) for nummer in range(1, 201) for soort in soorten]
    begin = time.perf_counter()
    for tekst in teksten:
        ontleed(tekst)
    regel(f"{len(teksten)} expressies lezen (parser)", time.perf_counter() - begin, "s", 1)


def import_meting() -> None:
    """Koud importeren in een nieuw proces, de beste van drie."""
    platform = Path(dmn.__file__).parent.parent
    for naam in ("feel", "dmn"):
        vraag = f"import time; t = time.perf_counter(); import {naam}; print(time.perf_counter() - t)"
        tijden = [_koud(vraag, platform) for _ in range(5)]
        regel(f"koud importeren: {naam}", min(tijden), "s", 0.2)


def _koud(vraag: str, map_: Path) -> float:
    klaar = subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True, cwd=map_)  # noqa: S603 - een vaste regel van dit script
    return float(klaar.stdout)


def profiel() -> None:
    """Waar gaat de tijd heen bij de tabel van 20 regels?"""
    gelezen, gevallen = dmn.lees(model(20)), invoeren(20)
    meter = cProfile.Profile()
    meter.enable()
    for _ in range(200):
        for geval in gevallen:
            _ = gelezen.evalueer("b", geval).waarde
    meter.disable()
    uit = StringIO()
    pstats.Stats(meter, stream=uit).sort_stats("tottime").print_stats(8)
    print("waar de tijd heen gaat (eigen tijd, 4.000 aanroepen):")
    for tekst in uit.getvalue().splitlines()[7:17]:
        print("   ", tekst.replace(str(Path(dmn.__file__).parent.parent), "platform")[:110])


def main() -> None:
    """Alle metingen."""
    tabel_meting(20, 0.05)
    tabel_meting(2000, 0.2)
    lees_meting()
    import_meting()
    profiel()


if __name__ == "__main__":
    main()
