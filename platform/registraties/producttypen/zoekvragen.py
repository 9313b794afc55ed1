"""De vragen aan de zoekindex, als vaste SQL: die maakt noch Python noch PostgreSQL bij elk verzoek opnieuw.

De zoekvraag zelf staat steeds in een deelvraag. PostgreSQL schat dan niet hoeveel er past (bij veel synoniemen veel te hoog, en dan
leest het elk artikel) en zoekt altijd met de index.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

MEESTE_TREFFERS = 200
MEESTE_GEWOGEN = 500  # wat de meeste woorden in de kop heeft; alleen daarvan wordt het gewicht uitgerekend
MEESTE_KANDIDATEN = 30
MEESTE_SAMENSTELLINGEN = 30
MINSTE_GELIJKENIS = 0.35
MEESTE_STUKKEN = 4
Term = str


@dataclass(frozen=True)
class Groep:
    """Eén woord van de vraag (of een uitdrukking), wat het mag betekenen, en de langere woorden waar het in zit."""

    woord: Term
    termen: Sequence[Term]
    langer: Sequence[Term]

    def delen(self) -> dict[str, str]:
        """Als tekst voor `to_tsquery`: de termen, om op woordstam te zoeken; die met het woord zelf als begin van een woord; en dat
        met alles waar het woord in zit. Dat laatste komt uit de catalogus en hoeft niet op woordstam.
        """
        begin = "" if " " in self.woord else f"{self.woord}:* | "
        eigen, alles = _of(self.termen), _of([*self.termen, *self.langer])
        return {"stammen": eigen, "eigen": f"{begin}{eigen}", "alles": f"{begin}{alles}"}


@dataclass(frozen=True)
class Nagezocht:
    """Wat er met een term ook bedoeld kan zijn, welke termen niets zeggen, en in welke langere woorden een woord zit."""

    synoniemen: Mapping[Term, list[Term]]
    stopwoorden: Collection[Term]
    langer: Mapping[Term, list[Term]]


def _of(termen: Sequence[Term]) -> str:
    return " | ".join(" <-> ".join(term.split()) for term in dict.fromkeys(termen))


# een synoniem heeft dezelfde woordstammen; een stopwoord houdt in een van de talen niets over (ik, de, een)
_NASLAAN = text("""SELECT t.term,
    numnode(plainto_tsquery('dutch'::regconfig, t.term)) = 0 OR numnode(plainto_tsquery('english'::regconfig, t.term)) = 0,
    ARRAY(SELECT woord FROM producttypen.synoniem AS s, jsonb_array_elements_text(s.woorden) AS woord
        WHERE s.stammen @> jsonb_build_array(producttypen.stam(t.term)) AND woord <> t.term ORDER BY s.nr),
    '{}'::text[]
FROM unnest(CAST(:termen AS text[])) AS t (term)
UNION ALL
SELECT w.woord, false, '{}'::text[], ARRAY(SELECT z.woord FROM producttypen.zoekwoord AS z
    WHERE z.trigrammen @> producttypen.trigrammen(w.woord) AND strpos(z.woord, w.woord) > 1
    ORDER BY length(z.woord), z.woord LIMIT :meeste)
FROM unnest(CAST(:woorden AS text[])) AS w (woord)
""")


def slaan_na(verbinding: Connection, termen: Collection[Term], woorden: Collection[Term]) -> Nagezocht:
    """Zoek bij elke term de synoniemen, en bij elk woord de langere woorden uit de catalogus waar het in zit (kortste eerst).

    Wat met het woord begint hoort daar niet bij: dat vindt de vraag zelf al.
    """
    waarden = {"termen": sorted(set(termen)), "woorden": sorted(set(woorden)), "meeste": MEESTE_SAMENSTELLINGEN}
    rijen = verbinding.execute(_NASLAAN, waarden).all()
    return Nagezocht(
        {term: anders for term, _, anders, _ in rijen if anders},
        {term for term, zegt_niets, _, _ in rijen if zegt_niets},
        {term: langer for term, _, _, langer in rijen if langer},
    )


# Eerst kiezen op wat weinig kost, dan pas wegen: het gewicht van duizenden koppen uitrekenen duurt langer dan al het andere.
_VIND = """WITH groep AS MATERIALIZED (
    SELECT to_tsquery('simple'::regconfig, eigen)::text AS eigen, to_tsquery('simple'::regconfig, alles)::text AS alles,
        nullif(to_tsquery('dutch'::regconfig, stammen)::text, '') AS dutch,
        nullif(to_tsquery('english'::regconfig, stammen)::text, '') AS english
    FROM unnest(CAST(:stammen AS text[]), CAST(:eigen AS text[]), CAST(:alles AS text[])) AS g (stammen, eigen, alles)
), vraag AS MATERIALIZED (
    SELECT string_agg(concat_ws(' | ', eigen, dutch, english), ' | ')::tsquery AS eigen,
        string_agg('(' || concat_ws(' | ', alles, dutch, english) || ')', :samen)::tsquery AS alles FROM groep
), in_kop AS MATERIALIZED (
    SELECT producttype, {te_zien} AS te_zien, starts_with(tekst, :vlak) AS begint, {woorden} AS woorden
    FROM producttypen.zoekregel WHERE kop @@ (SELECT alles FROM vraag)
    ORDER BY te_zien DESC, begint DESC, woorden DESC, producttype LIMIT :gewogen
), beste AS MATERIALIZED (
    SELECT z.producttype, k.te_zien FROM in_kop AS k JOIN producttypen.zoekregel AS z ON z.producttype = k.producttype
    ORDER BY k.te_zien DESC, k.begint DESC, k.woorden DESC, ts_rank(z.kop, (SELECT eigen FROM vraag)) DESC,
        z.tekst COLLATE "C" LIMIT :meeste
), in_inhoud AS MATERIALIZED (
    SELECT producttype, {te_zien} AS te_zien FROM producttypen.zoekregel
    WHERE (SELECT count(*) FROM beste) < :meeste AND woorden @@ (SELECT alles FROM vraag)
    ORDER BY te_zien DESC, tekst COLLATE "C" LIMIT :meeste
)
SELECT CAST(coalesce(array_agg(producttype), '{{}}') AS text), coalesce(bool_or(te_zien), false)
FROM (SELECT * FROM beste UNION ALL SELECT * FROM in_inhoud) AS gevonden
"""
_TE_ZIEN = """coalesce(publicatie_start_datum <= :dag AND (publicatie_eind_datum IS NULL OR publicatie_eind_datum > :dag), false)"""


@cache
def _vind(woorden: int) -> TextClause:
    """De vraag bij dit aantal woorden."""
    tellen = " + ".join(f"(strpos(tekst, :woord{nummer}) > 0)::int" for nummer in range(woorden))
    return text(_VIND.format(te_zien=_TE_ZIEN, woorden=tellen))


def vind(verbinding: Connection, groepen: Sequence[Groep], vlak: str, dag: date, *, samen: bool) -> tuple[str, bool]:
    """De producttypen (`{uuid,uuid}`, het beste eerst), en of er een bij is dat op deze `dag` gepubliceerd is.

    Eerst wat het in de kop of de samenvatting heeft: een kop die zo begint, dan de meeste woorden in de kop, dan het gewicht van de
    woorden. Is dat minder dan `MEESTE_TREFFERS`, dan ook wat het in de inhoud heeft. `samen`: elk woord moet voorkomen.
    """
    delen = [groep.delen() for groep in groepen]
    waarden: dict[str, Any] = {naam: [deel[naam] for deel in delen] for naam in delen[0]}
    waarden |= {f"woord{nummer}": groep.woord for nummer, groep in enumerate(groepen)}
    waarden |= {"vlak": vlak, "dag": dag, "samen": " & " if samen else " | "}
    waarden |= {"gewogen": MEESTE_GEWOGEN, "meeste": MEESTE_TREFFERS}
    ids, te_zien = verbinding.execute(_vind(len(groepen)), waarden).one()
    return ids, te_zien


_LIJKEND = text(f"""SELECT v.woord, ARRAY(
    SELECT k.woord FROM (
        SELECT z.woord, producttypen.trigramdeel(z.trigrammen, v.naald) AS deel
        FROM producttypen.zoekwoord AS z
        WHERE ({" OR ".join(f"z.trigrammen @> v.stuk{nummer}" for nummer in range(MEESTE_STUKKEN))})
            AND length(z.woord) BETWEEN length(v.woord) - v.ruimte AND length(v.woord) + v.ruimte
        OFFSET 0
    ) AS k WHERE k.deel >= :minstens ORDER BY k.deel DESC, k.woord LIMIT :meeste) AS gevonden
FROM (
    SELECT woord, ruimte, producttypen.trigrammen('  ' || woord || ' ') AS naald, {", ".join(f"producttypen.trigrammen(s{nummer}) AS stuk{nummer}" for nummer in range(MEESTE_STUKKEN))}
    FROM unnest(CAST(:woorden AS text[]), CAST(:ruimtes AS int[]),
        {", ".join(f"CAST(:s{nummer} AS text[])" for nummer in range(MEESTE_STUKKEN))}
    ) AS u (woord, ruimte, {", ".join(f"s{nummer}" for nummer in range(MEESTE_STUKKEN))}) OFFSET 0
) AS v
""")  # noqa: S608  # alleen volgnummers


def lijkend(
    verbinding: Connection, stukken: Mapping[Term, Sequence[str]], ruimte: Mapping[Term, int]
) -> dict[Term, list[Term]]:
    """Bij elk woord de woorden uit de catalogus met de meeste trigrammen gemeen.

    `stukken`: één stuk van het woord (met spaties eromheen) komt er heel in voor; `ruimte`: zoveel letters langer of korter mag.
    """
    woorden = list(stukken)
    vol = [[*delen, *[delen[0]] * (MEESTE_STUKKEN - len(delen))] for delen in stukken.values()]
    waarden: dict[str, Any] = {f"s{nummer}": [delen[nummer] for delen in vol] for nummer in range(MEESTE_STUKKEN)}
    waarden |= {"woorden": woorden, "ruimtes": [ruimte[woord] for woord in woorden]}
    waarden |= {"minstens": MINSTE_GELIJKENIS, "meeste": MEESTE_KANDIDATEN}
    return {rij.woord: rij.gevonden for rij in verbinding.execute(_LIJKEND, waarden)}


_BEKEND = text("SELECT woord FROM producttypen.zoekwoord WHERE woord = ANY (CAST(:woorden AS text[]))")


def bekend(verbinding: Connection, woorden: Collection[Term]) -> set[Term]:
    """De woorden hiervan die de catalogus kent."""
    return set(verbinding.execute(_BEKEND, {"woorden": list(woorden)}).scalars())
