"""Hoe snel lezen werklijsten, MijnGemeente en het KCC uit Taken, Berichten en Verzoeken?

Een half miljoen van elk, over 100.000 inwoners (één heeft er 872 van elk), telkens met een andere vraag. Wat er per vraag gemeten
wordt staat in `hulp/meting.py`.

    taken.py [--aantal 500000] [--seconden 1] [--data MAP] [--alleen-vullen] [--plannen]
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))
from tools.bench.hulp.meetplaats import lezer, meetplaats
from tools.bench.hulp.meting import Proef, meet
from tools.bench.hulp.taken import GROEPEN, MEDEWERKERS, TOKEN, vul, wie

Vraag = Callable[[int], dict[str, Any]]


def _lijst(naam: str, pad: str, vraag: Vraag) -> Proef:
    return Proef(naam, lambda nr: f"{pad}?{urlencode({'pageSize': 25, **vraag(nr)})}")


def _zoek(naam: str, pad: str, vraag: Vraag) -> Proef:
    return Proef(naam, lambda _: f"{pad}/_zoek?pageSize=25", vraag)


WERKLIJST, KLANT = "/taken/api/v1/medewerkertaken", "/taken/api/v1/externetaken"
BERICHT, VERZOEK = "/berichten/api/v1/berichten", "/verzoeken/api/v1/verzoeken"
OP_DATUM = {"status": "open", "ordering": "einddatum,-prioriteit,aangemaaktOp"}
PROEVEN = (
    _lijst(
        "werklijst van mijn groepen",
        WERKLIJST,
        lambda nr: {**OP_DATUM, "behandelaar": "", "kandidaatgroep": f"groep{nr % GROEPEN},groep{(nr + 7) % GROEPEN}"},
    ),
    _lijst(
        "werklijst van mij",
        WERKLIJST,
        lambda nr: {**OP_DATUM, "behandelaar": f"medewerker{5 * nr % MEDEWERKERS}"},
    ),
    _lijst(
        "taken van een zaak",
        WERKLIJST,
        lambda nr: {"zaaknummer": f"ZAAK-{1 + nr * 7919 % 30_000}"},
    ),
    _lijst(
        "woord in een titel",
        WERKLIJST,
        lambda nr: {**OP_DATUM, "titel__icontains": f"stukken {5 + 20 * (nr % 4000)}"},
    ),
    _zoek(
        "klanttaken van een inwoner",
        KLANT,
        lambda nr: {"isToegewezenAan": wie(nr + 1), "status": "open"},
    ),
    _zoek(
        "berichten van een inwoner",
        BERICHT,
        lambda nr: {
            "ontvanger": wie(nr + 1),
            "publicatiedatum__lte": "2027-01-01T00:00:00Z",
            "ordering": "-publicatiedatum",
        },
    ),
    _zoek(
        "872 berichten van één inwoner",
        BERICHT,
        lambda _nr: {"ontvanger": wie(0), "ordering": "-publicatiedatum"},
    ),
    _zoek(
        "ongelezen van een inwoner",
        BERICHT,
        lambda nr: {"ontvanger": wie(nr + 1), "geopendOp__isnull": True},
    ),
    _zoek(
        "verzoeken van een inwoner",
        VERZOEK,
        lambda nr: {"initiator": wie(nr + 1), "ordering": "-geregistreerdOp"},
    ),
    _lijst(
        "verzoek bij een zaak",
        VERZOEK,
        lambda nr: {"isGerelateerdAan": f"urn:nld:517439943:zaak:zaaknummer:ZAAK-{1 + nr * 7919 % 90_000}"},
    ),
    _lijst(
        "verzoek bij een betaling",
        VERZOEK,
        lambda nr: {"verzoekBetaling__transactieReferentie": f"T-{1 + nr * 7919 % 90_000}"},
    ),
)


def main() -> None:
    opties = lezer()
    opties.add_argument("--aantal", type=int, default=500_000)
    keuze = opties.parse_args()
    aantal = keuze.aantal
    with meetplaats(keuze, f"taken-{aantal}", lambda plek: vul(plek, aantal)) as installatie:
        if not keuze.alleen_vullen:
            meet(installatie, PROEVEN, TOKEN, keuze)


if __name__ == "__main__":
    main()
