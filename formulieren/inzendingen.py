"""Een inzending onderweg: bewaard als concept, van begin tot ontvangstbevestiging."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from formuliermotor.waarden import Waarden
from kern.concepten import Concept, Concepten, Conflict
from kern.installatie import Installatie
from kern.toegang import Eigenaar

SOORT: Final = "inzending"
TEKENS: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
"""Zonder tekens die op elkaar lijken: het nummer wordt ook voorgelezen."""
POGINGEN: Final = 5


def nieuw_nummer() -> str:
    """Een verzoeknummer als `7F3K-9Q2M`."""
    letters = [secrets.choice(TEKENS) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


class Verzending(BaseModel):
    """Wat er vastligt vanaf de eerste keer versturen: een herhaling stuurt precies hetzelfde."""

    model_config = ConfigDict(frozen=True)

    moment: datetime
    waarden: Waarden
    taal: str
    pogingen: int = 0


class Ontvangst(BaseModel):
    """Wat er na het indienen blijft: verwijzingen, geen antwoorden."""

    model_config = ConfigDict(frozen=True)

    moment: datetime
    verzoek: str
    document: str


class Inzending(BaseModel):
    """De inhoud van het concept. `vast` zijn de vragen die een bron beantwoordde en die niet te wijzigen zijn.

    `weigeringen` is hoe vaak een register de antwoorden niet aannam; daarna zijn ze weer te wijzigen.
    """

    model_config = ConfigDict(frozen=True)

    slug: str
    nummer: str
    waarden: Waarden = {}
    vast: tuple[str, ...] = ()
    zonder_bron: bool = False
    weigeringen: int = 0
    verzending: Verzending | None = None
    ontvangst: Ontvangst | None = None

    def met(self, **velden: Any) -> "Inzending":
        return self.model_copy(update=velden)


@dataclass(frozen=True)
class Stand:
    """Een inzending zoals zij nu bewaard is."""

    concept: Concept
    inzending: Inzending

    @property
    def id(self) -> UUID:
        return self.concept.id

    @property
    def verzendnummer(self) -> UUID:
        """Waar de namen in de registers van komen: van de inzending zelf, en na een weigering van iets nieuws."""
        return uuid5(self.id, str(self.inzending.weigeringen)) if self.inzending.weigeringen else self.id


class Inzendingen:
    """De inzendingen van één eigenaar. Die van een ander bestaan niet (`GeenConcept`)."""

    def __init__(self, installatie: Installatie, eigenaar: Eigenaar) -> None:
        self._concepten = Concepten(installatie)
        self._eigenaar = eigenaar

    def begin(self, inzending: Inzending) -> Stand:
        """Een nieuwe inzending."""
        concept = self._concepten.maak(SOORT, self._eigenaar, inzending.model_dump(mode="json"))
        return Stand(concept, inzending)

    def lees(self, id_: UUID) -> Stand:
        """De inzending, of `GeenConcept`."""
        return _stand(self._concepten.lees(id_, self._eigenaar))

    def van_formulier(self, slug: str) -> list[Stand]:
        """De inzendingen die nog niet verstuurd zijn, de laatst bewaarde eerst."""
        standen = map(_stand, self._concepten.van(self._eigenaar, SOORT))
        return [stand for stand in standen if stand.inzending.slug == slug and stand.inzending.ontvangst is None]

    def wijzig(self, id_: UUID, wijziging: Callable[[Inzending], Inzending]) -> Stand:
        """Pas `wijziging` toe op wat er nu bewaard is; schreef iets anders intussen, dan opnieuw op die stand."""
        for _ in range(POGINGEN):
            stand = self.lees(id_)
            nieuw = wijziging(stand.inzending)
            if nieuw is stand.inzending:
                return stand
            try:
                return _stand(
                    self._concepten.bewaar(
                        stand.concept, self._eigenaar, nieuw.model_dump(mode="json"), versie=stand.concept.versie
                    )
                )
            except Conflict:
                continue
        raise Conflict(f"inzending {id_} verandert te vaak tegelijk")

    def bewaar_antwoorden(self, id_: UUID, sleutels: Iterable[str], waarden: Waarden) -> Stand:
        """Bewaar de antwoorden op deze vragen; wat een ander tabblad op andere vragen antwoordde blijft staan."""
        van_stap = set(sleutels)

        def wijziging(inzending: Inzending) -> Inzending:
            if inzending.verzending:
                return inzending
            rest = {sleutel: waarde for sleutel, waarde in inzending.waarden.items() if sleutel not in van_stap}
            return inzending.met(waarden={**rest, **{s: w for s, w in waarden.items() if s in van_stap}})

        return self.wijzig(id_, wijziging)

    def verwijder(self, id_: UUID) -> None:
        """Verwijder de inzending met haar bestanden."""
        self._concepten.verwijder(id_, self._eigenaar)


def _stand(concept: Concept) -> Stand:
    return Stand(concept, Inzending.model_validate(concept.inhoud))
