"""Mensen achter een browser, voor een belasting met velen tegelijk: ieder met een eigen sessie, en met de velden van de pagina waar hij is.

Een mens is een generator: hij geeft een `Vraag` en krijgt het `Antwoord`. Zo stuurt hij het CSRF-token en de versie terug die hij kreeg,
en volgt hij de omleiding na het bewaren, zoals een browser doet.
"""

import asyncio
import random
import re
import time
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from tools.bench.hulp.belasting import GEDULD, Antwoord, Uitslag, lees_antwoord, verzoek

_VELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_NAAM, _WAARDE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')
LEZEN, BEWAREN = "lezen", "bewaren"


@dataclass(frozen=True)
class Vraag:
    """Een verzoek van een browser, en waar zijn tijd bij hoort."""

    soort: str
    bytes: bytes


Mens = Generator[Vraag, Antwoord, None]


class NietGelukt(Exception):
    """Een bezoeker kreeg iets anders dan de pagina waar hij om vroeg."""


@dataclass
class Sessie:
    """De cookie van één mens. `open` en `bewaar` zijn stappen van zijn generator (`yield from`)."""

    cookie: str

    @classmethod
    def van(cls, http: httpx.Client) -> "Sessie":
        """De sessie van een browser die al is aangemeld."""
        return cls("; ".join(f"{koek.name}={koek.value}" for koek in http.cookies.jar))

    def open(self, pad: str) -> Generator[Vraag, Antwoord, str]:
        """Open een pagina; geeft haar HTML."""
        antwoord = yield Vraag(LEZEN, verzoek("GET", pad, {"Cookie": self.cookie}))
        if antwoord.status != httpx.codes.OK:
            raise NietGelukt(f"{pad}: {antwoord.status} {antwoord.kop('location')}")
        return antwoord.lichaam.decode()

    def bewaar(self, pad: str, html: str, velden: Mapping[str, str]) -> Generator[Vraag, Antwoord, str]:
        """Verstuur een formulier van de pagina `html`; geeft de HTML van de pagina erna."""
        koppen = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        inhoud = urlencode({**verborgen(html), **velden}).encode()
        antwoord = yield Vraag(BEWAREN, verzoek("POST", pad, koppen, inhoud))
        if antwoord.status not in (httpx.codes.FOUND, httpx.codes.SEE_OTHER):
            raise NietGelukt(f"POST {pad}: {antwoord.status}")
        return (yield from self.open(urlsplit(antwoord.kop("location")).path))


def verborgen(html: str) -> dict[str, str]:
    """De verborgen velden van een pagina: CSRF-token, versie, sleutel."""
    delen = [(_NAAM.search(veld), _WAARDE.search(veld)) for veld in _VELD.findall(html)]
    return {unescape(naam[1]): unescape(waarde[1]) for naam, waarde in delen if naam and waarde}


def leef(poort: int, mensen: Sequence[Mens], seconden: float, pauze: float) -> dict[str, Uitslag]:
    """Laat allen tegelijk hun gang gaan, met `pauze` seconden (gemiddeld) na elk antwoord; de uitslag per soort vraag."""
    return asyncio.run(_leef(poort, mensen, seconden, pauze))


async def _leef(poort: int, mensen: Sequence[Mens], seconden: float, pauze: float) -> dict[str, Uitslag]:
    uitslagen: dict[str, Uitslag] = defaultdict(Uitslag)
    begin = time.perf_counter()
    await asyncio.gather(*(_leven(poort, mens, uitslagen, begin + seconden, pauze) for mens in mensen))
    for uitslag in uitslagen.values():
        uitslag.seconden = time.perf_counter() - begin
    return dict(uitslagen)


async def _leven(poort: int, mens: Mens, uitslagen: dict[str, Uitslag], einde: float, pauze: float) -> None:
    await _even(pauze)  # niet iedereen begint op hetzelfde moment
    lezer, schrijver = await asyncio.open_connection("127.0.0.1", poort, limit=1 << 22)
    antwoord: Any = None
    try:
        while time.perf_counter() < einde:
            vraag = mens.send(antwoord)
            begin = time.perf_counter()
            schrijver.write(vraag.bytes)
            antwoord = await asyncio.wait_for(lees_antwoord(lezer), GEDULD)
            uitslagen[vraag.soort].voeg_toe(begin, antwoord.status)
            await _even(pauze)
    finally:
        schrijver.close()


async def _even(pauze: float) -> None:
    await asyncio.sleep(random.uniform(0, 2 * pauze))  # noqa: S311  # spreiding, geen geheim
