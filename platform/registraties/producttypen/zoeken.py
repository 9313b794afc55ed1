"""Zoeken in de catalogus, zoals een inwoner of KCC-medewerker het doet (onze uitbreiding).

Elk woord telt, met zijn Nederlandse of Engelse woordstam, zijn synoniemen, als begin van een woord en als deel van een samengesteld
woord. Levert dat niets op, dan eerst met verbeterde tikfouten, en dan met producten waarin een deel van de woorden staat. Het best
passende product staat voorop: een treffer in de naam weegt zwaarder dan een in de inhoud.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from flask import g
from sqlalchemy import REAL, ColumnElement, Connection, and_, case, exists, false, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, TEXT, array
from sqlalchemy.sql.expression import cast, literal

from kit import Filter, Omgeving
from kit.trigram import bevat, gelijkenis, lijkt
from registraties.producttypen.modellen import ProductType, Synoniem, Zoekregel, Zoekwoord
from registraties.producttypen.zoekindex import plat

LANGSTE_VRAAG = 200
MEESTE_WOORDEN = 12
LANGSTE_TERM = 4  # woorden; een synoniem kan een uitdrukking zijn
MEESTE_KANDIDATEN = 30
MEESTE_VERBETERINGEN = 4
KORT = 5  # letters; daarin mag één fout zitten, in een langer woord twee
DEEL_VANAF = 4  # letters; kortere woorden komen toevallig overal in voor
_WOORD = re.compile(r"[a-z0-9]+")
_TALEN = ("dutch", "english")
_MEERVOUD = (("zen", "s"), ("ven", "f"), ("s", "zen"), ("f", "ven"))
Term = str
Tsquery = ColumnElement[Any]


@dataclass(frozen=True)
class Treffers:
    """Welke regels passen, en hoe goed."""

    waar: ColumnElement[bool]
    volgorde: Sequence[Any] = field(default_factory=tuple)


def zoekfilter() -> Filter:
    """Het filter `zoek`, met zijn volgorde."""
    return Filter(
        str,
        lambda tekst, omgeving: _treffers(tekst, omgeving).waar,
        volgorde=lambda tekst, omgeving: _treffers(tekst, omgeving).volgorde,
        uitbreiding="Zoekt in naam, trefwoorden, samenvatting en inhoud, met synoniemen en tikfouten; het beste eerst.",
    )


def _treffers(tekst: str, omgeving: Omgeving) -> Treffers:
    """De treffers bij een vraag, per verzoek één keer uitgezocht."""
    bewaard: dict[str, Treffers] = g.setdefault("producttypen_zoek", {})
    if tekst not in bewaard:
        with omgeving.installatie.db.lezen() as verbinding:
            bewaard[tekst] = zoek(verbinding, tekst)
    return bewaard[tekst]


def zoek(verbinding: Connection, tekst: str) -> Treffers:
    """De treffers van de eerste manier die iets oplevert."""
    vlak = plat(tekst[:LANGSTE_VRAAG])
    woorden = list(dict.fromkeys(_WOORD.findall(vlak)))[:MEESTE_WOORDEN]
    if not woorden:
        return Treffers(false())
    for vraag in _manieren(verbinding, *_met_uitdrukkingen(woorden, _synoniemen(verbinding, _termen(woorden)))):
        if verbinding.execute(select(exists().where(vraag.waar))).scalar():
            return Treffers(ProductType.id.in_(select(Zoekregel.producttype).where(vraag.waar)), vraag.volgorde(vlak))
    return Treffers(false())


@dataclass(frozen=True)
class _Vraag:
    """Wat elk woord mag betekenen (`termen`), en of ze allemaal moeten voorkomen."""

    termen: Mapping[str, Sequence[Term]]
    samen: Callable[..., ColumnElement[bool]]

    @property
    def waar(self) -> ColumnElement[bool]:
        return self.samen(*(_past(woord, termen) for woord, termen in self.termen.items()))

    def volgorde(self, vlak: str) -> list[Any]:
        """Eerst een naam die zo begint, dan op gewicht van de treffers (in de kop, de samenvatting, de inhoud), dan op naam."""
        alle = _of([_query(woord, termen) for woord, termen in self.termen.items()])
        naam = func.producttypen.plat(ProductType.naam)
        begint = case((naam.startswith(vlak.strip(), autoescape=True), 1), else_=0)
        deel = [case((naam.contains(woord, autoescape=True), 1), else_=0) for woord in self.termen]
        gewicht = select(func.ts_rank(Zoekregel.woorden, alle, type_=REAL)).where(
            Zoekregel.producttype == ProductType.id
        )
        return [begint.desc(), sum(deel[1:], deel[0]).desc(), gewicht.scalar_subquery().desc(), ProductType.naam]


def _manieren(verbinding: Connection, woorden: list[Term], synoniemen: Mapping[Term, list[Term]]) -> Iterator[_Vraag]:
    inhoud = [woord for woord in woorden if woord not in _stopwoorden(verbinding, woorden)] or woorden
    termen = {woord: _met_synoniemen([woord, *_vormen(woord)], synoniemen) for woord in inhoud}
    yield _Vraag(termen, and_)
    ruimer = _ruimer(verbinding, termen)
    if ruimer != termen:
        yield _Vraag(ruimer, and_)
    if len(inhoud) > 1:
        yield _Vraag(ruimer, or_)


def _ruimer(verbinding: Connection, termen: Mapping[Term, Sequence[Term]]) -> dict[Term, list[Term]]:
    """Bij elk woord ook wat er bedoeld kan zijn als er een tikfout in staat, met synoniemen, en de delen waar het uit bestaat."""
    woorden = list(termen)
    verbeterd, delen = _verbeteringen(verbinding, woorden), _delen(verbinding, woorden)
    ook = _synoniemen(verbinding, chain.from_iterable(verbeterd.values()))
    return {
        woord: [
            *bekend,
            *_met_synoniemen(verbeterd.get(woord, ()), ook),
            *delen.get(woord, ()),
        ]
        for woord, bekend in termen.items()
    }


def _stopwoorden(verbinding: Connection, woorden: list[str]) -> set[str]:
    """De woorden die in het Nederlands of Engels niets zeggen (ik, de, een, mijn)."""
    rij = func.unnest(cast(array(woorden), ARRAY(TEXT))).column_valued("woord")
    leeg = [func.numnode(func.plainto_tsquery(_taal(taal), rij)) == 0 for taal in _TALEN]
    return set(verbinding.execute(select(rij).where(or_(*leeg))).scalars())


def _past(woord: str, termen: Sequence[Term]) -> ColumnElement[bool]:
    """Een regel met een van de termen, of met het woord als deel van een woord in de kop."""
    delen: list[ColumnElement[bool]] = [Zoekregel.woorden.op("@@")(_query(woord, termen))]
    delen += [bevat(Zoekregel.trigrammen, Zoekregel.tekst, woord)] if len(woord) >= DEEL_VANAF else []
    return or_(*delen)


def _query(woord: str, termen: Sequence[Term]) -> Tsquery:
    """Het woord als begin van een woord, en elke term op zijn woordstam (een uitdrukking als geheel)."""
    begin = [] if " " in woord else [func.to_tsquery(_taal("simple"), f"{woord}:*")]
    return _of([*begin, *(func.phraseto_tsquery(_taal(taal), term) for term in termen for taal in _TALEN)])


def _of(delen: Sequence[Tsquery]) -> Tsquery:
    uit, *rest = delen
    for deel in rest:
        uit = uit.op("||")(deel)
    return uit


def _taal(naam: str) -> ColumnElement[Any]:
    return cast(literal(naam), REGCONFIG)


# vormen, synoniemen en tikfouten


def _vormen(woord: Term) -> list[Term]:
    """De andere vorm van een woord dat in het meervoud een z of v krijgt: huizen en huis, brieven en brief.

    De Nederlandse woordstammen van PostgreSQL doen dat niet.
    """
    return [woord[: -len(van)] + naar for van, naar in _MEERVOUD if woord.endswith(van) and len(woord) > len(van) + 1]


def _met_synoniemen(termen: Sequence[Term], synoniemen: Mapping[Term, Sequence[Term]]) -> list[Term]:
    return [*termen, *chain.from_iterable(synoniemen.get(term, ()) for term in termen)]


def _synoniemen(verbinding: Connection, termen: Iterable[Term]) -> dict[Term, list[Term]]:
    """Bij elke term met dezelfde woordstammen als een synoniem wat er ook mee bedoeld kan zijn."""
    gevraagd = sorted(set(termen))
    if not gevraagd:
        return {}
    term = func.unnest(cast(array(gevraagd), ARRAY(TEXT))).column_valued("term")
    vraag = select(term, Synoniem.woorden).join(Synoniem, Synoniem.stammen.has_key(func.producttypen.stam(term)))
    uit: dict[Term, list[Term]] = {}
    for gezocht, groep in verbinding.execute(vraag):
        uit.setdefault(gezocht, []).extend(ander for ander in groep if ander != gezocht)
    return uit


def _termen(woorden: list[str]) -> Iterator[Term]:
    """Elk woord, en elke uitdrukking van een paar woorden na elkaar."""
    for begin in range(len(woorden)):
        for lengte in range(1, min(LANGSTE_TERM, len(woorden) - begin) + 1):
            yield " ".join(woorden[begin : begin + lengte])
    yield from chain.from_iterable(map(_vormen, woorden))


def _met_uitdrukkingen(
    woorden: list[str], synoniemen: dict[Term, list[Term]]
) -> tuple[list[Term], dict[Term, list[Term]]]:
    """De vraag met elke uitdrukking die een synoniem heeft als één geheel; de langste gaat voor."""
    uit: list[Term] = []
    while woorden:
        lengten = range(min(LANGSTE_TERM, len(woorden)), 1, -1)
        lengte = next((n for n in lengten if " ".join(woorden[:n]) in synoniemen), 1)
        uit.append(" ".join(woorden[:lengte]))
        woorden = woorden[lengte:]
    return uit, synoniemen


def _verbeteringen(verbinding: Connection, woorden: list[str]) -> dict[str, list[Term]]:
    """Bij elk woord dat de catalogus niet kent de woorden die er het meest op lijken, dichtstbijzijnde eerst."""
    onbekend = [woord for woord in woorden if len(woord) > 2]  # noqa: PLR2004  # korter is geen trigram
    if not onbekend:
        return {}
    vragen = [_lijkend(woord) for woord in onbekend]
    rijen = verbinding.execute(vragen[0].union_all(*vragen[1:])).all()
    uit: dict[str, list[Term]] = {}
    for woord in onbekend:
        kandidaten = [rij.woord for rij in rijen if rij.vraag == woord]
        uit[woord] = _dichtbij(woord, kandidaten)[:MEESTE_VERBETERINGEN]
    return {woord: gevonden for woord, gevonden in uit.items() if gevonden}


def _lijkend(woord: str) -> Any:
    """De woorden met de meeste trigrammen gemeen, ongeveer even lang."""
    naald = f"  {woord} "
    ruimte = 1 if len(woord) <= KORT else 2
    return (
        select(literal(woord).label("vraag"), Zoekwoord.woord)
        .where(
            lijkt(Zoekwoord.trigrammen, naald, 0.35),
            func.length(Zoekwoord.woord).between(len(woord) - ruimte, len(woord) + ruimte),
        )
        .order_by(gelijkenis(Zoekwoord.trigrammen, naald).desc(), Zoekwoord.woord)
        .limit(MEESTE_KANDIDATEN)
    )


def _dichtbij(woord: str, kandidaten: Sequence[str]) -> list[Term]:
    grens = 1 if len(woord) <= KORT else 2
    afstanden = sorted((afstand(woord, kandidaat), kandidaat) for kandidaat in kandidaten)
    return [kandidaat for ver, kandidaat in afstanden if 0 < ver <= grens]


def _delen(verbinding: Connection, woorden: list[str]) -> dict[str, list[Term]]:
    """Bij een samengesteld woord het langste bekende begin en eind: in sloopafval zit afval."""
    mogelijk = {woord: [_begin(woord), _eind(woord)] for woord in woorden}
    alle = sorted({deel for kanten in mogelijk.values() for kant in kanten for deel in kant})
    bekend = set(verbinding.execute(select(Zoekwoord.woord).where(Zoekwoord.woord.in_(alle))).scalars())
    return {
        woord: [deel for kant in kanten if (deel := next((d for d in kant if d in bekend), None))]
        for woord, kanten in mogelijk.items()
    }


def _begin(woord: str) -> list[Term]:
    return [woord[:eind] for eind in range(len(woord) - DEEL_VANAF + 1, DEEL_VANAF - 1, -1)]


def _eind(woord: str) -> list[Term]:
    return [woord[begin:] for begin in range(DEEL_VANAF - 1, len(woord) - DEEL_VANAF + 1)]


def afstand(een: str, twee: str) -> int:
    """Het kleinste aantal letters weg, erbij, anders of verwisseld om van het ene woord het andere te maken."""
    vorige: list[int] = []
    rij = list(range(len(twee) + 1))
    for i, letter in enumerate(een, 1):
        volgende = [i]
        for j, ander in enumerate(twee, 1):
            kosten = min(rij[j] + 1, volgende[j - 1] + 1, rij[j - 1] + (letter != ander))
            if i > 1 and j > 1 and letter == twee[j - 2] and een[i - 2] == ander:
                kosten = min(kosten, vorige[j - 2] + 1)
            volgende.append(kosten)
        vorige, rij = rij, volgende
    return rij[-1]
