"""Belasting op een webserver op deze machine: vaste verzoeken, een vast aantal verbindingen, begrensd in aantal en tijd.

Eén proces met asyncio en kale HTTP/1.1, zodat het meten zelf weinig rekentijd van de server afneemt.
"""

import asyncio
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

VERBINDINGEN = 16
GEDULD = 30.0  # seconden die één antwoord mag duren
EINDE_KOPPEN = b"\r\n\r\n"


@dataclass
class Uitslag:
    """Wat een belasting opleverde; duren in milliseconden."""

    seconden: float = 0.0
    duren: list[float] = field(default_factory=list)
    statussen: Counter[int] = field(default_factory=Counter)

    def voeg_toe(self, begin: float, status: int) -> None:
        """Een antwoord op een vraag van moment `begin` (`time.perf_counter`)."""
        self.duren.append((time.perf_counter() - begin) * 1000)
        self.statussen[status] += 1

    @property
    def per_seconde(self) -> float:
        """Antwoorden per seconde."""
        return len(self.duren) / self.seconden if self.seconden else 0.0

    @property
    def mediaan(self) -> float:
        return statistics.median(self.duren)

    @property
    def p95(self) -> float:
        return sorted(self.duren)[int(len(self.duren) * 0.95)]

    @property
    def fouten(self) -> str:
        """De andere statussen dan 2xx, als tekst; leeg als alles goed ging."""
        return ", ".join(f"{aantal}x {status}" for status, aantal in self.statussen.items() if status // 100 != 2)  # noqa: PLR2004


def verzoek(methode: str, pad: str, koppen: dict[str, str], lichaam: bytes = b"") -> bytes:
    """Een HTTP/1.1-verzoek als bytes."""
    regels = [f"{methode} {pad} HTTP/1.1", "Host: localhost", *(f"{naam}: {waarde}" for naam, waarde in koppen.items())]
    if lichaam or methode == "POST":
        soort = [] if "Content-Type" in koppen else ["Content-Type: application/json"]
        regels += [*soort, f"Content-Length: {len(lichaam)}"]
    return "\r\n".join(regels).encode() + EINDE_KOPPEN + lichaam


def belast(
    poort: int,
    verzoeken: Sequence[bytes] | Callable[[int], bytes],
    seconden: float,
    *,
    hoogstens: int = 20_000,
    verbindingen: int = VERBINDINGEN,
    pauze: float = 0.0,
) -> Uitslag:
    """Stuur verzoeken (om de beurt, of gemaakt uit een volgnummer) tot de tijd of het aantal op is.

    `pauze`: hoelang (s, gemiddeld) een verbinding na een antwoord wacht, zoals iemand die leest.
    """
    stroom = _stroom(verzoeken, time.perf_counter() + seconden, hoogstens)
    return asyncio.run(_belast(poort, stroom, verbindingen, pauze))


def _stroom(verzoeken: Sequence[bytes] | Callable[[int], bytes], einde: float, hoogstens: int) -> Iterator[bytes]:
    for nummer in range(hoogstens):
        if time.perf_counter() > einde:
            return
        yield verzoeken(nummer) if callable(verzoeken) else verzoeken[nummer % len(verzoeken)]


async def _belast(poort: int, stroom: Iterator[bytes], verbindingen: int, pauze: float) -> Uitslag:
    uitslag = Uitslag()
    begin = time.perf_counter()
    await asyncio.gather(*(_verbinding(poort, stroom, uitslag, pauze) for _ in range(verbindingen)))
    uitslag.seconden = time.perf_counter() - begin
    return uitslag


async def _verbinding(poort: int, stroom: Iterator[bytes], uitslag: Uitslag, pauze: float) -> None:
    lezer, schrijver = await asyncio.open_connection("127.0.0.1", poort, limit=1 << 22)
    try:
        for vraag in stroom:
            begin = time.perf_counter()
            schrijver.write(vraag)
            antwoord = await asyncio.wait_for(lees_antwoord(lezer), GEDULD)
            uitslag.voeg_toe(begin, antwoord.status)
            if pauze:
                await asyncio.sleep(random.uniform(0, 2 * pauze))  # noqa: S311  # spreiding, geen geheim
    finally:
        schrijver.close()


@dataclass(frozen=True)
class Antwoord:
    """Een antwoord van de webserver; `koppen` zijn de ruwe bytes."""

    status: int
    koppen: bytes
    lichaam: bytes

    def kop(self, naam: str) -> str:
        """De waarde van een kop; leeg als zij er niet is."""
        vondst = re.search(rb"\r\n" + naam.encode() + rb": *([^\r]*)", self.koppen, re.IGNORECASE)
        return vondst[1].decode() if vondst else ""


async def lees_antwoord(lezer: asyncio.StreamReader) -> Antwoord:
    """Het volgende antwoord op deze verbinding."""
    koppen = await lezer.readuntil(EINDE_KOPPEN)
    antwoord = Antwoord(int(koppen[9:12]), koppen, b"")
    if lengte := antwoord.kop("content-length"):
        return replace(antwoord, lichaam=await lezer.readexactly(int(lengte)))
    if antwoord.kop("transfer-encoding").lower() == "chunked":
        return replace(antwoord, lichaam=await _brokken(lezer))
    return antwoord


async def _brokken(lezer: asyncio.StreamReader) -> bytes:
    delen = []
    while omvang := int(await lezer.readline(), 16):
        delen.append((await lezer.readexactly(omvang + 2))[:-2])
    await lezer.readline()
    return b"".join(delen)
