"""Hoe snel zoekt een inwoner of KCC-medewerker in de productcatalogus, met 5.000 artikelen?

Elke soort zoekvraag (een woord, een begin van een woord, delen van woorden, een synoniem, een tikfout, een zin, iets wat er niet is),
telkens met een andere vraag. Wat er per zoekvraag gemeten wordt staat in `hulp/meting.py`.

    producten.py [--artikelen 5000] [--seconden 1] [--data MAP] [--alleen-vullen] [--plannen]
"""

import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))
from tools.bench.hulp.artikelen import HANDELINGEN, ONDERWERPEN, SYNONIEMEN, TEKST, TOKEN, VORMEN, naam, vul
from tools.bench.hulp.meetplaats import lezer, meetplaats
from tools.bench.hulp.meting import Proef, meet

PAD = "/producttypen/api/v1/producttypen"
PAGINA = 20
Vraag = Callable[[random.Random], str]


def _tikfout(dobbel: random.Random) -> str:
    """Een naam waarin twee letters verwisseld zijn."""
    woord = naam(dobbel).split()[0]
    plek = dobbel.randrange(1, len(woord) - 2)
    return woord[:plek] + woord[plek + 1] + woord[plek] + woord[plek + 2 :]


def _begin(dobbel: random.Random) -> str:
    woord = naam(dobbel).split()[0]
    return woord[: dobbel.randint(3, len(woord))]


VRAGEN: dict[str, Vraag] = {
    "een woord": lambda dobbel: dobbel.choice(ONDERWERPEN),
    "een begin van een woord": _begin,
    "twee woorden": lambda dobbel: f"{dobbel.choice(VORMEN)} {dobbel.choice(HANDELINGEN)}",
    "een hele naam": naam,
    "een woord dat overal in staat": lambda dobbel: dobbel.choice(TEKST),
    "een synoniem": lambda dobbel: dobbel.choice(dobbel.choice(SYNONIEMEN)),
    "een tikfout": _tikfout,
    "een zin": lambda dobbel: f"ik wil een {naam(dobbel)} voor mijn {dobbel.choice(TEKST)}",
    "iets wat er niet is": lambda dobbel: f"walvis{dobbel.randrange(1000)} zeemonster",
}


def _pad(soort: str, nummer: int) -> str:
    vraag = VRAGEN[soort](random.Random(nummer))  # noqa: S311  # telkens dezelfde vragen, geen geheim
    return f"{PAD}?{urlencode({'zoek': vraag, 'gepubliceerd': 'true', 'page_size': PAGINA})}"


def main() -> None:
    opties = lezer()
    opties.add_argument("--artikelen", type=int, default=5000)
    keuze = opties.parse_args()
    aantal = keuze.artikelen
    with meetplaats(keuze, f"artikelen-{aantal}", lambda plek: vul(plek, aantal)) as installatie:
        if not keuze.alleen_vullen:
            meet(installatie, [Proef(soort, partial(_pad, soort)) for soort in VRAGEN], TOKEN, keuze)


if __name__ == "__main__":
    main()
