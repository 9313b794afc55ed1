"""Schrijft de tabel in `docs/standaarden/bpmn.md`: welke referentiemodellen draaien, en waarom een ander niet.

Gebruik: `python tools/bpmn_modellen.py MAP`, met in de map de modellen van de BPMN Model Interchange Working Group. Elk proces in een
model wordt gelezen (ook als het niet uitvoerbaar heet), nagekeken en, als dat kan, helemaal gelopen: taken afgerond, gebeurtenissen
gevuurd, door de bewaarvorm heen na elke stap.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from processen.motor import gebeurtenissen
from processen.motor.bouw import compileer
from processen.motor.controle import controleer
from processen.motor.fouten import Bevinding
from processen.motor.lezen import lees, processen_in
from processen.motor.model import Proces
from processen.motor.spiff_aanpassing import Luisteraar, Randgebeurtenis, Stap
from processen.motor.uitvoering import Uitvoering
from tests.eenheid.processen.hulp import Los, begin_met, bewaar_en_laad, open_stappen

DOEL = Path(__file__).parents[1] / "docs" / "standaarden" / "bpmn.md"
BEGIN = "<!-- tabel: python tools/bpmn_modellen.py MAP -->\n"
MEESTE_RONDES = 500


def tabel(map_: Path) -> str:
    """De tabel als Markdown, één regel per proces."""
    kop = "| Model | Proces | Uitkomst |\n|---|---|---|\n"
    regels = [
        f"| {bestand.stem} | {naam} | {uitkomst} |"
        for bestand in sorted(map_.rglob("*.bpmn"))
        for naam, uitkomst in uitkomsten(bestand.read_bytes())
    ]
    return kop + "\n".join(regels) + "\n"


def uitkomsten(bpmn: bytes) -> Iterator[tuple[str, str]]:
    """Per proces: draait, met het aantal bereikte elementen, of waarom niet."""
    for sleutel in processen_in(bpmn):
        proces = lees(bpmn, sleutel)
        naam = proces.naam if proces.naam != sleutel else "(zonder naam)"
        if not proces.bereik.elementen:
            yield naam, "leeg: een deelnemer zonder inhoud"
            continue
        omgeving = Los()
        bevindingen = controleer(proces, omgeving.bouwblokken, omgeving.uitdrukkingen)
        yield naam, _redenen(proces, bevindingen) or _draai(proces)


def _redenen(proces: Proces, bevindingen: list[Bevinding]) -> str:
    """Per reden de elementen (bij hun naam) waarvoor zij geldt."""
    namen = {e.id: e.naam for _, e in proces.bereik.alles()}
    inhoud = [e.inhoud for _, e in proces.bereik.alles() if e.inhoud is not None]
    namen |= {
        s.id: f"pijl uit {namen.get(s.van) or 'een gateway'}" for b in (proces.bereik, *inhoud) for s in b.stromen
    }
    per_reden: dict[str, dict[str, None]] = {}
    for bevinding in bevindingen:
        naam = " ".join(namen.get(bevinding.element, "").split()) or "(zonder naam)"
        per_reden.setdefault(bevinding.nl, {})[naam] = None
    return "<br>".join(f"{reden} ({', '.join(elementen)})" for reden, elementen in per_reden.items())


def _draai(proces: Proces) -> str:
    u = begin_met(compileer(proces, uuid4()))
    bereikt: set[str] = set()
    for _ in range(MEESTE_RONDES):
        bereikt |= {rij["element"] for rij in u.gevolgen.begonnen.values()}
        if u.gevolgen.incidenten:
            return f"stopt bij {u.gevolgen.incidenten[0]['element']}: {u.gevolgen.incidenten[0]['fout']}"
        if u.klaar:
            return f"draait: {len(bereikt)} elementen bereikt"
        u = bewaar_en_laad(u)
        _help(u, _aan_de_beurt(u))
        u.draai()
    return "loopt nog"


def _aan_de_beurt(u: Uitvoering) -> Stap:
    """De eerste stap die op de buitenwereld wacht; een grensgebeurtenis pas als er niets anders is."""
    stappen = [s for s in open_stappen(u) if s.task_spec.element is not None and s.id not in u.top.subprocesses]
    gewoon = [
        s for s in stappen if not isinstance(s.task_spec, Randgebeurtenis | Luisteraar) and not s.task_spec.exemplaar
    ]
    return (gewoon or stappen)[0]


def _help(u: Uitvoering, stap: Stap) -> None:
    if stap.task_spec.element.gebeurtenis is not None:
        gebeurtenissen.vuur(u, stap, {})
    else:
        u.probeer(stap, lambda s: u.voltooi(s, {}))


def schrijf(map_: Path) -> None:
    """Vervang de tabel in de pagina."""
    kop, _, _ = DOEL.read_text().partition(BEGIN)
    DOEL.write_text(kop + BEGIN + "\n" + tabel(map_))


if __name__ == "__main__":
    schrijf(Path(sys.argv[1]))
