"""Wie er tegelijk werken: inwoners, invullers van een formulier, behandelaars en medewerkers van het KCC, elk aangemeld in een eigen sessie.

De inwoners zijn verschillende mensen, elk met een zaak die loopt; van die zaak heeft een behandelaar de taak.
"""

import random
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count

import httpx

from kern.installatie import Installatie
from tests.integratie.behandelen.hulp import BAS, KIM, browser
from tests.integratie.formulieren.hulp import VERGUNNING
from tests.integratie.formulieren.hulp import Browser as Invuller
from tests.integratie.formulieren.invullen import begin
from tests.integratie.kcc.hulp import Medewerker
from tests.reishulp import CORPORATIE, Gemeente
from tests.schermhulp import Venster, http_naar
from tools.bench.hulp.mensen import Mens, Sessie

PERSONEN = ("999000007", "999000032", "999000275", "999000500")
ZAKEN_PER_PERSOON = 2
AANDEEL = {"inwoner": 0.45, "invuller": 0.2, "behandelaar": 0.2}  # de rest zit bij het KCC
_VRAAG = re.compile(r'name="(v[0-9a-f]{12}-)onderwerp"')


@dataclass(frozen=True)
class Werk:
    """Een zaak die loopt, van wie zij is en welke taak erbij hoort."""

    bsn: str
    zaak: str
    taak: str


def bereid_voor(installatie: Installatie) -> list[Werk]:
    """Van elke persoon een paar lopende aanvragen, met een taak die in behandeling is."""
    werk = [deel for bsn in PERSONEN for deel in _aanvragen(installatie, bsn)]
    with browser(installatie, BAS) as bas:
        for deel in werk:
            bas.naar(f"/behandelen/taken/{deel.taak}").stuur(f"/behandelen/taken/{deel.taak}/pakken")
    return werk


def _aanvragen(installatie: Installatie, bsn: str) -> list[Werk]:
    gemeente = Gemeente(installatie, bsn)
    verzoeken = [gemeente.dien_in("vergunning", CORPORATIE) for _ in range(ZAKEN_PER_PERSOON)]
    gemeente.werk()
    zaken = [gemeente.zaak(verzoek) for verzoek in verzoeken]
    return [Werk(bsn, str(zaak.uuid), str(gemeente.taken(zaak)[0].uuid)) for zaak in zaken]


@dataclass(frozen=True)
class Ploeg:
    """Meldt mensen aan. Ieder heeft een eigen IP-adres, want per adres mag er maar zo vaak ingelogd worden."""

    installatie: Installatie
    stapel: ExitStack
    adressen: Iterator[str] = field(default_factory=lambda: (f"10.1.{nr // 250}.{nr % 250}" for nr in count()))

    def bezet(self, werk: list[Werk], aantal: int) -> list[Mens]:
        """Zoveel mensen, elk met een eigen sessie."""
        deel = {soort: round(aantal * aandeel) for soort, aandeel in AANDEEL.items()}
        deel["kcc"] = aantal - sum(deel.values())
        soorten = {
            "inwoner": self._inwoner,
            "invuller": self._invuller,
            "behandelaar": self._behandelaar,
            "kcc": self._kcc,
        }
        mensen = [soorten[naam](werk[nr % len(werk)]) for naam, keer in deel.items() for nr in range(keer)]
        random.shuffle(mensen)
        return mensen

    def _http(self) -> httpx.Client:
        http = self.stapel.enter_context(http_naar(self.installatie))
        http.headers["X-Forwarded-For"] = next(self.adressen)
        return http

    def _browser(self) -> Invuller:
        bezoeker = Invuller(self.installatie)
        bezoeker.http.headers["X-Forwarded-For"] = next(self.adressen)
        return bezoeker

    def _inwoner(self, werk: Werk) -> Mens:
        bezoeker = self._browser()
        bezoeker.log_in("/mijn/", persoon=werk.bsn)
        return _op_het_portaal(Sessie.van(bezoeker.http), werk)

    def _invuller(self, werk: Werk) -> Mens:
        bezoeker = self._browser()
        begin(bezoeker, VERGUNNING, persoon=werk.bsn)
        return _aan_het_formulier(Sessie.van(bezoeker.http), bezoeker.pad, bezoeker.velden())

    def _behandelaar(self, werk: Werk) -> Mens:
        venster = Venster(self._http()).log_in(BAS, "/behandelen/")
        return _aan_de_werkbank(Sessie.van(venster.http), werk)

    def _kcc(self, werk: Werk) -> Mens:
        venster = Medewerker(self._http()).log_in(KIM, "/kcc/contactverzoeken")
        klant = venster.zoek("bsn", bsn=werk.bsn).pad
        gesprek = venster.naar("/kcc/").begin_gesprek().pad
        return _in_gesprek(Sessie.van(venster.http), werk, klant, gesprek)


def _op_het_portaal(sessie: Sessie, werk: Werk) -> Mens:
    """Kijkt rond, en kiest elke ronde een andere taal voor zijn brieven."""
    ronde = 0
    while True:
        for pad in ("/mijn/", "/mijn/zaken", f"/mijn/zaken/{werk.zaak}", "/mijn/berichten", "/mijn/gegevens"):
            yield from sessie.open(pad)
        pagina = yield from sessie.open("/mijn/voorkeuren")
        yield from sessie.bewaar("/mijn/voorkeuren", pagina, {"taal": ("eng", "nld")[ronde % 2], "email": ""})
        ronde += 1


def _aan_het_formulier(sessie: Sessie, stap: str, velden: dict[str, str]) -> Mens:
    """Bewaart de eerste stap, ziet de tweede, en gaat terug."""
    antwoorden = {naam: waarde for naam, waarde in velden.items() if naam not in ("csrf_token", "versie")}
    while True:
        yield from sessie.open(VERGUNNING)
        pagina = yield from sessie.open(stap)
        yield from sessie.bewaar(stap, pagina, {**antwoorden, "actie": "verder"})


def _aan_de_werkbank(sessie: Sessie, werk: Werk) -> Mens:
    """Kijkt in de werklijst, opent zaak en taak, en bewaart zijn afweging."""
    taak = f"/behandelen/taken/{werk.taak}"
    while True:
        yield from sessie.open("/behandelen/")
        yield from sessie.open(f"/behandelen/zaken/{werk.zaak}")
        pagina = yield from sessie.open(taak)
        afweging = {"besluit": "weigeren", "motivering": "Dat mag niet van de corporatie.", "actie": "later"}
        yield from sessie.bewaar(taak, pagina, afweging)


def _in_gesprek(sessie: Sessie, werk: Werk, klant: str, gesprek: str) -> Mens:
    """Bekijkt klant en zaak, en houdt aantekeningen bij."""
    while True:
        yield from sessie.open(klant)
        yield from sessie.open(f"/kcc/zaak/{werk.zaak}")
        pagina = yield from sessie.open(gesprek)
        vraag = _VRAAG.findall(pagina)[0]
        notitie = {f"{vraag}onderwerp": "Stand van zaken", f"{vraag}notitie": "Belt over de aanvraag."}
        yield from sessie.bewaar(gesprek, pagina, {"kanaal": "telefoon", "actie": "bewaar", **notitie})
