"""Hoe snel is zoeken in de Objecten API over 1.000.000 objecten?

Filters op paden die het objecttype aanwijst, `icontains` en `data_icontains`, telkens met een andere waarde. Wat er per zoekvraag
gemeten wordt staat in `hulp/meting.py`.

    objecten.py [--objecten 1000000] [--seconden 1] [--data MAP] [--alleen-vullen] [--plannen]
"""

import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))
from tools.bench.hulp.meetplaats import lezer, meetplaats
from tools.bench.hulp.meting import Proef, meet
from tools.bench.hulp.objecten import NAMEN, TOKEN, naam, objecttype, vul

PAD = "/objecten/api/v2/objects"
Vraag = dict[str, str | list[str]]


def proeven(soort: str, aantal: int) -> list[Proef]:
    """Op elk aangewezen pad, gecombineerd, gesorteerd, en in teksten."""

    def nummer_van(nr: int) -> str:
        return f"{1 + nr * 7919 % aantal:07d}"

    def dag(nr: int) -> str:
        return f"{1900 + nr % 120}-{1 + nr % 12:02d}-{1 + nr % 28:02d}"

    def hoogte(nr: int) -> list[str]:
        begin = nr % 39
        return [f"hoogte__gte__{begin}.5", f"hoogte__lt__{begin}.52"]

    def wijk(nr: int) -> str:
        return f"plek__wijk__exact__wijk {nr % 1000}"

    def melder(nr: int) -> str:
        return naam(nr * 31 % NAMEN)

    def zoek(titel: str, vraag: Callable[[int], Vraag], *, grens: bool = True) -> Proef:
        def pad(nr: int) -> str:
            return f"{PAD}?{urlencode({'type': soort, 'pageSize': '100', **vraag(nr)}, doseq=True)}"

        return Proef(titel, pad, grens=grens)

    return [
        zoek("exact, uniek", lambda nr: {"data_attr": f"kenmerk__exact__BOOM-{nummer_van(nr)}"}),
        zoek("exact, genest pad", lambda nr: {"data_attr": wijk(nr)}),
        zoek("in, drie waarden", lambda nr: {"data_attr": f"plek__wijk__in__wijk {nr % 999}|wijk {nr % 777}|wijk {nr % 555}"}),
        zoek("getal tussen twee grenzen", lambda nr: {"data_attr": hoogte(nr)}),
        zoek("datum op een dag", lambda nr: {"data_attr": [f"geplant__gte__{dag(nr)}", f"geplant__lte__{dag(nr)}"]}),
        zoek("wijk, hoger dan, jonger dan", lambda nr: {"data_attr": [wijk(nr), "hoogte__gt__20", "geplant__gt__1980-01-01"]}),
        zoek("wijk, gesorteerd", lambda nr: {"data_attr": wijk(nr), "ordering": "-record__data__hoogte"}),
        zoek("niets gevonden", lambda nr: {"data_attr": f"kenmerk__exact__weg{nr}"}),
        zoek("icontains", lambda nr: {"data_attr": f"omschrijving__icontains__DOOR {melder(nr).upper()}"}),
        zoek("icontains, midden in", lambda nr: {"data_attr": f"kenmerk__icontains__{nummer_van(nr)[1:]}"}),
        zoek("data_icontains", lambda nr: {"data_icontains": melder(nr)}),
        zoek("data_icontains, niets", lambda nr: {"data_icontains": f"onvindbaar{nr}"}),
        zoek("icontains en wijk", lambda nr: {"data_attr": [wijk(nr), "omschrijving__icontains__kanaal"]}),
        zoek("soort (een op tien)", lambda _: {"data_attr": "soort__exact__iep"}, grens=False),
        zoek("woord (een op vijf)", lambda _: {"data_icontains": "kanaal"}, grens=False),
        zoek("alles", lambda _: {}, grens=False),
    ]  # fmt: skip


def main() -> None:
    opties = lezer()
    opties.add_argument("--objecten", type=int, default=1_000_000)
    keuze = opties.parse_args()
    aantal = keuze.objecten
    with meetplaats(keuze, f"objecten-{aantal}", lambda plek: vul(plek, aantal)) as installatie:
        if not keuze.alleen_vullen:
            meet(installatie, proeven(objecttype(installatie), aantal), TOKEN, keuze)


if __name__ == "__main__":
    main()
