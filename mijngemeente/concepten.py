"""Formulieren waar ik aan begon en die nog niet verstuurd zijn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from huisstijl import kies
from integratie.configuratie import FORMULIER, Einde
from kern.concepten import Concepten
from mijngemeente.bronnen import Bronnen

INZENDING = "inzending"
"""De soort die het onderdeel formulieren aan zijn concepten geeft."""


@dataclass(frozen=True)
class Begonnen:
    """Een begonnen formulier; `adres` is waar het verder gaat. Sinds de dag `gestopt` is het niet meer te versturen."""

    titel: str
    adres: str
    verloopt: datetime
    gestopt: date | None = None


def lees_begonnen(bron: Bronnen) -> list[Begonnen]:
    """Mijn begonnen formulieren, wat het langst blijft eerst."""
    return list(_begonnen(bron))


def _begonnen(bron: Bronnen) -> Iterator[Begonnen]:
    bekend: dict[str, tuple[str, date | None]] = {}
    for concept in Concepten(bron.installatie).van(bron.ik.eigenaar, INZENDING):
        slug = str(concept.inhoud["slug"])
        if concept.inhoud.get("ontvangst"):
            continue
        if slug not in bekend:
            bekend[slug] = _formulier(bron, slug)
        titel, gestopt = bekend[slug]
        adres = f"/formulieren/{slug}" if gestopt else f"/formulieren/{slug}/{concept.id}/bewaard"
        yield Begonnen(titel, adres, concept.verloopt, gestopt)


def _formulier(bron: Bronnen, slug: str) -> tuple[str, date | None]:
    """De naam van een formulier, en sinds wanneer het niets meer aanneemt."""
    formulier = bron.configuratie.haal(FORMULIER, slug)
    if formulier is None:
        return slug, None
    einde = Einde.van(formulier)
    return kies(formulier["definitie"]["naam"]), einde.op if einde else None
