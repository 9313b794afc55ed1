"""Opnieuw rekenen na een nieuwe feestdag of storing: alleen de klokken die het raakt, in porties die elk één transactie zijn.

Een portie legt haar uitkomsten vast samen met het werk voor de volgende portie: valt een worker om, dan gaat het daar verder.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, or_, select, update
from sqlalchemy.dialects.postgresql import array

from kern.installatie import Installatie
from kern.outbox import Werk, plaats
from kern.tabellen import OutboxTabel
from processen.termijnen.grootboek import NAAR_ZAAK, Grootboek
from processen.termijnen.kalender import lees_kalender
from processen.termijnen.tabellen import Klok, Regel, Wekker
from processen.termijnen.uitkomst import verandert_op, voor_de_zaak

WERK = "termijnen.herbereken"
_KLOK: Any = Klok.__table__
_OUTBOX: Any = OutboxTabel.__table__
PORTIE = 2000
KOLOMMEN = (
    "toestand", "begin", "einddatum", "streefdatum", "dreigt_vanaf", "opgeschort_vanaf", "opgeschort_tot", "keerdagen",
)  # fmt: skip


def vraag_herberekening(installatie: Installatie, verbinding: Connection, dagen: Iterable[date]) -> None:
    """Zet het werk klaar voor alle klokken waarvoor een van deze dagen telt."""
    inhoud = {"dagen": [dag.isoformat() for dag in dagen], "na": None}
    plaats(installatie, verbinding, WERK, inhoud, sleutel="herbereken")


def herbereken(verbinding: Connection, installatie: Installatie, werk: Werk) -> None:
    """Eén portie; een verwerker binnen de transactie van de outbox."""
    dagen = [date.fromisoformat(dag) for dag in werk.inhoud["dagen"]]
    rijen = _portie(verbinding, dagen, werk.inhoud["na"])
    if rijen:
        _reken(installatie, verbinding, rijen)
    if len(rijen) == PORTIE:
        verder = {**werk.inhoud, "na": str(rijen[-1]["id"])}
        plaats(installatie, verbinding, WERK, verder, sleutel="herbereken")


def _portie(verbinding: Connection, dagen: list[date], na: str | None) -> list[dict[str, Any]]:
    geraakt = or_(
        Klok.keerdagen.overlap(array(dagen, type_=Klok.keerdagen.type.item_type)),
        *(Klok.dreigt_vanaf.is_not(None) & (Klok.dreigt_vanaf <= dag) & (Klok.einddatum >= dag) for dag in dagen[:1]),
    )
    # Een reactietermijn loopt ook na het besluit (Awb 4:8).
    reactie = select(Wekker.klok).where(Wekker.moment == "reactie", Wekker.gegeven.is_(None), Wekker.datum.in_(dagen))
    vraag = select(*Klok.__table__.columns).where((Klok.gesloten.is_(False) & geraakt) | Klok.id.in_(reactie))
    if na:
        vraag = vraag.where(Klok.id > UUID(na))
    vraag = vraag.order_by(Klok.id).limit(PORTIE).with_for_update()
    return [dict(rij) for rij in verbinding.execute(vraag).mappings()]


def _reken(installatie: Installatie, verbinding: Connection, rijen: list[dict[str, Any]]) -> None:
    kalender = lees_kalender(verbinding, installatie.klok.vandaag())
    regels = _regels(verbinding, [rij["id"] for rij in rijen])
    wakker = _met_wekker(verbinding, [rij["id"] for rij in rijen])
    nieuw, melden = [], []
    for rij in rijen:
        boek = Grootboek(installatie, verbinding, rij, regels.get(rij["id"], []), kalender)
        if rij["id"] in wakker or rij["volgende"] is not None:
            boek.bewaar()
        elif (waarden := _gewijzigd(boek)) is not None:
            nieuw.append(waarden)
            melden += [rij] if waarden["gemeld"] != rij["gemeld"] else []
    _schrijf(verbinding, nieuw)
    _meld(installatie, verbinding, melden)


def _gewijzigd(boek: Grootboek) -> dict[str, Any] | None:
    """De nieuwe kolommen van een klok zonder wekkers, of None als er niets verandert."""
    gebeurtenissen = boek.gebeurtenissen()
    uitkomst = boek.reken(gebeurtenissen)
    gemeld = voor_de_zaak(uitkomst.stand, gebeurtenissen)
    oud = {naam: boek.klok[naam] for naam in KOLOMMEN}
    waarden = {naam: uitkomst.kolommen[naam] for naam in KOLOMMEN}
    if waarden == oud and gemeld == boek.klok["gemeld"]:
        return None
    if verandert_op(uitkomst.kolommen, ()) is not None:
        boek.bewaar()  # er loopt nu iets dat later vanzelf verandert
        return None
    return {**waarden, "gemeld": gemeld, "versie": boek.klok["versie"] + 1, "klok": boek.klok["id"]}


def _regels(verbinding: Connection, klokken: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    vraag = select(*Regel.__table__.columns).where(Regel.klok.in_(klokken)).order_by(Regel.klok, Regel.nr)
    rijen = map(dict, verbinding.execute(vraag).mappings())
    return {klok: list(groep) for klok, groep in groupby(rijen, key=lambda rij: rij["klok"])}


def _met_wekker(verbinding: Connection, klokken: list[UUID]) -> set[UUID]:
    return set(verbinding.scalars(select(Wekker.klok).where(Wekker.klok.in_(klokken)).distinct()))


def _schrijf(verbinding: Connection, nieuw: list[dict[str, Any]]) -> None:
    if nieuw:
        velden: dict[str, Any] = {naam: bindparam(naam) for naam in (*KOLOMMEN, "gemeld", "versie")}
        verbinding.execute(update(_KLOK).where(_KLOK.c.id == bindparam("klok")).values(velden), nieuw)


def _meld(installatie: Installatie, verbinding: Connection, rijen: list[dict[str, Any]]) -> None:
    """Hetzelfde als `plaats`, voor velen in één opdracht; de eerste wekt de worker."""
    if not rijen:
        return
    eerste, *overige = rijen
    plaats(installatie, verbinding, NAAR_ZAAK, {"klok": str(eerste["id"])}, sleutel=eerste["zaak"])
    nu = installatie.klok.nu()
    werk = [
        {
            "verwerker": NAAR_ZAAK,
            "inhoud": {"klok": str(rij["id"])},
            "sleutel": rij["zaak"],
            "vanaf": nu,
            "aangemaakt": nu,
        }
        for rij in overige
    ]
    if werk:
        verbinding.execute(insert(_OUTBOX), werk)
