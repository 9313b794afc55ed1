"""Wat kost een scherm: SQL-opdrachten, API-aanroepen, milliseconden en het gewicht van de pagina.

Op een datamap zoals de demo die maakt (voorbeeldgemeente, een registratie en een vergunningaanvraag), met aanmelden via de
simulator. Een scherm erbij is een regel in `schermen`.

    schermen.py [--keer 7] [--samen 100 --pauze 2]

Met `--samen`: zoveel mensen tegelijk op portaal, formulier, balie en werkbank (vier webprocessen), ieder met een eigen sessie, die na elke
pagina even lezen en tussendoor bewaren; elke keer dat iemand iets anders krijgt dan hij vroeg, stopt de meting.
"""

import argparse
import gzip
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.bijwerken import werk_installatie_bij
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren
from kern.transport import _diepte
from tests.integratie.behandelen.hulp import BAS, browser
from tests.integratie.formulieren.hulp import VERGUNNING, Browser
from tests.integratie.formulieren.invullen import begin
from tests.integratie.kcc.hulp import JAN, medewerker
from tests.reishulp import CORPORATIE, KOOP, Gemeente
from tools.bench.hulp.belasting import belast, verzoek
from tools.bench.hulp.bezetting import Ploeg, bereid_voor
from tools.bench.hulp.mensen import leef
from tools.bench.hulp.server import WERKERS, platform
from tools.bench.hulp.tellen import tel_sql

MIDDELEN = re.compile(r'(?:href|src)="(/[^"]+\.(?:css|js|svg|woff2)[^"]*)"')

OPWARMEN = 4.0  # seconden


@dataclass
class Gemeten:
    """Eén scherm: aantallen van een warme keer, mediaan van de tijd, rekentijd van Python (ms), en kB met gzip."""

    naam: str
    sql: int
    api: int
    daarbinnen: int
    ms: float
    cpu: float
    pagina: float
    eerste_keer: float


@contextmanager
def tel_aanroepen(installatie: Installatie) -> Iterator[list[int]]:
    """De diepte van elke API-aanroep in dit blok: 1 is van het scherm zelf, dieper is van een registratie."""
    diepten: list[int] = []
    echt = installatie.wsgi

    def geteld(omgeving: dict[str, Any], start: Any) -> Iterable[bytes]:
        diepten.append(_diepte.get() - 1)  # de browser van deze meting gaat ook door deze deur
        return echt(omgeving, start)

    installatie.stel_samen(geteld)
    try:
        yield diepten
    finally:
        installatie.stel_samen(echt)


def meet(installatie: Installatie, naam: str, haal: Callable[[], httpx.Response], keer: int) -> Gemeten:
    """Haal een pagina op tot alles warm is, en meet dan."""
    haal()
    with tel_sql(installatie) as vragen, tel_aanroepen(installatie) as diepten:
        antwoord = haal()
    if antwoord.status_code != httpx.codes.OK or "/aanmelden" in antwoord.url.path:
        raise RuntimeError(f"{naam}: {antwoord.status_code} op {antwoord.url.path}")
    duren, rekentijd = [], time.process_time()
    for _ in range(keer):
        begin = time.perf_counter()
        haal()
        duren.append((time.perf_counter() - begin) * 1000)
    cpu = (time.process_time() - rekentijd) * 1000 / keer
    pagina = _gz(antwoord.content)
    eerste_keer = pagina + sum(_gz(middel) for middel in _middelen(installatie, antwoord.text))
    eigen, dieper = diepten.count(1), sum(diepte > 1 for diepte in diepten)
    return Gemeten(naam, len(vragen), eigen, dieper, statistics.median(duren), cpu, pagina, eerste_keer)


def _gz(inhoud: bytes) -> float:
    return len(gzip.compress(inhoud)) / 1000


def _middelen(installatie: Installatie, html: str) -> Iterator[bytes]:
    """De stijlbladen, scripts en plaatjes waar de pagina om vraagt; een browser bewaart die."""
    for pad in sorted(set(MIDDELEN.findall(html))):
        yield installatie.http.get(f"{installatie.instellingen.adres}{pad}").content


def schermen(installatie: Installatie, stapel: ExitStack) -> Iterator[tuple[str, Callable[[], httpx.Response]]]:
    """Elk scherm met hoe het op te halen is."""
    gemeente = Gemeente(installatie, JAN)
    registratie, vergunning = gemeente.dien_in("registratie", KOOP), gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak, af = gemeente.zaak(vergunning), gemeente.zaak(registratie)

    bezoeker, jan, invuller = Browser(installatie), Browser(installatie), Browser(installatie)
    yield "publiek: begin", lambda: bezoeker.ga("/")
    yield "publiek: producten", lambda: bezoeker.ga("/producten")
    product = next(adres for adres in _adressen(bezoeker.ga("/producten")) if adres.startswith("/producten/"))
    yield "publiek: product", lambda: bezoeker.ga(product)
    yield "formulier: begin", lambda: bezoeker.ga(VERGUNNING)

    begin(invuller, VERGUNNING)
    stap = invuller.pad
    yield "formulier: eerste stap", lambda: invuller.ga(stap)
    invuller.stuur()
    tweede = invuller.pad
    yield "formulier: tweede stap", lambda: invuller.ga(tweede)

    jan.log_in("/mijn/", persoon=JAN)
    yield "mijn: overzicht", lambda: jan.ga("/mijn/")
    yield "mijn: zaken", lambda: jan.ga("/mijn/zaken")
    yield "mijn: zaak (loopt)", lambda: jan.ga(f"/mijn/zaken/{zaak.uuid}")
    yield "mijn: zaak (klaar)", lambda: jan.ga(f"/mijn/zaken/{af.uuid}")
    yield "mijn: berichten", lambda: jan.ga("/mijn/berichten")
    yield "mijn: gegevens", lambda: jan.ga("/mijn/gegevens")

    kim = stapel.enter_context(medewerker(installatie))
    klant = kim.zoek("bsn", bsn=JAN).pad
    yield "kcc: begin", lambda: kim.naar("/kcc/").antwoord
    yield "kcc: klantbeeld", lambda: kim.naar(klant).antwoord
    yield "kcc: zaak", lambda: kim.naar(f"/kcc/zaak/{zaak.uuid}").antwoord

    bas = stapel.enter_context(browser(installatie, BAS))
    (taak,) = gemeente.taken(zaak)
    yield "behandelen: werklijst", lambda: bas.naar("/behandelen/").antwoord
    yield "behandelen: taak", lambda: bas.naar(f"/behandelen/taken/{taak.uuid}").antwoord
    yield "behandelen: zaak", lambda: bas.naar(f"/behandelen/zaken/{zaak.uuid}").antwoord


def meet_samen(installatie: Installatie, opties: argparse.Namespace) -> None:
    """De tijden als velen tegelijk lezen en bewaren op portaal, formulier, balie en werkbank."""
    with ExitStack() as stapel, platform(installatie.instellingen) as server:
        werk, ploeg = bereid_voor(installatie), Ploeg(installatie, stapel)
        mensen = ploeg.bezet(werk, opties.samen)
        belast(server.poort, [verzoek("GET", "/", {})], OPWARMEN, verbindingen=WERKERS)
        leef(server.poort, ploeg.bezet(werk, opties.samen // 3), OPWARMEN, 0.0)
        for ronde in range(opties.rondes):
            mensen = ploeg.bezet(werk, opties.samen) if ronde else mensen
            for soort, u in sorted(leef(server.poort, mensen, opties.seconden, opties.pauze).items()):
                print(
                    f"{soort}, {opties.samen} mensen tegelijk, {opties.pauze} s leestijd: {len(u.duren)} in {u.seconden:.0f} s, "
                    f"p50 {u.mediaan:.0f} ms, p95 {u.p95:.0f} ms, meest {max(u.duren):.0f} ms, antwoorden {dict(u.statussen)}",
                    flush=True,
                )


def _adressen(antwoord: httpx.Response) -> list[str]:
    return re.findall(r'href="([^"?#]+)"', antwoord.text)


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--keer", type=int, default=7)
    lezer.add_argument("--samen", type=int, default=0, help="zoveel mensen tegelijk")
    lezer.add_argument("--pauze", type=float, default=2.0, help="hoelang iemand een pagina leest (s)")
    lezer.add_argument("--seconden", type=float, default=20.0)
    lezer.add_argument("--rondes", type=int, default=2, help="zo vaak, met steeds andere sessies")
    lezer.add_argument("--alleen-samen", action="store_true", help="sla de schermen een voor een over")
    opties = lezer.parse_args()
    richt_in("error", uitvoer=sys.stderr)
    with TemporaryDirectory() as map_, Motoren(Path(map_) / "d") as motoren, ExitStack() as stapel:
        instellingen = laad_instellingen(
            omgeving="demo", data=Path(map_), poort=vrije_poort("127.0.0.1"), log_niveau="error",
            database_url=motoren.database_url, redis_url=motoren.redis_url, geheime_sleutel="b" * 40, proxies=1,
        )  # fmt: skip
        werk_installatie_bij(instellingen)
        installatie = maak_platform(instellingen)
        stapel.callback(installatie.sluit)
        if not opties.alleen_samen:
            print(f"{'scherm':<26}{'SQL':>5}{'API':>5}{'+':>4}{'ms':>8}{'cpu':>6}{'kB gz':>8}{'eerste keer':>13}")
        for naam, haal in () if opties.alleen_samen else schermen(installatie, stapel):
            _druk_af(installatie, naam, haal, opties.keer)
        if opties.samen:
            meet_samen(installatie, opties)


def _druk_af(installatie: Installatie, naam: str, haal: Callable[[], httpx.Response], keer: int) -> None:
    try:
        g = meet(installatie, naam, haal, keer)
    except RuntimeError as fout:
        print(f"{naam:<26}  niet te meten: {fout}")
        return
    print(
        f"{g.naam:<26}{g.sql:>5}{g.api:>5}{g.daarbinnen:>4}{g.ms:>8.0f}{g.cpu:>6.0f}{g.pagina:>8.1f}{g.eerste_keer:>13.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
