"""Welke elementen van de modellen en welke regels van de beslistabellen door scenario's geraakt zijn."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from sqlalchemy import Connection, select

from processen.motor.bouw import is_keerpunt
from processen.motor.lezen import lees
from processen.motor.tabellen import Definitie, Geschiedenis
from processen.pakketten.formaat import Pakket

Deel = tuple[str, str]
"""(proces, element) of (beslissing, regelnummer)."""


@dataclass
class Dekking:
    """Wat er is, en wat daarvan geraakt is."""

    elementen: set[Deel] = field(default_factory=set)
    regels: set[Deel] = field(default_factory=set)
    geraakt: set[Deel] = field(default_factory=set)
    toegepast: set[Deel] = field(default_factory=set)

    @classmethod
    def van(cls, pakket: Pakket) -> "Dekking":
        """Alles wat er in de modellen van dit pakket te raken is."""
        dekking = cls()
        for bpmn in pakket.processen.values():
            proces = lees(bpmn)
            dekking.elementen |= {(proces.id, e.id) for _, e in proces.bereik.alles() if not is_keerpunt(e)}
        for dmn in pakket.beslissingen.values():
            dekking.regels |= set(_regels_in(dmn))
        return dekking

    def tel(self, verbinding: Connection) -> None:
        """Tel mee wat de geschiedenis van deze installatie geraakt heeft."""
        vraag = select(Definitie.sleutel, Geschiedenis.element, Geschiedenis.uitleg)
        klaar = Geschiedenis.uitkomst.in_(("voltooid", "fout", "overgeslagen"))
        for sleutel, element, uitleg in verbinding.execute(
            vraag.join(Definitie, Definitie.id == Geschiedenis.definitie).where(klaar)
        ):
            self.geraakt.add((sleutel, element))
            for beslissing in (uitleg or {}).get("uitleg", {}).get("beslissingen", []):
                for tabel in beslissing["tabellen"]:
                    raak = [regel for regel in tabel["regels"] if regel["raak"]]
                    self.toegepast |= {(tabel["naam"], str(regel["nummer"])) for regel in raak}

    def zinnen(self) -> list[str]:
        """Twee regels: elementen en regels, met aantallen en percentage."""
        return [_zin("Elementen", self.elementen, self.geraakt), _zin("Regels", self.regels, self.toegepast)]

    def gemist(self) -> list[str]:
        """Wat geen enkel scenario raakt."""
        elementen = [f"element {proces}: {naam}" for proces, naam in sorted(self.elementen - self.geraakt)]
        regels = sorted(self.regels - self.toegepast, key=lambda deel: (deel[0], int(deel[1])))
        return elementen + [f"regel {beslissing}: {nummer}" for beslissing, nummer in regels]


def _zin(naam: str, alles: set[Deel], gehad: set[Deel]) -> str:
    aantal = len(alles & gehad)
    deel = f" ({100 * aantal // len(alles)} %)" if alles else ""
    return f"{naam}: {aantal} van {len(alles)}{deel}"


def _regels_in(dmn: bytes) -> Iterator[Deel]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for beslissing in etree.fromstring(dmn, parser).iterfind("{*}decision"):
        for tabel in beslissing.iterfind("{*}decisionTable"):
            aantal = len(tabel.findall("{*}rule"))
            yield from ((beslissing.get("name", ""), str(nummer)) for nummer in range(1, aantal + 1))
