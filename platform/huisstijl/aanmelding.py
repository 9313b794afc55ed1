"""Wie er is aangemeld en hoe lang nog, voor de kop van de pagina: te geven aan `registreer` als `gebruiker` en `sessie`."""

from collections.abc import Callable

from huisstijl.schil import Gebruiker, Sessie
from huisstijl.taal import vertaal
from kern.sessies import resterend
from kern.toegang import huidige_identiteit

UITLOGADRES = "/afmelden"
TITELS = {"digid": "DigiD", "eherkenning": "eHerkenning", "eidas": "eIDAS", "medewerker": "uw account"}


def aangemelde_gebruiker() -> Gebruiker | None:
    """De naam in de kop, met uitlogknop; bij een machtiging ook namens wie. DigiD geeft geen naam: dan staat het middel er."""
    identiteit = huidige_identiteit()
    if identiteit is None:
        return None
    namens = identiteit.machtiging.naam if identiteit.machtiging else ""
    zonder_naam = vertaal("Ingelogd met %(middel)s", middel=TITELS[identiteit.bron])
    return Gebruiker(identiteit.naam or zonder_naam, UITLOGADRES, namens)


def sessie_met(verlengadres: str) -> Callable[[], Sessie | None]:
    """De waarschuwing voor het einde van de sessie; een GET op `verlengadres` houdt haar open."""

    def sessie() -> Sessie | None:
        rest = resterend()
        return Sessie(int(rest.total_seconds()), verlengadres) if rest else None

    return sessie
