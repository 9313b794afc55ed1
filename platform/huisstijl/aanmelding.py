"""Wie er is aangemeld en hoe lang nog, voor de kop van de pagina: te geven aan `registreer` als `gebruiker` en `sessie`."""

from collections.abc import Callable

from huisstijl.schil import Gebruiker, Sessie
from huisstijl.taal import vertaal
from kern.aanmelden.identiteit import Identiteit
from kern.sessies import resterend
from kern.toegang import huidige_identiteit

UITLOGADRES = "/afmelden"
WERKPLEK = "/werkplek/"
TITELS = {"digid": "DigiD", "eherkenning": "eHerkenning", "eidas": "eIDAS", "medewerker": "uw account"}


def aangemelde_gebruiker() -> Gebruiker | None:
    """De naam in de kop, met uitlogknop, en namens wie iemand handelt. DigiD geeft geen naam: dan staat het middel er."""
    identiteit = huidige_identiteit()
    if identiteit is None:
        return None
    namens = identiteit.machtiging.naam if identiteit.machtiging else _onderneming(identiteit)
    zonder_naam = vertaal("Ingelogd met %(middel)s", middel=TITELS[identiteit.bron])
    werkplek = WERKPLEK if identiteit.bron == "medewerker" else ""
    return Gebruiker(identiteit.naam or identiteit.gebruikersnaam or zonder_naam, UITLOGADRES, namens, werkplek)


def _onderneming(identiteit: Identiteit) -> str:
    """Van een onderneming noemt eHerkenning alleen het nummer; wie er meer heeft ziet daaraan voor welke hij is ingelogd."""
    if identiteit.vestiging:
        return vertaal("vestiging %(nummer)s", nummer=identiteit.vestiging)
    return vertaal("KVK-nummer %(nummer)s", nummer=identiteit.kvk) if identiteit.kvk else ""


def sessie_met(verlengadres: str) -> Callable[[], Sessie | None]:
    """De waarschuwing voor het einde van de sessie; een GET op `verlengadres` houdt haar open."""

    def sessie() -> Sessie | None:
        rest = resterend()
        return Sessie(int(rest.total_seconds()), verlengadres) if rest else None

    return sessie
