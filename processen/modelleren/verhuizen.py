"""Lopende zaken naar de nieuwe versie van hun proces brengen, en terug zolang zij daar nog niet verder zijn."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select

from processen.modelleren.werkbank import Werkbank
from processen.motor.definities import DefinitieInfo
from processen.motor.lezen import lees
from processen.motor.model import Element
from processen.motor.tabellen import Instantie, Verhuizing, Wachtend
from processen.motor.verhuizen import Oordeel

PORTIE, PORTIES = 100, 20
"""Zoveel instanties in één transactie, en zoveel transacties in één verzoek; wat overblijft gaat met een volgende klik."""


@dataclass(frozen=True)
class Versie:
    """Een versie van een proces waarop nog iets loopt, of waarop nieuwe zaken beginnen."""

    info: DefinitieInfo
    lopend: int


@dataclass(frozen=True)
class Stap:
    """Een element van de oude versie: waar het heen gaat, wat er nu wacht, en waar het heen mag (hetzelfde soort element)."""

    element: str
    naam: str
    doel: str
    wachtend: int
    keuzes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Uitslag:
    """Wat er van een verhuizing of terugdraaien kwam. `reden`: waarom een instantie bleef, met hoeveel dat er zijn."""

    gegaan: int
    gebleven: int
    redenen: tuple[tuple[str, int], ...] = ()
    klaar: bool = True


def versies(bank: Werkbank, proces: str) -> list[Versie]:
    """De nieuwste eerst; oude versies alleen zolang er nog iets op loopt."""
    telling = select(Instantie.definitie, func.count()).where(Instantie.sleutel == proces, Instantie.staat == "loopt")
    with bank.installatie.db.lezen() as verbinding:
        lopend = {rij[0]: rij[1] for rij in verbinding.execute(telling.group_by(Instantie.definitie))}
        alle = bank.motor.definities.lijst(verbinding, proces)
    return [Versie(info, lopend.get(info.id, 0)) for info in alle if info.staat == "actief" or info.id in lopend]


def stappen(bank: Werkbank, van: UUID, naar: UUID, gekozen: Mapping[str, str]) -> list[Stap]:
    """Elk element van de oude versie dat anders heet of verdwijnt, en elk waar nu iets wacht; wat wacht eerst."""
    with bank.installatie.db.lezen() as verbinding:
        plan = {**bank.motor.stel_verhuizing_voor(verbinding, van, naar), **gekozen}
        oud, nieuw = (_elementen(bank.motor.definities.model(verbinding, id_)[0]) for id_ in (van, naar))
        vraag = select(Wachtend.element, func.count()).join(Instantie, Instantie.id == Wachtend.instantie)
        wacht = {
            r[0]: r[1] for r in verbinding.execute(vraag.where(Instantie.definitie == van).group_by(Wachtend.element))
        }
    return sorted(
        (
            Stap(naam, e.naam or naam, plan.get(naam, ""), wacht.get(naam, 0), _keuzes(e, nieuw))
            for naam, e in oud.items()
            if naam in wacht or plan.get(naam) != naam
        ),
        key=lambda stap: (-stap.wachtend, stap.naam),
    )


def _elementen(bpmn: bytes) -> dict[str, Element]:
    return {element.id: element for _, element in lees(bpmn).bereik.alles()}


def _keuzes(oud: Element, nieuw: Mapping[str, Element]) -> tuple[tuple[str, str], ...]:
    return tuple((naam, e.naam or naam) for naam, e in nieuw.items() if e.soort == oud.soort)


def plan_van(bank: Werkbank, van: UUID, naar: UUID, gekozen: Mapping[str, str]) -> dict[str, str]:
    """Het voorstel, met wat de beheerder koos; een leeg doel laat de instanties die daar wachten waar zij zijn."""
    with bank.installatie.db.lezen() as verbinding:
        plan = {**bank.motor.stel_verhuizing_voor(verbinding, van, naar), **gekozen}
    return {element: doel for element, doel in plan.items() if doel}


def proef(bank: Werkbank, van: UUID, naar: UUID, plan: Mapping[str, str]) -> list[Oordeel]:
    """Het oordeel over elke lopende instantie, zonder iets te wijzigen; stappen heten in de redenen zoals in het diagram."""
    with bank.installatie.db.lezen() as verbinding:
        oud, nieuw = (_elementen(bank.motor.definities.model(verbinding, id_)[0]) for id_ in (van, naar))
        oordelen = bank.motor.proef_verhuizing(verbinding, van, naar, plan)
    namen = {id_: e.naam for id_, e in {**nieuw, **oud}.items() if e.naam}
    return [replace(oordeel, problemen=tuple(_met_namen(p, namen) for p in oordeel.problemen)) for oordeel in oordelen]


def _met_namen(reden: str, namen: Mapping[str, str]) -> str:
    """`stap: doel is een ander soort element` met de namen van stap en doel in plaats van hun id's."""
    stap, scheiding, rest = reden.partition(": ")
    doel, spatie, staart = rest.partition(" ")
    return f"{namen.get(stap, stap)}{scheiding}{namen.get(doel, doel)}{spatie}{staart}"


def verhuis(bank: Werkbank, van: UUID, naar: UUID, plan: Mapping[str, str]) -> Uitslag:
    """Verhuis in porties; elke portie is een transactie, dus een storing laat niets half."""
    gegaan, redenen, na = 0, Counter[str](), None
    gebleven = 0
    for _ in range(PORTIES):
        with bank.installatie.db.schrijven() as verbinding:
            portie = bank.motor.verhuis(
                verbinding, van, naar, plan, door=bank.wie().gebruikersnaam, na=na, limiet=PORTIE
            )
        gegaan, gebleven, na = gegaan + len(portie.verhuisd), gebleven + len(portie.gebleven), portie.volgende
        redenen.update(reden for oordeel in portie.gebleven for reden in oordeel.problemen)
        if na is None:
            break
    return Uitslag(gegaan, gebleven, tuple(redenen.most_common()), na is None)


def terug_te_draaien(bank: Werkbank, van: UUID, naar: UUID) -> list[UUID]:
    """De instanties die met deze stap verhuisd zijn en dat nog niet teruggedraaid is."""
    waar = (Verhuizing.van == van, Verhuizing.naar == naar, Verhuizing.teruggedraaid.is_(None))
    with bank.installatie.db.lezen() as verbinding:
        return list(verbinding.scalars(select(Verhuizing.instantie).where(*waar).order_by(Verhuizing.instantie)))


def draai_terug(bank: Werkbank, van: UUID, naar: UUID) -> Uitslag:
    """Draai de verhuizing terug; wie intussen verder ging, blijft op de nieuwe versie."""
    uitkomsten = []
    for instantie in terug_te_draaien(bank, van, naar):
        with bank.installatie.db.schrijven() as verbinding:
            uitkomsten.append(bank.motor.draai_verhuizing_terug(verbinding, instantie))
    return Uitslag(sum(uitkomsten), len(uitkomsten) - sum(uitkomsten))
