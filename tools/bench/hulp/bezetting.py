"""Wie er tegelijk werken: inwoners, invullers van een formulier, behandelaars en medewerkers van het KCC, elk aangemeld in een eigen sessie.

De inwoners zijn verschillende mensen, elk met een zaak die loopt; van die zaak heeft een behandelaar de taak.
"""

import random
import re
from contextlib import ExitStack
from dataclasses import dataclass

from kern.installatie import Installatie
from tests.integratie.behandelen.hulp import BAS, Browser, browser
from tests.integratie.formulieren.hulp import VERGUNNING
from tests.integratie.formulieren.hulp import Browser as Invuller
from tests.integratie.formulieren.invullen import begin
from tests.integratie.kcc.hulp import Medewerker, medewerker
from tests.reishulp import CORPORATIE, Gemeente
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


def meld_aan(installatie: Installatie, stapel: ExitStack, werk: list[Werk], aantal: int) -> list[Mens]:
    """Zoveel mensen, elk met een eigen sessie."""
    deel = {soort: round(aantal * aandeel) for soort, aandeel in AANDEEL.items()}
    mensen = [_inwoner(installatie, werk[nr % len(werk)]) for nr in range(deel["inwoner"])]
    mensen += [_invuller(installatie, werk[nr % len(werk)].bsn) for nr in range(deel["invuller"])]
    for nr in range(deel["behandelaar"]):
        mensen.append(_behandelaar(stapel.enter_context(browser(installatie, BAS)), werk[nr % len(werk)]))
    for nr in range(aantal - len(mensen)):
        mensen.append(_kcc(stapel.enter_context(medewerker(installatie)), werk[nr % len(werk)]))
    random.shuffle(mensen)
    return mensen


def _inwoner(installatie: Installatie, werk: Werk) -> Mens:
    bezoeker = Invuller(installatie)
    bezoeker.log_in("/mijn/", persoon=werk.bsn)
    return _op_het_portaal(Sessie.van(bezoeker.http), werk)


def _op_het_portaal(sessie: Sessie, werk: Werk) -> Mens:
    """Kijkt rond, en kiest elke ronde een andere taal voor zijn brieven."""
    ronde = 0
    while True:
        for pad in ("/mijn/", "/mijn/zaken", f"/mijn/zaken/{werk.zaak}", "/mijn/berichten", "/mijn/gegevens"):
            yield from sessie.open(pad)
        pagina = yield from sessie.open("/mijn/voorkeuren")
        yield from sessie.bewaar("/mijn/voorkeuren", pagina, {"taal": ("eng", "nld")[ronde % 2], "email": ""})
        ronde += 1


def _invuller(installatie: Installatie, bsn: str) -> Mens:
    bezoeker = Invuller(installatie)
    begin(bezoeker, VERGUNNING, persoon=bsn)
    return _aan_het_formulier(Sessie.van(bezoeker.http), bezoeker.pad, bezoeker.velden())


def _aan_het_formulier(sessie: Sessie, stap: str, velden: dict[str, str]) -> Mens:
    """Bewaart de eerste stap, ziet de tweede, en gaat terug."""
    antwoorden = {naam: waarde for naam, waarde in velden.items() if naam not in ("csrf_token", "versie")}
    while True:
        yield from sessie.open(VERGUNNING)
        pagina = yield from sessie.open(stap)
        yield from sessie.bewaar(stap, pagina, {**antwoorden, "actie": "verder"})


def _behandelaar(venster: Browser, werk: Werk) -> Mens:
    """Kijkt in de werklijst, opent zaak en taak, en bewaart zijn afweging."""
    sessie, taak = Sessie.van(venster.http), f"/behandelen/taken/{werk.taak}"
    while True:
        yield from sessie.open("/behandelen/")
        yield from sessie.open(f"/behandelen/zaken/{werk.zaak}")
        pagina = yield from sessie.open(taak)
        afweging = {"besluit": "weigeren", "motivering": "Dat mag niet van de corporatie.", "actie": "later"}
        yield from sessie.bewaar(taak, pagina, afweging)


def _kcc(venster: Medewerker, werk: Werk) -> Mens:
    klant = venster.zoek("bsn", bsn=werk.bsn).pad
    gesprek = venster.naar("/kcc/").begin_gesprek().pad
    return _in_gesprek(Sessie.van(venster.http), werk, klant, gesprek)


def _in_gesprek(sessie: Sessie, werk: Werk, klant: str, gesprek: str) -> Mens:
    """Bekijkt klant en zaak, en houdt aantekeningen bij."""
    while True:
        yield from sessie.open(klant)
        yield from sessie.open(f"/kcc/zaak/{werk.zaak}")
        pagina = yield from sessie.open(gesprek)
        vraag = _VRAAG.findall(pagina)[0]
        notitie = {f"{vraag}onderwerp": "Stand van zaken", f"{vraag}notitie": "Belt over de aanvraag."}
        yield from sessie.bewaar(gesprek, pagina, {"kanaal": "telefoon", "actie": "bewaar", **notitie})
