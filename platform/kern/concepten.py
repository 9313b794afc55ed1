"""Concepten: een inzending onderweg of de bewaarstand van een editor. Versleuteld, van één eigenaar, met een einddatum.

Bestanden die bij een concept horen staan in de opslag onder `bestandenmap(id)` en verdwijnen met het concept.

Wie bewaart, noemt de versie die hij las; is die intussen veranderd, dan geeft dat `Conflict` en gaat er niets verloren.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import Connection, Select, delete, insert, select, update

from kern.installatie import Installatie
from kern.tabellen import Concept as Tabel

GELDIG = timedelta(days=30)
Eigenaar = tuple[str, str]


def bestandenmap(id_: UUID) -> str:
    """Waar in de opslag de bestanden van dit concept staan."""
    return f"concept/{id_}"


class Conflict(Exception):
    """Het concept is intussen door iets anders bewaard (ander tabblad, ander apparaat)."""


class GeenConcept(LookupError):
    """Dit concept bestaat niet, is verlopen of is van een ander."""


@dataclass(frozen=True)
class Concept:
    """Een concept zoals het nu bewaard is. `inhoud` is JSON; `versie` begint bij 1."""

    id: UUID
    soort: str
    versie: int
    inhoud: dict[str, Any]
    verloopt: datetime


class Concepten:
    """De concepten van een installatie. `eigenaar` is (soort, waarde), zoals `kern.toegang.eigenaar_van` geeft."""

    def __init__(self, installatie: Installatie, *, geldig: timedelta = GELDIG) -> None:
        self._installatie = installatie
        self._geldig = geldig

    def maak(self, soort: str, eigenaar: Eigenaar, inhoud: dict[str, Any]) -> Concept:
        """Een nieuw concept, versie 1."""
        concept = Concept(uuid4(), soort, 1, inhoud, self._verloopt())
        rij = {
            "id": concept.id,
            "soort": soort,
            "eigenaar": self._sleutel(eigenaar),
            "versie": concept.versie,
            "inhoud": self._versleutel(inhoud),
            "verloopt": concept.verloopt,
        }
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Tabel).values(rij))
        return concept

    def lees(self, id_: UUID, eigenaar: Eigenaar) -> Concept:
        """Het concept, of `GeenConcept`."""
        gevonden = self._lees(self._van(eigenaar).where(Tabel.id == id_))
        if not gevonden:
            raise GeenConcept(str(id_))
        return gevonden[0]

    def van(self, eigenaar: Eigenaar, soort: str) -> list[Concept]:
        """Alle concepten van iemand van één soort, wat het langst blijft eerst."""
        return self._lees(self._van(eigenaar).where(Tabel.soort == soort).order_by(Tabel.verloopt.desc(), Tabel.id))

    def bewaar(self, concept: Concept, eigenaar: Eigenaar, inhoud: dict[str, Any], *, versie: int) -> Concept:
        """Vervang de inhoud als `versie` nog de bewaarde is; anders `Conflict`. Het concept blijft weer even lang."""
        nieuw = Concept(concept.id, concept.soort, versie + 1, inhoud, self._verloopt())
        opdracht = (
            update(Tabel)
            .where(Tabel.id == concept.id, Tabel.eigenaar == self._sleutel(eigenaar), Tabel.versie == versie)
            .where(Tabel.verloopt > self._installatie.klok.nu())
            .values(versie=nieuw.versie, inhoud=self._versleutel(inhoud), verloopt=nieuw.verloopt)
        )
        with self._installatie.db.schrijven() as verbinding:
            gelukt = verbinding.execute(opdracht).rowcount == 1
        if not gelukt:
            self.lees(concept.id, eigenaar)
            raise Conflict(f"concept {concept.id} heeft niet meer versie {versie}")
        return nieuw

    def verwijder(self, id_: UUID, eigenaar: Eigenaar) -> None:
        """Verwijder het concept en zijn bestanden echt; bestaat het niet (meer), dan gebeurt er niets."""
        with self._installatie.db.schrijven() as verbinding:
            weg = self.verwijder_in(verbinding, id_, eigenaar)
        if weg:
            self._installatie.opslag.verwijder_map(bestandenmap(id_))

    def verwijder_in(self, verbinding: Connection, id_: UUID, eigenaar: Eigenaar) -> bool:
        """Hetzelfde binnen een lopende transactie; False als het er niet (meer) was. Zo dient een concept één keer in."""
        opdracht = delete(Tabel).where(Tabel.id == id_, Tabel.eigenaar == self._sleutel(eigenaar))
        return verbinding.execute(opdracht).rowcount == 1

    def _van(self, eigenaar: Eigenaar) -> Select[Any]:
        geldig = Tabel.verloopt > self._installatie.klok.nu()
        return select(*Tabel.__table__.columns).where(Tabel.eigenaar == self._sleutel(eigenaar), geldig)

    def _lees(self, vraag: Select[Any]) -> list[Concept]:
        with self._installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(vraag).all()
        return [Concept(r.id, r.soort, r.versie, self._ontcijfer(r.inhoud), r.verloopt) for r in rijen]

    def _verloopt(self) -> datetime:
        return self._installatie.klok.nu() + self._geldig

    def _sleutel(self, eigenaar: Eigenaar) -> str:
        return self._installatie.leid_af(f"concept:{eigenaar[0]}:{eigenaar[1]}")

    def _versleutel(self, inhoud: dict[str, Any]) -> bytes:
        return self._installatie.kluis.encrypt(orjson.dumps(inhoud))

    def _ontcijfer(self, inhoud: bytes) -> dict[str, Any]:
        ontcijferd: dict[str, Any] = orjson.loads(self._installatie.kluis.decrypt(inhoud))
        return ontcijferd


def ruim_verlopen_op(installatie: Installatie) -> int:
    """Verwijder alle verlopen concepten met hun bestanden en geef het aantal; de sweeper doet dit."""
    opdracht = delete(Tabel).where(Tabel.verloopt <= installatie.klok.nu()).returning(Tabel.id)
    with installatie.db.schrijven() as verbinding:
        weg = verbinding.scalars(opdracht).all()
    for id_ in weg:
        installatie.opslag.verwijder_map(bestandenmap(id_))
    return len(weg)
