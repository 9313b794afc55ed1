"""Zoeken in de catalogus, zoals een inwoner of KCC-medewerker het doet (onze uitbreiding).

Elk woord telt, met zijn Nederlandse of Engelse woordstam, zijn synoniemen, als begin van een woord en als deel van een samengesteld
woord. Levert dat niets op, dan eerst met verbeterde tikfouten, en dan met producten waarin een deel van de woorden staat. Het best
passende product staat voorop: een treffer in de naam weegt zwaarder dan een in de inhoud.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, Connection, Dialect, TypeDecorator, Uuid, any_, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.expression import literal

from kit import Filter, Omgeving
from registraties.producttypen import zoekvragen
from registraties.producttypen.modellen import ProductType
from registraties.producttypen.zoekindex import plat
from registraties.producttypen.zoekvragen import Groep, Term

LANGSTE_VRAAG = 200
MEESTE_WOORDEN = 12
MEESTE_TREFFERS = 200  # van elk: in de kop, en alleen in de inhoud
LANGSTE_TERM = 4  # woorden; een synoniem kan een uitdrukking zijn
MEESTE_VERBETERINGEN = 4
KORT = 5  # letters; daarin mag één fout zitten, in een langer woord twee
LANG = 12  # letters; in vieren gedeeld blijft bij twee fouten altijd een stuk heel
DEEL_VANAF = 4  # letters; kortere woorden komen toevallig overal in voor
_WOORD = re.compile(r"[a-z0-9]+")
_MEERVOUD = (("zen", "s"), ("ven", "f"), ("s", "zen"), ("f", "ven"))
GEEN_TREFFERS = "{}"


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


def _als_lijst(ids: str) -> ColumnElement[Any]:
    return literal(ids, _LijstAlsTekst())


def _treffers(tekst: str, omgeving: Omgeving) -> str:
    """De treffers bij een vraag, per verzoek één keer uitgezocht."""
    bewaard: dict[str, str] = g.setdefault("producttypen_zoek", {})
    if tekst not in bewaard:
        with omgeving.installatie.db.lezen() as verbinding:
            bewaard[tekst] = zoek(verbinding, tekst, omgeving.installatie.klok.vandaag())
    return bewaard[tekst]


def zoek(verbinding: Connection, tekst: str, dag: date) -> str:
    """De producttypen bij deze vraag, het beste eerst, als lijst van PostgreSQL (`{uuid,uuid}`).

    Van de eerste manier waarop een op deze `dag` gepubliceerd producttype gevonden wordt, of anders van de eerste die iets vindt.
    """
    vlak = plat(tekst[:LANGSTE_VRAAG])
    woorden = list(dict.fromkeys(_WOORD.findall(vlak)))[:MEESTE_WOORDEN]
    eerste = GEEN_TREFFERS
    for vraag in _manieren(verbinding, woorden) if woorden else ():
        ids, te_zien = zoekvragen.vind(verbinding, vraag.groepen(), " ".join(woorden), dag, samen=vraag.samen)
        if te_zien:
            return ids
        eerste = ids if eerste == GEEN_TREFFERS else eerste
    return eerste


@dataclass(frozen=True)
class _Vraag:
    """Wat elk woord mag betekenen (`termen`), waar het nog meer in zit (`langer`), en of ze allemaal moeten voorkomen."""

    termen: Mapping[Term, Sequence[Term]]
    langer: Mapping[Term, Sequence[Term]]
    samen: bool

    def groepen(self) -> list[Groep]:
        return [Groep(woord, termen, self.langer.get(woord, ())) for woord, termen in self.termen.items()]


def _manieren(verbinding: Connection, woorden: list[str]) -> Iterator[_Vraag]:
    nagezocht = zoekvragen.slaan_na(verbinding, list(_termen(woorden)), [w for w in woorden if len(w) >= DEEL_VANAF])
    alle = _met_uitdrukkingen(woorden, nagezocht.synoniemen)
    inhoud = [woord for woord in alle if woord not in nagezocht.stopwoorden] or alle
    langer = nagezocht.langer
    termen = {woord: _met_synoniemen([woord, *_vormen(woord)], nagezocht.synoniemen) for woord in inhoud}
    yield _Vraag(termen, langer, samen=True)
    ruimer = _ruimer(verbinding, termen)
    if ruimer != termen:
        yield _Vraag(ruimer, langer, samen=True)
    if len(inhoud) > 1:
        yield _Vraag(ruimer, langer, samen=False)


def _ruimer(verbinding: Connection, termen: Mapping[Term, Sequence[Term]]) -> dict[Term, list[Term]]:
    """Bij elk woord ook wat er bedoeld kan zijn als er een tikfout in staat, met synoniemen, en de delen waar het uit bestaat."""
    woorden = list(termen)
    verbeterd, delen = _verbeteringen(verbinding, woorden), _delen(verbinding, woorden)
    gevonden = list(chain.from_iterable(verbeterd.values()))
    ook = zoekvragen.slaan_na(verbinding, gevonden, ()).synoniemen if gevonden else {}
    return {
        woord: [*bekend, *_met_synoniemen(verbeterd.get(woord, ()), ook), *delen.get(woord, ())]
        for woord, bekend in termen.items()
    }


# vormen, synoniemen en tikfouten


def _vormen(woord: Term) -> list[Term]:
    """De andere vorm van een woord dat in het meervoud een z of v krijgt: huizen en huis, brieven en brief.

    De Nederlandse woordstammen van PostgreSQL doen dat niet.
    """
    return [woord[: -len(van)] + naar for van, naar in _MEERVOUD if woord.endswith(van) and len(woord) > len(van) + 1]


def _met_synoniemen(termen: Sequence[Term], synoniemen: Mapping[Term, Sequence[Term]]) -> list[Term]:
    return [*termen, *chain.from_iterable(synoniemen.get(term, ()) for term in termen)]


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


def _verbeteringen(verbinding: Connection, woorden: Sequence[str]) -> dict[str, list[Term]]:
    """Bij elk woord dat de catalogus niet kent de woorden die er het meest op lijken, dichtstbijzijnde eerst."""
    onbekend = [woord for woord in woorden if len(woord) > 2]  # noqa: PLR2004  # korter is geen trigram
    stukken = {woord: _stukken(f"  {woord} ", _aantal_stukken(woord)) for woord in onbekend}
    ruimte = {woord: _fouten_in(woord) for woord in onbekend}
    kandidaten = zoekvragen.lijkend(verbinding, stukken, ruimte) if onbekend else {}
    dichtbij = {woord: _dichtbij(woord, gevonden)[:MEESTE_VERBETERINGEN] for woord, gevonden in kandidaten.items()}
    return {woord: gevonden for woord, gevonden in dichtbij.items() if gevonden}


def _fouten_in(woord: str) -> int:
    return 1 if len(woord) <= KORT else 2


def _aantal_stukken(woord: str) -> int:
    """Meer stukken dan fouten: dan is er altijd een dat klopt, en daar kan de index mee zoeken."""
    return _fouten_in(woord) + (1 if len(woord) < LANG else 2)


def _stukken(tekst: str, aantal: int) -> list[str]:
    grenzen = [len(tekst) * nummer // aantal for nummer in range(aantal + 1)]
    return [tekst[begin:eind] for begin, eind in pairwise(grenzen)]


def _dichtbij(woord: str, kandidaten: Sequence[str]) -> list[Term]:
    """De kandidaten met een of twee fouten verschil; een woord dat zelf bestaat is geen tikfout."""
    if woord in kandidaten:
        return []
    grens = _fouten_in(woord)
    afstanden = sorted((afstand(woord, kandidaat, grens), kandidaat) for kandidaat in kandidaten)
    return [kandidaat for ver, kandidaat in afstanden if ver <= grens]


def _delen(verbinding: Connection, woorden: Sequence[str]) -> dict[str, list[Term]]:
    """Bij een samengesteld woord het langste bekende begin en eind: in sloopafval zit afval."""
    mogelijk = {woord: [_begin(woord), _eind(woord)] for woord in woorden}
    bekend = zoekvragen.bekend(verbinding, {deel for kanten in mogelijk.values() for kant in kanten for deel in kant})
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
