"""Het grootboek van een zaak: gebeurtenissen vastleggen en herroepen, en de klok daarna opnieuw rekenen.

Alles hier loopt in de schrijftransactie van de aanroeper, met de rij van de klok op slot: twee mensen tegelijk gaan na elkaar, en de
tweede ziet wat de eerste deed.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from kern.installatie import Installatie
from kern.outbox import plaats, trek_in
from processen.termijnen import wekkers
from processen.termijnen.gebeurtenissen import GRONDSLAGEN, Gebeurtenis, Soort
from processen.termijnen.kalender import lees_kalender
from processen.termijnen.klok import Kalender
from processen.termijnen.regels import Termijnregels
from processen.termijnen.tabellen import Klok, Regel, Wekker
from processen.termijnen.toetsen import Bezwaar, toets, toets_gevolg
from processen.termijnen.uitkomst import (
    Uitkomst,
    bepaal,
    naar_gebeurtenissen,
    regels_als_json,
    verandert_op,
    voor_de_zaak,
)

NAAR_ZAAK = "termijnen.zaak"
SEIN = "termijnen.sein"
HERROEPEN = "herroepen"


class GeenKlok(LookupError):
    """Deze zaak heeft geen klok."""


class Gewijzigd(Exception):
    """Een ander was net eerder: de versie die de aanroeper zag is niet meer de laatste."""


@dataclass(frozen=True)
class Begin:
    """Waarmee een klok begint."""

    id: UUID
    zaak: str
    zaaknummer: str
    zaaktype: str
    zaaktype_naam: str
    soort: str
    regels: Termijnregels
    werkdagen: int


@dataclass(frozen=True)
class Nieuw:
    """Een gebeurtenis om vast te leggen, met wie het doet. `versie`: de versie van de klok die de aanroeper zag."""

    id: UUID
    gebeurtenis: Gebeurtenis
    door: str = ""
    door_naam: str = ""
    versie: int | None = None


@dataclass
class Grootboek:
    """Eén klok, op slot in deze transactie, met haar regels."""

    installatie: Installatie
    verbinding: Connection
    klok: dict[str, Any]
    rijen: list[dict[str, Any]]
    kalender: Kalender = field(default_factory=Kalender)

    @property
    def regels(self) -> Termijnregels:
        return Termijnregels(**self.klok["regels"])

    def gebeurtenissen(self) -> list[Gebeurtenis]:
        """Wat er nu telt."""
        return naar_gebeurtenissen(self.rijen)

    def reken(self, gebeurtenissen: list[Gebeurtenis] | None = None) -> Uitkomst:
        """De uitkomst van vandaag."""
        geldend = self.gebeurtenissen() if gebeurtenissen is None else gebeurtenissen
        return bepaal(self.regels, geldend, self.kalender, self.installatie.klok.vandaag(), self.klok["werkdagen"])

    def eis_versie(self, versie: int | None) -> None:
        """`Gewijzigd` als een ander intussen iets vastlegde."""
        if versie is not None and versie != self.klok["versie"]:
            raise Gewijzigd

    def leg_vast(self, nieuw: Nieuw) -> None:
        """Voeg een gebeurtenis toe. `Bezwaar` als de wet haar niet toelaat; nog eens hetzelfde uuid verandert niets."""
        if any(rij["id"] == nieuw.id for rij in self.rijen):
            return
        self.eis_versie(nieuw.versie)
        oud = self.gebeurtenissen()
        toets(nieuw.gebeurtenis, oud, self.installatie.klok.vandaag(), self.regels)
        toets_gevolg(nieuw.gebeurtenis, self.reken([*oud, nieuw.gebeurtenis]).stand)
        self._schrijf(nieuw)
        self.bewaar()

    def herroep(self, gebeurtenis: UUID, nieuw: Nieuw) -> None:
        """Laat een eerdere gebeurtenis niet meer meetellen; de regel zelf blijft staan."""
        if any(rij["id"] == nieuw.id for rij in self.rijen):
            return
        self.eis_versie(nieuw.versie)
        oud = next((rij for rij in self.rijen if rij["id"] == gebeurtenis and rij["soort"] != HERROEPEN), None)
        if oud is None:
            raise GeenKlok(f"gebeurtenis {gebeurtenis}")
        if any(rij["herroept"] == gebeurtenis for rij in self.rijen):
            raise Bezwaar("al-herroepen", "Deze gebeurtenis is al herroepen.")
        if oud["nr"] == 1:
            raise Bezwaar("begin", "De ontvangst is het begin van de klok: leg de juiste datum erbij vast.")
        self._schrijf(nieuw, herroept=gebeurtenis)
        self.bewaar()

    def bewaar(self) -> Uitkomst:
        """Reken opnieuw en leg de uitkomst vast, met het werk dat eruit volgt."""
        gebeurtenissen = self.gebeurtenissen()
        uitkomst = self.reken(gebeurtenissen)
        gemeld = voor_de_zaak(uitkomst.stand, gebeurtenissen)
        momenten = wekkers.verschuif(self.installatie, self.verbinding, self.klok, uitkomst, self.kalender)
        kolommen = uitkomst.kolommen | {"gemeld": gemeld, "versie": self.klok["versie"] + 1}
        kolommen |= self._sein(verandert_op(uitkomst.kolommen, momenten))
        if gemeld != self.klok["gemeld"]:
            zaak = self.klok["zaak"]
            plaats(self.installatie, self.verbinding, NAAR_ZAAK, {"klok": str(self.klok["id"])}, sleutel=zaak)
        self.verbinding.execute(update(Klok).where(Klok.id == self.klok["id"]).values(kolommen))
        self.klok |= kolommen
        return uitkomst

    def _sein(self, om: Any) -> dict[str, Any]:
        """Eén rij in de outbox voor het eerstvolgende moment; een verschoven moment vervangt de oude."""
        if om == self.klok["volgende"]:
            return {}
        if self.klok["sein"] is not None:
            trek_in(self.verbinding, self.klok["sein"])
        if om is None:
            return {"volgende": None, "sein": None}
        inhoud = {"klok": str(self.klok["id"]), "om": om.isoformat()}
        return {"volgende": om, "sein": plaats(self.installatie, self.verbinding, SEIN, inhoud, vanaf=om)}

    def _schrijf(self, nieuw: Nieuw, *, herroept: UUID | None = None) -> None:
        g = nieuw.gebeurtenis
        rij = {
            "id": nieuw.id, "klok": self.klok["id"], "nr": len(self.rijen) + 1, "soort": g.soort, "dag": g.dag,
            "tot": g.tot, "duur": g.duur, "reden": g.reden, "grondslag": g.artikel, "door": nieuw.door,
            "door_naam": nieuw.door_naam, "vastgelegd": self.installatie.klok.nu(), "herroept": herroept,
        }  # fmt: skip
        vraag = upsert(Regel).values(rij).on_conflict_do_nothing().returning(Regel.id)
        if self.verbinding.scalar(vraag) is None:
            raise Bezwaar("niet-uniek", "Dit uuid is al van een gebeurtenis bij een andere klok.", "uuid")
        self.rijen.append(rij)


def open_klok(installatie: Installatie, verbinding: Connection, begin: Begin, ontvangst: list[Nieuw]) -> Grootboek:
    """Begin een klok; is er al een, dan blijft die zoals zij is."""
    rij = {
        "id": begin.id, "zaak": begin.zaak, "zaaknummer": begin.zaaknummer, "zaaktype": begin.zaaktype,
        "zaaktype_naam": begin.zaaktype_naam, "soort": begin.soort, "regels": regels_als_json(begin.regels),
        "werkdagen": begin.werkdagen, "versie": 0, "gesloten": False, "toestand": "", "keerdagen": [], "gemeld": {},
        "aangemaakt": installatie.klok.nu(),
    }  # fmt: skip
    nieuw = verbinding.scalar(upsert(Klok).values(rij).on_conflict_do_nothing().returning(Klok.id))
    boek = open_boek(installatie, verbinding, begin.id)
    if nieuw is not None:
        for gebeurtenis in ontvangst:
            boek._schrijf(gebeurtenis)  # noqa: SLF001  # de eerste regels horen bij het maken
        boek.bewaar()
    return boek


def open_boek(installatie: Installatie, verbinding: Connection, klok: UUID, *, slot: bool = True) -> Grootboek:
    """Het grootboek van een zaak; met `slot` wacht een ander tot deze transactie klaar is. `GeenKlok` als er geen is."""
    vraag = select(*Klok.__table__.columns).where(Klok.id == klok)
    rij = verbinding.execute(vraag.with_for_update() if slot else vraag).mappings().first()
    if rij is None:
        raise GeenKlok(f"klok {klok}")
    regels = verbinding.execute(select(*Regel.__table__.columns).where(Regel.klok == klok).order_by(Regel.nr))
    kalender = lees_kalender(verbinding, installatie.klok.vandaag())
    return Grootboek(installatie, verbinding, dict(rij), [dict(regel) for regel in regels.mappings()], kalender)


def is_open(verbinding: Connection, klok: UUID) -> bool:
    """Loopt er een klok die nog niet gesloten is?"""
    return bool(verbinding.scalar(select(func.count()).where(Klok.id == klok, Klok.gesloten.is_(False))))


def vernietig(verbinding: Connection, klok: UUID) -> None:
    """De zaak is vernietigd: haar klok en grootboek gaan mee."""
    for tabel in (Regel, Wekker):
        verbinding.execute(delete(tabel).where(tabel.klok == klok))
    verbinding.execute(delete(Klok).where(Klok.id == klok))


def gebeurtenis_van(soort: str, dag: date, **velden: Any) -> Gebeurtenis:
    """Een gebeurtenis met het gewone artikel als er geen ander is gegeven; `Bezwaar` als de data niet kloppen."""
    try:
        g = Gebeurtenis(cast("Soort", soort), dag, **velden)
    except ValueError as fout:
        raise Bezwaar("tot", str(fout)) from None
    return replace(g, grondslag=g.grondslag or GRONDSLAGEN.get(g.soort, ""))
