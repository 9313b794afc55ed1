"""Formulieren waar ik aan begon en die nog niet verstuurd zijn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from huisstijl import kies
from integratie.configuratie import FORMULIER
from kern.concepten import Concepten
from mijngemeente.bronnen import Bronnen

INZENDING = "inzending"
"""De soort die het onderdeel formulieren aan zijn concepten geeft."""


@dataclass(frozen=True)
class Begonnen:
    """Een begonnen formulier; `adres` is waar het verder gaat."""

    titel: str
    adres: str
    verloopt: datetime


def lees_begonnen(bron: Bronnen) -> list[Begonnen]:
    """Mijn begonnen formulieren, wat het langst blijft eerst."""
    return list(_begonnen(bron))


def _begonnen(bron: Bronnen) -> Iterator[Begonnen]:
    titels: dict[str, str] = {}
    for concept in Concepten(bron.installatie).van(bron.ik.eigenaar, INZENDING):
        slug = str(concept.inhoud["slug"])
        if concept.inhoud.get("ontvangst"):
            continue
        if slug not in titels:
            formulier = bron.configuratie.haal(FORMULIER, slug)
            titels[slug] = kies(formulier["definitie"]["naam"]) if formulier else slug
        yield Begonnen(titels[slug], f"/formulieren/{slug}/{concept.id}/bewaard", concept.verloopt)
