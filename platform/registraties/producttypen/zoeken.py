"""Zoeken in de catalogus, zoals een inwoner of KCC-medewerker het doet (onze uitbreiding).

Elk woord telt, met zijn Nederlandse of Engelse woordstam, zijn synoniemen, als begin van een woord en als deel van een samengesteld
woord. Levert dat niets op, dan eerst met verbeterde tikfouten, en dan met producten waarin een deel van de woorden staat. Het best
passende product staat voorop: een treffer in de naam weegt zwaarder dan een in de inhoud.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from flask import g
from sqlalchemy import (
    REAL,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    TypeDecorator,
    Uuid,
    any_,
    case,
    collate,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, TEXT, array
from sqlalchemy.sql.expression import cast, literal, literal_column

from kit import Filter, Omgeving
from kit.trigram import bevat, gelijkenis, lijkt
from registraties.producttypen.filteren import gepubliceerd_op
from registraties.producttypen.modellen import ProductType, Synoniem, Zoekregel, Zoekwoord
from registraties.producttypen.zoekindex import plat

LANGSTE_VRAAG = 200
MEESTE_WOORDEN = 12
MEESTE_TREFFERS = 200  # van elk: in de kop, en alleen in de inhoud
LANGSTE_TERM = 4  # woorden; een synoniem kan een uitdrukking zijn
MEESTE_KANDIDATEN = 30
MEESTE_VERBETERINGEN = 4
MEESTE_SAMENSTELLINGEN = 30
KORT = 5  # letters; daarin mag één fout zitten, in een langer woord twee
DEEL_VANAF = 4  # letters; kortere woorden komen toevallig overal in voor
_WOORD = re.compile(r"[a-z0-9]+")
_TALEN = ("dutch", "english")
_MEERVOUD = (("zen", "s"), ("ven", "f"), ("s", "zen"), ("f", "ven"))
Term = str
Tsquery = ColumnElement[Any]


class _LijstAlsTekst(TypeDecorator[Any]):
    """Een lijst uuid's die als één tekst naar de database gaat: honderden losse waarden inpakken kost meer dan de vraag zelf."""

    impl = ARRAY(Uuid)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:  # noqa: ARG002  # van SQLAlchemy; er valt niets om te zetten
        return None


def zoekfilter() -> Filter:
    """Het filter `zoek`, met zijn volgorde."""
    return Filter(
        str,
        lambda tekst, omgeving: ProductType.id == any_(_als_lijst(_treffers(tekst, omgeving))),
        volgorde=lambda tekst, omgeving: [func.array_position(_als_lijst(_treffers(tekst, omgeving)), ProductType.id)],
        uitbreiding="Zoekt in naam, trefwoorden, samenvatting en inhoud, met synoniemen en tikfouten; het beste eerst.",
    )


def _als_lijst(ids: Sequence[str]) -> ColumnElement[Any]:
    return literal(f"{{{','.join(ids)}}}", _LijstAlsTekst())


def _treffers(tekst: str, omgeving: Omgeving) -> Sequence[str]:
    """De treffers bij een vraag, per verzoek één keer uitgezocht."""
    bewaard: dict[str, Sequence[str]] = g.setdefault("producttypen_zoek", {})
    if tekst not in bewaard:
        with omgeving.installatie.db.lezen() as verbinding:
            bewaard[tekst] = zoek(verbinding, tekst, omgeving.installatie.klok.vandaag())
    return bewaard[tekst]


def zoek(verbinding: Connection, tekst: str, dag: date) -> Sequence[str]:
    """De producttypen (uuid's) bij deze vraag, het beste eerst en hoogstens twee keer `MEESTE_TREFFERS`.

    Van de eerste manier waarop een op deze `dag` gepubliceerd producttype gevonden wordt, of anders van de eerste die iets vindt.
    """
    vlak = plat(tekst[:LANGSTE_VRAAG])
    woorden = list(dict.fromkeys(_WOORD.findall(vlak)))[:MEESTE_WOORDEN]
    eerste: Sequence[str] = ()
    # Bij veel termen schat de planner te hoog en leest hij de hele tabel, in plaats van de index; alleen in deze transactie.
    verbinding.execute(select(func.set_config("enable_seqscan", "off", True)))
    for vraag in _manieren(verbinding, woorden) if woorden else ():
        rijen = verbinding.execute(vraag.keuze(" ".join(woorden), dag)).all()
        gevonden = list(dict.fromkeys(rij.producttype for rij in rijen))
        if any(rij.te_zien for rij in rijen):
            return gevonden
        eerste = eerste or gevonden
    return eerste


@dataclass(frozen=True)
class _Vraag:
    """Wat elk woord mag betekenen (`termen`), waar het nog meer in zit (`langer`), en of ze allemaal moeten voorkomen."""

    termen: Mapping[Term, Sequence[Term]]
    langer: Mapping[Term, Sequence[Term]]
    samen: str  # && of ||

    def keuze(self, vlak: str, dag: date) -> Select[Any]:
        """Eerst wat het in de kop of de samenvatting heeft, op volgorde van hoe goed het past; dan wat het in de inhoud heeft.

        Hoe goed een heel artikel past uitrekenen kost te veel, en zegt weinig.
        """
        vraag = _samen(
            self.samen, [_query(woord, [*t, *self.langer.get(woord, ())]) for woord, t in self.termen.items()]
        )
        te_zien = gepubliceerd_op(Zoekregel, dag)
        in_kop = _deel(Zoekregel.kop, vraag, te_zien, 0, self._volgorde(vlak))
        in_inhoud = _deel(Zoekregel.woorden, vraag, te_zien, 1, ())
        beide = in_kop.union_all(in_inhoud).subquery()
        gevonden: Select[Any] = select(beide.c.producttype, beide.c.te_zien).order_by(beide.c.soort, beide.c.plek)
        return gevonden

    def _volgorde(self, vlak: str) -> Sequence[Any]:
        """Een kop die zo begint, dan de meeste woorden in de kop, dan het gewicht van de woorden zelf."""
        in_kop = [case((Zoekregel.tekst.contains(woord, autoescape=True), 1), else_=0) for woord in self.termen]
        basis = _samen("||", [_query(woord, termen) for woord, termen in self.termen.items()])
        return (
            case((Zoekregel.tekst.startswith(vlak, autoescape=True), 1), else_=0).desc(),
            sum(in_kop[1:], in_kop[0]).desc(),
            func.ts_rank(Zoekregel.kop, basis, type_=REAL).desc(),
        )


def _deel(vector: Any, vraag: Tsquery, te_zien: ColumnElement[bool], soort: int, volgorde: Sequence[Any]) -> Any:
    """De beste treffers met hun plek. Eerst kiezen en dan pas nummeren: anders sorteert PostgreSQL alles wat past."""
    op = [te_zien.desc(), *volgorde, collate(Zoekregel.tekst, "C")]
    keuze = select(Zoekregel.producttype, te_zien.label("te_zien"), func.row_number().over(order_by=op).label("plek"))
    beste = (
        select(Zoekregel.producttype.label("wie")).where(vector.op("@@")(vraag)).order_by(*op).limit(MEESTE_TREFFERS)
    )
    gekozen = beste.subquery()
    genummerd = keuze.join(gekozen, gekozen.c.wie == Zoekregel.producttype).subquery()
    return select(
        cast(genummerd.c.producttype, TEXT).label("producttype"),
        genummerd.c.te_zien,
        literal(soort).label("soort"),
        genummerd.c.plek,
    )


def _manieren(verbinding: Connection, woorden: list[str]) -> Iterator[_Vraag]:
    synoniemen, stopwoorden = _naslaan(verbinding, list(_termen(woorden)))
    alle = _met_uitdrukkingen(woorden, synoniemen)
    inhoud = [woord for woord in alle if woord not in stopwoorden] or alle
    langer = _samenstellingen(verbinding, inhoud)
    termen = {woord: _met_synoniemen([woord, *_vormen(woord)], synoniemen) for woord in inhoud}
    yield _Vraag(termen, langer, "&&")
    ruimer = _ruimer(verbinding, termen)
    if ruimer != termen:
        yield _Vraag(ruimer, langer, "&&")
    if len(inhoud) > 1:
        yield _Vraag(ruimer, langer, "||")


def _ruimer(verbinding: Connection, termen: Mapping[Term, Sequence[Term]]) -> dict[Term, list[Term]]:
    """Bij elk woord ook wat er bedoeld kan zijn als er een tikfout in staat, met synoniemen, en de delen waar het uit bestaat."""
    woorden = list(termen)
    verbeterd, delen = _verbeteringen(verbinding, woorden), _delen(verbinding, woorden)
    ook, _ = _naslaan(verbinding, [*chain.from_iterable(verbeterd.values())]) if verbeterd else ({}, set())
    return {
        woord: [
            *bekend,
            *_met_synoniemen(verbeterd.get(woord, ()), ook),
            *delen.get(woord, ()),
        ]
        for woord, bekend in termen.items()
    }


def _query(woord: Term, termen: Sequence[Term]) -> Tsquery:
    """Het woord als begin van een woord, en elke term zoals hij is en op zijn woordstam (een uitdrukking als geheel)."""
    alle = " | ".join(" <-> ".join(term.split()) for term in dict.fromkeys(termen))
    begin = alle if " " in woord else f"{woord}:* | {alle}"
    delen = [func.to_tsquery(_taal("simple"), begin), *(func.to_tsquery(_taal(taal), alle) for taal in _TALEN)]
    return _samen("||", delen)


def _samen(operator: str, delen: Sequence[Tsquery]) -> Tsquery:
    uit, *rest = delen
    for deel in rest:
        uit = uit.op(operator)(deel)
    return uit


def _taal(naam: str) -> ColumnElement[Any]:
    """Als vaste tekst, dan rekent PostgreSQL de zoekvraag één keer uit; van een waarde doet hij dat bij elke rij opnieuw."""
    return literal_column(f"'{naam}'::regconfig", REGCONFIG)


# vormen, synoniemen en tikfouten


def _vormen(woord: Term) -> list[Term]:
    """De andere vorm van een woord dat in het meervoud een z of v krijgt: huizen en huis, brieven en brief.

    De Nederlandse woordstammen van PostgreSQL doen dat niet.
    """
    return [woord[: -len(van)] + naar for van, naar in _MEERVOUD if woord.endswith(van) and len(woord) > len(van) + 1]


def _met_synoniemen(termen: Sequence[Term], synoniemen: Mapping[Term, Sequence[Term]]) -> list[Term]:
    return [*termen, *chain.from_iterable(synoniemen.get(term, ()) for term in termen)]


def _naslaan(verbinding: Connection, termen: Sequence[Term]) -> tuple[dict[Term, list[Term]], set[Term]]:
    """Wat er met een term ook bedoeld kan zijn (een synoniem met dezelfde woordstammen), en welke niets zeggen (ik, de, een)."""
    gevraagd = func.unnest(cast(array(sorted(set(termen))), ARRAY(TEXT))).table_valued("term").render_derived()
    term = gevraagd.c.term
    leeg = or_(*(func.numnode(func.plainto_tsquery(_taal(taal), term)) == 0 for taal in _TALEN))
    groep = Synoniem.stammen.has_key(func.producttypen.stam(term))
    synoniemen: dict[Term, list[Term]] = {}
    stopwoorden: set[Term] = set()
    vraag = select(term, leeg, Synoniem.woorden).select_from(gevraagd).outerjoin(Synoniem, groep)
    for gezocht, zegt_niets, woorden in verbinding.execute(vraag):
        stopwoorden |= {gezocht} if zegt_niets else set()
        synoniemen.setdefault(gezocht, []).extend(ander for ander in woorden or () if ander != gezocht)
    return {gezocht: anders for gezocht, anders in synoniemen.items() if anders}, stopwoorden


def _termen(woorden: list[str]) -> Iterator[Term]:
    """Elk woord, en elke uitdrukking van een paar woorden na elkaar."""
    for begin in range(len(woorden)):
        for lengte in range(1, min(LANGSTE_TERM, len(woorden) - begin) + 1):
            yield " ".join(woorden[begin : begin + lengte])
    yield from chain.from_iterable(map(_vormen, woorden))


def _met_uitdrukkingen(woorden: list[str], synoniemen: Mapping[Term, Sequence[Term]]) -> list[Term]:
    """De vraag met elke uitdrukking die een synoniem heeft als één geheel; de langste gaat voor."""
    uit: list[Term] = []
    while woorden:
        lengten = range(min(LANGSTE_TERM, len(woorden)), 1, -1)
        lengte = next((n for n in lengten if " ".join(woorden[:n]) in synoniemen), 1)
        uit.append(" ".join(woorden[:lengte]))
        woorden = woorden[lengte:]
    return uit


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
    ongeveer = func.length(Zoekwoord.woord).between(len(woord) - ruimte, len(woord) + ruimte)
    deel = gelijkenis(Zoekwoord.trigrammen, naald)
    keuze = select(literal(woord).label("vraag"), Zoekwoord.woord).where(
        ongeveer, lijkt(Zoekwoord.trigrammen, naald, 0.35)
    )
    return keuze.order_by(deel.desc(), Zoekwoord.woord).limit(MEESTE_KANDIDATEN)


def _samenstellingen(verbinding: Connection, woorden: Sequence[Term]) -> dict[Term, list[Term]]:
    """Bij elk woord de langere woorden uit de catalogus waar het in zit: vergunning in parkeervergunning; kortste eerst."""
    vragen = [_met_erin(woord) for woord in woorden if len(woord) >= DEEL_VANAF and " " not in woord]
    uit: dict[Term, list[Term]] = {}
    for woord, langer in verbinding.execute(vragen[0].union_all(*vragen[1:])) if vragen else ():
        uit.setdefault(woord, []).append(langer)
    return uit


def _met_erin(woord: Term) -> Any:
    keuze = select(literal(woord).label("vraag"), Zoekwoord.woord)
    erin = bevat(Zoekwoord.trigrammen, Zoekwoord.woord, woord)
    niet_vooraan = not_(Zoekwoord.woord.startswith(woord))  # die vindt de vraag zelf al
    return (
        keuze.where(erin, niet_vooraan)
        .order_by(func.length(Zoekwoord.woord), Zoekwoord.woord)
        .limit(MEESTE_SAMENSTELLINGEN)
    )


def _dichtbij(woord: str, kandidaten: Sequence[str]) -> list[Term]:
    """De kandidaten met een of twee fouten verschil; een woord dat zelf bestaat is geen tikfout."""
    if woord in kandidaten:
        return []
    grens = 1 if len(woord) <= KORT else 2
    afstanden = sorted((afstand(woord, kandidaat, grens), kandidaat) for kandidaat in kandidaten)
    return [kandidaat for ver, kandidaat in afstanden if ver <= grens]


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


def afstand(een: str, twee: str, hoogstens: int = LANGSTE_VRAAG) -> int:
    """Het kleinste aantal letters weg, erbij, anders of verwisseld om van het ene woord het andere te maken.

    Is het meer dan `hoogstens`, dan telt alleen dat: van elke rij doen dan een paar plekken mee, en het stopt zodra het te ver is.
    """
    ver = hoogstens + 1
    vorige: list[int] = []
    rij = [min(j, ver) for j in range(len(twee) + 1)]
    for i, letter in enumerate(een, 1):
        volgende = [ver] * (len(twee) + 1)
        volgende[0] = min(i, ver)
        for j in range(max(1, i - hoogstens), min(len(twee), i + hoogstens) + 1):
            ander = twee[j - 1]
            kosten = rij[j - 1] if letter == ander else 1 + min(rij[j], volgende[j - 1], rij[j - 1])
            if i > 1 and j > 1 and letter == twee[j - 2] and een[i - 2] == ander:
                kosten = min(kosten, vorige[j - 2] + 1)
            volgende[j] = kosten
        if min(volgende) > hoogstens:
            return ver
        vorige, rij = rij, volgende
    return min(rij[-1], ver)
