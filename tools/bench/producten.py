"""Hoe snel zoekt een inwoner of KCC-medewerker in de productcatalogus, met 5.000 artikelen?

Elke soort zoekvraag (een woord, een begin van een woord, delen van woorden, een synoniem, een tikfout, een zin, iets wat er niet is),
op granian met vier webprocessen en vier verbindingen, telkens met een andere vraag.

    producten.py [--artikelen 5000] [--seconden 3]
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from werkzeug.test import Client

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren
from tools.bench.hulp.artikelen import HANDELINGEN, ONDERWERPEN, SYNONIEMEN, TEKST, TOKEN, VORMEN, naam, vul
from tools.bench.hulp.belasting import Uitslag, belast, verzoek
from tools.bench.hulp.server import WERKERS, platform
from tools.bench.hulp.tellen import tel_sql

PAD = "/producttypen/api/v1/producttypen"
KOPPEN = {"Authorization": f"Token {TOKEN}"}
VERBINDINGEN = 4
GRENS = 50.0  # milliseconden, p95
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


def _in_proces(installatie: Installatie, soort: str) -> tuple[int, int]:
    """Hoeveel SQL-opdrachten een vraag hoogstens kost, en hoeveel producten zij gemiddeld vindt."""
    client, meeste, gevonden = Client(installatie.wsgi), 0, 0
    for nummer in range(20):
        with tel_sql(installatie) as opdrachten:
            antwoord = client.get(_pad(soort, nummer), headers=KOPPEN)
        if antwoord.status_code != 200 or antwoord.json is None:  # noqa: PLR2004  # de code zegt wat het is
            raise RuntimeError(f"{soort}: {antwoord.status_code} {antwoord.get_data(as_text=True)[:400]}")
        meeste, gevonden = max(meeste, len(opdrachten)), gevonden + antwoord.json["count"]
    return meeste, gevonden // 20


def meet(installatie: Installatie, seconden: float) -> None:
    """Druk per soort vraag af: p50, p95, per seconde, SQL-opdrachten en hoeveel er gevonden wordt."""
    i = installatie.instellingen
    los = {soort: _in_proces(installatie, soort) for soort in VRAGEN}
    alle = Uitslag()
    print(f"{'zoekvraag':<32}{'p50 ms':>8}{'p95 ms':>8}{'per s':>8}{'SQL':>5}{'gevonden':>10}")
    with platform(i) as server:
        for soort, (sql, gevonden) in los.items():

            def maak(nummer: int, soort: str = soort) -> bytes:
                return verzoek("GET", _pad(soort, nummer), KOPPEN)

            belast(server.poort, maak, 1.0, verbindingen=WERKERS * 4)
            uitslag = belast(server.poort, maak, seconden, verbindingen=VERBINDINGEN)
            alle.duren += uitslag.duren
            _druk_af(soort, uitslag, f"{sql:>5}{gevonden:>10}")
    alle.seconden = seconden * len(los)
    _druk_af("samen", alle, "")


def _druk_af(soort: str, uitslag: Uitslag, rest: str) -> None:
    oordeel = "" if uitslag.p95 <= GRENS else f" meer dan {GRENS:g} ms"
    cijfers = f"{uitslag.mediaan:>8.1f}{uitslag.p95:>8.1f}{uitslag.per_seconde:>8.0f}"
    print(f"{soort:<32}{cijfers}{rest}{oordeel} {uitslag.fouten}".rstrip())


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--artikelen", type=int, default=5000)
    lezer.add_argument("--seconden", type=float, default=3.0)
    opties = lezer.parse_args()
    richt_in("warning", uitvoer=sys.stderr)
    with TemporaryDirectory() as map_, Motoren(Path(map_) / "d") as motoren:
        instellingen = laad_instellingen(
            omgeving="test", data=Path(map_), poort=vrije_poort("127.0.0.1"), geheime_sleutel="b" * 40,
            redis_prefix="meting:", log_niveau="warning", database_url=motoren.database_url, redis_url=motoren.redis_url,
        )  # fmt: skip
        werk_database_bij(instellingen)
        installatie = maak_platform(instellingen)
        try:
            begin = time.perf_counter()
            vul(installatie, opties.artikelen)
            print(f"{opties.artikelen} artikelen in {time.perf_counter() - begin:.0f} s")
            meet(installatie, opties.seconden)
        finally:
            installatie.sluit()


if __name__ == "__main__":
    main()
