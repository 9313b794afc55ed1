"""Pakketten die andere nodig hebben: welke versie past, en wat er eerst geïnstalleerd moet worden.

`versie` in `[[afhankelijk]]` is een lijst eisen met komma's, zoals `>=1.0,<2`.
"""

from collections.abc import Iterator, Mapping
from operator import eq, ge, gt, le, lt
from typing import Any

from integratie.configuratie import PROCESPAKKET, Configuratie
from kern.installatie import Installatie
from processen.motor import Motor
from processen.pakketten.formaat import Afhankelijkheid, Pakket, PakketFout, lees_pakket
from processen.pakketten.openen import KOP, MEEGELEVERD

NAMENS = "processen"
TOETSEN = {">=": ge, "<=": le, "==": eq, ">": gt, "<": lt}


def voldoet(versie: str, eis: str) -> bool:
    """Past deze versie bij alle eisen?"""
    return all(_past(versie, deel.strip()) for deel in eis.split(",") if deel.strip())


def _past(versie: str, eis: str) -> bool:
    teken = next(teken for teken in TOETSEN if eis.startswith(teken))
    eigen, gevraagd = _getallen(versie), _getallen(eis.removeprefix(teken))
    uitkomst: bool = TOETSEN[teken](eigen, gevraagd)
    return uitkomst


def _getallen(versie: str) -> tuple[int, ...]:
    delen = [int(deel) for deel in versie.strip().split(".")]
    return tuple(delen + [0] * (3 - len(delen)))


def meegeleverd(naam: str) -> Pakket | None:
    """Het meegeleverde pakket met deze naam."""
    map_ = MEEGELEVERD / naam
    return lees_pakket(map_) if (map_ / KOP).exists() else None


def eerst_nodig(installatie: Installatie, pakket: Pakket) -> list[Pakket]:
    """Meegeleverde pakketten die dit pakket nodig heeft en hier nog niet (in een passende versie) staan.

    `PakketFout` als een nodig pakket er niet is en ook niet meegeleverd wordt.
    """
    client, nodig, fouten = Configuratie(installatie, namens=NAMENS), [], []
    for deel in pakket.kop.afhankelijk:
        hier = client.haal(PROCESPAKKET, deel.pakket)
        if hier is not None and voldoet(str(hier["versie"]), deel.versie):
            continue
        ander = meegeleverd(deel.pakket)
        if ander is None or not voldoet(ander.kop.versie, deel.versie):
            fouten.append(_fout(deel, hier))
        else:
            nodig.append(ander)
    if fouten:
        raise PakketFout(fouten)
    return nodig


def _fout(deel: Afhankelijkheid, hier: Mapping[str, Any] | None) -> str:
    staat = f"hier staat {hier['versie']}" if hier else "hier staat het niet"
    return f"pakket.toml: pakket {deel.pakket} {deel.versie} is nodig; {staat}"


def processen_van(pakket: Pakket, motor: Motor) -> Iterator[str]:
    """De processen die dit pakket van andere mag aanroepen: van wat meegeleverd wordt, of van wat hier geïnstalleerd is."""
    with motor.installatie.db.lezen() as verbinding:
        neergezet = motor.definities.lijst(verbinding)
    for deel in pakket.kop.afhankelijk:
        ander = meegeleverd(deel.pakket)
        yield from ander.processen if ander else ()
        yield from (definitie.sleutel for definitie in neergezet if definitie.pakket == deel.pakket)


def modellen_van(pakket: Pakket, motor: Motor) -> Iterator[bytes]:
    """De modellen van de pakketten waar dit pakket op bouwt: zoals meegeleverd, en anders zoals zij hier actief zijn."""
    for deel in pakket.kop.afhankelijk:
        ander = meegeleverd(deel.pakket)
        if ander is not None:
            yield from ander.processen.values()
            continue
        with motor.installatie.db.lezen() as verbinding:
            eigen = [d for d in motor.definities.lijst(verbinding) if d.pakket == deel.pakket and d.staat == "actief"]
            yield from [motor.definities.model(verbinding, definitie.id)[0] for definitie in eigen]


def gebruikt_door(installatie: Installatie, naam: str) -> list[str]:
    """Welke geïnstalleerde pakketten dit pakket nodig hebben."""
    pakketten = Configuratie(installatie, namens=NAMENS).alle(PROCESPAKKET)
    return [p["sleutel"] for p in pakketten if naam in {deel["pakket"] for deel in p.get("afhankelijk", ())}]
